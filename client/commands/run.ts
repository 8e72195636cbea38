import { join } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { readText, reasonOf } from "../../cli/system/read-text";
import type { Terminal } from "../../cli/system/terminal";
import { isRecord } from "../../lib/session/index/shape";
import { summaryText } from "../../lib/session/jobs/job-result";
import type { JobSummary } from "../../lib/session/jobs/job-result";
import { selectRoles } from "../../lib/session/jobs/select-roles";
import type { AccountChoice } from "../../lib/session/jobs/select-roles";
import { AccessProblem, AccessRefused } from "../access-refused";
import { findIndex } from "../index-source/find-index";
import { Runner } from "../jobs/runner";
import type { PlannedJob } from "../jobs/runner";
import { findStart, firstRegion, openSession, valueOf } from "../open-session";
import { addAccessOptions, contextOf, wishesOf } from "./access-options";
import type { AccessOptions } from "./access-options";
import { answered } from "./credentials";
import { splitWords } from "./exec";

interface RunOptions extends AccessOptions, AccountChoice {
  readonly parallel: number;
  readonly timeout: number;
  readonly maxFailures?: number;
  readonly output?: string;
  readonly retry?: string;
  readonly verify?: true;
  readonly format: "text" | "json";
}

const EXAMPLES = `
In the command, {account.key}, {account.id} and {region} stand for those of each account. Each command gets the
credentials of its role alone, as with \`exec\`; the role is assumed when its command starts.

Ends: done, failed (the command's exit code), timed-out, denied (the command did not run), error, not-started.
Ctrl-C starts no more commands, ends those that run, and still writes the summary.

Exit codes: 0 all done, 1 some not, 2 usage error, 3 internal error, 130 Ctrl-C.

Examples:
  trustwheel run reader -- aws s3 ls
  trustwheel run deployer --units '/Workloads/Prod' --except payments-prod --output out -- ./deploy.sh {account.key} {region}
  trustwheel run --retry out
  trustwheel run reader --verify`;

/** `trustwheel run`: a command in many accounts, as the same role in each. */
export function addRunCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  const command = program
    .command("run")
    .description("run a command in many accounts, as the same role in each")
    .argument("[words...]", "ROLE -- COMMAND [ARGUMENT...]")
    .usage("ROLE [options] -- COMMAND [ARGUMENT...]");
  addAccessOptions(command)
    .option("--accounts <keys>", "only these accounts, by key or ID; separated by commas", words)
    .option("--units <patterns>", "only accounts of these OUs, such as /Workloads/**", words)
    .option("--tags <key=value>", "only accounts with these tags", words)
    .option("--except <keys>", "not these accounts, by key, ID or OU", words)
    .option("--parallel <number>", "commands at once", count, 8)
    .option("--timeout <time>", "longest time of one command, such as 90s, 10m, 2h", timeout, 600)
    .option(
      "--max-failures <number>",
      "start no more commands after so many that were not done",
      count,
    )
    .option("-o, --output <folder>", "write ACCOUNT/stdout, ACCOUNT/stderr and summary.json there")
    .option("--retry <folder>", "run again what was not done, by the summary in this folder")
    .option("--verify", "run nothing; only assume the role everywhere")
    .addOption(
      new Option("-f, --format <format>", "of the summary")
        .choices(["text", "json"])
        .default("text"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (all: readonly string[], options: RunOptions) => {
      finish(await answered(terminal, () => run(splitWords(all, program), options, terminal)));
    });
}

async function run(
  given: { readonly role: string | undefined; readonly command: readonly string[] },
  options: RunOptions,
  terminal: Terminal,
): Promise<number> {
  const environment = process.env;
  const say = (line: string): void => {
    terminal.stderr(`trustwheel: ${line}\n`);
  };
  const before = options.retry === undefined ? undefined : readSummary(options.retry);
  const roleName = given.role ?? before?.role;
  const command = given.command.length > 0 ? given.command : (before?.command ?? []);
  if (roleName === undefined)
    throw new AccessProblem("no role is named", "write `trustwheel run ROLE -- COMMAND`");
  if (command.length === 0 && options.verify !== true)
    throw new AccessProblem("there is no command", "write it behind `--`, or use `--verify`");
  const index = await findIndex(options.index, environment, process.cwd());
  const context = contextOf(options, environment, say);
  const start = await findStart(context, firstRegion(environment, index));
  const again = before?.results
    .filter(({ status }) => status !== "done")
    .map(({ account }) => account);
  if (again?.length === 0) {
    terminal.stdout("everything was done before\n");
    return 0;
  }
  const choice: AccountChoice =
    again === undefined ? options : { ...options, accounts: options.accounts ?? again };
  const roles = valueOf(selectRoles(index, roleName, choice));
  const jobs = roles.map((role): PlannedJob => {
    try {
      const session = openSession(
        index,
        role.arn,
        start,
        { via: options.via, wishes: wishesOf(options), policy: {} },
        context,
      );
      return { role, session };
    } catch (error) {
      if (error instanceof AccessRefused) return { role, session: error };
      throw error;
    }
  });
  const folder = options.output ?? options.retry;
  const runner = new Runner({
    index,
    command: options.verify === true ? [] : command,
    role: roleName,
    jobs,
    options,
    folder,
    terminal,
    before,
  });
  const code = await runner.run();
  const summary = runner.summary();
  terminal.stdout(
    options.format === "json" ? `${JSON.stringify(summary, undefined, 2)}\n` : summaryText(summary),
  );
  return code;
}

function readSummary(folder: string): JobSummary {
  const file = join(folder, "summary.json");
  try {
    const value: unknown = JSON.parse(readText(file, 256 * 1024 * 1024));
    if (
      isRecord(value) &&
      typeof value.role === "string" &&
      Array.isArray(value.command) &&
      Array.isArray(value.results)
    ) {
      return value as unknown as JobSummary;
    }
    throw new Error("it is not the summary of a run");
  } catch (error) {
    throw new AccessProblem(
      `${file} cannot be read: ${reasonOf(error)}`,
      "name the folder that was given with `--output`",
      { cause: error },
    );
  }
}

function words(text: string, all: readonly string[] | undefined): readonly string[] {
  return [
    ...(all ?? []),
    ...text
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== ""),
  ];
}

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new InvalidArgumentError("must be a whole number from 1 to 9999");
  return Number(text);
}

function timeout(text: string): number {
  const [, number, unit] = /^([1-9]\d*)([smh])$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError("must be a time such as 90s, 10m or 2h");
  return Number(number) * (unit === "h" ? 3600 : unit === "m" ? 60 : 1);
}

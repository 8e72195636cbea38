import { Option } from "@commander-js/extra-typings";
import { createColors } from "picocolors";
import { unknownName } from "../project/unknown-name";
import { formatOption } from "../options/access-options";
import type { Examined } from "../aws/examination";
import { inParallel } from "../aws/in-parallel";
import { readSoundProject } from "../change/apply-map-edits";
import type { ValidProject } from "../change/apply-map-edits";
import { counted } from "../../lib/diagnostics/words";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { expectedAccount } from "../../lib/bootstrap/expected-account";
import { withProgress } from "../system/progress";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

/** What was found in an account. */
interface AccountReport {
  readonly key: string;
  readonly id: string;
  readonly examined: readonly Examined[];
}

/** Accounts that are examined at a time. */
const PARALLEL = 8;

const EXAMPLES = `
Examples:
  trustwheel doctor                        every account, with its deployment role
  trustwheel doctor --account shop-prod    one account
  trustwheel doctor --role plan            with the plan role

Run it with Terraform's credentials. It changes nothing.`;

function declare(program: Program) {
  return program
    .command("doctor")
    .description("access each account as Terraform does; report what is missing")
    .option("-a, --account <keys...>", "only these accounts (default: all)")
    .addOption(
      new Option("-r, --role <role>", "role to assume in each account")
        .choices(["plan", "apply"])
        .default("apply"),
    )
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

type DoctorOptions = OptionsOf<typeof declare>;

/** `trustwheel doctor`: accesses every account as Terraform does, and reports what is missing. */
export function addDoctorCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (_, command) => {
    finish(await doctor(command.optsWithGlobals(), terminal));
  });
}

async function doctor(options: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const project = readSoundProject(terminal, options.map);
  if (typeof project === "number") return project;
  const { map, plan } = project;
  const unknown = options.account?.find((key) => !map.accounts.has(key));
  if (unknown !== undefined) {
    return reportProblem(unknownName("account", unknown, map.accounts.keys()), terminal);
  }
  const chosen = plan.accounts.filter(
    ({ account }) => options.account?.includes(account.key) ?? true,
  );
  const [first] = chosen;
  if (first === undefined) throw new Error("a map has accounts");
  // Loaded here, so that no other command pays for the SDK.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { callerIdentity, examineAccount } =
    require("../aws/examine-account") as typeof import("../aws/examine-account");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const identity = await callerIdentity(first.account.region);
  if ("problem" in identity) {
    const { message, help } = identity.problem;
    return reportProblem({ problem: message, help }, terminal);
  }
  const state = await examineState(project);
  let done = 0;
  const accounts = await withProgress(terminal, "examining accounts", (advance) =>
    inParallel(chosen, PARALLEL, async (each): Promise<AccountReport> => {
      const { key, id } = each.account;
      const examined = await examineAccount(expectedAccount(each, plan, map, options.role));
      done += 1;
      advance(done, chosen.length);
      return { key, id, examined };
    }),
  );
  const all = [...state, ...accounts.flatMap(({ examined }) => examined)];
  const sound = all.every(({ status }) => status !== "problem");
  terminal.stdout(
    options.format === "json"
      ? `${JSON.stringify({ caller: identity.arn, sound, state, accounts }, undefined, 2)}\n`
      : reportText(identity.arn, state, accounts, terminal.color),
  );
  return sound ? EXIT.clean : EXIT.findings;
}

/** The state bucket; nothing if state is kept elsewhere. */
async function examineState({ map }: ValidProject): Promise<Examined[]> {
  const { state } = map;
  if (state.kind !== "s3") return [];
  /* eslint-disable @typescript-eslint/no-require-imports -- loaded where it is needed */
  const { examineStateBucket } =
    require("../aws/examine-state-bucket") as typeof import("../aws/examine-state-bucket");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const bootstrap = "npx trustwheel bootstrap";
  return [await examineStateBucket({ bucket: state.bucket, region: state.region, bootstrap })];
}

/** What is missing, account by account; of what is in order only the number. */
function reportText(
  caller: string,
  state: readonly Examined[],
  accounts: readonly AccountReport[],
  color: boolean,
): string {
  const { bold, red, yellow, green } = createColors(color);
  const lines = (examined: readonly Examined[]): string[] =>
    examined.flatMap(({ status, message, help, commands = [] }) =>
      status === "ok"
        ? []
        : [
            `  ${status === "problem" ? red("problem") : yellow("unknown")}  ${message}`,
            ...(help === undefined ? [] : [`    = help: ${help}`]),
            ...commands.map((command) => `    $ ${command}`),
          ],
    );
  const stateLines = lines(state);
  const reports = accounts.flatMap(({ key, id, examined }) => {
    const own = lines(examined);
    return own.length === 0 ? [] : [`${bold(key)} (${id})`, ...own];
  });
  const failing = accounts.filter(({ examined }) =>
    examined.some(({ status }) => status === "problem"),
  ).length;
  const summary =
    failing === 0
      ? green(`${counted(accounts.length, "account")} ready`)
      : `${String(failing)} of ${counted(accounts.length, "account")} not ready`;
  return [
    `as ${caller}`,
    ...(stateLines.length === 0 ? [] : [bold("state"), ...stateLines]),
    ...reports,
    summary,
    "",
  ].join("\n");
}

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { readText, reasonOf } from "../../cli/system/read-text";
import { replaceFile } from "../../cli/system/replace-file";
import type { Terminal } from "../../cli/system/terminal";
import { callerOfArn } from "../../lib/session/caller";
import type { SessionCaller } from "../../lib/session/caller";
import { checkConfiguration } from "../../lib/session/profiles/check-configuration";
import { planProfiles, quoted } from "../../lib/session/profiles/plan-profiles";
import type { ProfilesFor } from "../../lib/session/profiles/plan-profiles";
import { blockIn, profileBlock, withBlock } from "../../lib/session/profiles/profile-block";
import { AccessProblem } from "../access-refused";
import { findIndex, placeOf } from "../index-source/find-index";
import { findStart, firstRegion } from "../open-session";
import { cacheFolder, homeOf, said } from "../user-folders";
import type { Environment } from "../user-folders";
import { contextOf, wishesOf } from "./access-options";
import type { AccessOptions } from "./access-options";
import { answered } from "./credentials";

interface ProfilesOptions extends AccessOptions {
  readonly for: ProfilesFor;
  readonly write?: string | true;
  readonly check?: string | true;
  readonly prefix: string;
  readonly caller?: string;
}

const MOST_BYTES = 16 * 1024 * 1024;

const EXAMPLES = `
trustwheel writes a block between two marker lines and touches nothing else in the file. A hop that needs a source
identity or session tags cannot be said in a profile: such a profile asks \`trustwheel credentials\`.

Exit codes: 0 written, or in order; 1 \`--check\` found something; 2 usage error; 3 internal error.

Examples:
  trustwheel profiles --from deploy-bot
  trustwheel profiles --from sso-engineer --write
  trustwheel profiles --for instance --caller arn:aws:iam::121212121212:role/access/reporting-instance
  trustwheel profiles --from deploy-bot --check`;

/** `trustwheel profiles`: AWS profiles for every role that the caller can reach. */
export function addProfilesCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  program
    .command("profiles")
    .description("print, write or check AWS profiles for every role you can reach")
    .option("-i, --index <location>", "the access index: a file, https:// or s3://")
    .addOption(
      new Option("--for <place>", "where they are used")
        .choices(["laptop", "instance", "ci"])
        .default("laptop"),
    )
    .option("--from <profile>", "profile with the first credentials", "default")
    .option(
      "--caller <arn>",
      "who has the first credentials: ARN of a user, role or session (default: asks AWS)",
    )
    .option("--via <hub>", "only paths that begin with this role")
    .option("--as <name>", "source identity and session name (default: the caller's own name)")
    .option(
      "--mfa-serial <serial>",
      "serial number or ARN of your MFA device, where a hub requires MFA",
    )
    .option("--prefix <text>", "beginning of the names of the profiles", "")
    .option("--write [file]", "write them (default: AWS_CONFIG_FILE or ~/.aws/config)")
    .option("--check [file]", "compare the file with the map, and check the profiles in it")
    .addHelpText("after", EXAMPLES)
    .action(async (options: ProfilesOptions, command: Command) => {
      const isFromSaid = command.getOptionValueSource("from") === "cli";
      finish(await answered(terminal, () => profiles(options, isFromSaid, terminal)));
    });
}

async function profiles(
  options: ProfilesOptions,
  isFromSaid: boolean,
  terminal: Terminal,
): Promise<number> {
  const environment = process.env;
  const index = await findIndex(options.index, environment, process.cwd());
  const caller =
    options.caller === undefined
      ? await asked(options, isFromSaid, environment)
      : namedCaller(options.caller);
  const planned = planProfiles({
    index,
    caller,
    for: options.for,
    source: options.from ?? "default",
    prefix: options.prefix,
    wishes: wishesOf(options),
    ...(options.via === undefined ? {} : { via: options.via }),
    time: Date.now(),
    processOptions: [
      ...indexOption(options, environment),
      ...(options.as === undefined ? [] : [`--as ${quoted(options.as)}`]),
    ],
  });
  if (planned.length === 0) {
    throw new AccessProblem(
      `no role of the map can be reached from ${options.caller ?? "these credentials"}`,
      "name other credentials with `--from` or `--caller`",
    );
  }
  const block = profileBlock(planned, index.map);
  if (options.check !== undefined)
    return check(fileOf(options.check, environment), block, terminal);
  if (options.write === undefined) {
    terminal.stdout(block);
    return 0;
  }
  const file = fileOf(options.write, environment);
  const before = existsSync(file) ? read(file) : "";
  const edit = withBlock(before, block);
  if ("problem" in edit)
    throw new AccessProblem(`${file}: ${edit.problem}`, "repair the marker lines by hand");
  if (edit.text === before) {
    terminal.stdout(`${file} is up to date: ${planned.length} profiles\n`);
    return 0;
  }
  write(file, before, edit.text, environment);
  terminal.stdout(`${file}: ${planned.length} profiles written\n`);
  return 0;
}

async function asked(
  options: ProfilesOptions,
  isFromSaid: boolean,
  environment: Environment,
): Promise<SessionCaller> {
  const from = isFromSaid ? { from: options.from } : { from: undefined };
  const context = { ...contextOf(options, environment, () => undefined), ...from };
  return (await findStart(context, firstRegion(environment))).caller;
}

/** A caller by the ARN of a user, a session or a role. */
export function namedCaller(text: string): SessionCaller {
  const [, partition, account, resource] =
    /^arn:([\w-]+):iam::(\d{12}):role\/(.+)$/.exec(text) ?? [];
  const arn =
    resource === undefined
      ? text
      : `arn:${partition ?? "aws"}:sts::${account ?? ""}:assumed-role/${resource.split("/").at(-1) ?? resource}/session`;
  const caller = callerOfArn(arn);
  if (caller !== undefined) return caller;
  throw new AccessProblem(
    `${JSON.stringify(text)} is no ARN of a user, a role or a role's session`,
    "write it as `aws sts get-caller-identity` prints it",
  );
}

/** What a profile's command must say so that it finds the same index from any folder. */
function indexOption(options: ProfilesOptions, environment: Environment): string[] {
  const { location, sha256, said } = placeOf(options.index, environment, process.cwd());
  if (said !== "--index" && said !== "TRUSTWHEEL_INDEX" && said !== "the checkout") return [];
  const place = /^(?:https|s3):/.test(location) ? location : resolve(location);
  return [`--index ${quoted(sha256 === undefined ? place : `${place}#sha256=${sha256}`)}`];
}

function fileOf(option: string | true, environment: Environment): string {
  if (option !== true) return option;
  return said(environment, "AWS_CONFIG_FILE") ?? join(homeOf(environment), ".aws", "config");
}

function read(file: string): string {
  try {
    return readText(file, MOST_BYTES);
  } catch (error) {
    throw new AccessProblem(`${file} cannot be read: ${reasonOf(error)}`, "check the file", {
      cause: error,
    });
  }
}

function write(file: string, from: string, to: string, environment: Environment): void {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, "", { mode: 0o600, flag: "wx" });
  }
  const result = replaceFile(file, {
    from,
    to,
    lockFolder: join(cacheFolder(environment), "locks"),
  });
  if (result.kind === "changed")
    throw new AccessProblem(`${file} was changed meanwhile`, "rerun the command");
  if (result.kind === "locked")
    throw new AccessProblem(
      `process ${result.process} is writing ${file}`,
      "rerun the command when it has ended",
    );
}

function check(file: string, block: string, terminal: Terminal): number {
  const text = existsSync(file) ? read(file) : "";
  const found = checkConfiguration(text);
  for (const { severity, rule, line, message, help } of found) {
    terminal.stdout(`${severity}[${rule}]: ${message}\n  --> ${file}:${line}\n  = help: ${help}\n`);
  }
  const own = blockIn(text);
  const stale = own !== block;
  if (stale) {
    const what =
      own === undefined
        ? "has no profiles of trustwheel"
        : "is stale: the map, the caller or the options changed";
    terminal.stdout(
      `${file} ${what}\n  = help: run \`trustwheel profiles --write\` with the same options\n`,
    );
  }
  const wrong = stale || found.some(({ severity }) => severity === "error");
  if (!wrong) terminal.stdout(`${file} is in order\n`);
  return wrong ? 1 : 0;
}

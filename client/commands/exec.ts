import type { Command } from "commander";
import { readText, reasonOf } from "../../cli/system/read-text";
import type { Terminal } from "../../cli/system/terminal";
import { formatDuration } from "../../lib/account-map/model/duration";
import { callerWords } from "../../lib/session/caller";
import { reasonText } from "../../lib/session/refusal";
import { nameOf } from "../../lib/session/ways/find-role";
import { AccessProblem, AccessRefused, errorText } from "../access-refused";
import { childEnvironment } from "../child/child-environment";
import type { Handover } from "../child/child-environment";
import { startCredentialsEndpoint } from "../child/credentials-endpoint";
import { CHILD_EXIT } from "../child/child-exit";
import { runChild } from "../child/run-child";
import type { SessionPolicy } from "../credentials/assume-way";
import { findIndex } from "../index-source/find-index";
import { findStart, firstRegion, openSession, sessionOf } from "../open-session";
import type { ClientContext, OpenSession } from "../open-session";
import { said } from "../user-folders";
import type { Environment } from "../user-folders";
import { addAccessOptions, contextOf, wishesOf } from "./access-options";
import type { AccessOptions } from "./access-options";
import { addUnmappedOptions, unmappedCalls, unmappedIndex, unmappedOptions } from "./without-map";
import type { UnmappedOptions } from "./without-map";

/** The options of a session of one role. */
export interface RoleOptions extends AccessOptions, UnmappedOptions {
  readonly policy?: string;
  readonly readOnly?: true;
}

interface ExecOptions extends RoleOptions {
  readonly env?: true;
  readonly dryRun?: true;
  readonly region?: string;
}

const EXAMPLES = `
ROLE@ACCOUNT is a role of the map: its name or key, and the key or ID of its account.

The command gets the role's credentials alone, and new ones for as long as it runs. Exit code, signals and
standard streams are the command's; 125: no credentials, or an error of trustwheel; 126: the command cannot
be executed; 127: there is none; 128+n: signal n ended it.

Examples:
  trustwheel exec reader@shop-prod -- aws s3 ls
  trustwheel exec deployer@shop-prod --from deploy-bot -- terraform plan
  trustwheel exec reader@shop-prod --env -- docker run -e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY -e AWS_SESSION_TOKEN IMAGE
  trustwheel exec deployer@shop-prod --dry-run
  trustwheel exec --hub-account 999999999999 --hub-role automation-hub-role \\
      --spoke-account 888888888888 --spoke-role automation-spoke-role -- aws sts get-caller-identity`;

/** `trustwheel exec`: runs a command as a role. */
export function addExecCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  const command = program
    .command("exec")
    .description("run a command as a role of an account")
    .argument("[words...]", "ROLE@ACCOUNT -- COMMAND [ARGUMENT...]")
    .usage("ROLE@ACCOUNT [options] -- COMMAND [ARGUMENT...]");
  addRoleOptions(command)
    .option("--region <region>", "region of the command (default: AWS_REGION, or the account's)")
    .option(
      "--env",
      "give the credentials in variables, which end with the session: for containers",
    )
    .option("--dry-run", "show the path and what each hop carries; assume nothing")
    .addHelpText("after", EXAMPLES)
    .action(async (words: readonly string[], options: ExecOptions) => {
      const environment = process.env;
      const say = (line: string): void => {
        terminal.stderr(`trustwheel: ${line}\n`);
      };
      finish(
        await guarded(
          () => exec(splitWords(words, program), options, { environment, say, terminal }),
          terminal,
        ),
      );
    });
}

/** Adds the options of a session of one role. */
export function addRoleOptions(command: Command): Command {
  return addUnmappedOptions(addAccessOptions(command))
    .option("--policy <file>", "narrow the session to what this policy also allows")
    .option("--read-only", "narrow the session to what ReadOnlyAccess also allows");
}

/** Runs something; what the user can mend is told, and the code is 125. */
export async function guarded(run: () => Promise<number>, terminal: Terminal): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const text = errorText(error);
    if (text === undefined) {
      terminal.stderr(`trustwheel: internal error: ${(error as Error).stack ?? String(error)}\n`);
    } else terminal.stderr(`trustwheel: ${text}`);
    return CHILD_EXIT.ours;
  }
}

interface Words {
  readonly role: string | undefined;
  readonly command: readonly string[];
}

/** What stands before `--`, and the command after it: without `--`, an option of the command could be taken for one of ours. */
export function splitWords(words: readonly string[], program: Command): Words {
  const { rawArgs = [] } = program as unknown as { readonly rawArgs?: readonly string[] };
  const dashes = rawArgs.indexOf("--");
  const after = dashes < 0 ? 0 : rawArgs.length - dashes - 1;
  const before = words.slice(0, words.length - after);
  const [role, extra] = before;
  if (extra !== undefined) {
    throw new AccessProblem(
      `${JSON.stringify(extra)} stands before \`--\``,
      `write \`--\` before the command: trustwheel exec ${role ?? "ROLE@ACCOUNT"} -- ${before.slice(1).join(" ")}`,
    );
  }
  return { role, command: words.slice(words.length - after) };
}

interface ExecSurroundings {
  readonly environment: Environment;
  readonly say: (line: string) => void;
  readonly terminal: Terminal;
}

async function exec(
  { role, command }: Words,
  options: ExecOptions,
  { environment, say, terminal }: ExecSurroundings,
): Promise<number> {
  if (command.length === 0 && options.dryRun !== true) {
    throw new AccessProblem(
      "there is no command",
      `write it behind \`--\`: trustwheel exec ${role ?? "ROLE@ACCOUNT"} -- aws sts get-caller-identity`,
    );
  }
  const context = contextOf(options, environment, say);
  const session = await openRole(role, options, context);
  if (options.dryRun === true) {
    terminal.stdout(pathText(session));
    return 0;
  }
  const first = await session.credentials();
  const setting = {
    environment,
    account: session.account,
    profile: options.from,
    region: options.region,
  };
  if (options.env === true) {
    const handover: Handover = { kind: "variables", credentials: first };
    return runChild(command, childEnvironment({ ...setting, handover }), say);
  }
  let told = false;
  const endpoint = await startCredentialsEndpoint(session.credentials, (error) => {
    if (!told)
      say(
        `the credentials of ${nameOf(session.role)} could not be renewed: ${errorText(error)?.trimEnd() ?? String(error)}`,
      );
    told = true;
  });
  try {
    const handover: Handover = { kind: "endpoint", url: endpoint.url, token: endpoint.token };
    return await runChild(command, childEnvironment({ ...setting, handover }), say);
  } finally {
    endpoint.close();
  }
}

/** A session of a role of the map, or of a hub and a spoke that no map describes. */
export async function openRole(
  text: string | undefined,
  options: RoleOptions,
  context: ClientContext,
): Promise<OpenSession> {
  const { environment } = context;
  const wishes = wishesOf(options);
  if (text === undefined) {
    const unmapped = unmappedOptions(options, environment);
    if (Object.keys(unmapped).length === 0) {
      throw new AccessProblem(
        "no role is named",
        "write ROLE@ACCOUNT, or give --hub-account, --hub-role, --spoke-account and --spoke-role",
      );
    }
    const start = await findStart(context, firstRegion(environment));
    const named = wishes.sessionName ?? said(environment, "ASSUME_ROLE_SESSION_STRING");
    const path = unmappedIndex(unmapped, start.caller);
    const planned = unmappedCalls(
      path,
      start.caller,
      { ...wishes, ...(named === undefined ? {} : { sessionName: named }) },
      context.now(),
    );
    if ("refusal" in planned) throw new AccessRefused(planned.refusal);
    return sessionOf(
      path.index,
      path.role,
      planned.calls,
      start,
      policyOf(options, path.role.arn),
      context,
    );
  }
  const index = await findIndex(options.index, environment, process.cwd());
  const start = await findStart(context, firstRegion(environment, index));
  const { externalId } = options;
  return openSession(
    index,
    text,
    start,
    {
      via: options.via,
      wishes: { ...wishes, ...(externalId === undefined ? {} : { externalId }) },
      policy: policyOf(options, Object.values(index.accounts)[0]?.partition ?? "aws"),
    },
    context,
  );
}

function policyOf({ policy, readOnly }: RoleOptions, arnOrPartition: string): SessionPolicy {
  const partition = arnOrPartition.startsWith("arn:")
    ? (arnOrPartition.split(":")[1] ?? "aws")
    : arnOrPartition;
  if (policy === undefined)
    return readOnly === true
      ? { managed: [`arn:${partition}:iam::aws:policy/ReadOnlyAccess`] }
      : {};
  let document: string;
  try {
    document = JSON.stringify(JSON.parse(readText(policy, 1024 * 1024)));
  } catch (error) {
    throw new AccessProblem(
      `the policy ${policy} cannot be read: ${reasonOf(error)}`,
      "check the file given with `--policy`",
      { cause: error },
    );
  }
  if (document.length > 2048)
    throw new AccessProblem(
      `the policy ${policy} has ${document.length} characters without white space; a session policy can have 2048`,
      "shorten it",
    );
  return {
    document,
    ...(readOnly === true ? { managed: [`arn:${partition}:iam::aws:policy/ReadOnlyAccess`] } : {}),
  };
}

/** A path for people: each hop, and what it carries. */
export function pathText({ caller, calls }: OpenSession): string {
  const lines = calls.flatMap((call) => {
    const carried = [
      `session ${call.sessionName}`,
      `for ${formatDuration(call.seconds)}`,
      ...(call.webIdentity === undefined ? [] : ["with the token"]),
      ...(call.externalId === undefined ? [] : [`external ID ${call.externalId}`]),
      ...(call.sourceIdentity === undefined ? [] : [`source identity ${call.sourceIdentity}`]),
      ...Object.entries(call.tags).map(([key, value]) => `tag ${key}=${value}`),
      ...(call.mfaSerial === undefined ? [] : [`MFA device ${call.mfaSerial}`]),
    ];
    const doubts = call.doubts.map((doubt) => `    not known: ${reasonText(doubt)}\n`);
    return [`-> ${nameOf(call.role)}: ${carried.join(", ")}\n`, ...doubts];
  });
  return `${callerWords(caller)}\n${lines.join("")}`;
}

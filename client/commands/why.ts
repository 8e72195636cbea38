import { readFileSync } from "node:fs";
import { Option } from "commander";
import type { Command } from "commander";
import { readText, reasonOf } from "../../cli/system/read-text";
import type { Terminal } from "../../cli/system/terminal";
import type { SessionCaller } from "../../lib/session/caller";
import type { SessionWishes } from "../../lib/session/calls/hop-state";
import { planCalls } from "../../lib/session/calls/plan-calls";
import type { HopCall } from "../../lib/session/calls/plan-calls";
import type { AccessIndex, IndexRole } from "../../lib/session/index/access-index";
import { reasonText } from "../../lib/session/refusal";
import type { Reason, Refusal } from "../../lib/session/refusal";
import { chooseWay } from "../../lib/session/ways/find-ways";
import { findRole, nameOf } from "../../lib/session/ways/find-role";
import { causeOf } from "../../lib/session/why/causes";
import { explainDenial } from "../../lib/session/why/explain-denial";
import { readError } from "../../lib/session/why/read-error";
import type { ReadError } from "../../lib/session/why/read-error";
import { AccessProblem, AccessRefused } from "../access-refused";
import { findIndex } from "../index-source/find-index";
import { findStart, firstRegion, sessionOf, valueOf } from "../open-session";
import type { ClientContext, Start } from "../open-session";
import { addAccessOptions, contextOf, wishesOf } from "./access-options";
import type { AccessOptions } from "./access-options";
import { answered } from "./credentials";
import { namedCaller } from "./profiles";

interface WhyOptions extends AccessOptions {
  readonly error?: string;
  readonly caller?: string;
  readonly externalId?: string;
  readonly carried?: string;
  readonly ip?: string;
  readonly at?: string;
  readonly format: "text" | "json";
}

const EXAMPLES = `
Without --error the call is made again; --caller asks only the access index, not AWS.

Exit codes: 0 it can be assumed, 1 denied or not known, 2 usage error, 3 internal error.

Examples:
  trustwheel why deployer@shop-prod
  trustwheel why deployer@shop-prod --error denied.txt
  terraform plan 2>&1 | trustwheel why --error -
  trustwheel why reader@shop-prod --caller arn:aws:iam::222222222222:user/bob --ip 198.51.100.7`;

/** `trustwheel why`: why a role cannot be assumed: side, statement, key, what was wanted and got. */
export function addWhyCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  const command = program
    .command("why")
    .description("explain why a role cannot be assumed")
    .argument("[role]", "ROLE@ACCOUNT (default: the one in the error)");
  addAccessOptions(command)
    .option("-e, --error <file>", "what AWS, its CLI or an SDK answered; - for standard input")
    .option(
      "--caller <arn>",
      "who calls: ARN of a user, role or session (default: the one in the error, or you)",
    )
    .option("--external-id <id>", "the external ID that was passed (default: the map's)")
    .option("--carried <name>", "the source identity that the calling session has")
    .option("--ip <address>", "the address from which AWS sees the call")
    .option("--at <time>", "when it was made, such as 2027-01-31T12:00:00Z (default: now)")
    .addOption(
      new Option("-f, --format <format>", "output format")
        .choices(["text", "json"])
        .default("text"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (role: string | undefined, options: WhyOptions) => {
      finish(await answered(terminal, () => why(role, options, terminal)));
    });
}

/** The answer to a question. */
interface WhyAnswer {
  readonly decision: "allowed" | "denied" | "unknown";
  /** `ROLE@ACCOUNT` of the hop, or what was asked for. */
  readonly hop: string;
  readonly reasons: readonly Reason[];
  /** @default - there is nothing to do */
  readonly help?: string;
}

async function why(
  text: string | undefined,
  options: WhyOptions,
  terminal: Terminal,
): Promise<number> {
  const environment = process.env;
  const say = (line: string): void => {
    terminal.stderr(`trustwheel: ${line}\n`);
  };
  const context = {
    ...contextOf(options, environment, say),
    now: timeOf(options.at),
    keep: false as const,
  };
  const error = options.error === undefined ? undefined : readError(errorOf(options.error));
  const asked = text ?? error?.resource;
  const index = await indexFor(asked, options, context);
  const answer = await answerFor({ text: asked, error, index, options, context });
  if (options.format === "json") terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
  else terminal.stdout(answerText(answer));
  return answer.decision === "allowed" ? 0 : 1;
}

/** A message that names no role is explained without an index. */
async function indexFor(
  asked: string | undefined,
  options: WhyOptions,
  { environment }: ClientContext,
): Promise<AccessIndex | undefined> {
  if (asked === undefined && options.error !== undefined) return undefined;
  return findIndex(options.index, environment, process.cwd());
}

interface Question {
  readonly text: string | undefined;
  readonly error: ReadError | undefined;
  readonly index: AccessIndex | undefined;
  readonly options: WhyOptions;
  readonly context: ClientContext;
}

async function answerFor({ text, error, index, options, context }: Question): Promise<WhyAnswer> {
  const said = error === undefined ? undefined : saidBy(error);
  if (text === undefined || index === undefined) {
    if (said === undefined)
      throw new AccessProblem(
        "no role is named",
        "write ROLE@ACCOUNT, or give AWS's answer with `--error`",
      );
    return { hop: "the call", ...said };
  }
  const found = findRole(index, text);
  // A role that is not in the index is still explained by what AWS said.
  if ("problem" in found && said !== undefined) return { hop: text, ...said };
  const role = valueOf(found);
  const named = options.caller ?? error?.caller;
  const start =
    named === undefined && said === undefined
      ? await findStart(context, firstRegion(context.environment, index))
      : undefined;
  const caller = named === undefined ? start?.caller : namedCaller(named);
  if (caller === undefined)
    return { hop: nameOf(role), ...(said ?? { decision: "unknown", reasons: [] }) };
  const planned = plannedFor(index, role, caller, options, context);
  if ("refusal" in planned) return merged(said, { decision: "denied", ...planned.refusal });
  const { calls } = planned;
  const last = calls.at(-1);
  if (error !== undefined && said !== undefined) {
    const explained = last === undefined ? undefined : explainDenial(error, last);
    return explained?.kind === "denied"
      ? { decision: "denied", ...explained.refusal }
      : { hop: nameOf(role), ...said };
  }
  if (start === undefined) {
    return {
      decision: doubtsOf(calls).length === 0 ? "allowed" : "unknown",
      hop: nameOf(role),
      reasons: doubtsOf(calls),
      help: "the access index says so; run it without `--caller` to ask AWS",
    };
  }
  return replayed(index, role, calls, start, context);
}

/** Makes the call again, and explains what AWS answers. */
async function replayed(
  index: AccessIndex,
  role: IndexRole,
  calls: readonly HopCall[],
  start: Start,
  context: ClientContext,
): Promise<WhyAnswer> {
  try {
    await sessionOf(index, role, calls, start, {}, context).credentials();
    return { decision: "allowed", hop: nameOf(role), reasons: [] };
  } catch (error) {
    if (error instanceof AccessRefused) {
      const { hop, reasons, help } = error;
      return { decision: "denied", hop, reasons, help };
    }
    throw error;
  }
}

function plannedFor(
  index: AccessIndex,
  role: IndexRole,
  caller: SessionCaller,
  options: WhyOptions,
  context: ClientContext,
): ReturnType<typeof planCalls> {
  const way = chooseWay(index, caller, role, options.via);
  if ("problem" in way) {
    const reason: Reason = { side: "account map", certain: true, text: way.problem };
    const refusal: Refusal = { hop: nameOf(role), reasons: [reason], help: way.help };
    return { refusal };
  }
  const { externalId, carried, ip } = options;
  const wishes: SessionWishes = {
    ...wishesOf(options),
    ...(externalId === undefined ? {} : { externalId }),
    ...(carried === undefined ? {} : { carried }),
    ...(ip === undefined ? {} : { sourceIp: ip }),
  };
  return planCalls(way.value, caller, wishes, context.now());
}

/** What AWS's own words say. */
function saidBy(error: ReadError): Omit<WhyAnswer, "hop"> {
  const cause = causeOf(error);
  if (cause === undefined) {
    return {
      decision: "unknown",
      reasons: [
        { side: "call", certain: false, text: `this answer is not known: ${error.message}` },
      ],
      help: "docs/using-access.md lists the answers that are",
    };
  }
  return {
    decision: "denied",
    reasons: [{ side: cause.side ?? "call", certain: true, text: cause.text }],
    help: cause.help,
  };
}

/** What AWS says decides; what the index says of the call comes first where it is certain, because it names statement and key. */
function merged(said: Omit<WhyAnswer, "hop"> | undefined, own: WhyAnswer): WhyAnswer {
  if (said === undefined) return own;
  const isGeneric =
    own.decision === "denied" && said.reasons.some(({ side }) => side === "trust policy");
  return {
    decision: said.decision === "unknown" ? own.decision : said.decision,
    hop: own.hop,
    reasons: isGeneric ? own.reasons : [...said.reasons, ...own.reasons],
    ...(isGeneric && own.help !== undefined
      ? { help: own.help }
      : said.help === undefined
        ? {}
        : { help: said.help }),
  };
}

function doubtsOf(calls: readonly HopCall[]): readonly Reason[] {
  return calls.flatMap(({ doubts }) => doubts);
}

function answerText({ decision, hop, reasons, help }: WhyAnswer): string {
  const lines = reasons.map(
    (reason) => `  ${reason.certain ? "" : "not known: "}${reasonText(reason)}\n`,
  );
  return `${decision}: ${hop}\n${lines.join("")}${help === undefined ? "" : `  help: ${help}\n`}`;
}

function timeOf(at: string | undefined): () => number {
  if (at === undefined) return () => Date.now();
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(at)
    ? Date.parse(at)
    : NaN;
  if (Number.isNaN(time))
    throw new AccessProblem(
      `\`--at\` must be a time such as 2027-01-31T12:00:00Z, got ${at}`,
      "write date and time with their zone",
    );
  return () => time;
}

function errorOf(file: string): string {
  try {
    return file === "-" ? readFileSync(0, "utf8") : readText(file, 4 * 1024 * 1024);
  } catch (error) {
    throw new AccessProblem(
      `${file} cannot be read: ${reasonOf(error)}`,
      "check the file given with `--error`",
      { cause: error },
    );
  }
}

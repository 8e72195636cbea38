import type { ReachedRole } from "../../lib/access/hops/reach";
import { unreadForReach } from "../../lib/access/unread/in-the-way";
import { raisedRole } from "../../lib/access/permissions/escalations-of";
import type { RaisedRole } from "../../lib/access/permissions/escalations-of";
import type { AccessModel } from "../../lib/access/decide/access-model";
import { principalArn } from "../../lib/iam/condition/caller";
import type { Caller } from "../../lib/iam/condition/caller";
import { escalationWays } from "../../lib/iam/escalation/escalation-words";
import type { UnreadInAnswer } from "../../lib/access/unread/in-the-way";
import { readAccessQueryInputs } from "../project/access-inputs";
import {
  controlPoliciesOption,
  dirOption,
  formatOption,
  planOption,
} from "../options/access-options";
import { CALLER_FORMS, askedCallers } from "../ask/asked-caller";
import { askedTime, atOption } from "../options/at-time";
import { hopText, namesOf } from "../ask/caller-text";
import type { AnswerNames } from "../ask/caller-text";
import { printAnswer } from "../ask/print-answer";
import { reachAll } from "../ask/reach-all";
import { isOpen, mergedUnread, unreadJson, unreadLines } from "../ask/unread-answer";
import { counted } from "../../lib/diagnostics/words";
import type { Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";

const EXAMPLES = `
${CALLER_FORMS}

Examples:
  trustwheel reach automation-hub@shared-services
  trustwheel reach "permissionSet PlatformAdmin@shared-services"
  trustwheel reach repo:example-org/infrastructure:ref:refs/heads/main
  trustwheel reach automation-hub@shared-services --at 2026-12-31T23:59:59Z
  trustwheel reach arn:aws:iam::161616161616:role/scanner
  trustwheel reach ec2.amazonaws.com --format json`;

function declare(program: Program) {
  return program
    .command("reach")
    .description("list all roles that a principal can reach in any number of hops")
    .argument("<principal>", "the caller")
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(atOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

/** `trustwheel reach`: all roles that a principal can get to. */
export function addReachCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((principal, _, command) => {
    const { format, at, ...sources } = command.optsWithGlobals();
    const asked = readAccessQueryInputs(sources, terminal);
    if (typeof asked === "number") {
      finish(asked);
      return;
    }
    const { map, world } = asked;
    const callers = askedCallers(principal, { map, graph: world.graph });
    if (isProblem(callers)) {
      finish(reportProblem(callers, terminal));
      return;
    }
    const reached = reachAll(world, callers, askedTime(at));
    const arns = reached.map(({ roleArn }) => roleArn);
    const starts = callers.flat();
    const unread = mergedUnread(
      starts.map(({ caller }) => unreadForReach(world.graph, caller, arns)),
    );
    const isKnown = !isOpen(unread) && reached.every(({ certain }) => certain);
    const [start] = starts.flatMap(({ caller }) => startOf(caller, world) ?? []);
    const json = {
      verdict: isKnown ? "known" : "unknown",
      caller: starts[0]?.caller,
      callers: starts,
      ...(start === undefined ? {} : { start }),
      reached,
      unread: unreadJson(unread),
    };
    printAnswer(
      { lines: reachedLines(start, reached, unread, namesOf(map)), json },
      format,
      terminal,
    );
    finish(isKnown ? EXIT.clean : EXIT.findings);
  });
}

/** The role that the calls start from, as far as the Terraform makes it. */
interface StartRole extends RaisedRole {
  readonly roleArn: string;
}

/** `undefined` where the caller is no role, or one that the Terraform does not make. */
function startOf(caller: Caller, world: AccessModel): StartRole | undefined {
  const role = world.graph.roles.get(principalArn(caller) ?? "");
  return role && { roleArn: role.arn, ...raisedRole(role, world) };
}

function reachedLines(
  start: StartRole | undefined,
  reached: readonly ReachedRole[],
  unread: readonly UnreadInAnswer[],
  names: AnswerNames,
): readonly string[] {
  const lines = reached.flatMap(({ hops, certain, ...role }) => [
    ...hops.slice(-1).map((hop) => {
      const isDoubted = !certain && hops.every((each) => each.certain);
      return `${"  ".repeat(hops.length)}${hopText(isDoubted ? { ...hop, certain } : hop, names)}`;
    }),
    ...raisedLines(role, "  ".repeat(hops.length + 1)),
  ]);
  const own = start === undefined ? [] : raisedLines(start, "  ", "the role it starts from ");
  return [`reaches ${counted(reached.length, "role")}`, ...own, ...lines, ...unreadLines(unread)];
}

/** What a role can make of itself, in one line. */
function raisedLines(
  { administrator, escalations }: RaisedRole,
  indent: string,
  who = "",
): string[] {
  if (escalations.length === 0) return [];
  const says = administrator
    ? "is administrator"
    : `can raise its own permissions ${escalationWays(escalations).replaceAll("`", "")}`;
  return [`${indent}! ${who}${says}`];
}

import type { RoleNode } from "../../lib/access/access-graph";
import { entriesOfRole } from "../../lib/access/callers/caller-in-request";
import { whoReaches } from "../../lib/access/hops/who-reaches";
import type { Provided, ReachingCaller } from "../../lib/access/hops/who-reaches";
import { unreadForRole } from "../../lib/access/unread/in-the-way";
import type { UnreadInAnswer } from "../../lib/access/unread/in-the-way";
import { readAccessQueryInputs } from "../project/access-inputs";
import { namedRole } from "../ask/access-names";
import {
  controlPoliciesOption,
  dirOption,
  formatOption,
  planOption,
} from "../options/access-options";
import { askedTime, atOption } from "../options/at-time";
import { callerText, entryText, hopText, namesOf } from "../ask/caller-text";
import type { AnswerNames } from "../ask/caller-text";
import { printAnswer } from "../ask/print-answer";
import { isOpen, unreadJson, unreadLines } from "../ask/unread-answer";
import { counted } from "../../lib/diagnostics/words";
import type { Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { roleAfterVerb } from "../options/role-after-verb";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

const EXAMPLES = `
ROLE is an ARN, or a name with the key of its account.

Examples:
  trustwheel who-can assume deployer@shop-prod
  trustwheel who-can assume deployer@shop-prod --at 2026-12-31T23:59:59Z
  trustwheel who-can assume deployer@shop-prod --format json`;

function declare(program: Program) {
  return program
    .command("who-can")
    .description(
      "list who can assume a role, directly or in several hops, and who its trust policy names",
    )
    .argument("<role...>", "the role; the word 'assume' before it can be left out")
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(atOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

/** `trustwheel who-can`: all who can get to a role. */
export function addWhoCanCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((words, _, command) => {
    const { format, at, ...sources } = command.optsWithGlobals();
    const role = roleAfterVerb(words, command);
    const asked = readAccessQueryInputs(sources, terminal);
    if (typeof asked === "number") {
      finish(asked);
      return;
    }
    const { map, world } = asked;
    const target = namedRole(role, map, world.graph);
    if ("problem" in target) {
      finish(reportProblem(target, terminal));
      return;
    }
    const node = world.graph.roles.get(target.value);
    const { time, isTimeFixed } = askedTime(at);
    const callers = whoReaches(world, target.value, time, { isTimeFixed });
    const names = namesOf(map);
    const trust = node?.trust.known === true ? node.trust.value.Statement : undefined;
    const reaching = callers.flatMap(({ caller }) =>
      caller.kind === "role-session" ? [caller.roleArn] : [],
    );
    const unread = unreadForRole(world.graph, target.value, reaching);
    const isKnown =
      !isOpen(unread) && node?.trust.known === true && callers.every(({ way }) => way.certain);
    const answer = {
      verdict: isKnown ? "known" : "unknown",
      role: target.value,
      trust,
      callers: callers.map((each) => ({ ...each, name: callerText(each.who, names) })),
      unread: unreadJson(unread),
    };
    const lines = callerLines(callers, node, unread, names);
    printAnswer({ lines, json: answer }, format, terminal);
    finish(isKnown ? EXIT.clean : EXIT.findings);
  });
}

function callerLines(
  callers: readonly ReachingCaller[],
  node: RoleNode | undefined,
  unread: readonly UnreadInAnswer[],
  names: AnswerNames,
): readonly string[] {
  const lines = callers.flatMap(({ who, provided, way }) => [
    `  ${callerText(who, names)}${provided.map((each) => PROVIDED[each]).join("")}`,
    ...way.hops.map((hop) => `    -> ${hopText(hop, names)}`),
  ]);
  const entries = (node === undefined ? undefined : entriesOfRole(node)) ?? [];
  return [
    `${counted(callers.length, "caller")} can assume it`,
    ...lines,
    "its trust policy names",
    ...entries.map((entry) => `  ${entryText(entry, names)}`),
    ...(node?.trust.known === false ? [`  unknown: ${node.trust.reason}`] : []),
    ...unreadLines(unread),
  ];
}

const PROVIDED: Readonly<Record<Provided, string>> = {
  "own-permissions": ", if its own permissions allow it",
  organization: ", if its account is in the organization",
};

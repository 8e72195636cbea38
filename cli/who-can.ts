import type { Command } from "commander";
import { describeHop, whoReaches } from "../lib/access/reach";
import type { ReachingCaller } from "../lib/access/reach";
import type { RoleNode } from "../lib/access/access-graph";
import { principalArn } from "../lib/iam/condition/caller";
import { policyText } from "../lib/iam/policy-text";
import { policyDocument } from "../lib/iam/policy-document";
import { unreadForRole } from "../lib/access/unread/in-the-way";
import type { UnreadInAnswer } from "../lib/access/unread/in-the-way";
import { readAskedWorld } from "./access-inputs";
import { namedRole } from "./access-names";
import { controlPoliciesOption, dirOption, formatOption, planOption } from "./access-options";
import type { AccessFormat, AccessSources } from "./access-options";
import { isOpen, unreadJson, unreadLines } from "./ask/unread-answer";
import { count } from "./count";
import { currentTime } from "./current-time";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { roleAfterVerb } from "./project/role-after-verb";
import type { Terminal } from "./terminal";
import { reportProblem } from "./usage-problem";

interface WhoCanOptions extends AccessSources {
  readonly format: AccessFormat;
}

const EXAMPLES = `
ROLE is an ARN, or a name with the key of its account.

Examples:
  trustwheel who-can assume deployer@shop-prod
  trustwheel who-can assume deployer@shop-prod --format json`;

/** `trustwheel who-can`: all who can get to a role. */
export function addWhoCanCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("who-can")
    .description("list who can assume a role, over any number of hops, and whom its trust lets in")
    .argument("<role...>", "the role; the word 'assume' before it can be left out")
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES)
    .action((words: readonly string[], { format, ...sources }: WhoCanOptions, command: Command) => {
      const role = roleAfterVerb(words, command);
      const asked = readAskedWorld(sources, terminal);
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
      const callers = whoReaches(world, target.value, currentTime());
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
        callers,
        unread: unreadJson(unread),
      };
      terminal.stdout(
        format === "json"
          ? `${JSON.stringify(answer, undefined, 2)}\n`
          : printCallers(callers, node, unread),
      );
      finish(isKnown ? EXIT.clean : EXIT.findings);
    });
}

function printCallers(
  callers: readonly ReachingCaller[],
  node: RoleNode | undefined,
  unread: readonly UnreadInAnswer[],
): string {
  const lines = callers.flatMap(({ caller, way }) => [
    `  ${principalArn(caller) ?? caller.kind}`,
    ...way.hops.map((hop) => `    -> ${describeHop(hop)}`),
  ]);
  const statements = node?.trust.known === true ? node.trust.value.Statement : [];
  const unknown = node?.trust.known === false ? [`  unknown: ${node.trust.reason}`] : [];
  return [
    `${count(callers.length, "user or role", "users and roles")} of the Terraform can assume it`,
    ...lines,
    "its trust policy lets in",
    ...statements.map((statement) => `  ${policyText(policyDocument([statement]))}`),
    ...unknown,
    ...unreadLines(unread),
    "",
  ].join("\n");
}

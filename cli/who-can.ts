import type { Command } from "commander";
import { describeHop, whoReaches } from "../lib/access/reach";
import type { ReachingCaller } from "../lib/access/reach";
import type { RoleNode } from "../lib/access/access-graph";
import { principalArn } from "../lib/iam/condition/caller";
import { policyText } from "../lib/iam/policy-text";
import { policyDocument } from "../lib/iam/policy-document";
import { readAskedWorld } from "./access-inputs";
import { namedRole } from "./access-names";
import { controlPoliciesOption, dirOption, formatOption, planOption } from "./access-options";
import type { AccessFormat, AccessSources } from "./access-options";
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
      terminal.stdout(
        format === "json"
          ? `${JSON.stringify({ role: target.value, trust, callers }, undefined, 2)}\n`
          : printCallers(callers, node),
      );
      finish(EXIT.clean);
    });
}

function printCallers(callers: readonly ReachingCaller[], node: RoleNode | undefined): string {
  const lines = callers.flatMap(({ caller, way }) => [
    `  ${principalArn(caller) ?? caller.kind}`,
    ...way.hops.map((hop) => `    -> ${describeHop(hop)}`),
  ]);
  const statements = node?.trust.known === true ? node.trust.value.Statement : [];
  return [
    `${count(callers.length, "user or role", "users and roles")} of the Terraform can assume it`,
    ...lines,
    "its trust policy lets in",
    ...statements.map((statement) => `  ${policyText(policyDocument([statement]))}`),
    "",
  ].join("\n");
}

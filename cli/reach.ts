import type { Command } from "commander";
import { describeHop, reach } from "../lib/access/reach";
import type { ReachedRole } from "../lib/access/reach";
import { unreadForReach } from "../lib/access/unread/in-the-way";
import type { UnreadInAnswer } from "../lib/access/unread/in-the-way";
import { readAskedWorld } from "./access-inputs";
import { namedCaller } from "./access-names";
import { controlPoliciesOption, dirOption, formatOption, planOption } from "./access-options";
import type { AccessFormat, AccessSources } from "./access-options";
import { isOpen, unreadJson, unreadLines } from "./ask/unread-answer";
import { count } from "./count";
import { currentTime } from "./current-time";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";
import { reportProblem } from "./usage-problem";

interface ReachOptions extends AccessSources {
  readonly format: AccessFormat;
}

const EXAMPLES = `
PRINCIPAL is an ARN, or a name with the key of its account.

Examples:
  trustwheel reach automation-hub@shared-services
  trustwheel reach arn:aws:iam::161616161616:role/scanner
  trustwheel reach ec2.amazonaws.com --format json`;

/** `trustwheel reach`: all roles that a principal can get to. */
export function addReachCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("reach")
    .description("list all roles that a principal can reach, over any number of hops")
    .argument("<principal>", "where to start")
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES)
    .action((principal: string, { format, ...sources }: ReachOptions) => {
      const asked = readAskedWorld(sources, terminal);
      if (typeof asked === "number") {
        finish(asked);
        return;
      }
      const caller = namedCaller(principal, asked.map, asked.world.graph);
      if ("problem" in caller) {
        finish(reportProblem(caller, terminal));
        return;
      }
      const { graph } = asked.world;
      const reached = reach(asked.world, caller.value, currentTime());
      const arns = reached.map(({ roleArn }) => roleArn);
      const unread = unreadForReach(graph, caller.value, arns);
      const isKnown = !isOpen(unread) && reached.every(({ certain }) => certain);
      const verdict = isKnown ? "known" : "unknown";
      terminal.stdout(
        format === "json"
          ? `${JSON.stringify({ verdict, caller: caller.value, reached, unread: unreadJson(unread) }, undefined, 2)}\n`
          : printReached(reached, unread),
      );
      finish(isKnown ? EXIT.clean : EXIT.findings);
    });
}

function printReached(reached: readonly ReachedRole[], unread: readonly UnreadInAnswer[]): string {
  const lines = reached.flatMap(({ hops, escalations }) => [
    ...hops.slice(-1).map((hop) => `${"  ".repeat(hops.length)}${describeHop(hop)}`),
    ...escalations.map(
      ({ actions }) =>
        `${"  ".repeat(hops.length + 1)}! can gain permissions by ${actions.join(" and ")}`,
    ),
  ]);
  const all = [`reaches ${count(reached.length, "role")}`, ...lines, ...unreadLines(unread)];
  return `${all.join("\n")}\n`;
}

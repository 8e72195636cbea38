import type { Command } from "commander";
import type { Decision } from "../lib/access/decide/decision";
import { decideCall } from "../lib/access/decide/decide-call";
import type { RoleCall } from "../lib/access/decide/decide-call";
import { describeReason } from "../lib/access/decide/describe-reason";
import { unreadForCall } from "../lib/access/unread/in-the-way";
import type { Caller } from "../lib/iam/condition/caller";
import { readAskedWorld } from "./access-inputs";
import { unreadJson } from "./ask/unread-answer";
import { namedCaller, namedRole } from "./access-names";
import { currentTime } from "./current-time";
import { controlPoliciesOption, dirOption, formatOption, planOption } from "./access-options";
import type { AccessFormat, AccessSources } from "./access-options";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { verdictText } from "./print/verdict";
import { roleAfterVerb } from "./project/role-after-verb";
import type { Terminal } from "./terminal";
import { reportProblem } from "./usage-problem";

interface CanOptions extends AccessSources {
  readonly format: AccessFormat;
  /** @default - nothing is said */
  readonly with?: readonly string[];
}

const EXAMPLES = `
PRINCIPAL and ROLE are ARNs, or names with the key of their account.

Examples:
  trustwheel can automation-hub@shared-services assume deployer@shop-prod --with sts:ExternalId=deploy-shop-prod
  trustwheel can arn:aws:iam::161616161616:role/scanner assume scanner@shop-prod
  trustwheel can sys-automation@shared-services assume automation-hub@shared-services --with aws:SourceIp=203.0.113.7
  trustwheel can ec2.amazonaws.com assume reporting-instance@data-prod`;

/** `trustwheel can`: whether one principal can assume one role, and why. */
export function addCanCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("can")
    .description("tell whether a principal can assume a role, and why")
    .argument("<principal>", "who asks")
    .argument("<role...>", "the role; the word 'assume' before it can be left out")
    .option(
      "-w, --with <key=value>",
      "a condition key of the request; may be repeated",
      (value: string, all: readonly string[] | undefined) => [...(all ?? []), value],
    )
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES)
    .action(
      (principal: string, words: readonly string[], options: CanOptions, command: Command) => {
        const wrong = options.with?.find((each) => !/^[^=]+:[^=]+=/.test(each));
        const role = roleAfterVerb(words, command);
        if (wrong !== undefined) {
          command.error(`error: '--with ${wrong}' is not KEY=VALUE, such as 'sts:ExternalId=abc'`);
        }
        finish(can(principal, role, options, terminal));
      },
    );
}

function can(
  principal: string,
  role: string,
  { format, with: said = [], ...sources }: CanOptions,
  terminal: Terminal,
): ExitCode {
  const asked = readAskedWorld(sources, terminal);
  if (typeof asked === "number") return asked;
  const { map, world } = asked;
  const { graph } = world;
  const caller = namedCaller(principal, map, graph);
  const target = namedRole(role, map, graph);
  if ("problem" in caller) return reportProblem(caller, terminal);
  if ("problem" in target) return reportProblem(target, terminal);
  const call = callOf(caller.value, target.value, said);
  const decision = decideCall(world, call);
  if (format === "json") {
    const { decision: verdict, reasons } = decision;
    const unread = unreadForCall(graph, call.caller, call.roleArn).map((each) => ({
      ...each,
      // What is denied or allowed all the same, nothing that was not read changes.
      matters: each.matters && verdict === "unknown",
    }));
    const answer = {
      decision: verdict,
      caller: call.caller,
      role: call.roleArn,
      reasons,
      unread: unreadJson(unread),
    };
    terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else {
    terminal.stdout(printDecision(decision, terminal.color));
  }
  return decision.decision === "allowed" ? EXIT.clean : EXIT.findings;
}

/** What was said of a request: tags, a source identity and the time are part of the call. */
function callOf(caller: Caller, roleArn: string, said: readonly string[]): RoleCall {
  const keys: Record<string, string> = {};
  const tags: Record<string, string> = {};
  let sourceIdentity: string | undefined;
  let time = currentTime();
  for (const each of said) {
    const at = each.indexOf("=");
    const key = each.slice(0, at);
    const value = each.slice(at + 1);
    const tag = /^aws:RequestTag\/(?<name>.+)$/i.exec(key)?.groups?.name;
    if (tag !== undefined) tags[tag] = value;
    else if (key.toLowerCase() === "sts:sourceidentity") sourceIdentity = value;
    else if (key.toLowerCase() === "aws:currenttime") time = value;
    else keys[key] = value;
  }
  return {
    caller,
    roleArn,
    time,
    keys,
    tags,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

function printDecision({ decision, reasons }: Decision, color: boolean): string {
  const lines = reasons.map(
    (reason) => `  ${describeReason({ ...reason, text: `${reason.effect}: ${reason.text}` })}`,
  );
  return `${[verdictText(decision, color), ...lines].join("\n")}\n`;
}

import type { Decision } from "../../lib/access/decide/decision";
import { describeReason } from "../../lib/access/decide/decision";
import type { SaidKey } from "../../lib/access/questions/said-keys";
import { unreadForCall } from "../../lib/access/unread/in-the-way";
import { visible } from "../../lib/diagnostics/display-width";
import { readAccessQueryInputs } from "../project/access-inputs";
import { namedRole } from "../ask/access-names";
import {
  controlPoliciesOption,
  dirOption,
  formatOption,
  planOption,
} from "../options/access-options";
import { CALLER_FORMS, askedCallers } from "../ask/asked-caller";
import { atOption } from "../options/at-time";
import { decideAsked } from "../ask/decide-asked";
import { printAnswer } from "../ask/print-answer";
import { unreadJson } from "../ask/unread-answer";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { verdictText } from "../print/verdict";
import { roleAfterVerb } from "../options/role-after-verb";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";

const EXAMPLES = `
${CALLER_FORMS}

ROLE is an ARN, or a name with the key of its account.

Examples:
  trustwheel can automation-hub@shared-services assume deployer@shop-prod --with sts:ExternalId=deploy-shop-prod
  trustwheel can "permissionSet PlatformAdmin@shared-services" assume automation-hub@shared-services
  trustwheel can repo:example-org/infrastructure:ref:refs/heads/main assume automation-hub@shared-services
  trustwheel can "oidc gitlab.com project_path:group/app:ref_type:branch:ref:main" assume deployer@shop-prod
  trustwheel can "saml Okta anna@example.org" assume automation-hub@shared-services
  trustwheel can "service lambda@shop-prod" assume worker@shop-prod
  trustwheel can arn:aws:iam::161616161616:role/scanner assume scanner@shop-prod --at 2026-12-31T23:59:59Z
  trustwheel can sys-automation@shared-services assume automation-hub@shared-services --with aws:SourceIp=203.0.113.7`;

function declare(program: Program) {
  return program
    .command("can")
    .description("show whether a principal can assume a role and why")
    .argument("<principal>", "who asks")
    .argument("<role...>", "the role; the word 'assume' before it can be left out")
    .option(
      "-w, --with <key=value>",
      "a condition key of the request; repeatable",
      (value: string, all: readonly string[] | undefined) => [...(all ?? []), value],
    )
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(atOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

type CanOptions = OptionsOf<typeof declare>;

/** `trustwheel can`: whether one principal can assume one role, and why. */
export function addCanCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((principal, words, _, command) => {
    const options = command.optsWithGlobals();
    const wrong = options.with?.find((each) => !/^[^=]+:[^=]+=/.test(each));
    const role = roleAfterVerb(words, command);
    if (wrong !== undefined) {
      command.error(
        `error: '--with ${visible(wrong)}' is not KEY=VALUE, such as 'sts:ExternalId=abc'`,
      );
    }
    finish(can(principal, role, options, terminal));
  });
}

function can(
  principal: string,
  role: string,
  { format, at, with: said = [], ...sources }: CanOptions,
  terminal: Terminal,
): ExitCode {
  const asked = readAccessQueryInputs(sources, terminal);
  if (typeof asked === "number") return asked;
  const { map, world } = asked;
  const { graph } = world;
  const target = namedRole(role, map, graph);
  if ("problem" in target) return reportProblem(target, terminal);
  const callers = askedCallers(principal, { map, graph, roleArn: target.value });
  if (isProblem(callers)) return reportProblem(callers, terminal);
  const answer = decideAsked(world, callers, target.value, { said: said.map(saidKey), at });
  if ("wrong" in answer) {
    for (const each of answer.wrong) reportProblem(each, terminal);
    return EXIT.usage;
  }
  const { call, taken, idle, decision: decided } = answer;
  const { decision: verdict, reasons } = decided;
  for (const { problem } of idle) terminal.stderr(`warning: ${visible(problem)}\n`);
  const unread = unreadForCall(graph, call.caller, call.roleArn).map((each) => ({
    ...each,
    // What is denied or allowed all the same, nothing that was not read changes.
    matters: each.matters && verdict === "unknown",
  }));
  const json = {
    decision: verdict,
    caller: call.caller,
    role: call.roleArn,
    time: call.time,
    taken,
    reasons,
    warnings: idle.map(({ problem }) => problem),
    unread: unreadJson(unread),
  };
  const lines = decisionLines(decided, taken);
  printAnswer({ verdict: verdictText(verdict, terminal.color), lines, json }, format, terminal);
  return verdict === "allowed" ? EXIT.clean : EXIT.findings;
}

function saidKey(text: string): SaidKey {
  const at = text.indexOf("=");
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}

function decisionLines(
  { reasons }: Decision,
  taken: Readonly<Record<string, string>>,
): readonly string[] {
  return [
    ...reasons.map(
      (reason) => `  ${describeReason({ ...reason, text: `${reason.effect}: ${reason.text}` })}`,
    ),
    ...Object.entries(taken).map(
      ([key, value]) =>
        `  with ${key} \`${value}\`, which the caller chooses: \`--with ${key}=...\` asks for another`,
    ),
  ];
}

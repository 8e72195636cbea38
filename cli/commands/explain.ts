import type { PermissionPolicy, RoleNode } from "../../lib/access/access-graph";
import type { AccessModel } from "../../lib/access/decide/access-model";
import { bindingPolicies, guardingPolicies } from "../../lib/access/decide/binding-policies";
import type { Caller } from "../../lib/iam/condition/caller";
import { canonicalDocument } from "../../lib/iam/policy-text";
import type { Statement } from "../../lib/iam/policy-document";
import type { ResolvedAccess, Edge, RolePlan } from "../../lib/plan/resolved-access";
import { describePrincipal } from "../../lib/plan/principal-description";
import { readAccessQueryInputs } from "../project/access-inputs";
import type { AccessQueryInputs } from "../project/access-inputs";
import { namedRole } from "../ask/access-names";
import {
  controlPoliciesOption,
  dirOption,
  formatOption,
  planOption,
} from "../options/access-options";
import type { Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import {
  findingJson,
  findingList,
  findingMeant,
  findingNamed,
  findingText,
} from "../ask/explain-finding";
import { isTakenBy, permissionSide, trustSidesIn } from "../../lib/access/questions/edge-sides";
import { printAnswer } from "../ask/print-answer";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

/** What there is to know of a role. */
interface Explanation {
  readonly role: string;
  /** @default - the map does not declare it */
  readonly map?: { readonly file: string; readonly line: number; readonly path: string };
  readonly terraform: { readonly stack: string; readonly address: string };
  readonly maxSessionSeconds: number;
  /** Both halves of every way in. */
  readonly waysIn: readonly Halves[];
  /** Both halves of every way on. */
  readonly waysOn: readonly Halves[];
  /** Statements of the trust policy that come from no principal of the map. @default - none */
  readonly otherTrust?: readonly Statement[];
  readonly permissions: readonly ExplainedPolicy[];
  /** @default - none */
  readonly boundary?: ExplainedPolicy;
  /** Names of those that take part: that bind the role's sessions, and that guard who enters. */
  readonly controlPolicies: {
    readonly service: readonly string[];
    readonly resource: readonly string[];
  };
}

/** Both halves of an edge: which statements trust and permit it. */
interface Halves {
  readonly from: string;
  readonly to: string;
  readonly line: number;
  /** Statements of the trust policy that are about it. */
  readonly trust: readonly Statement[];
  /** Policies of the caller with statements about it; empty where somebody else makes them. */
  readonly permission: readonly string[];
  /** Who makes the caller's permissions; services and federated callers need none. */
  readonly permissionFrom: "terraform" | "elsewhere" | "not-needed";
}

interface ExplainedPolicy {
  readonly name: string;
  readonly kind: PermissionPolicy["kind"];
  /** The file whose text it is taken to have, because it is made elsewhere. @default - the Terraform or AWS says it */
  readonly assumed?: string;
  /** Why its text is not known, where it is not. */
  readonly unread?: string;
  readonly statements?: readonly Statement[];
}

const EXAMPLES = `
ROLE is an ARN, or a name with the key of its account. ID is what a finding has in brackets, such as ID-01.

Examples:
  trustwheel explain ID-01
  trustwheel explain --list
  trustwheel explain deployer@shop-prod
  trustwheel explain deployer@shop-prod --format json`;

function declare(program: Program) {
  return program
    .command("explain")
    .description(
      "explain a finding, or a role: where it comes from, who can assume it, what it can do",
    )
    .argument("[finding-or-role]", "the ID of a finding, or a role")
    .option("-l, --list", "list all findings")
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

/** `trustwheel explain`: where a role comes from, both halves of every edge, and what it may do. */
export function addExplainCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((named, _, command) => {
    const { format, list, ...sources } = command.optsWithGlobals();
    if (list === true || named === "rules") {
      if (list === true && named !== undefined) {
        command.error("error: option '--list' lists all findings and takes no argument");
      }
      terminal.stdout(findingList(format));
      return;
    }
    if (named === undefined) {
      return command.error(
        "error: missing argument: the ID of a finding, or a role; `--list` lists all",
      );
    }
    const finding = findingNamed(named);
    if (finding !== undefined) {
      terminal.stdout(format === "json" ? findingJson(finding) : findingText(finding));
      return;
    }
    const meant = /[@:/]/.test(named) ? undefined : findingMeant(named);
    if (meant !== undefined) {
      command.error(`error: there is no finding '${named}'; did you mean '${meant}'?`);
    }
    const asked = readAccessQueryInputs(sources, terminal);
    if (typeof asked === "number") {
      finish(asked);
      return;
    }
    const target = namedRole(named, asked.map, asked.world.graph);
    if ("problem" in target) {
      finish(reportProblem(target, terminal));
      return;
    }
    const node = asked.world.graph.roles.get(target.value);
    if (node === undefined) throw new Error(`${target.value} was named and is not there`);
    const explanation = explain(node, asked);
    printAnswer({ lines: explanationLines(explanation), json: explanation }, format, terminal);
    finish(EXIT.clean);
  });
}

function explain(node: RoleNode, { plan, source, world }: AccessQueryInputs): Explanation {
  const roles = plan.accounts.flatMap((account) => account.roles);
  const planned = roles.find(({ arn }) => arn === node.arn);
  const { graph } = world;
  const sidesOf = trustSidesIn(plan, graph);
  const halvesOf = (edge: Edge): Halves => {
    const { isNeeded, isMade, policies } = permissionSide(edge, graph);
    return {
      from: nameOfStart(edge),
      to: edge.to.arn,
      line: source.locateKey(edge.at).start.line,
      trust: sidesOf(edge.to.arn).of(edge),
      permission: policies,
      permissionFrom: isNeeded ? (isMade ? "terraform" : "elsewhere") : "not-needed",
    };
  };
  const { others } = sidesOf(node.arn);
  return {
    role: node.arn,
    ...(planned === undefined ? {} : { map: placeOf(planned, source) }),
    terraform: { stack: node.stack, address: node.address },
    maxSessionSeconds: node.maxSessionDuration,
    waysIn: plan.edges.filter(({ to }) => to.arn === node.arn).map(halvesOf),
    waysOn: plan.edges.filter((edge) => isTakenBy(edge, node.arn)).map(halvesOf),
    ...(others.length === 0 ? {} : { otherTrust: others }),
    permissions: node.policies.map(explainPolicy),
    ...(node.boundary === undefined ? {} : { boundary: explainBoundary(node.boundary, plan) }),
    controlPolicies: controlPoliciesOf(node, world),
  };
}

function controlPoliciesOf(
  { arn, accountId }: RoleNode,
  world: AccessModel,
): Explanation["controlPolicies"] {
  const names = (policies: readonly PermissionPolicy[]): string[] => [
    ...new Set(policies.map(({ name }) => name)),
  ];
  const session: Caller = { kind: "role-session", roleArn: arn, sessionName: "session" };
  return {
    service: names(bindingPolicies(world, session).flat()),
    resource: names(guardingPolicies(world, accountId)),
  };
}

function placeOf(
  role: RolePlan,
  source: AccessQueryInputs["source"],
): NonNullable<Explanation["map"]> {
  const { line } = source.locateKey(role.at).start;
  return { file: source.file, line, path: role.at.join(".") };
}

function nameOfStart({ from, toAccount }: Edge): string {
  return from.kind === "role" ? from.role.arn : describePrincipal(from.wayIn.principal, toAccount);
}

function explainBoundary(boundary: PermissionPolicy, plan: ResolvedAccess): ExplainedPolicy {
  const said = plan.boundaryTexts?.get(boundary.name);
  const isAssumed = boundary.document.known && boundary.document.value === said?.document;
  return {
    ...explainPolicy(boundary),
    ...(isAssumed ? { assumed: `policies/${said.source}.json` } : {}),
  };
}

function explainPolicy({ name, kind, document }: PermissionPolicy): ExplainedPolicy {
  return document.known
    ? { name, kind, statements: canonicalDocument(document.value).Statement }
    : { name, kind, unread: document.reason };
}

/** What is said of the caller's side where none of its policies is known to allow it. */
const NO_PERMISSION: Readonly<Record<Halves["permissionFrom"], string>> = {
  terraform: "none of the caller's policies in the Terraform allows it",
  elsewhere: "not managed by the map",
  "not-needed": "not needed by this kind of caller",
};

function explanationLines(explanation: Explanation): readonly string[] {
  const { role, map, terraform, waysIn, waysOn, permissions, boundary, controlPolicies } =
    explanation;
  const { otherTrust = [] } = explanation;
  const half = (side: Halves, other: string): string[] => [
    `  ${other === "from" ? side.from : side.to} (line ${side.line})`,
    ...side.trust.map((statement) => `    trust: ${JSON.stringify(statement)}`),
    ...side.permission.map((name) => `    permission: ${name}`),
    ...(side.permission.length === 0
      ? [`    permission: ${NO_PERMISSION[side.permissionFrom]}`]
      : []),
  ];
  const policy = ({ name, kind, assumed, unread, statements = [] }: ExplainedPolicy): string[] => [
    `  ${name} (${kind})${assumed === undefined ? "" : `, taken to have the text of ${assumed}`}${unread === undefined ? "" : `: ${unread}`}`,
    ...(kind === "inline" ? statements.map((each) => `    ${JSON.stringify(each)}`) : []),
  ];
  return [
    role,
    map === undefined ? "not in the map" : `${map.file}:${map.line}: ${map.path}`,
    `${terraform.address} in ${terraform.stack}`,
    "ways in",
    ...waysIn.flatMap((each) => half(each, "from")),
    ...(waysOn.length === 0 ? [] : ["ways on", ...waysOn.flatMap((each) => half(each, "to"))]),
    ...(otherTrust.length === 0
      ? []
      : [
          "other statements of its trust policy",
          ...otherTrust.map((statement) => `  ${JSON.stringify(statement)}`),
        ]),
    "permissions",
    ...permissions.flatMap(policy),
    ...(boundary === undefined ? [] : ["permissions boundary", ...policy(boundary)]),
    ...(["service", "resource"] as const).flatMap((kind) => {
      const names = controlPolicies[kind].map((name) => `  ${name}`);
      return names.length === 0 ? [] : [`${kind} control policies`, ...names];
    }),
  ];
}

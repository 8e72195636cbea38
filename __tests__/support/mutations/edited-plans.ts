import { synthesize } from "../../../constructs/synthesize";
import { accountDirectory } from "../../../lib/access/account-directory";
import { provePlan } from "../../../lib/access/proof/prove-plan";
import { readTerraformPlan } from "../../../lib/access/read/plan/read-terraform-plan";
import { checkMap } from "../project";
import { changeOf, replan, restate, standingPlan } from "../plans/standing-plan";
import type { EditableChange, EditablePlan, Values } from "../plans/standing-plan";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  bots:
    account: tools
    role: bots-hub
    trustMode: roleArn
    principals:
      bot:
        user: { name: bot, create: true }
        mfa: true
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop] }
    externalId: deploy-1
    permissions: { documents: [deploy], managed: [job-function/ViewOnlyAccess] }
    permissionsBoundary: ceiling
chains:
  reports:
    start: { instanceProfile: { account: shop, role: reports-instance } }
    steps:
      - roles:
          collector:
            account: tools
            role: reports-collector
            externalId: reports-1
            permissions: { documents: [deploy] }
`;
const DEPLOY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const CEILING =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const EVERYTHING = CEILING;
export const ANYBODY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}';
export const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

const { map, plan } = checkMap(MAP, { deploy: DEPLOY, ceiling: CEILING });
if (map === undefined || plan === undefined) throw new Error("the map has errors");
const known = { plan, accounts: accountDirectory(map.accounts.values()) };
const ids = new Map([
  ["tools", "111111111111"],
  ["shop", "222222222222"],
]);
const stacks = [...synthesize(plan).stacks];

export type Edit = (shop: EditablePlan, tools: EditablePlan) => void;

export function edited(edit: Edit): { file: string; text: string }[] {
  const plans = new Map(
    stacks.map(([stack, text]) => [stack, standingPlan(text, ids.get(stack) ?? "")] as const),
  );
  const [shop, tools] = [plans.get("shop"), plans.get("tools")];
  if (shop === undefined || tools === undefined) throw new Error("a stack is missing");
  edit(shop, tools);
  return [...plans].map(([stack, each]) => ({
    file: `${stack}.json`,
    text: JSON.stringify(each),
  }));
}

export function prove(edit: Edit): { verdict: string; said: string } {
  const read = edited(edit).flatMap(({ file, text }) => readTerraformPlan(file, text).plan ?? []);
  const proof = provePlan({ ...known, stacks: read.map(({ after }) => after) });
  const said = [
    ...[...proof.diagnostics, ...proof.warnings.map(({ diagnostic }) => diagnostic)].map(
      ({ severity, message }) => `${severity}: ${message}`,
    ),
    ...proof.problems.map(({ verdict, roleArn, message }) => `${verdict}: ${roleArn}: ${message}`),
  ];
  return { verdict: proof.verdict, said: said.join("\n") };
}

export const DEPLOYER = "aws_iam_role.spoke-deployer";
export const INLINE = "aws_iam_role_policy.spoke-deployer_policy-deploy";
export const ATTACHED = "aws_iam_role_policy_attachment.spoke-deployer_attachment-ViewOnlyAccess";
export const INLINE_LIST = "aws_iam_role_policies_exclusive.spoke-deployer_policies";
export const ATTACHED_LIST = "aws_iam_role_policy_attachments_exclusive.spoke-deployer_attachments";
export const BOUNDARY = "aws_iam_policy.boundary-ceiling";
export const STARTS = "aws_iam_role.chain-reports";
export const PROFILE = "aws_iam_instance_profile.chain-reports_profile-reports-instance";
export const HUB = "aws_iam_role.hub-bots";
export const HUB_INLINE = "aws_iam_role_policy.hub-bots_policy-assume-roles";
export const USER = "aws_iam_user.user-bot";
export const USER_INLINE = "aws_iam_user_policy.user-bot_assume-roles";

/** The values that a resource has by now. */
export function valuesOf(of: EditablePlan, address: string): Values {
  return { ...changeOf(of, address).change.after };
}

/** What the provider reads of the deployer when somebody attaches to it by hand. */
export function attachByHand(shop: EditablePlan): void {
  const found = valuesOf(shop, DEPLOYER);
  const inline_policy = [
    ...(found.inline_policy as unknown[]),
    { name: "by-hand", policy: EVERYTHING },
  ];
  const values = { ...found, inline_policy };
  restate(shop, DEPLOYER, values);
  replan(shop, DEPLOYER, values);
}

/** Somebody attaches an ARN by hand. */
export function attachArnByHand(shop: EditablePlan): void {
  const found = valuesOf(shop, DEPLOYER);
  const arns = [...(found.managed_policy_arns as unknown[]), ADMIN];
  const values = { ...found, managed_policy_arns: arns };
  restate(shop, DEPLOYER, values);
  replan(shop, DEPLOYER, values);
}

export function act(
  of: EditablePlan,
  address: string,
  ...actions: string[]
): EditableChange["change"] {
  const { change } = changeOf(of, address);
  change.actions = actions;
  return change;
}

/** Makes a resource that was lost, as the next plan does. */
export function make(of: EditablePlan, address: string): void {
  const { resources } = of.prior_state.values.root_module;
  of.prior_state.values.root_module.resources = resources.filter(
    (each) => each.address !== address,
  );
  act(of, address, "create").before = null;
}

/** A list is in the state with what was attached by hand, and what it takes away is planned. */
export function applyList(
  shop: EditablePlan,
  address: string,
  attribute: string,
  found: string,
): void {
  act(shop, address, "update");
  const wanted = valuesOf(shop, address);
  restate(shop, address, { ...wanted, [attribute]: [...(wanted[attribute] as string[]), found] });
}

export function drift(of: EditablePlan, address: string, after: Values | null): void {
  const { change, ...place } = structuredClone(changeOf(of, address));
  of.resource_drift.push({
    ...place,
    change: { ...change, actions: [after === null ? "delete" : "update"], after },
  });
}

/** Destroys what a resource is, and makes another resource of the same object under another address. */
export function renameAddress(of: EditablePlan, address: string, to: string): void {
  const { change, ...place } = structuredClone(changeOf(of, address));
  of.resource_changes.push({
    ...place,
    address: to,
    change: { ...change, actions: ["create"], before: null },
  });
  act(of, address, "delete");
  replan(of, address, null);
}

/** An edit of plans: its name, the verdict, a part of what is said, and what it does. */
export type PlanEdit = readonly [
  name: string,
  verdict: "proved" | "refuted" | "unknown",
  said: string,
  edit: Edit,
];

/** Tests that each edit has its verdict; what is proved has nothing said about it. */
export function testEdits(edits: readonly PlanEdit[]): void {
  test.each(edits)("%s: %s", (_, verdict, text, edit) => {
    const proof = prove(edit);
    expect(proof.said).toContain(text);
    expect(proof.verdict).toBe(verdict);
    if (verdict === "proved") expect(proof.said).toBe("");
  });
}

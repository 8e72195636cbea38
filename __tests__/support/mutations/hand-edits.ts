import { synthesize } from "../../../constructs/synthesize";
import { accountDirectory } from "../../../lib/access/account-directory";
import { provePlan } from "../../../lib/access/proof/prove-plan";
import type { Proof } from "../../../lib/access/proof/prove-plan";
import { readReviewedTree } from "../../../lib/review/compare/read-reviewed-tree";
import { compareTrees } from "../../../lib/review/compare-trees";
import { toneOf } from "../../../lib/review/report/change-tone";
import type { AccountMap } from "../../../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { checkMap } from "../project";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
identityProviders:
  ci: { oidc: { url: "https://ci.example.com", audiences: [builds] }, create: true }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  data: { id: "333333333333" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot: { user: { name: bot, create: true } }
      build: { oidc: { provider: ci, subject: project-1, audience: builds } }
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop, data] }
    permissions: { documents: [deploy], managed: [ReadOnlyAccess] }
`;
const DEPLOY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
};
export const EVERYTHING =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
export const EVERYBODY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}';
export const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

type Attributes = Record<string, unknown>;
type Named = Record<string, Attributes>;
/** A stack of the tree, to be edited. */
export interface Stack extends Record<string, unknown> {
  provider: { aws: Attributes[] };
  terraform: Record<string, Attributes>;
  resource: Record<string, Named>;
}

const { map, plan } = checked();
const tree = synthesize(plan).stacks;
const accounts = accountDirectory(map.accounts.values());

function checked(): { readonly map: AccountMap; readonly plan: ResolvedAccess } {
  const { map: read, plan: made } = checkMap(MAP, { deploy: DEPLOY });
  if (read === undefined || made === undefined) throw new Error("the map has errors");
  return { map: read, plan: made };
}

function edited(name: string, edit: (stack: Stack) => void): { stack: string; text: string }[] {
  return [...tree].map(([stack, text]) => {
    if (stack !== name) return { stack, text };
    const parsed = JSON.parse(text) as Stack;
    edit(parsed);
    return { stack, text: JSON.stringify(parsed, undefined, 2) };
  });
}

export function prove(name: string, edit: (stack: Stack) => void): Proof {
  return provePlan({ plan, accounts, stacks: edited(name, edit) });
}

/** Whether a review of the edit lets it pass without a word. */
export function isSilent(name: string, edit: (stack: Stack) => void): boolean {
  const base = readReviewedTree(
    edited(name, () => undefined),
    map,
    plan,
  );
  const head = readReviewedTree(edited(name, edit), map, plan);
  const { changes } = compareTrees({ base, head, time: "2026-11-30T00:00:00Z" });
  return changes.every((change) => toneOf(change) === "notice");
}

export function reasons({ problems, diagnostics }: Proof): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return [
    ...errors.map(({ message }) => message),
    ...problems.map(({ roleArn, message }) => `${roleArn}: ${message}`),
  ];
}

/** The only resource of a type, or the one of a name. */
export function find({ resource }: Stack, type: string, name?: string): Attributes {
  const named = resource[type] ?? {};
  const found = name === undefined ? Object.values(named)[0] : named[name];
  if (found === undefined) throw new Error(`there is no ${type} ${name ?? ""}`);
  return found;
}

export function add({ resource }: Stack, type: string, attributes: Attributes): void {
  (resource[type] ??= {}).added = attributes;
}

/** A second provider, of another account. */
export function second({ provider }: Stack, id = "444444444444"): void {
  provider.aws.push({ alias: "other", allowed_account_ids: [id], region: "eu-central-1" });
}

export const ROLE = "${aws_iam_role.spoke-deployer.name}";

/** An edit of a stack by hand, and what comes of it. */
export interface Edit {
  readonly stack: "shop" | "tools";
  readonly edit: (stack: Stack) => void;
  readonly verdict: "refuted" | "unknown";
  /** One of the reasons. */
  readonly reason: string;
  /** Whether it changes what nobody may do, so that a review has nothing to say. @default false */
  readonly changesNoAccess?: true;
}

/** Tests that no edit is proved, and that none passes a review in silence unless it changes no access. */
export function testEdits(edits: Readonly<Record<string, Edit>>): void {
  describe.each(Object.entries(edits))("%s", (_, { stack, edit, ...expected }) => {
    test("is not proved, for the true reason", () => {
      const proof = prove(stack, edit);
      expect(reasons(proof)).toContain(expected.reason);
      expect(proof.verdict).toBe(expected.verdict);
    });

    test("does not pass a review in silence", () => {
      expect(isSilent(stack, edit)).toBe(expected.changesNoAccess === true);
    });
  });
}

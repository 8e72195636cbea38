import type { Account } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import type { AccountPlan } from "../../plan/resolved-access";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";

/** How principals spell users and roles is judged while the plan is made. */
export const uniqueRoleName: Rule = {
  id: "ID-06",
  severity: "error",
  summary:
    "names of roles, users and instance profiles are unique in an account whatever their case, and references spell them exactly",
  why: "IAM rejects a role that differs from another only by case; a reference in another case never matches.",
  source: "IAM User Guide, reference_iam-quotas and troubleshoot_roles",
  refused: true,
  *inPlan({ plan }) {
    const found = new Map<string, Collision>();
    for (const accountPlan of plan.accounts) {
      for (const [first, second] of collisions(accountPlan)) {
        const key = [second.kind, ...first.at, "", ...second.at].join("\n");
        const known = found.get(key) ?? { first, second, accounts: [] };
        known.accounts.push(accountPlan.account);
        found.set(key, known);
      }
    }
    for (const { first, second, accounts } of found.values()) {
      const { kind, name, at } = second;
      yield {
        at,
        atKey: true,
        message:
          first.name === name
            ? `the ${kind} \`${name}\` is created twice in ${formatAccounts(accounts)}`
            : `the ${kind}s \`${first.name}\` and \`${name}\` in ${formatAccounts(accounts)} differ only by case, which IAM ignores`,
        help:
          kind === "role"
            ? "give one of them another `role:`, or select other accounts"
            : "give one of them another name",
        related: { path: first.at, message: "first one here" },
      };
    }
  },
};

interface Entity {
  readonly kind: "role" | "instance profile" | "SAML provider";
  readonly name: string;
  readonly at: Path;
}

/** The same two entries, in every account where they collide. */
interface Collision {
  readonly first: Entity;
  readonly second: Entity;
  readonly accounts: Account[];
}

function* collisions(plan: AccountPlan): Generator<readonly [Entity, Entity]> {
  const first = new Map<string, Entity>();
  for (const entity of entitiesOf(plan)) {
    const key = `${entity.kind} ${folded(entity)}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, entity);
    else if (!isSharedProfile(earlier, entity)) yield [earlier, entity];
  }
}

function entitiesOf({ roles, samlProviders }: AccountPlan): Entity[] {
  const made = roles.flatMap(({ name, instanceProfiles, at }): Entity[] => [
    { kind: "role", name, at },
    ...instanceProfiles.map((profile): Entity => ({ kind: "instance profile", name: profile, at })),
  ]);
  const providers = samlProviders.map(({ key, name }): Entity => ({
    kind: "SAML provider",
    name,
    at: ["identityProviders", key],
  }));
  return [...made, ...providers];
}

/** Two roles in one profile have a rule of their own (ID-26). */
function isSharedProfile(a: Entity, b: Entity): boolean {
  return b.kind === "instance profile" && a.name === b.name && a.at !== b.at;
}

/** The name as IAM compares it; of SAML providers that is not documented, so only equal names meet. */
function folded({ kind, name }: Entity): string {
  return kind === "SAML provider" ? name : name.toLowerCase();
}

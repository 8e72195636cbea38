import type { ResolvedAccess } from "../../plan/resolved-access";
import { headroom } from "../../plan/quota-use";
import type { Headroom } from "../../plan/quota-use";
import { NEAR } from "../../rules/project/trust-policy-headroom";
import type { QuotaChange } from "./access-change";
import type { CompareContext } from "../compare/compare-context";

/** What comes near to a quota of IAM in head and was not in base, as far as there are plans. Equal roles count once. */
export function quotaChanges({ base, head }: CompareContext): readonly QuotaChange[] {
  const plan = head.tree.plan;
  if (plan === undefined) return [];
  const near = headroom(plan).filter(isNear);
  if (near.length === 0) return [];
  const before = new Map(
    (base.tree.plan === undefined ? [] : headroom(base.tree.plan)).map((each) => [
      keyOf(each),
      each,
    ]),
  );
  return near.flatMap((each): QuotaChange[] => {
    const known = before.get(keyOf(each));
    if (known !== undefined && isNear(known)) return [];
    const { size: used, quota: limit } = each;
    const subject = arnOf(plan, each);
    return [{ kind: "quota", subject, used, limit, ...WHAT[each.what] }];
  });
}

const WHAT: Readonly<Record<Headroom["what"], Pick<QuotaChange, "rule" | "unit">>> = {
  "trust policy": { rule: "ID-19", unit: "characters of the trust policy" },
  "inline policies": { rule: "ID-20", unit: "characters of the inline policies" },
};

function isNear({ size, quota }: Headroom): boolean {
  return size >= NEAR * quota;
}

function keyOf({ what, role }: Headroom): string {
  return `${what} ${role}`;
}

function arnOf(plan: ResolvedAccess, { account: key, role: name }: Headroom): string {
  const found = plan.accounts
    .find(({ account }) => account.key === key)
    ?.roles.find((role) => role.name === name);
  return found?.arn ?? `${name} in ${key}`;
}

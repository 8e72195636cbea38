import { headroom } from "../../plan/quota-use";
import type { Headroom } from "../../plan/quota-use";
import type { ResolvedAccess } from "../../plan/resolved-access";
import { NEAR } from "../../rules/project/trust-policy-headroom";
import type { CompareContext } from "../compare/compare-context";
import { groupEntity } from "../words/names";
import { say } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";

/** An IAM quota that head nearly uses up, and base did not. */
export interface QuotaChange {
  readonly kind: "quota";
  readonly subject: string;
  /** Rule id such as ID-19. */
  readonly rule: string;
  readonly used: number;
  readonly limit: number;
  /** What is counted, such as `characters of the trust policy`. */
  readonly unit: string;
}

/** Quotas that are nearly used up. */
export const quotaKind: ChangeKind<QuotaChange> = {
  kind: "quota",
  title: "Quotas",
  find: quotaChanges,
  subject: ({ subject }) => subject,
  triggers: () => [],
  finding: () => "review-quota",
  sentence: quotaSentence,
};

/** What comes near to a quota of IAM in head and was not in base, as far as there are plans. Equal roles count once. */
function quotaChanges({ base, head }: CompareContext): readonly QuotaChange[] {
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

/** A quota that is nearly used up. */
function quotaSentence(
  { subject, rule, used, limit, unit }: QuotaChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const percent = limit > 0 ? Math.floor((100 * used) / limit) : 100;
  return say`${groupEntity(subject, group, review)} is near a quota: ${used} of ${limit} ${unit} (${percent}%, rule ${rule})`;
}

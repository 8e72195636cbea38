import * as fc from "fast-check";
import { githubCaller } from "../../../lib/access/callers/github-caller";
import type { CallerCondition, ConditionKind } from "../../../lib/access/callers/caller-condition";
import type { CallerTerms } from "../../../lib/access/callers/caller-terms";
import type { NamedCaller } from "../../../lib/access/callers/named-caller";
import type { ComparisonResult } from "../../../lib/review/compare/direction";
import type { AccessChange } from "../../../lib/review/kinds/kinds";
import type { Review } from "../../../lib/review/review";
import { accountId, HOSTILE_NAMES, manyAccounts, reviewOf } from "../reviews/sample-reviews";

const ACCOUNTS = 40;

const name = fc.oneof(
  fc.constantFrom("deployer", "reader", "hub", ...HOSTILE_NAMES),
  fc.string({ unit: "grapheme", maxLength: 700 }),
);
const arn = fc
  .tuple(fc.integer({ min: 1, max: ACCOUNTS + 3 }), name)
  .map(([number, role]) => `arn:aws:iam::${accountId(number)}:role/${role}`);
const principal = fc.oneof(arn, name, fc.constant("*"));
const direction = fc.constantFrom("gained" as const, "lost" as const);
const widening = fc.constantFrom<ComparisonResult>(
  "widened",
  "narrowed",
  "changed",
  "equivalent",
  "unknown",
);
const names = fc.array(name, { maxLength: 3 });
const services = fc.array(
  fc.record({
    service: name,
    levels: fc.constant(["Read", "unknown"] as const),
    actions: names,
  }),
  { maxLength: 6 },
);

const part = fc.oneof(
  fc.record({ equals: name }),
  fc.record({ like: name.map((text) => `${text}*`) }),
);
const caller: fc.Arbitrary<NamedCaller> = fc.oneof(
  fc.constant({ kind: "anyone" as const }),
  fc.record({
    kind: fc.constant("user" as const),
    accountId: fc.constant(accountId(1)),
    name: part,
  }),
  fc.record({ kind: fc.constant("other" as const), text: name }),
  fc.record(
    { kind: fc.constant("service" as const), service: name, sourceArn: part, sourceAccount: part },
    { requiredKeys: ["kind", "service"] },
  ),
  fc.record(
    { kind: fc.constant("pods" as const), clusterArn: part, namespace: part, serviceAccount: part },
    { requiredKeys: ["kind"] },
  ),
  fc.record({
    kind: fc.constant("roles-anywhere" as const),
    certificate: fc.dictionary(name, part, { maxKeys: 2 }),
  }),
  fc.record({
    kind: fc.constant("saml" as const),
    provider: name,
    attributes: fc.dictionary(name, part, { maxKeys: 2 }),
  }),
  fc.option(part, { nil: undefined }).map((subject) => githubCaller("p", "i", subject)),
  part.map((each) =>
    "like" in each
      ? githubCaller("p", "i", { like: `repo:${each.like}` })
      : githubCaller("p", "i", { equals: `repo:${each.equals}` }),
  ),
);
const condition: fc.Arbitrary<CallerCondition> = fc.record({
  kind: fc.constantFrom<ConditionKind>(
    "external-id",
    "time",
    "mfa-age",
    "claim",
    "other",
    "organizational-unit",
  ),
  operator: fc.oneof(
    fc.constantFrom("StringEquals", "StringLike", "DateLessThan", "NumericLessThan", "Null"),
    name,
  ),
  key: name,
  values: names,
});
const terms: fc.Arbitrary<CallerTerms> = fc.record({
  conditions: fc.array(fc.array(condition, { maxLength: 3 }), { maxLength: 4 }),
});

const change: fc.Arbitrary<AccessChange> = fc.oneof(
  fc.record({
    kind: fc.constant("reach" as const),
    direction,
    from: principal,
    caller,
    terms,
    to: arn,
    via: fc.array(arn, { maxLength: 3 }),
    certain: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("edge" as const),
    direction,
    from: principal,
    caller,
    terms,
    to: arn,
    action: name,
    certain: fc.boolean(),
    foreign: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("trust" as const),
    role: arn,
    change: widening,
    gained: fc.record({ request: name }),
    reason: name,
  }),
  fc.record({
    kind: fc.constant("permissions" as const),
    identity: arn,
    change: widening,
    gained: services,
    lost: services,
    attached: names,
    detached: names,
    reason: name,
  }),
  fc.record({
    kind: fc.constant("replacement" as const),
    before: arn,
    after: arn,
    trustedByArn: fc.array(arn, { maxLength: 4 }),
    interrupted: fc.array(arn, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("unknown" as const), subject: principal, reason: name }),
  fc.record({ kind: fc.constant("assertion" as const), assertion: name, message: name }),
  fc.record({
    kind: fc.constant("safeguard" as const),
    what: fc.constant("gate-rule" as const),
    direction: fc.constant("edited" as const),
    name,
  }),
);

/** Reviews of any changes, with names of every kind. */
export function arbitraryReview(most: number): fc.Arbitrary<Review> {
  return fc.array(change, { maxLength: most, size: "max" }).map((changes) =>
    reviewOf(
      changes,
      manyAccounts(ACCOUNTS),
      changes.slice(0, 3).map((_, index) => ({ stack: `team-${index}`, status: "changed" })),
    ),
  );
}

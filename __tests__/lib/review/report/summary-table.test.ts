import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { toneOf } from "../../../../lib/review/report/change-tone";
import { summaryRows } from "../../../../lib/review/report/summary-table";
import { reviewOf, role, SHOP } from "../../../support/reviews/sample-reviews";

const trust = (change: "widened" | "narrowed" | "changed" | "equivalent"): AccessChange => ({
  kind: "trust",
  role: role(SHOP, "x"),
  change,
});

test("counts what is gained, what is lost, and what is neither, by kind", () => {
  const changes: AccessChange[] = [
    trust("widened"),
    trust("widened"),
    trust("changed"),
    trust("equivalent"),
    {
      kind: "replacement",
      before: role(SHOP, "x"),
      after: role(SHOP, "x"),
      trustedByArn: [role(SHOP, "y")],
      interrupted: [],
    },
    { kind: "existence", what: "role", direction: "gained", arn: role(SHOP, "z") },
    {
      kind: "external-id",
      role: role(SHOP, "x"),
      added: ["b"],
      removed: ["a"],
      openBefore: false,
      openAfter: false,
    },
  ];
  expect(
    summaryRows(reviewOf(changes)).map(({ kind, gained, lost, other }) => [
      kind,
      gained,
      lost,
      other,
    ]),
  ).toEqual([
    ["replacement", 0, 1, 0],
    ["trust", 3, 1, 1],
    ["external-id", 1, 1, 0],
    ["existence", 1, 0, 0],
  ]);
});

test("a review without changes has no rows", () => {
  expect(summaryRows(reviewOf([]))).toEqual([]);
});

test.each<[string, AccessChange]>([
  ["widened", { kind: "session", role: role(SHOP, "x"), before: 1, after: 2 }],
  ["narrowed", { kind: "existence", what: "role", direction: "lost", arn: role(SHOP, "x") }],
  ["notice", { kind: "existence", what: "role", direction: "gained", arn: role(SHOP, "x") }],
  [
    "changed",
    {
      kind: "provider",
      provider: "arn:aws:iam::777777777777:saml-provider/idp",
      what: "metadata",
      added: [],
      removed: [],
      change: "changed",
    },
  ],
  ["unknown", { kind: "boundary", identity: role(SHOP, "x"), change: "unknown" }],
  ["blocking", { kind: "pipeline", role: role(SHOP, "x"), message: "m" }],
])("%s: %j", (tone, change) => {
  expect(toneOf(change)).toBe(tone);
});

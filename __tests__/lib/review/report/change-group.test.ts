import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { groupChanges } from "../../../../lib/review/report/change-group";
import type { ChangeGroup } from "../../../../lib/review/report/change-group";
import {
  DATA,
  manyAccounts,
  PAYMENTS,
  reviewOf,
  role,
  SHARED,
  SHOP,
  STRANGER,
} from "../../../support/reviews/sample-reviews";
import { called } from "../../../support/reviews/called";

function summary({ example, accountIds, tone, unlike }: ChangeGroup): unknown[] {
  return [example.kind, accountIds.length, tone, unlike];
}

const session = (id: string, after = 7200): AccessChange => ({
  kind: "session",
  role: role(id, "deployer"),
  before: 3600,
  after,
});

test("the same change in 87 accounts is one group, and the 2 that differ stay apart", () => {
  const accounts = manyAccounts(89);
  const changes = accounts.map(({ id }, index) => session(id, index < 87 ? 7200 : 10_000 + index));
  expect(groupChanges(reviewOf(changes, accounts)).map(summary)).toEqual([
    ["session", 87, "widened", 0],
    ["session", 1, "widened", 87],
    ["session", 1, "widened", 87],
  ]);
});

test("external ids that are made of the account's id or key are the same up to the account", () => {
  const external = (id: string, added: string): AccessChange => ({
    kind: "external-id",
    role: role(id, "deployer"),
    added: [added],
    removed: [],
    openBefore: false,
    openAfter: false,
  });
  const groups = groupChanges(
    reviewOf([
      external(SHOP, "deploy-shop-prod"),
      external(PAYMENTS, "deploy-payments-prod"),
      external(DATA, "deploy-shop-prod"),
    ]),
  );
  expect(groups.map(({ accountIds }) => accountIds)).toEqual([[SHOP, PAYMENTS], [DATA]]);
});

test("a key is replaced as a word of its own, never within another word or in the name of a role", () => {
  const accounts = [
    { id: SHOP, key: "a", tags: {} },
    { id: PAYMENTS, key: "b", tags: {} },
  ];
  const trust = (id: string, request: string): AccessChange => ({
    kind: "trust",
    role: role(id, "x"),
    change: "widened",
    gained: { request },
  });
  const within = [trust(SHOP, "data"), trust(PAYMENTS, "dbtb")];
  const names = [session(SHOP), session(PAYMENTS)].map((change, index) => ({
    ...change,
    role: role([SHOP, PAYMENTS][index] ?? "", ["a", "b"][index] ?? ""),
  })) as AccessChange[];
  expect(groupChanges(reviewOf(within, accounts)).map(summary)).toEqual([
    ["trust", 1, "widened", 0],
    ["trust", 1, "widened", 0],
  ]);
  expect(groupChanges(reviewOf(names, accounts)).map(summary)).toEqual([
    ["session", 1, "widened", 0],
    ["session", 1, "widened", 0],
  ]);
});

test("callers of many accounts that gain the same role are one group", () => {
  const accounts = manyAccounts(10);
  const changes = accounts.map(({ id }): AccessChange =>
    called({
      kind: "edge",
      direction: "gained",
      from: role(id, "reporter"),
      to: role(SHARED, "collector"),
      action: "sts:AssumeRole",
      certain: true,
      foreign: false,
    }),
  );
  const [group, ...others] = groupChanges(reviewOf(changes, accounts));
  expect([group?.side, group?.accountIds.length, others]).toEqual(["caller", 10, []]);
});

test("what would break comes first, then the unknown, then what is wider, then what is narrower", () => {
  const edge = (direction: "gained" | "lost"): AccessChange =>
    called({
      kind: "edge",
      direction,
      from: role(STRANGER, "scanner"),
      to: role(SHOP, "scanner"),
      action: "sts:AssumeRole",
      certain: true,
      foreign: true,
    });
  const changes: AccessChange[] = [
    edge("lost"),
    { kind: "trust", role: role(SHOP, "x"), change: "equivalent" },
    edge("gained"),
    { kind: "trust", role: role(SHOP, "y"), change: "unknown", reason: "r" },
    { kind: "assertion", assertion: "a", message: "m" },
    { kind: "safeguard", what: "assertion", direction: "lost", name: "a" },
    {
      kind: "replacement",
      before: role(SHARED, "hub"),
      after: role(SHARED, "hub"),
      trustedByArn: [role(SHOP, "x")],
      interrupted: [],
    },
    { kind: "trust", role: role(SHOP, "z"), change: "changed" },
  ];
  expect(
    groupChanges(reviewOf(changes)).map(({ example, tone }) => `${tone} ${example.kind}`),
  ).toEqual([
    "blocking replacement",
    "blocking assertion",
    "unknown trust",
    "safeguard safeguard",
    "widened edge",
    "changed trust",
    "narrowed edge",
    "notice trust",
  ]);
});

test("stacks of many accounts that could not be compared for the same reason are one group", () => {
  const changes = ["shop-prod", "payments-prod"].map((subject): AccessChange => ({
    kind: "unknown",
    subject,
    reason: "no JSON",
  }));
  expect(groupChanges(reviewOf(changes)).map(({ accountIds }) => accountIds)).toEqual([
    [SHOP, PAYMENTS],
  ]);
});

test("every change is in exactly one group", () => {
  const accounts = manyAccounts(20);
  const changes = accounts.flatMap(({ id }, index) => [session(id, 7200 + (index % 3))]);
  const groups = groupChanges(reviewOf(changes, accounts));
  expect(new Set(groups.flatMap((group) => group.changes))).toEqual(new Set(changes));
  expect(groups.flatMap((group) => group.changes)).toHaveLength(changes.length);
});

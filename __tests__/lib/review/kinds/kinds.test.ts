import { REPORTED_KINDS } from "../../../../lib/review/kinds/kinds";

test("reports begin with what breaks, and end with what changes no access", () => {
  expect(REPORTED_KINDS.map(({ kind }) => kind)).toEqual([
    "replacement",
    "pipeline",
    "assertion",
    "reach",
    "edge",
    "trust",
    "permissions",
    "escalation",
    "session",
    "boundary",
    "external-id",
    "provider",
    "instance-profile",
    "terraform",
    "existence",
    "quota",
    "safeguard",
    "unknown",
  ]);
});

test("a thing has at most one change of these kinds, so that accounts are compared by them", () => {
  expect(REPORTED_KINDS.flatMap(({ kind, isSingle }) => (isSingle ? [kind] : []))).toEqual([
    "trust",
    "permissions",
    "session",
    "boundary",
    "external-id",
  ]);
});

test("what differs in a stack, or could not be read of it, names the stack", () => {
  const named = (kind: string, change: object): readonly string[] | undefined =>
    REPORTED_KINDS.find((each) => each.kind === kind)?.stacks?.(change as never);
  expect(named("terraform", { stack: "shop" })).toEqual(["shop"]);
  expect(named("unknown", { subject: "shop/cdk.tf.json" })).toEqual(["shop", "shop/cdk.tf.json"]);
});

import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { kindOf } from "../../../../lib/review/kinds/kinds";
import { evaluateGate } from "../../../../lib/review/gate/evaluate-gate";
import { reviewOf, treeOf } from "../compare/support/compared-maps";

/** A map in which production is guarded and the sandbox is not. */
function mapOf(accounts: string, trusted = "shop"): string {
  return `
accounts:
${accounts}
review:
  rules:
    production: { on: [widened], in: [/Prod], block: true }
    sandbox: { on: [widened, foreign-principal], in: [/Sandbox], merge: true }
spokes:
  deployer:
    accounts: { keys: [${trusted}] }
    principals:
      vendor:
        foreignAccount: { id: "999999999999", role: scanner, reason: contract with a vendor }
        externalId: vendor-12345
`;
}
const SHOP = '  shop: { id: "222222222222", unit: /Prod }\n';
const PLAY = '  play: { id: "333333333333", unit: /Sandbox }\n';
const BASE = treeOf(mapOf(SHOP + PLAY));

function judged(map: string): ReturnType<typeof evaluateGate> {
  const review = reviewOf(BASE, treeOf(map));
  return evaluateGate({ review, rules: BASE.map?.reviewRules ?? [] });
}

describe("what would let a later change past the rules", () => {
  test.each([
    ["another unit", '  shop: { id: "222222222222", unit: /Sandbox }\n', "shop"],
    ["another key", '  shop-two: { id: "222222222222", unit: /Prod }\n', "shop-two"],
  ])("%s of an account asks for an approval", (_, shop, key) => {
    const { outcome, rules } = judged(mapOf(shop + PLAY, key));
    expect(outcome).toBe("approval");
    expect(rules.map(({ name }) => name)).toEqual(["default: safeguard-changed"]);
    expect(rules[0]?.changes).toMatchObject([{ kind: "safeguard", what: "place" }]);
  });

  test("is no concern where no rule holds in some accounts alone", () => {
    const without = (map: string): string => map.replace(/review:[^]*?spokes:/, "spokes:");
    const moved = SHOP.replace("/Prod", "/Sandbox");
    const base = treeOf(without(mapOf(SHOP + PLAY)));
    expect(reviewOf(base, treeOf(without(mapOf(moved + PLAY)))).changes).toEqual([]);
  });
});

describe("a rule that lets through", () => {
  test("does so in an account that the base has there", () => {
    expect(judged(mapOf(SHOP + PLAY, "shop, play")).outcome).toBe("merge");
  });

  test("does not in an account of which the change itself says where it is", () => {
    const fresh = '  fresh: { id: "444444444444", unit: /Sandbox }\n';
    const { outcome, rules } = judged(mapOf(SHOP + PLAY + fresh, "shop, fresh"));
    expect(outcome).toBe("approval");
    expect(rules.map(({ name }) => name)).toEqual([
      "default: foreign-principal",
      "default: widened",
    ]);
  });

  test("a rule that blocks does in such an account", () => {
    const fresh = '  fresh: { id: "444444444444", unit: /Prod }\n';
    const { outcome, rules } = judged(mapOf(SHOP + PLAY + fresh, "shop, fresh"));
    expect([outcome, rules[0]?.name]).toEqual(["block", "production"]);
  });
});

describe("what a change is to the rules", () => {
  const provider = "arn:aws:iam::222222222222:oidc-provider/ci.example";
  const externalId = (openBefore: boolean, openAfter: boolean): AccessChange => ({
    kind: "external-id",
    role: "arn:aws:iam::222222222222:role/deployer",
    added: [],
    removed: ["one"],
    openBefore,
    openAfter,
  });

  test.each<[string, AccessChange, readonly string[]]>([
    [
      "an identity provider that comes in can be trusted by roles that nobody sees here",
      { kind: "existence", what: "provider", direction: "gained", arn: provider },
      ["widened"],
    ],
    [
      "one that goes narrows",
      { kind: "existence", what: "provider", direction: "lost", arn: provider },
      ["narrowed"],
    ],
    [
      "a statement that no longer asks for an external id widens",
      externalId(false, true),
      ["widened"],
    ],
    ["one that never asked for it is told by the trust alone", externalId(true, true), []],
    ["one that asks now is told by the trust alone", externalId(true, false), []],
  ])("%s", (_, change, triggers) => {
    expect(kindOf(change).triggers(change)).toEqual(triggers);
  });
});

test("a rule that asks as much as is usual holds in a new account, too", () => {
  const teams = (map: string): string =>
    map.replace(
      "{ on: [widened, foreign-principal], in: [/Sandbox], merge: true }",
      "{ on: [widened, foreign-principal], in: [/Sandbox], approval: [play] }",
    );
  const base = treeOf(teams(mapOf(SHOP + PLAY)));
  const fresh = '  fresh: { id: "444444444444", unit: /Sandbox }\n';
  const review = reviewOf(base, treeOf(teams(mapOf(SHOP + PLAY + fresh, "shop, fresh"))));
  expect(evaluateGate({ review, rules: base.map?.reviewRules ?? [] })).toMatchObject({
    outcome: "approval",
    missing: ["play"],
    rules: [{ name: "sandbox" }],
  });
});

test("an account that moves while the rules go is judged by those that there were", () => {
  const moved = treeOf(
    mapOf('  shop: { id: "222222222222", unit: /Sandbox }\n' + PLAY).replace(
      /review:[^]*?spokes:/,
      "spokes:",
    ),
  );
  expect(
    reviewOf(BASE, moved).changes.flatMap((change) =>
      change.kind === "safeguard" ? [[change.what, change.name]] : [],
    ),
  ).toEqual([
    ["place", "shop in /Prod -> shop in /Sandbox"],
    ["gate-rule", "production"],
    ["gate-rule", "sandbox"],
  ]);
});

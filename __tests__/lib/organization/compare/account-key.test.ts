import fc from "fast-check";
import { accountKey, keyOfAccountName } from "../../../../lib/organization/compare/account-key";

describe("the key of a new account", () => {
  test.each([
    ["shop", "shop"],
    ["Shop Prod (EU)", "shop-prod-eu"],
    ["ShopProd", "shop-prod"],
    ["SHOP_prod", "shop-prod"],
    ["Zürich Büro", "zurich-buro"],
    ["  -- data --  ", "data"],
    ["365 Mail", "account-365-mail"],
    ["東京", "account"],
    ["", "account"],
    ["a".repeat(80), "a".repeat(56)],
  ])("of %j is %s", (name, key) => {
    expect(accountKey(name, new Set())).toBe(key);
  });

  test("gets a number where another account has it", () => {
    expect(accountKey("Shop", new Set(["shop"]))).toBe("shop-2");
    expect(accountKey("Shop", new Set(["shop", "shop-2"]))).toBe("shop-3");
  });

  test("always fits the schema and is never taken", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(3), (name, numbers) => {
        const own = keyOfAccountName(name);
        const taken = new Set([own, `${own}-2`, `${own}-3`].slice(0, numbers));
        const key = accountKey(name, taken);
        expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
        expect(key.length).toBeLessThanOrEqual(64);
        expect(taken.has(key)).toBe(false);
      }),
    );
  });
});

import { keyProblem } from "../../../cli/change/account-answers";
import { freeKey } from "../../../lib/account-map/model/free-key";

describe("a key that is refused", () => {
  test.each([
    ["Café Team", "cafe-team"],
    ["ShopProd", "shop-prod"],
    ["Shop Prod (EU)", "shop-prod-eu"],
    ["payments_", "payments"],
    ["-x-", "x"],
  ])("%s: the one to write is the one that sync would give, %s", (name, key) => {
    expect(freeKey(name, new Set(), "account")).toBe(key);
    expect(keyProblem(name)).toBe(
      `a key has lower-case letters, digits and hyphens and starts with a letter, such as ${key}; got "${name}"`,
    );
  });

  test("without a name in it gets no example", () => {
    expect(keyProblem("365")).toBe(
      'a key has lower-case letters, digits and hyphens and starts with a letter; got "365"',
    );
  });

  test("that is one is no problem", () => {
    expect(keyProblem("shop-prod")).toBeUndefined();
  });
});

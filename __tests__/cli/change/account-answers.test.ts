import { keyProblem } from "../../../cli/change/account-answers";
import { freeKey } from "../../../lib/account-map/model/free-key";

describe("a key that is refused", () => {
  test.each(["Café Team", "ShopProd", "Shop Prod (EU)", "payments_", "-x-"])(
    "%s: the one to write is the one that sync would give",
    (name) => {
      const key = freeKey(name, new Set(), "account");
      expect(keyProblem(name)).toBe(
        `a key has lower-case letters, digits and hyphens and starts with a letter, such as ${key}; got "${name}"`,
      );
    },
  );

  test("without a name in it gets no example", () => {
    expect(keyProblem("365")).toBe(
      'a key has lower-case letters, digits and hyphens and starts with a letter; got "365"',
    );
  });

  test("that is one is no problem", () => {
    expect(keyProblem("shop-prod")).toBeUndefined();
  });
});

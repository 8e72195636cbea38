import fc from "fast-check";
import { listNames, nearest } from "../../../lib/diagnostics/nearest";
import { quoteName, quoteText, shorten } from "../../../lib/diagnostics/quote";

const KEYS = ["account", "description", "id", "maxSession", "name", "path", "role", "tags"];

describe("the nearest known name", () => {
  test.each([
    ["acount", "account"],
    ["ACCOUNT", "account"],
    ["nmae", "name"],
    ["maxsession", "maxSession"],
    ["max-session", "maxSession"],
    ["descriptoin", "description"],
    ["tag", "tags"],
    ["di", undefined],
    ["x", undefined],
    ["", undefined],
    ["principals", undefined],
  ])("to %j is %j", (name, meant) => {
    expect(nearest(name, KEYS)).toBe(meant);
  });

  test.each([
    ["accountId", "account"],
    ["role_name", "name"],
    ["roleARN", "role"],
    ["path-prefix", "path"],
    ["identity", undefined],
  ])("to %j is a word of it, %j", (name, meant) => {
    expect(nearest(name, KEYS)).toBe(meant);
  });

  test("is the nearer one of two, and the first of two that are equally near", () => {
    expect(nearest("prods", ["prod-one", "pods", "prod"])).toBe("pods");
    expect(nearest("shop-prot", ["shop-test", "shop-prod"])).toBe("shop-prod");
  });

  test("is always a known one", () => {
    const names = fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), names, (name, known) => {
        expect([undefined, ...known]).toContain(nearest(name, known));
      }),
    );
  });

  test("is found in no time for a name of a million characters", () => {
    expect(nearest("x".repeat(1_000_000), KEYS)).toBeUndefined();
  });
});

describe("a list of names", () => {
  test("is sorted and in backticks", () => {
    expect(listNames(["b", "a"])).toBe("`a`, `b`");
    expect(listNames([])).toBe("none");
  });

  test("ends with the number of those that it leaves out", () => {
    expect(listNames(["c", "a", "b"], 2)).toBe("`a`, `b` and 1 more");
    expect(listNames(["c", "a", "b"], 3)).toBe("`a`, `b`, `c`");
  });
});

describe("what messages repeat", () => {
  test("is cut where it is long", () => {
    expect(shorten("12345678", 8)).toBe("12345678");
    expect(shorten("123456789", 8)).toBe("12345...");
    expect(quoteName("x".repeat(65))).toBe(`\`${"x".repeat(61)}...\``);
    expect(quoteText("x".repeat(81))).toBe(`"${"x".repeat(77)}..."`);
  });

  test("is unmistakable where it is text", () => {
    expect(quoteText('a "b"\n')).toBe('"a \\"b\\"\\n"');
    expect(quoteName("")).toBe("``");
  });
});

import fc from "fast-check";
import {
  MANY,
  globOf,
  literalGlob,
  literalText,
  matchesGlob,
} from "../../../../lib/iam/condition/glob";
import { cpuMilliseconds } from "../../../support/cpu-time";

describe("matchesGlob", () => {
  test.each([
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["*", "anything: at/all", true],
    ["?", "", false],
    ["?", "a", true],
    ["?", "ab", false],
    ["a*c", "ac", true],
    ["a*c", "abbbc", true],
    ["a*c", "abcd", false],
    ["*b*d*", "abcde", true],
    ["*b*d*", "adcbe", false],
    ["a**b", "axb", true],
    ["a?c*", "abc", true],
    ["repo:acme/*:ref:refs/heads/main", "repo:acme/app:ref:refs/heads/main", true],
    ["repo:acme/*:ref:refs/heads/main", "repo:acme2/app:ref:refs/heads/main", false],
    ["A", "a", false],
    ["a.c", "abc", false],
    ["[a]", "a", false],
  ])("pattern `%s` on `%s`: %s", (pattern, text, expected) => {
    expect(matchesGlob(globOf(pattern), text)).toBe(expected);
  });

  test("a literal pattern has no wildcards", () => {
    expect(matchesGlob(literalGlob("a*"), "a*")).toBe(true);
    expect(matchesGlob(literalGlob("a*"), "ab")).toBe(false);
  });

  test("a hundred stars on ten thousand characters end at once", () => {
    const pattern = globOf("a*".repeat(100) + "b");
    let matches = true;
    // Backtracking would take longer than the age of the universe.
    const time = cpuMilliseconds(() => (matches = matchesGlob(pattern, "a".repeat(10_000))));
    expect(matches).toBe(false);
    expect(time).toBeLessThan(10_000);
  });

  test("agrees with a regular expression", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        const source = glob.replaceAll("*", ".*").replaceAll("?", ".");
        expect(matchesGlob(globOf(glob), value)).toBe(new RegExp(`^${source}$`).test(value));
      }),
      { numRuns: 1000 },
    );
  });
});

test("a glob knows the one text it stands for", () => {
  expect(literalText(globOf("abc"))).toBe("abc");
  expect(literalText(globOf("ab?"))).toBeUndefined();
  expect(literalText([97, MANY])).toBeUndefined();
  expect(literalText(literalGlob("a*"))).toBe("a*");
});

import fc from "fast-check";
import { globOf, matchesGlob } from "../../../../lib/iam/condition/glob";
import { coversGlob, globsMeet } from "../../../../lib/iam/condition/glob-relation";

const pattern = fc
  .array(fc.constantFrom("a", "b", "/", "*", "?"), { maxLength: 5 })
  .map((parts) => parts.join(""));

/** Every text of up to five of these characters. */
const TEXTS = (() => {
  const texts = [""];
  for (let length = 0, from = 0; length < 5; length++) {
    const to = texts.length;
    for (; from < to; from++) {
      for (const char of "ab/") texts.push(`${texts[from] ?? ""}${char}`);
    }
  }
  return texts;
})();

const matching = (glob: string): Set<string> =>
  new Set(TEXTS.filter((text) => matchesGlob(globOf(glob), text)));

test("two patterns meet exactly if some text matches both", () => {
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const both = [...matching(one)].some((text) => matching(other).has(text));
      // The texts are short: where none of them matches both, a longer one may.
      const meets = globsMeet(globOf(one), globOf(other));
      return both ? meets : !meets || one.length + other.length > 5;
    }),
  );
});

test("a pattern that covers another matches all that the other matches", () => {
  fc.assert(
    fc.property(pattern, pattern, (outer, inner) => {
      const wide = matching(outer);
      return (
        !coversGlob(globOf(outer), globOf(inner)) ||
        [...matching(inner)].every((text) => wide.has(text))
      );
    }),
  );
});

test.each([
  ["*", "a*b", true],
  ["a*", "a?b", true],
  ["a?", "ab", true],
  ["a?", "a*", false],
  ["repo:o/*", "repo:o/shop:ref:refs/heads/*", true],
  ["repo:o/shop:*", "repo:o/*", false],
])("that %s covers %s is %s", (outer, inner, covers) => {
  expect(coversGlob(globOf(outer), globOf(inner))).toBe(covers);
});

test.each([
  ["a/b", "a?b", false, true],
  ["a/b", "a?b", true, false],
  ["a/*", "*b", true, false],
  ["a/*", "*b", false, true],
  ["a*", "*b", true, true],
])("whether %s and %s meet, with wildcards within a segment: %s", (one, other, within, meet) => {
  expect(globsMeet(globOf(one), globOf(other), within)).toBe(meet);
});

test("long patterns take time in proportion to their lengths", () => {
  const long = "a*".repeat(400);
  expect(globsMeet(globOf(long), globOf(`${long}b`))).toBe(true);
  expect(coversGlob(globOf(long), globOf("a".repeat(800)))).toBe(true);
});

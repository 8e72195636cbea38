import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { readPlannedAccess } from "../../../../support/plans/read-planned-access";
import { ROOT } from "../../../../support/project";

const FIXTURES = join(ROOT, "__tests__", "fixtures", "plans");
const NAMES = ["recorded/change", "written/create", "written/change", "written/unknown"];
const plans = NAMES.map((name) => readFileSync(join(FIXTURES, `${name}.json`), "utf8"));

/** A plan in which some values are others, or missing. */
function changed(text: string, share: number, seed: number, by: unknown): string {
  let state = seed;
  return JSON.stringify(
    JSON.parse(text, (key, value: unknown) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      const kept = key === "" || key === "format_version" || state / 2147483648 > share;
      return kept ? value : by;
    }),
  );
}

test("no plan makes the reader fail, whatever stands in it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...plans),
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      fc.nat(),
      fc.oneof(fc.constant(undefined), fc.jsonValue()),
      (text, share, seed, by) => {
        const read = readPlannedAccess([{ file: "a.json", text: changed(text, share, seed, by) }]);
        expect(Array.isArray(read.diagnostics)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

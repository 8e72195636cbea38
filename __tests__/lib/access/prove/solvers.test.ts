import fc from "fast-check";
import { globOf, matchesGlob } from "../../../../lib/iam/condition/glob";
import { matchesArn } from "../../../../lib/iam/condition/arn-match";
import {
  containsRange,
  parseAddress,
  parseAddressRange,
} from "../../../../lib/iam/condition/address-range";
import type { AddressRange } from "../../../../lib/iam/condition/address-range";
import { solveAddress } from "../../../../lib/access/prove/solvers/address-solver";
import {
  ANYTHING,
  BOOLEAN,
  organizationPaths,
  principalArns,
} from "../../../../lib/access/prove/solvers/languages";
import {
  passes,
  solveNumber,
  solveOrderedPair,
} from "../../../../lib/access/prove/solvers/number-solver";
import type { NumberConstraint } from "../../../../lib/access/prove/solvers/number-solver";
import { isOfKind, solveSet } from "../../../../lib/access/prove/solvers/set-solver";
import { LIMIT, NONE } from "../../../../lib/access/prove/solvers/solution";
import {
  arnGlob,
  glob,
  pattern,
  text,
  textIgnoringCase,
} from "../../../../lib/access/prove/solvers/string-pattern";
import type { StringPattern } from "../../../../lib/access/prove/solvers/string-pattern";
import { stringSolver } from "../../../../lib/access/prove/solvers/string-solver";

const strings = stringSolver(100_000);
const like = (value: string): StringPattern => pattern(glob(globOf(value)));
const smallGlob = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 5 });
const smallText = fc.string({ unit: fc.constantFrom("a", "b", "x", ":"), maxLength: 6 });

describe("strings", () => {
  test("a pattern matches what the glob matches", () => {
    fc.assert(
      fc.property(smallGlob, smallText, (value, candidate) => {
        expect(strings.matches(like(value), candidate)).toBe(matchesGlob(globOf(value), candidate));
      }),
      { numRuns: 1000 },
    );
  });

  test("an ARN pattern matches what the evaluator matches", () => {
    fc.assert(
      fc.property(smallGlob, smallText, (value, candidate) => {
        const parts = globOf(`arn:*:${value}::?:*${value}`);
        const arn = `arn:aws:${candidate}::x:${candidate}${candidate}`;
        expect(strings.matches(pattern(arnGlob(parts)), arn)).toBe(matchesArn(parts, arn));
      }),
      { numRuns: 1000 },
    );
  });

  test("case is ignored where the operator does", () => {
    const either = pattern(textIgnoringCase("Team-1é"));
    expect(["team-1é", "TEAM-1É", "tEaM-1é"].map((each) => strings.matches(either, each))).toEqual([
      true,
      true,
      true,
    ]);
    expect(strings.matches(either, "team-2é")).toBe(false);
  });

  test("a string that is found is inside and outside as asked, and one is found where there is one", () => {
    const globs = fc.array(smallGlob, { maxLength: 3 });
    fc.assert(
      fc.property(
        globs,
        globs,
        fc.array(smallText, { maxLength: 30 }),
        (inside, outside, candidates) => {
          const fits = (value: string): boolean =>
            inside.every((each) => matchesGlob(globOf(each), value)) &&
            !outside.some((each) => matchesGlob(globOf(each), value));
          const solution = strings.solve(ANYTHING, inside.map(like), outside.map(like));
          if (solution.solved) {
            expect(fits(solution.value)).toBe(true);
            // One of the shortest.
            for (const each of candidates.filter(fits)) {
              expect(solution.value.length).toBeLessThanOrEqual(each.length);
            }
          } else {
            expect(solution).toEqual(NONE);
            expect(candidates.filter(fits)).toEqual([]);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a string keeps to its language", () => {
    expect(strings.solve(BOOLEAN, [], [pattern(text("true"))])).toEqual({
      solved: true,
      value: "false",
    });
    expect(strings.solve(BOOLEAN, [like("x*")], [])).toEqual(NONE);
    const roles = principalArns("aws", "111111111111", "role-session");
    expect(strings.solve(roles, [like("*/a b*")], [])).toEqual(NONE);
    expect(strings.solve(roles, [like("*!*")], [])).toEqual({
      solved: true,
      value: "arn:aws:iam::111111111111:role/!/x",
    });
    const paths = organizationPaths("o-exampleorg1");
    expect(strings.solve(paths, [like("*/ou-*/ou-*")], [])).toMatchObject({
      solved: true,
      value: "o-exampleorg1/r-xxxx/ou-xxxx-xxxxxxxx/ou-xxxx-xxxxxxxx/",
    });
    expect(strings.solve(paths, [like("o-other*")], [])).toEqual(NONE);
    // ID-04: roots and units have ids of at least so many characters.
    expect(strings.solve(paths, [like("o-exampleorg1/r-abc/*")], [])).toEqual(NONE);
    expect(strings.solve(paths, [like("*/ou-ab12-cdefgh3/*")], [])).toEqual(NONE);
    expect(strings.solve(paths, [like("*/ou-ab12-cdefgh34/*")], [])).toMatchObject({
      solved: true,
    });
  });

  test("a limit is said, not taken for an answer", () => {
    expect(stringSolver(5).solve(ANYTHING, [like("*aaaaaaaa*")], [])).toEqual(LIMIT);
  });
});

describe("sets", () => {
  test("has an element of each wanted kind and none of an unwanted one", () => {
    const kind = (inside: string[], outside: string[]) => ({
      inside: inside.map(like),
      outside: outside.map(like),
    });
    expect(
      solveSet(strings, ANYTHING, [kind(["a*"], []), kind(["b"], [])], [kind(["*x*"], [])]),
    ).toEqual({ solved: true, value: ["a", "b"] });
    expect(solveSet(strings, ANYTHING, [kind(["a"], [])], [kind([], ["b"])])).toEqual(NONE);
    expect(solveSet(strings, ANYTHING, [], [kind([], ["b", "c"])])).toEqual({
      solved: true,
      value: ["b"],
    });
    const unwanted = [kind(["a*"], ["*z"]), kind(["*y*"], [])];
    const solution = solveSet(strings, ANYTHING, [kind(["a?*"], [])], unwanted);
    expect(solution).toEqual({ solved: true, value: ["az"] });
    expect(unwanted.some((each) => isOfKind(strings, each, "az"))).toBe(false);
  });
});

describe("numbers", () => {
  const constraint: fc.Arbitrary<NumberConstraint> = fc.record({
    comparison: fc.constantFrom("less" as const, "less-equals" as const, "equals" as const),
    bound: fc.constantFrom(0, 1, 2, 3, 2.5),
    holds: fc.boolean(),
  });

  test.each([true, false])(
    "integer %s: what is found satisfies, and what exists is found",
    (integer) => {
      const candidates = [0, 0.25, 0.5, 1, 1.5, 2, 2.25, 2.5, 2.75, 3, 3.5, 4].filter(
        (each) => !integer || Number.isInteger(each),
      );
      fc.assert(
        fc.property(fc.array(constraint, { maxLength: 5 }), (constraints) => {
          const fits = (value: number): boolean =>
            constraints.every((each) => passes(each, value) === each.holds);
          const solution = solveNumber({ integer, min: 0, max: 4 }, constraints);
          if (solution.solved) expect(fits(solution.value)).toBe(true);
          else {
            expect(solution).toEqual(NONE);
            expect(candidates.filter(fits)).toEqual([]);
          }
        }),
        { numRuns: 1000 },
      );
    },
  );

  test("the first of a pair is not after the second", () => {
    const domain = { integer: true, min: 0, max: 100 };
    const atLeast = (bound: number): NumberConstraint => ({
      comparison: "less",
      bound,
      holds: false,
    });
    const atMost = (bound: number): NumberConstraint => ({
      comparison: "less-equals",
      bound,
      holds: true,
    });
    expect(solveOrderedPair(domain, [atLeast(5)], [])).toEqual({ solved: true, value: [5, 5] });
    expect(solveOrderedPair(domain, [atLeast(5)], [atMost(5)])).toEqual({
      solved: true,
      value: [5, 5],
    });
    expect(solveOrderedPair(domain, [atLeast(6)], [atMost(5)])).toEqual(NONE);
  });
});

describe("addresses", () => {
  const parsed = (range: string): AddressRange => {
    const found = parseAddressRange(range);
    if (found === undefined) throw new Error(range);
    return found;
  };
  const ranges = fc.array(
    fc
      .constantFrom(
        "0.0.0.0/1",
        "128.0.0.0/1",
        "10.0.0.0/8",
        "10.0.0.0/31",
        "10.0.0.2",
        "::/0",
        "2001:db8::/32",
      )
      .map(parsed),
    { maxLength: 3 },
  );

  test("what is found satisfies, and what exists is found", () => {
    const candidates = [
      "0.0.0.0",
      "9.9.9.9",
      "10.0.0.0",
      "10.0.0.1",
      "10.0.0.2",
      "10.0.0.3",
      "198.51.100.1",
      "255.255.255.255",
      "::",
      "2001:db8::1",
      "2001:db9::",
    ];
    fc.assert(
      fc.property(ranges, ranges, (inside, outside) => {
        const fits = (text: string): boolean => {
          const address = parseAddress(text);
          return (
            address !== undefined &&
            inside.every((each) => containsRange(each, address)) &&
            !outside.some((each) => containsRange(each, address))
          );
        };
        const solution = solveAddress(inside, outside);
        if (solution.solved) expect(fits(solution.value)).toBe(true);
        else expect(candidates.filter(fits)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("an address for documentation is preferred", () => {
    expect(solveAddress([], [])).toEqual({ solved: true, value: "198.51.100.1" });
    expect(solveAddress([parsed("::/0")], [parsed("2001:db8::/32")])).toEqual({
      solved: true,
      value: "0:0:0:0:0:0:0:0",
    });
  });
});

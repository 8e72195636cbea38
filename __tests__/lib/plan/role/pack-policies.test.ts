import fc from "fast-check";
import { LIMITS } from "../../../../lib/iam/limits";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Statement } from "../../../../lib/iam/policy-document";
import { policySize } from "../../../../lib/iam/policy-text";
import type { NamedPolicy } from "../../../../lib/plan/resolved-access";
import { packPolicies } from "../../../../lib/plan/role/pack-policies";

/** A statement of exactly this many characters, white space aside. */
function statementOf(size: number): Statement {
  const empty = { Effect: "Allow", Action: "s3:GetObject", Resource: "" } as const;
  return { ...empty, Resource: "r".repeat(size - JSON.stringify(empty).length) };
}

/** A policy of some statements of these sizes. */
function policy(name: string, ...sizes: number[]): NamedPolicy {
  return { name, document: policyDocument(sizes.map(statementOf)) };
}

function names(policies: readonly NamedPolicy[]): [string, number][] {
  return policies.map(({ name, document }) => [name, document.Statement.length]);
}

/** What a document is longer than its only statement. */
const FRAME = policySize(policyDocument([]));

describe("the policies of a role", () => {
  test("stay inline while all of them together fit (ID-20)", () => {
    const half = LIMITS.inlinePolicySize / 2 - FRAME;
    const { inline, managed } = packPolicies([policy("a", half), policy("b", half)]);
    expect([names(inline), names(managed)]).toEqual([
      [
        ["a", 1],
        ["b", 1],
      ],
      [],
    ]);
  });

  test("become managed policies from the first that does not fit, while later ones may still fit", () => {
    const { inline, managed } = packPolicies([
      policy("a", 8000),
      policy("b", 4000),
      policy("c", 1000),
    ]);
    expect([names(inline), names(managed)]).toEqual([
      [
        ["a", 1],
        ["c", 1],
      ],
      [["b", 1]],
    ]);
  });

  test("are split by statement where one is larger than a managed policy (ID-21)", () => {
    const { inline, managed } = packPolicies([
      policy("a", 10_000),
      policy("b", 3000, 3000, 3000, 1000),
    ]);
    expect(names(inline)).toEqual([["a", 1]]);
    expect(names(managed)).toEqual([
      ["b", 2],
      ["b-2", 2],
    ]);
  });

  test("give a part no name that another policy has", () => {
    const { managed } = packPolicies([
      policy("a", 10_000),
      policy("b", 3000, 3000, 3000),
      policy("b-2", 3000),
    ]);
    expect(names(managed)).toEqual([
      ["b", 2],
      ["b-3", 1],
      ["b-2", 1],
    ]);
  });

  const policies = fc
    .array(fc.array(fc.integer({ min: 100, max: 6000 }), { minLength: 1, maxLength: 6 }), {
      maxLength: 6,
    })
    .map((lists) => lists.map((sizes, index) => policy(`p${index}`, ...sizes)));

  test("stay within every quota and keep every statement, whatever their sizes", () => {
    fc.assert(
      fc.property(policies, (given) => {
        const { inline, managed } = packPolicies(given);
        const total = inline.reduce((sum, { document }) => sum + policySize(document), 0);
        expect(total).toBeLessThanOrEqual(LIMITS.inlinePolicySize);
        for (const { document } of managed) {
          expect(policySize(document)).toBeLessThanOrEqual(LIMITS.managedPolicySize);
        }
        const all = [...inline, ...managed];
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
        const statements = (list: readonly NamedPolicy[]): string[] =>
          list.flatMap(({ document }) => document.Statement.map((each) => JSON.stringify(each)));
        expect(statements(all).sort()).toEqual(statements(given).sort());
      }),
      { numRuns: 60 },
    );
  });
});

import fc from "fast-check";
import { synthesize } from "../../../../constructs/synthesize";
import { proveContained } from "../../../../lib/access/prove/prove-contained";
import { waysFrom } from "../../../../lib/access/hops/reach";
import { callersIn } from "../../../../lib/access/decide/trust-index";
import { principalArn } from "../../../../lib/iam/condition/caller";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import type { TrustChange } from "../../../../lib/review/kinds/trust";
import { compareContext } from "../../../../lib/review/compare/compare-context";
import { comparison } from "../../../../lib/review/compare/comparison";
import { edgeKind } from "../../../../lib/review/kinds/edge";
import { escalationKind } from "../../../../lib/review/kinds/escalation";
import { existenceKind } from "../../../../lib/review/kinds/existence";
import { externalIdKind } from "../../../../lib/review/kinds/external-id";
import { permissionsKind } from "../../../../lib/review/kinds/permissions";
import { reachKind } from "../../../../lib/review/kinds/reach";
import { edgeDifference } from "../../../../lib/review/compare/edge-difference";
import type { ComparedSide } from "../../../../lib/review/compare/compare-context";
import { trustedCallers } from "../../../../lib/access/callers/trusted-callers";
import { readReviewedTree } from "../../../../lib/review/compare/read-reviewed-tree";
import type { ReviewedTree } from "../../../../lib/review/compare/reviewed-tree";
import { accountMaps } from "../../../support/arbitrary/arbitrary-map";
import {
  changed,
  ROLE_ARN,
  trustPolicies,
  trustRequests,
} from "../../../support/arbitrary/arbitrary-trust";
import { naivelyAllowed } from "../../../support/naive/naive-evaluator";
import { planMap } from "../../../support/plans/planned-map";
import { stackText } from "../../../support/plans/terraform-stacks";
import { reviewOf, TIME, treeOfStacks } from "./support/compared-maps";
import { plainTexts, swappedTexts } from "./support/swapped-changes";

/** Pairs of a trust policy and one that was changed a few times. */
const trustPairs: fc.Arbitrary<readonly [PolicyDocument, PolicyDocument]> = fc.oneof(
  trustPolicies.chain((base) =>
    changed(base)
      .chain(changed)
      .map((head) => [base, head] as const),
  ),
  fc.tuple(trustPolicies, trustPolicies),
);

function treeOfTrust(trust: PolicyDocument): ReviewedTree {
  const role = { name: "spoke", assume_role_policy: terraformPolicyText(trust) };
  return treeOfStacks(stackText("shop", "222222222222", { aws_iam_role: { spoke: role } }));
}

function trustChange(base: PolicyDocument, head: PolicyDocument): TrustChange | undefined {
  return reviewOf(treeOfTrust(base), treeOfTrust(head)).changes.find(
    (change) => change.kind === "trust",
  );
}

/** The tree of a map, or `undefined` where rules, which are not run here, would refuse it. */
function treeOfMap(value: object): ReviewedTree | undefined {
  const { map, plan } = planMap(value);
  try {
    const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
    return readReviewedTree(stacks, map, plan);
  } catch {
    return undefined;
  }
}

interface SomeMap {
  readonly hubs: Readonly<Record<string, object>>;
}

/** Arbitrary maps of one partition. */
const maps = fc
  .sample(accountMaps, { numRuns: 24, seed: 1 })
  .map((map) => ({ ...map, defaults: { partition: "aws" } }) as unknown as SomeMap);

/** Pairs of trees that differ in one hub. */
const pairs = maps.flatMap((map, index) => {
  const other = maps[index + 1]?.hubs["hub-a"];
  const before = treeOfMap(map);
  const after =
    other === undefined ? undefined : treeOfMap({ ...map, hubs: { ...map.hubs, "hub-a": other } });
  return before === undefined || after === undefined ? [] : [[before, after] as const];
});
const somePair = fc.constantFrom(...pairs);

describe("of arbitrary trust policies", () => {
  test("what is called narrowed or equivalent the prover confirms", () => {
    fc.assert(
      fc.property(trustPairs, ([base, head]) => {
        const change = trustChange(base, head)?.change;
        if (change !== "narrowed" && change !== "equivalent") return;
        const question = { roleArn: ROLE_ARN, accounts: new Map() };
        expect(proveContained({ ...question, granted: head, declared: base }).verdict).toBe(
          "proved",
        );
      }),
      { numRuns: 25 },
    );
  });

  test("no request that head lets in and base keeps out is missed", () => {
    fc.assert(
      fc.property(
        trustPairs,
        fc.array(trustRequests, { minLength: 40, maxLength: 40 }),
        ([base, head], requests) => {
          const gained = requests.some(
            (request) =>
              naivelyAllowed(head, request) === true && naivelyAllowed(base, request) === false,
          );
          const lost = requests.some(
            (request) =>
              naivelyAllowed(base, request) === true && naivelyAllowed(head, request) === false,
          );
          const change = trustChange(base, head)?.change;
          if (gained) expect(["widened", "changed", "unknown"]).toContain(change);
          if (lost) expect(["narrowed", "changed", "unknown"]).toContain(change);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("base and head exchanged exchange what is gained and lost", () => {
    fc.assert(
      fc.property(trustPairs, ([base, head]) => {
        const [before, after] = [treeOfTrust(base), treeOfTrust(head)];
        expect(plainTexts(reviewOf(after, before).changes)).toEqual(
          swappedTexts(reviewOf(before, after).changes),
        );
      }),
      { numRuns: 25 },
    );
  });
});

/** The changes but those of trust policies, which have laws of their own. */
function withoutProofs(base: ReviewedTree, head: ReviewedTree): readonly AccessChange[] {
  const compared = comparison({ base, head, time: TIME });
  return [
    ...reachKind.find(compared, []),
    ...edgeKind.find(compared, []),
    ...permissionsKind.find(compared, []),
    ...externalIdKind.find(compared, []),
    ...existenceKind.find(compared, []),
    ...escalationKind.find(compared, []),
  ];
}

describe("of arbitrary maps", () => {
  test("there are enough", () => {
    expect(pairs.length).toBeGreaterThan(10);
  });

  test("a tree with itself has no change", () => {
    fc.assert(
      fc.property(somePair, ([tree]) => {
        expect(reviewOf(tree, { ...tree })).toEqual({
          version: 2,
          hasChanges: false,
          changes: [],
          accounts: {},
          stacks: [],
        });
      }),
      { numRuns: 20 },
    );
  });

  test("base and head exchanged exchange what is gained and lost", () => {
    fc.assert(
      fc.property(somePair, ([before, after]) => {
        expect(plainTexts(withoutProofs(after, before))).toEqual(
          swappedTexts(withoutProofs(before, after)),
        );
      }),
      { numRuns: 4 },
    );
  });

  test("the direct ways of users and roles that change are all those that differ", () => {
    fc.assert(
      fc.property(somePair, ([one, other]) => {
        const input = { base: one, head: other, time: TIME };
        const { base, head } = compareContext(input);
        const [before, after] = [allEdges(base), allEdges(head)];
        // `*` stands for all whom it lets in.
        const open = new Set([...openRoles(base), ...openRoles(head)]);
        const expected = [
          ...[...after].filter((edge) => !before.has(edge)).map((edge) => `gained ${edge}`),
          ...[...before].filter((edge) => !after.has(edge)).map((edge) => `lost ${edge}`),
        ].filter((edge) => !open.has(edge.split(" ")[2] ?? ""));
        const made = (arn: string): boolean =>
          [base, head].some(({ graph }) => graph.roles.has(arn) || graph.users.has(arn));
        const { gained, lost } = edgeDifference(compareContext(input));
        const found = [
          ...gained.map(({ from, to }) => ({ direction: "gained", from, to })),
          ...lost.map(({ from, to }) => ({ direction: "lost", from, to })),
        ].flatMap(({ direction, from, to }) =>
          made(from) && !open.has(to) ? [`${direction} ${from} ${to}`] : [],
        );
        expect(found.sort()).toEqual(expected.sort());
      }),
      { numRuns: 4 },
    );
  });
});

function allEdges({ world, graph }: ComparedSide): ReadonlySet<string> {
  const from = waysFrom(world, TIME);
  return new Set(
    callersIn(graph).flatMap((caller) =>
      from(caller)
        .filter(({ hops }) => hops.length === 1)
        .map(({ roleArn }) => `${principalArn(caller) ?? ""} ${roleArn}`),
    ),
  );
}

function openRoles({ graph }: ComparedSide): string[] {
  return [...graph.roles.values()].flatMap((role) =>
    trustedCallers(role).some(({ covers }) => covers.kind === "anyone") ? [role.arn] : [],
  );
}

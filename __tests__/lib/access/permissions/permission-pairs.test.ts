import fc from "fast-check";
import {
  denialDifference,
  permissionDifference,
} from "../../../../lib/access/permissions/difference";
import type { PermissionDifference } from "../../../../lib/access/permissions/difference";
import type { Permissions } from "../../../../lib/access/permissions/permission-sides";
import type { PermissionRequest } from "../../../../lib/access/permissions/requests";
import { naivelyPermitted } from "../../../support/naive/naive-permissions";
import { permissionPairs, reversed } from "../../../support/naive/permission-pairs";
import { permissionStatements } from "../../../support/arbitrary/arbitrary-permissions";
import { permissionRequestsAround } from "../../../support/arbitrary/requests-around";

const CALLER = {
  kind: "role-session",
  roleArn: "arn:aws:iam::111111111111:role/reader",
  sessionName: "session",
} as const;

const pairs = permissionPairs().map((pair) => [pair.name, pair] as const);

test.each(pairs)("%s", (_name, { before, after, verdict, denials }) => {
  expect(permissionDifference(before, after, CALLER)).toMatchObject({ kind: verdict });
  expect(permissionDifference(after, before, CALLER)).toMatchObject({ kind: reversed(verdict) });
  expect(denialDifference(before, after, CALLER)).toMatchObject({ kind: denials });
  expect(denialDifference(after, before, CALLER)).toMatchObject({ kind: reversed(denials) });
});

describe("an evaluator of its own finds nothing else", () => {
  test.each(pairs)("%s", (_name, { before, after, verdict }) => {
    const found = directions(before, after, 200);
    expect({
      gained: found.gained && verdict === "narrowed",
      lost: found.lost && verdict === "widened",
    }).toEqual({
      gained: false,
      lost: false,
    });
    if (verdict === "none") expect(found).toEqual({ gained: false, lost: false });
    confirm(permissionDifference(before, after, CALLER), before, after);
  });
});

describe("of arbitrary policies", () => {
  const permissions = fc
    .tuple(
      fc.array(permissionStatements, { maxLength: 4 }),
      fc.constantFrom("2012-10-17" as const, "2012-10-17" as const, "2008-10-17" as const),
    )
    .map(([Statement, Version]) => ({ Version, Statement }));

  test("what is said is so, and what is not known is said to be unknown", () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(
        permissions,
        permissions,
        fc.boolean(),
        fc.option(permissions),
        (one, two, beside, bound) => {
          // Half of the time what there was stays, so that statements are covered.
          const head = beside ? { ...two, Statement: [...one.Statement, ...two.Statement] } : two;
          const before = { policies: [one] };
          const after = { policies: [head], ...(bound === null ? {} : { boundary: bound }) };
          const difference = permissionDifference(before, after, CALLER);
          kinds.set(difference.kind, (kinds.get(difference.kind) ?? 0) + 1);
          confirm(difference, before, after);
          const found = directions(before, after, 60);
          if (found.gained) expect(["widened", "changed", "unknown"]).toContain(difference.kind);
          if (found.lost) expect(["narrowed", "changed", "unknown"]).toContain(difference.kind);
        },
      ),
      { numRuns: 120 },
    );
    expect(kinds.get("none")).toBeGreaterThan(3);
    expect(kinds.get("widened")).toBeGreaterThan(3);
    expect(kinds.get("narrowed")).toBeGreaterThan(3);
    expect(kinds.get("changed")).toBeGreaterThan(3);
  });

  test("divided into a statement for each of its parts, a policy permits the same", () => {
    fc.assert(
      fc.property(permissions, (document) => {
        const divided = document.Statement.flatMap((statement) => parts(statement));
        const difference = permissionDifference(
          { policies: [document] },
          { policies: [{ ...document, Statement: divided }] },
          CALLER,
        );
        expect(difference).toEqual({ kind: "none" });
      }),
      { numRuns: 60 },
    );
  });
});

type Statement = Permissions["policies"][number]["Statement"][number];

function parts(statement: Statement): readonly Statement[] {
  const { Action, Resource } = statement;
  const each = (value: Statement["Action"]) => (typeof value === "object" ? value : [value]);
  return each(Action).flatMap((action) =>
    each(Resource).map((resource) => ({
      ...statement,
      ...(action === undefined ? {} : { Action: action }),
      ...(resource === undefined ? {} : { Resource: resource }),
    })),
  );
}

/**
 * Each request that is shown is permitted on one side only, as the other evaluator sees it; it does not know of
 * values that would be wildcards in the place of a variable.
 */
function confirm(difference: PermissionDifference, before: Permissions, after: Permissions): void {
  const shown = [
    ["gained" in difference ? difference.gained : undefined, [false, true]],
    ["lost" in difference ? difference.lost : undefined, [true, false]],
  ] as const;
  for (const [request, expected] of shown) {
    if (request === undefined || /[*?]/.test(JSON.stringify(request.keys))) continue;
    expect(decisions(request, before, after)).toEqual(expected);
  }
}

function decisions(
  request: PermissionRequest,
  before: Permissions,
  after: Permissions,
): (boolean | undefined)[] {
  return [before, after].map(({ policies, boundary }) => {
    const decision = naivelyPermitted(policies, request, boundary);
    return decision === undefined ? undefined : decision === "allow";
  });
}

/** What random requests show, as the other evaluator sees them. */
function directions(
  before: Permissions,
  after: Permissions,
  count: number,
): { gained: boolean; lost: boolean } {
  const documents = [before, after].flatMap(({ policies, boundary }) => [
    ...policies,
    ...(boundary === undefined ? [] : [boundary]),
  ]);
  const shown = permissionRequestsAround(documents, count)
    // Every request of anybody says when it is made, and whether over a secure channel.
    .map((request) => ({ ...request, keys: { ...ALWAYS, ...request.keys } }))
    .map((request) => decisions(request, before, after).join());
  return { gained: shown.includes("false,true"), lost: shown.includes("true,false") };
}

const ALWAYS = { "aws:CurrentTime": "2026-01-01T00:00:00Z", "aws:SecureTransport": "true" };

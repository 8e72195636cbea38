import fc from "fast-check";
import { synthesize } from "../../../../constructs/synthesize";
import { comparePermissions } from "../../../../lib/access/proof/compare-permissions";
import { proveContained } from "../../../../lib/access/prove/prove-contained";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { comparePermissions as compareAdopted } from "../../../../lib/adopt/compare/compare-permissions";
import { compareRole } from "../../../../lib/adopt/compare/compare-role";
import type { ExistingRole } from "../../../../lib/adopt/read/existing-access";
import { policyDocument, valuesOf } from "../../../../lib/iam/policy-document";
import type { PolicyDocument, Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import type { RolePlan } from "../../../../lib/plan/resolved-access";
import { compareTrees } from "../../../../lib/review/compare-trees";
import { readReviewedTree } from "../../../../lib/review/compare/read-reviewed-tree";
import { permissionStatements } from "../../../support/arbitrary/arbitrary-permissions";
import { permissionPairs, trustPairs } from "../../../support/naive/permission-pairs";
import type { PairVerdict } from "../../../support/naive/permission-pairs";
import { checkMap } from "../../../support/project";
import { stackText } from "../../../support/plans/terraform-stacks";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals: { there: { user: { name: there } } }
spokes:
  reader:
    accounts: { keys: [tools] }
    hubs: [bots]
    permissions: { documents: [read] }
`;
const READER = "arn:aws:iam::111111111111:role/reader";
const read = policyDocument([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]);
const { plan } = checkMap(MAP, { read });
const [account] = plan?.accounts ?? [];
const role = account?.roles.find(({ arn }) => arn === READER);
if (plan === undefined || account === undefined || role === undefined) {
  throw new Error("the map has errors");
}
const made = { plan, account, role };
const stack = synthesize(plan).stacks.get("tools") ?? "";
const trust = policyDocument([
  { Effect: "Allow", Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" },
]);

/** Whether the plan, which declares one document, is proved by Terraform that grants another. */
function proved(declared: PolicyDocument, granted: PolicyDocument): boolean {
  const wanted: RolePlan = {
    ...made.role,
    policies: {
      ...made.role.policies,
      inline: made.role.policies.inline.map((policy) => ({ ...policy, document: declared })),
    },
  };
  const asDeclared = {
    ...made.plan,
    accounts: [
      {
        ...made.account,
        roles: made.account.roles.map((each) => (each === made.role ? wanted : each)),
      },
    ],
  };
  const terraform = JSON.parse(stack) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  for (const [name, policy] of Object.entries(terraform.resource.aws_iam_role_policy ?? {})) {
    if (name.startsWith("spoke-reader")) policy.policy = terraformPolicyText(granted);
  }
  const { graph } = readAccessGraph([{ stack: "tools", text: JSON.stringify(terraform) }]);
  return comparePermissions(asDeclared, graph).length === 0;
}

/** Whether a role that exists with one document may become one of the map with another. */
function adopted(existing: PolicyDocument, planned: PolicyDocument): boolean {
  const found = existingRole(trust, existing);
  const inline = [{ name: "p", document: planned }];
  const wanted = { ...made.role, policies: { ...made.role.policies, inline } } as RolePlan;
  return "changes" in compareAdopted(found, wanted, made.account, new Map());
}

function existingRole(trusts: PolicyDocument, policy: PolicyDocument): ExistingRole {
  return {
    partition: "aws",
    accountId: "111111111111",
    arn: READER,
    name: "reader",
    path: "/",
    description: made.role.description,
    maxSessionSeconds: made.role.maxSessionSeconds,
    trust: { known: true, value: trusts },
    inline: [{ name: "p", document: { known: true, value: policy } }],
    attached: [],
    instanceProfiles: [],
    tags: {},
  };
}

/** What a review says of a role whose policy, and boundary, are not the same. */
function reviewed(
  before: readonly [PolicyDocument, (PolicyDocument | undefined)?],
  after: readonly [PolicyDocument, (PolicyDocument | undefined)?],
): string {
  const tree = ([policy, boundary]: typeof before) =>
    readReviewedTree([
      stackText("tools", "111111111111", {
        aws_iam_role: {
          reader: {
            name: "reader",
            assume_role_policy: terraformPolicyText(trust),
            ...(boundary === undefined
              ? {}
              : { permissions_boundary: "${aws_iam_policy.boundary.arn}" }),
          },
        },
        aws_iam_role_policy: {
          reader: { role: "${aws_iam_role.reader.name}", policy: terraformPolicyText(policy) },
        },
        ...(boundary === undefined
          ? {}
          : {
              aws_iam_policy: {
                boundary: { name: "boundary", policy: terraformPolicyText(boundary) },
              },
            }),
      }),
    ]);
  const { changes } = compareTrees({
    base: tree(before),
    head: tree(after),
    time: "2026-01-01T00:00:00Z",
  });
  const kinds = changes.flatMap((change) =>
    change.kind === "permissions" || change.kind === "boundary" ? [change.change] : [],
  );
  return kinds.find((each) => each !== "equivalent") ?? "none";
}

/** How the second policy of an arbitrary pair comes from the first: another one, more, or one statement for each action. */
const RELATIONS: readonly ((
  first: readonly Statement[],
  second: readonly Statement[],
) => readonly Statement[])[] = [
  (_, second) => second,
  (first, second) => [...first, ...second],
  (first) =>
    first.flatMap((statement) =>
      statement.Action === undefined
        ? [statement]
        : valuesOf(statement.Action).map((Action) => ({ ...statement, Action })),
    ),
];

const pairs = permissionPairs().map((pair) => [pair.name, pair] as const);

describe("proof, review and adoption give one answer about permissions", () => {
  test.each(pairs.filter(([, { before, after }]) => !before.boundary && !after.boundary))(
    "%s",
    (_name, { before, after, verdict, denials }) => {
      const [[one], [other]] = [before.policies, after.policies];
      if (one === undefined || other === undefined) throw new Error("a pair lacks a document");
      const same = verdict === "none" && denials === "none";
      expect({
        review: reviewed([one], [other]),
        proved: proved(one, other),
        adopted: adopted(one, other),
      }).toEqual({ review: verdict, proved: same, adopted: same });
    },
  );

  test.each(pairs.filter(([, { before, after }]) => before.boundary ?? after.boundary))(
    "review: %s",
    (_name, { before, after, verdict }) => {
      const [[one], [other]] = [before.policies, after.policies];
      if (one === undefined || other === undefined) throw new Error("a pair lacks a document");
      expect(reviewed([one, before.boundary], [other, after.boundary])).toBe(verdict);
    },
  );

  test("of arbitrary policies", () => {
    const documents = fc.array(permissionStatements, { minLength: 1, maxLength: 3 });
    let same = 0;
    fc.assert(
      fc.property(
        documents,
        documents,
        fc.constantFrom(...RELATIONS),
        (first, second, relation) => {
          const one = policyDocument(first);
          const other = policyDocument(relation(first, second));
          const [isProved, isAdopted] = [proved(one, other), adopted(one, other)];
          expect(isAdopted).toBe(isProved);
          if (isProved) expect(reviewed([one], [other])).toBe("none");
          if (isProved) same++;
        },
      ),
      { numRuns: 60 },
    );
    expect(same).toBeGreaterThan(2);
  });
});

describe("proof, review and adoption give one answer about trust", () => {
  test.each(trustPairs().map((pair) => [pair.name, pair] as const))(
    "%s",
    (_name, { before, after, verdict }) => {
      const accounts = new Map<string, never>();
      const lets = (granted: PolicyDocument, declared: PolicyDocument) =>
        proveContained({ roleArn: READER, granted, declared, accounts }).verdict;
      const [more, less] = [lets(after, before), lets(before, after)];
      expect([more, less]).toEqual(DIRECTIONS[verdict]);

      const planned = { ...made.role, trust: after };
      const scope = { existing: { policies: new Map() }, directory: accounts, tags: {} };
      const comparison = compareRole(
        existingRole(before, read),
        planned,
        made.account,
        scope as unknown as Parameters<typeof compareRole>[3],
      );
      expect(comparison.same || comparison.part !== "trust").toBe(verdict === "none");

      const tree = (document: PolicyDocument) =>
        readReviewedTree([
          stackText("tools", "111111111111", {
            aws_iam_role: {
              reader: { name: "reader", assume_role_policy: terraformPolicyText(document) },
            },
          }),
        ]);
      const { changes } = compareTrees({
        base: tree(before),
        head: tree(after),
        time: "2026-01-01T00:00:00Z",
      });
      const said = changes.flatMap((change) => (change.kind === "trust" ? [change.change] : []));
      expect(said.filter((each) => each !== "equivalent")).toEqual(
        verdict === "none" ? [] : [verdict],
      );
    },
  );
});

/** Whether what comes after lets in only whom what was before does, and the other way round. */
const DIRECTIONS: Readonly<Record<PairVerdict, readonly [string, string]>> = {
  none: ["proved", "proved"],
  widened: ["refuted", "proved"],
  narrowed: ["proved", "refuted"],
  changed: ["refuted", "refuted"],
};

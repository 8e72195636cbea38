import { managedPolicyDocuments } from "../../../../lib/iam/data/tables";
import { policyKind } from "../../../../lib/iam/grammar/policy-kind";
import type { DocumentShape, StatementShape } from "../../../../lib/iam/policy-shape";

const documentOf = (...Statement: (StatementShape | null)[]): DocumentShape => ({ Statement });

const permits: StatementShape = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const everything: StatementShape = { Effect: "Allow", Action: ["*"], Resource: ["*"] };
const denies: StatementShape = { Effect: "Deny", Action: "iam:*", Resource: "*" };

describe("a document is taken for a trust policy", () => {
  test.each<[string, StatementShape]>([
    ["with a principal", { Effect: "Allow", Principal: { AWS: "111111111111" } }],
    ["with a principal that is everybody", { Effect: "Allow", Principal: "*" }],
    [
      "with principals that are excepted",
      { Effect: "Deny", NotPrincipal: { AWS: "111111111111" } },
    ],
    ["with an action to assume a role, and no resource", { Action: ["STS:assumeRole"] }],
    ["with a principal among things of identity policies", { ...permits, Principal: "*" }],
  ])("%s", (_what, statement) => {
    expect(policyKind(documentOf(statement))).toBe("trust");
    expect(policyKind(documentOf(everything, denies, null, statement))).toBe("trust");
  });
});

describe("a document is taken for an identity policy", () => {
  test.each<[string, DocumentShape]>([
    ["that permits something", documentOf(permits)],
    ["that permits everything and denies nothing", documentOf(everything)],
    ["that permits something and denies something", documentOf(permits, denies)],
    [
      "that permits everything on some resources only",
      documentOf({ ...everything, Resource: "arn:aws:s3:::bucket/*" }, denies),
    ],
    [
      "that permits to assume a role",
      documentOf({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::111111111111:role/a",
      }),
    ],
    ["without statements", documentOf()],
    ["without anything", {}],
    ["whose statements are none", { Statement: null }],
  ])("%s", (_what, document) => {
    expect(policyKind(document)).toBe("identity");
  });

  test("such as AWS's own managed policies", () => {
    const kinds = Object.values(managedPolicyDocuments().entries).map(({ document }) =>
      policyKind({ Statement: [document.Statement].flat() } as DocumentShape),
    );
    expect(new Set(kinds)).toEqual(new Set(["identity"]));
  });
});

test.each<[string, StatementShape]>([
  ["*", everything],
  ["*:*", { ...everything, Action: "*:*" }],
])(
  "a document that permits everything as %s but what it denies is taken for a boundary",
  (_what, all) => {
    expect(policyKind(documentOf(all, denies))).toBe("boundary");
  },
);

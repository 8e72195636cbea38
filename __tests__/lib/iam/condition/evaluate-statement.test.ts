import fc from "fast-check";
import type { Caller } from "../../../../lib/iam/condition/caller";
import { evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import { evaluateStatement } from "../../../../lib/iam/condition/evaluate-statement";
import type {
  PolicyKind,
  StatementRequest,
} from "../../../../lib/iam/condition/evaluate-statement";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { PolicyDocument, Statement } from "../../../../lib/iam/policy-document";
import {
  callers,
  policyDocuments,
  requestContexts,
} from "../../../support/arbitrary/arbitrary-policy";

const ROLE = "arn:aws:iam::222222222222:role/spoke/deploy";
const caller: Caller = {
  kind: "role-session",
  roleArn: "arn:aws:iam::111111111111:role/hub",
  sessionName: "ci",
};
const request: StatementRequest = {
  caller,
  action: "sts:AssumeRole",
  resource: ROLE,
  context: requestContext({ "aws:username": "deploy" }),
};

function outcome(kind: PolicyKind, statement: Omit<Statement, "Effect">): string {
  return evaluateStatement(kind, { Effect: "Allow", ...statement }, request, true).outcome;
}

describe("actions", () => {
  test.each([
    ["sts:AssumeRole", "match"],
    ["STS:assumerole", "match"],
    ["sts:Assume*", "match"],
    ["sts:AssumeRol?", "match"],
    ["*", "match"],
    ["sts:AssumeRoleWithSAML", "no-match"],
    ["s3:*", "no-match"],
  ])("%s: %s", (action, expected) => {
    expect(outcome("identity", { Action: action, Resource: "*" })).toBe(expected);
  });

  test("NotAction is the complement", () => {
    expect(outcome("identity", { NotAction: "iam:*", Resource: "*" })).toBe("match");
    expect(outcome("identity", { NotAction: ["iam:*", "sts:*"], Resource: "*" })).toBe("no-match");
  });
});

describe("resources", () => {
  test.each([
    ["*", "match"],
    [ROLE, "match"],
    ["arn:aws:iam::*:role/spoke/*", "match"],
    ["arn:aws:iam::*:role/spoke/deplo?", "match"],
    ["arn:aws:iam::*:role/deploy", "no-match"],
    ["arn:aws:iam::222222222222:role/${aws:username}", "no-match"],
    ["arn:aws:iam::222222222222:role/spoke/${aws:username}", "match"],
    ["arn:aws:iam::222222222222:role/spoke/${aws:userid}", "no-match"],
    ["arn:aws:iam", "match"],
    ["arn:aws:iam:*", "match"],
    ["arn:aws:sts", "no-match"],
    ["arn:aws:iam::22*deploy", "unknown"],
  ])("%s: %s", (resource, expected) => {
    expect(outcome("identity", { Action: "*", Resource: resource })).toBe(expected);
  });

  test("NotResource is the complement", () => {
    expect(outcome("identity", { Action: "*", NotResource: "arn:aws:iam::*:role/other" })).toBe(
      "match",
    );
    expect(outcome("identity", { Action: "*", NotResource: ROLE })).toBe("no-match");
    expect(outcome("identity", { Action: "*", NotResource: "arn:aws:iam::22*deploy" })).toBe(
      "unknown",
    );
  });

  test("a variable without a value is unknown where it could decide", () => {
    const variable = "arn:aws:iam::222222222222:role/${aws:userid}";
    expect(outcome("identity", { Action: "*", NotResource: variable })).toBe("unknown");
    expect(outcome("identity", { Action: "*", Resource: [variable, ROLE] })).toBe("unknown");
    expect(outcome("identity", { Action: "*", NotResource: [variable, ROLE] })).toBe("no-match");
  });
});

describe("principals and conditions", () => {
  const hub = { AWS: "arn:aws:iam::111111111111:root" };

  test("a trust statement applies where principal, action and condition do", () => {
    expect(outcome("trust", { Principal: hub, Action: "sts:AssumeRole" })).toBe("match");
    expect(outcome("trust", { Principal: hub, Action: "sts:TagSession" })).toBe("no-match");
    expect(
      outcome("trust", {
        Principal: hub,
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "x1" } },
      }),
    ).toBe("no-match");
  });

  test("how the caller was named is kept, except where the statement does not apply", () => {
    const statement: Statement = {
      Effect: "Allow",
      Principal: { AWS: ["111111111111", "arn:aws:iam::111111111111:role/hub"] },
      Action: "sts:AssumeRole",
    };
    expect(evaluateStatement("trust", statement, request, true).ways).toEqual(["account", "role"]);
    const other = { ...request, action: "sts:TagSession" };
    expect(evaluateStatement("trust", statement, other, true).ways).toEqual([]);
  });

  test("NotPrincipal covers those it does not name", () => {
    expect(
      outcome("trust", { NotPrincipal: { AWS: "333333333333" }, Action: "sts:AssumeRole" }),
    ).toBe("match");
  });
});

describe("what IAM refuses is unknown", () => {
  test.each<[string, PolicyKind, Omit<Statement, "Effect">]>([
    ["principal in an identity policy", "identity", { Principal: "*", Action: "*", Resource: "*" }],
    ["no resource in an identity policy", "identity", { Action: "*" }],
    ["resource in a trust policy", "trust", { Principal: "*", Action: "*", Resource: "*" }],
    ["no principal in a trust policy", "trust", { Action: "*" }],
    ["Action and NotAction", "identity", { Action: "*", NotAction: "*", Resource: "*" }],
    ["no action", "identity", { Resource: "*" }],
    ["an empty list", "identity", { Action: [], Resource: "*" }],
    [
      "no resource in a resource control policy",
      "resource-control",
      { Principal: "*", Action: "*" },
    ],
  ])("%s", (_name, kind, statement) => {
    expect(outcome(kind, statement)).toBe("unknown");
  });
});

describe("a document", () => {
  const allow: Statement = { Effect: "Allow", Action: "sts:*", Resource: "*" };
  const deny: Statement = { Effect: "Deny", Action: "sts:AssumeRole", Resource: ROLE };
  const doubtful: Pick<Statement, "Condition"> = { Condition: { StringEqual: { a: "b" } } };

  function decision(...statements: readonly Statement[]): string {
    const document: PolicyDocument = { Version: "2012-10-17", Statement: statements };
    return evaluatePolicy("identity", document, request).decision;
  }

  test("a deny beats every allow, nothing said is a deny", () => {
    expect(decision(allow)).toBe("allow");
    expect(decision(allow, deny)).toBe("explicit-deny");
    expect(decision()).toBe("implicit-deny");
    expect(decision({ ...allow, Action: "s3:*" })).toBe("implicit-deny");
  });

  test("what cannot be told neither allows nor denies", () => {
    expect(decision({ ...allow, ...doubtful })).toBe("unknown");
    expect(decision(allow, { ...deny, ...doubtful })).toBe("unknown");
    expect(decision({ ...deny, ...doubtful })).toBe("implicit-deny");
    expect(decision({ ...allow, ...doubtful }, deny)).toBe("explicit-deny");
    expect(decision(allow, { ...allow, ...doubtful })).toBe("allow");
  });

  test("the statements that apply are named by their position", () => {
    const document: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ ...allow, Action: "s3:*" }, allow, deny],
    };
    const { applied } = evaluatePolicy("identity", document, request);
    expect(applied.map((each) => [each.index, each.statement.Effect])).toEqual([
      [1, "Allow"],
      [2, "Deny"],
    ]);
  });

  test("an older version knows no variables (GR-01)", () => {
    const resource = "arn:aws:iam::222222222222:role/spoke/${aws:username}";
    const Statement: Statement[] = [{ ...allow, Resource: resource }];
    expect(evaluatePolicy("identity", { Version: "2012-10-17", Statement }, request).decision).toBe(
      "allow",
    );
    expect(evaluatePolicy("identity", { Version: "2008-10-17", Statement }, request).decision).toBe(
      "implicit-deny",
    );
    expect(evaluatePolicy("identity", { Statement }, request).decision).toBe("implicit-deny");
  });

  test("evaluation never throws on any document that passes the grammar", () => {
    const kinds = fc.constantFrom<PolicyKind>("identity", "trust", "resource-control");
    fc.assert(
      fc.property(
        kinds,
        policyDocuments,
        callers,
        requestContexts,
        (kind, document, who, context) => {
          const { decision, applied } = evaluatePolicy(kind, document, {
            ...request,
            caller: who,
            context,
          });
          expect(["allow", "explicit-deny", "implicit-deny", "unknown"]).toContain(decision);
          expect(applied.every((each) => each.reason !== "")).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

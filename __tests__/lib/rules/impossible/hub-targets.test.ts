import { evaluatePolicy, decide } from "../../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { ConditionBlock, PolicyDocument } from "../../../../lib/iam/policy-document";
import { planMap } from "../../../support/plans/planned-map";

const HUB = "arn:aws:iam::111111111111:role/automation";

/** Where a target can be that has the right name. */
const TARGETS = {
  "in the same organization": { account: "999999999999", organization: "o-exampleorg1" },
  "in another organization": { account: "888888888888", organization: "o-exampleorg2" },
  "in no organization": { account: "777777777777", organization: undefined },
} as const;

function decision(
  documents: readonly PolicyDocument[],
  { account, organization }: { account: string; organization: string | undefined },
): string {
  const request = {
    caller: { kind: "role-session", roleArn: HUB, sessionName: "session" },
    action: "sts:AssumeRole",
    resource: `arn:aws:iam::${account}:role/deployer`,
    context: requestContext({
      "aws:PrincipalArn": HUB,
      "aws:PrincipalOrgID": "o-exampleorg1",
      "aws:ResourceAccount": account,
      "aws:ResourceOrgID": organization ?? [],
    }),
  } as const;
  return decide(
    documents.flatMap((document) => evaluatePolicy("identity", document, request).applied),
  );
}

describe("SEED-3: what an organization in the policy of a hub keeps out", () => {
  const pattern = (Condition: ConditionBlock): PolicyDocument =>
    policyDocument([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::*:role/deployer",
        Condition,
      },
    ]);

  test("the caller's organization keeps nobody out", () => {
    const document = pattern({ StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } });
    const decisions = Object.values(TARGETS).map((target) => decision([document], target));
    expect(decisions).toEqual(["allow", "allow", "allow"]);
  });

  test("the target's organization keeps out other organizations and accounts of none", () => {
    const document = pattern({ StringEquals: { "aws:ResourceOrgID": "o-exampleorg1" } });
    const decisions = Object.values(TARGETS).map((target) => decision([document], target));
    expect(decisions).toEqual(["allow", "implicit-deny", "implicit-deny"]);
  });
});

/** The policies of a hub with so many spokes, in accounts of an organization. */
function hubPolicies(count: number, reach: "spokes" | "organization"): PolicyDocument[] {
  const ids = Array.from({ length: count }, (_, index) => String(200000000000 + index));
  const { plan } = planMap({
    organizations: { example: { id: "o-exampleorg1" } },
    accounts: {
      tools: { id: "111111111111" },
      ...Object.fromEntries(ids.map((id) => [`a${id}`, { id }])),
    },
    hubs: {
      automation: { account: "tools", reach, principals: { bot: { user: { name: "bot" } } } },
    },
    spokes: { deployer: { hubs: ["automation"], accounts: { keys: ids.map((id) => `a${id}`) } } },
  });
  const hub = plan.accounts.flatMap(({ roles }) => roles).find(({ kind }) => kind === "hub");
  if (hub === undefined) throw new Error("there is no hub");
  return [...hub.policies.inline, ...hub.policies.customer].map(({ document }) => document);
}

describe("CK-06: a hub reaches its spokes and nothing outside, in every form of its permission", () => {
  test.each([
    ["a list of roles", 3],
    ["a pattern with the accounts", 300],
    ["patterns over several policies", 1200],
  ])("%s", (_form, count) => {
    const documents = hubPolicies(count, "spokes");
    const spoke = { account: "200000000001", organization: "o-exampleorg1" };
    expect(decision(documents, spoke)).toBe("allow");
    expect(decision(documents, TARGETS["in the same organization"])).toBe("implicit-deny");
    expect(decision(documents, TARGETS["in another organization"])).toBe("explicit-deny");
    expect(decision(documents, TARGETS["in no organization"])).toBe("explicit-deny");
  });

  test("the whole organization, where the map asks for it", () => {
    const documents = hubPolicies(3, "organization");
    expect(decision(documents, TARGETS["in the same organization"])).toBe("allow");
    expect(decision(documents, TARGETS["in another organization"])).toBe("explicit-deny");
    expect(decision(documents, TARGETS["in no organization"])).toBe("explicit-deny");
  });
});

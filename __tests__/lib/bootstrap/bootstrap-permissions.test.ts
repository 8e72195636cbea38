import { actionsBeyondReading, isKnownAction } from "../../../lib/iam/escalation/action-access";
import { evaluatePolicy } from "../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../lib/iam/condition/request-context";
import { LIMITS } from "../../../lib/iam/limits";
import { checkPolicyGrammar } from "../../../lib/iam/policy-grammar";
import { readPolicySource } from "../../../lib/iam/policy-source";
import { policySize, policyText } from "../../../lib/iam/policy-text";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { valuesOf } from "../../../lib/iam/policy-document";
import { accountPlanPermissions } from "../../../lib/bootstrap/read-statements";
import { deploymentPermissions } from "../../../lib/bootstrap/deployment-role";
import type { ManagedEntities } from "../../../lib/bootstrap/managed-entities";

const ACCOUNT = "arn:aws:iam::222222222222";
const SELF = `${ACCOUNT}:role/trustwheel-deployment`;
const READER = `${ACCOUNT}:role/trustwheel-account-plan`;
const BOUNDARY = `${ACCOUNT}:policy/access/access-boundary`;

const ENTITIES: ManagedEntities = {
  location: { partition: "aws", accountId: "222222222222" },
  rolePaths: ["/access/", "/access/"],
  policyPath: "/access/",
  users: [{ path: "/", name: "sys-automation" }],
  grantees: [{ kind: "role", name: "runner" }],
  oidcUrls: ["https://gitlab.example.com"],
  samlNames: ["idp"],
};

const bounded = deploymentPermissions({
  entities: ENTITIES,
  boundaryArns: [BOUNDARY],
  protectedRoleArns: [SELF, READER],
});
const reading = accountPlanPermissions(ENTITIES);

function decision(
  document: PolicyDocument,
  action: string,
  resource: string,
  keys: Readonly<Record<string, string>> = {},
): string {
  return evaluatePolicy("identity", document, {
    caller: { kind: "role-session", roleArn: SELF, sessionName: "trustwheel" },
    action,
    resource,
    context: requestContext(keys),
  }).decision;
}

const UNDER_BOUNDARY = { "iam:PermissionsBoundary": BOUNDARY };

describe("a deployment role", () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ["iam:CreateRole", "role/access/deployer", UNDER_BOUNDARY],
    ["iam:PutRolePolicy", "role/access/deployer", UNDER_BOUNDARY],
    ["iam:AttachRolePolicy", "role/access/deployer", UNDER_BOUNDARY],
    ["iam:PutRolePermissionsBoundary", "role/access/deployer", UNDER_BOUNDARY],
    ["iam:UpdateAssumeRolePolicy", "role/access/deployer", {}],
    ["iam:DeleteRole", "role/access/deployer", {}],
    ["iam:PassRole", "role/access/deployer", { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["iam:CreatePolicyVersion", "policy/access/deployer-services", {}],
    ["iam:AddRoleToInstanceProfile", "instance-profile/access/deployer", {}],
    ["iam:CreateUser", "user/sys-automation", {}],
    ["iam:PutRolePolicy", "role/ci/runner", {}],
    ["iam:CreateOpenIDConnectProvider", "oidc-provider/gitlab.example.com", {}],
    ["iam:UpdateSAMLProvider", "saml-provider/idp", {}],
  ])("may %s on %s", (action, resource, keys) => {
    expect(decision(bounded.document, action, `${ACCOUNT}:${resource}`, keys)).toBe("allow");
  });

  test.each<[string, string, string, Readonly<Record<string, string>>]>([
    ["makes no role without a boundary", "iam:CreateRole", "role/access/deployer", {}],
    [
      "makes no role with another boundary",
      "iam:CreateRole",
      "role/access/deployer",
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["permits nothing to a role without a boundary", "iam:PutRolePolicy", "role/access/old", {}],
    ["makes no role elsewhere", "iam:CreateRole", "role/admin", UNDER_BOUNDARY],
    ["leaves other roles alone", "iam:UpdateAssumeRolePolicy", "role/admin", {}],
    [
      "passes roles to nothing but instances",
      "iam:PassRole",
      "role/access/deployer",
      { "iam:PassedToService": "lambda.amazonaws.com" },
    ],
    ["makes no access keys", "iam:CreateAccessKey", "user/sys-automation", {}],
    ["leaves other users alone", "iam:PutUserPolicy", "user/admin", {}],
    ["leaves other policies alone", "iam:CreatePolicyVersion", "policy/other", {}],
    ["leaves other providers alone", "iam:UpdateSAMLProvider", "saml-provider/other", {}],
  ])("%s", (_name, action, resource, keys) => {
    expect(decision(bounded.document, action, `${ACCOUNT}:${resource}`, keys)).toBe(
      "implicit-deny",
    );
  });

  test.each([
    ["iam:DeleteRolePermissionsBoundary", `${ACCOUNT}:role/access/deployer`],
    ["iam:DeleteUserPermissionsBoundary", `${ACCOUNT}:user/access/deployer`],
    ["iam:CreatePolicyVersion", BOUNDARY],
    ["iam:SetDefaultPolicyVersion", BOUNDARY],
    ["iam:DeletePolicy", BOUNDARY],
    ["iam:PutRolePolicy", SELF],
    ["iam:UpdateAssumeRolePolicy", SELF],
    ["iam:PassRole", SELF],
    ["iam:AttachRolePolicy", READER],
  ])("is denied %s on %s, whatever else it is given (PB-05)", (action, resource) => {
    expect(decision(bounded.document, action, resource, UNDER_BOUNDARY)).toBe("explicit-deny");
  });

  test("leaves itself alone also where its own path is the one of the roles", () => {
    const { document } = deploymentPermissions({
      entities: { ...ENTITIES, rolePaths: ["/"] },
      boundaryArns: [BOUNDARY],
      protectedRoleArns: [SELF],
    });
    expect(decision(document, "iam:UpdateAssumeRolePolicy", SELF)).toBe("explicit-deny");
  });

  test("says why it is administrator in effect", () => {
    const plain = { ...ENTITIES, users: [], grantees: [] };
    const because = (entities: ManagedEntities, boundaryArns: readonly string[]): unknown =>
      deploymentPermissions({ entities, boundaryArns, protectedRoleArns: [SELF] })
        .administratorBecause;
    expect(because(plain, [BOUNDARY])).toEqual([]);
    expect(because(plain, [])).toEqual([
      "roles have no permissions boundary, so it can create one that can do everything",
    ]);
    expect(because({ ...plain, rolePaths: ["/"] }, [BOUNDARY])).toEqual([
      "roles are created at the path `/`, so it can rewrite the trust policy of every role in the account",
    ]);
    expect(because(ENTITIES, [BOUNDARY])).toEqual([
      "created users have no permissions boundary: sys-automation",
      "it writes a policy of existing users and roles: runner",
    ]);
  });

  test("makes roles without a boundary where there is none", () => {
    const { document } = deploymentPermissions({
      entities: ENTITIES,
      boundaryArns: [],
      protectedRoleArns: [SELF],
    });
    expect(decision(document, "iam:CreateRole", `${ACCOUNT}:role/access/deployer`)).toBe("allow");
  });
});

describe("the role that plans read with", () => {
  test.each([
    ["iam:GetRole", "role/access/deployer"],
    ["iam:ListAttachedRolePolicies", "role/access/deployer"],
    ["iam:GetPolicyVersion", "policy/access/deployer-services"],
    ["iam:GetInstanceProfile", "instance-profile/access/deployer"],
    ["iam:GetUser", "user/sys-automation"],
    ["iam:GetRolePolicy", "role/ci/runner"],
    ["iam:GetSAMLProvider", "saml-provider/idp"],
  ])("may %s on %s", (action, resource) => {
    expect(decision(reading, action, `${ACCOUNT}:${resource}`)).toBe("allow");
  });

  test("reads no other role", () => {
    expect(decision(reading, "iam:GetRole", `${ACCOUNT}:role/admin`)).toBe("implicit-deny");
  });

  test("does nothing beyond reading", () => {
    expect(actionsBeyondReading(reading)).toEqual([]);
    expect(reading.Statement.map(({ Effect }) => Effect)).not.toContain("Deny");
  });
});

describe.each([
  ["a deployment role", bounded.document],
  ["the role that plans read with", reading],
])("the permissions of %s", (_name, document) => {
  test("are what IAM's grammar takes, and fit into a managed policy", () => {
    const { source, diagnostics } = readPolicySource("permissions.json", policyText(document));
    if (source === undefined) throw new Error("the document was refused");
    expect([...diagnostics, ...checkPolicyGrammar(source, "identity")]).toEqual([]);
    expect(policySize(document)).toBeLessThan(LIMITS.managedPolicySize);
  });

  test("name actions that there are", () => {
    const actions = document.Statement.flatMap(({ Action, NotAction }) => [
      ...valuesOf(Action),
      ...valuesOf(NotAction),
    ]);
    expect(actions.filter((action) => !isKnownAction(action))).toEqual([]);
  });
});

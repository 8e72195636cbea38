import { decideRequest } from "../../../lib/access/decide/decide-request";
import { NO_CONTROL_POLICIES } from "../../../lib/access/decide/control-policies";
import { readAccessGraph } from "../../../lib/access/read/read-access-graph";
import { evaluatePolicy } from "../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../lib/iam/condition/request-context";
import { findEscalations } from "../../../lib/iam/escalation/escalation";
import type { PolicyKind } from "../../../lib/iam/grammar/policy-kind";
import { checkPolicyGrammar } from "../../../lib/iam/policy-grammar";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { readPolicySource } from "../../../lib/iam/policy-source";
import { policyText } from "../../../lib/iam/policy-text";
import type { BootstrapRole } from "../../../lib/bootstrap/bootstrap-stack";
import { stackText } from "../../support/plans/terraform-stacks";
import { bootstrapOf, boundedMap, GUARD, stackOf } from "../../support/plans/bootstrap-of";
import { terraformBootstrap } from "../../../lib/bootstrap/terraform-bootstrap";

const bootstrap = bootstrapOf();
const shop = stackOf(bootstrap, "shop");
const SHOP = "arn:aws:iam::333333333333";
const BOUNDARY = `${SHOP}:policy/access/guard`;
const UNDER_BOUNDARY = { "iam:PermissionsBoundary": BOUNDARY };

function decision(
  { arn, permissions }: BootstrapRole,
  action: string,
  resource: string,
  keys: Readonly<Record<string, string>> = {},
): string {
  return evaluatePolicy("identity", permissions, {
    caller: { kind: "role-session", roleArn: arn, sessionName: "trustwheel" },
    action,
    resource: `${SHOP}:${resource}`,
    context: requestContext(keys),
  }).decision;
}

describe("the bootstrap of a map without any role", () => {
  const empty = (permissionsBoundary: object | string): ReturnType<typeof bootstrapOf> => {
    const { defaults, accounts, state } = boundedMap() as Record<string, object>;
    const callers = [{ account: shop.account, arn: `${SHOP}:role/admin` }];
    return bootstrapOf(
      { accounts, state, defaults: { ...defaults, permissionsBoundary } },
      { callers },
      { ceiling: GUARD, guard: GUARD },
    );
  };

  test("has the boundary of the defaults, which the first role is going to carry", () => {
    const { boundaries, administratorBecause } = stackOf(
      empty({ existing: "access/guard", document: "ceiling" }),
      "shop",
    );
    expect(boundaries.map(({ arn, name }) => [arn, name])).toEqual([[BOUNDARY, "guard"]]);
    expect(administratorBecause).toEqual([]);
  });

  test("is bound by a boundary of AWS, too", () => {
    const stack = stackOf(empty({ managed: "job-function/ViewOnlyAccess" }), "shop");
    expect(stack.boundaries).toEqual([]);
    expect(stack.administratorBecause).toEqual([]);
    expect(JSON.stringify(stack.deploymentRole.permissions)).toContain(
      '"iam:PermissionsBoundary":["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"]',
    );
  });

  test("says that nothing bounds the deployment role where the defaults name no boundary", () => {
    const { administratorBecause } = stackOf(empty("none"), "shop");
    expect(administratorBecause).toEqual([
      "roles have no permissions boundary, so it can create one that can do everything",
    ]);
  });
});

describe("the bootstrap of a map", () => {
  test("has a stack for each account with a deployment role, and the bucket in the account of the pipeline", () => {
    expect(bootstrap.stacks.map(({ account }) => account.key)).toEqual(["shop", "spare", "tools"]);
    expect(bootstrap.stateBucket).toMatchObject({
      name: "example-org-states",
      region: "eu-west-1",
      account: { key: "tools" },
    });
  });

  test("makes the boundary from the document of its name, with the parameters of the account", () => {
    expect(shop.boundaries).toEqual([
      {
        name: "guard",
        path: "/access/",
        arn: BOUNDARY,
        document: {
          ...GUARD,
          Statement: [
            {
              ...GUARD.Statement[0],
              Condition: { StringEquals: { "aws:ResourceAccount": "333333333333" } },
            },
          ],
        },
      },
    ]);
    expect(shop.administratorBecause).toEqual([]);
    expect(shop.notes).toEqual([]);
  });

  test("says where there is no document to make the boundary from", () => {
    const { notes, boundaries } = stackOf(
      bootstrapOf(boundedMap(), { documents: new Map() }),
      "shop",
    );
    expect(boundaries).toEqual([]);
    expect(notes).toEqual([
      `the boundary ${BOUNDARY} must exist: there is no policies/guard.json to create it from`,
    ]);
  });

  test("makes the boundary from the document that the map says it has the text of, also where no role is yet", () => {
    const defaults = {
      deploymentRole: "trustwheel-deployment",
      rolePath: "/access/",
      permissionsBoundary: { existing: "access/guard", document: "ceiling" },
    };
    const map = boundedMap({ defaults, pipeline: undefined });
    const made = bootstrapOf(map, {}, { ceiling: GUARD });
    expect(stackOf(made, "shop").boundaries).toEqual(shop.boundaries);
    expect(stackOf(made, "spare").boundaries).toEqual(stackOf(bootstrap, "spare").boundaries);
  });

  test("gives an account without roles what all others have, so that its first role needs no new one", () => {
    const spare = stackOf(bootstrap, "spare");
    expect(spare.boundaries.map(({ arn }) => arn)).toEqual([
      "arn:aws:iam::444444444444:policy/access/guard",
    ]);
    expect(spare.administratorBecause).toEqual([]);
  });

  test("makes the provider of the pipeline where Terraform does not, and only there", () => {
    expect(stackOf(bootstrap, "tools").oidcProviders.map(({ url }) => url)).toEqual([
      "https://token.actions.githubusercontent.com",
    ]);
    expect(shop.oidcProviders).toEqual([]);
    const identityProviders = {
      github: { oidc: { url: "https://token.actions.githubusercontent.com" }, create: true },
    };
    const pipeline = {
      account: "tools",
      githubActions: { repository: "example-org/platform", provider: "github" },
    };
    const made = bootstrapOf(boundedMap({ identityProviders, pipeline }));
    expect(stackOf(made, "tools").oidcProviders).toEqual([]);
  });

  test.each([["OrganizationAccountAccessRole"], ["AWSControlTowerExecution"]])(
    "puts a role of its own in the place of %s, and gets in by that one",
    (deploymentRole) => {
      const defaults = { deploymentRole, rolePath: "/access/" };
      const stack = stackOf(bootstrapOf(boundedMap({ defaults })), "shop");
      expect(stack.deploymentRole.arn).toBe(`${SHOP}:role/trustwheel-deployment`);
      expect(stack.administrator).toEqual({
        name: deploymentRole,
        arn: `${SHOP}:role/${deploymentRole}`,
      });
    },
  );

  test("says that a role without a boundary is administrator in effect, and what to do where Terraform makes it", () => {
    const defaults = { deploymentRole: "deployer", rolePath: "/access/" };
    expect(stackOf(bootstrapOf(boundedMap({ defaults })), "shop")).toMatchObject({
      administratorBecause: [
        "roles have no permissions boundary, so it can create one that can do everything",
      ],
      notes: [],
    });
    const own = { ...defaults, permissionsBoundary: "guard" };
    expect(
      stackOf(bootstrapOf(boundedMap({ defaults: own, pipeline: undefined })), "shop").notes,
    ).toEqual([
      "Terraform creates the boundary `guard` itself, so it can change it and is not limited by it: write `permissionsBoundary: { existing: access/guard, document: guard }` to create it here instead",
    ]);
  });

  test.each<[string, object]>([
    ["a role without a boundary", {}],
    ["a boundary that Terraform makes", { permissionsBoundary: "own" }],
  ])(
    "makes the boundary that other roles carry also beside %s, where it does not bind",
    (_what, changes) => {
      const usual = { role: { account: "tools", name: "auditor" } };
      const spoke = (boundary: object): object => ({
        accounts: { keys: ["shop"] },
        principals: { auditor: { ...usual, grant: "declared" } },
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
        ...boundary,
      });
      const guarded = { permissionsBoundary: { existing: "access/guard" } };
      const defaults = { deploymentRole: "trustwheel-deployment", rolePath: "/access/" };
      const spokes = { auditor: spoke(guarded), other: spoke(changes) };
      const documents = { guard: GUARD, own: GUARD };
      const map = boundedMap({ defaults, spokes, pipeline: undefined });
      const stack = stackOf(bootstrapOf(map, {}, documents), "shop");
      expect(stack.boundaries.map(({ arn }) => arn)).toEqual([
        "arn:aws:iam::333333333333:policy/access/guard",
      ]);
      expect(JSON.stringify(stack.deploymentRole.permissions)).not.toContain(
        'iam:PermissionsBoundary"',
      );
      expect(stack.administratorBecause).toContain(
        "roles have no permissions boundary, so it can create one that can do everything",
      );
    },
  );

  test("is bound by a boundary that AWS keeps, without making one", () => {
    const permissionsBoundary = { managed: "PowerUserAccess" };
    const defaults = { deploymentRole: "deployer", rolePath: "/access/", permissionsBoundary };
    const stack = stackOf(bootstrapOf(boundedMap({ defaults })), "shop");
    const under = { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess" };
    expect(stack.boundaries).toEqual([]);
    expect(stack.administratorBecause).toEqual([]);
    expect(decision(stack.deploymentRole, "iam:CreateRole", "role/access/new", under)).toBe(
      "allow",
    );
    expect(decision(stack.deploymentRole, "iam:CreateRole", "role/access/new")).toBe(
      "implicit-deny",
    );
  });

  test("says where the permissions are longer than IAM takes", () => {
    const name = (index: number): string =>
      `user-with-a-long-name-${String(index)}`.padEnd(60, "x");
    const users = Array.from({ length: 60 }, (_, index) => ({
      [`u${String(index)}`]: { user: { account: "shop", name: name(index) } },
    }));
    const spokes = {
      auditor: {
        accounts: { keys: ["spare"] },
        principals: Object.assign({}, ...users) as object,
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
      },
    };
    const { notes } = stackOf(bootstrapOf(boundedMap({ spokes })), "shop");
    expect(notes).toEqual([
      expect.stringMatching(
        /^the permissions of trustwheel-deployment have \d+ characters, IAM allows 10240 \(ID-20\): use fewer role paths, users or grants in this account$/,
      ),
    ]);
  });
});

describe("the deployment role of a bootstrap", () => {
  const { deploymentRole, planRole } = shop;

  test.each<[string, string, string, Readonly<Record<string, string>>, string]>([
    [
      "makes a role under the boundary",
      "iam:CreateRole",
      "role/access/new",
      UNDER_BOUNDARY,
      "allow",
    ],
    ["makes no role without it", "iam:CreateRole", "role/access/new", {}, "implicit-deny"],
    [
      "makes no role under a wider one",
      "iam:CreateRole",
      "role/access/new",
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
      "implicit-deny",
    ],
    [
      "makes no role at another path",
      "iam:CreateRole",
      "role/new",
      UNDER_BOUNDARY,
      "implicit-deny",
    ],
    [
      "takes no boundary away",
      "iam:DeleteRolePermissionsBoundary",
      "role/access/new",
      UNDER_BOUNDARY,
      "explicit-deny",
    ],
    [
      "does not change the boundary",
      "iam:CreatePolicyVersion",
      "policy/access/guard",
      {},
      "explicit-deny",
    ],
    [
      "does not delete the boundary",
      "iam:DeletePolicy",
      "policy/access/guard",
      {},
      "explicit-deny",
    ],
    [
      "does not change its own trust",
      "iam:UpdateAssumeRolePolicy",
      "role/trustwheel-deployment",
      {},
      "explicit-deny",
    ],
    [
      "does not permit itself more",
      "iam:PutRolePolicy",
      "role/trustwheel-deployment",
      UNDER_BOUNDARY,
      "explicit-deny",
    ],
    [
      "leaves the plan role alone",
      "iam:AttachRolePolicy",
      "role/trustwheel-account-plan",
      UNDER_BOUNDARY,
      "explicit-deny",
    ],
    ["sees the boundary", "iam:GetPolicy", "policy/access/guard", {}, "allow"],
  ])("%s", (_name, action, resource, keys, expected) => {
    expect(decision(deploymentRole, action, resource, keys)).toBe(expected);
  });

  test.each<[string, BootstrapRole]>([
    ["deployment role", deploymentRole],
    ["plan role", planRole],
  ])("has no way to gain permissions: %s", (_name, { arn, permissions }) => {
    const policies = [{ name: "trustwheel", document: permissions }];
    const found = findEscalations({ arn, region: "eu-west-1", ownPolicyArns: [], policies });
    expect(found).toEqual([]);
  });

  test.each<[string, PolicyKind, PolicyDocument]>([
    ["the trust", "trust", deploymentRole.trust],
    ["the permissions", "identity", deploymentRole.permissions],
    ["the permissions to plan", "identity", planRole.permissions],
    ["the trust of plans", "trust", planRole.trust],
  ])("is what IAM's grammar takes: %s", (_name, kind, document) => {
    const { source, diagnostics } = readPolicySource("document.json", policyText(document));
    if (source === undefined) throw new Error("the document was refused");
    expect([...diagnostics, ...checkPolicyGrammar(source, kind)]).toEqual([]);
  });
});

describe("who enters the roles of a bootstrap", () => {
  const CALLER = "arn:aws:iam::111111111111:role/platform-admin";
  const management = bootstrap.stacks[0]?.account;
  const apply = "arn:aws:iam::222222222222:role/access/trustwheel-apply";
  const plan = "arn:aws:iam::222222222222:role/access/trustwheel-plan";

  function enters(roleArn: string, target: string, organizationId = "o-exampleorg1"): string {
    if (management === undefined) throw new Error("there is no account");
    const caller = { ...management, id: "111111111111" } as typeof management;
    const stack = stackOf(
      bootstrapOf(boundedMap(), { callers: [{ account: caller, arn: CALLER }] }),
      "shop",
    );
    const { resource } = terraformBootstrap(stack) as {
      resource: Record<string, Record<string, Record<string, unknown>>>;
    };
    const permission = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
    });
    const accountId = roleArn.split(":")[4] ?? "";
    const [, path = "/", name = ""] = /:role(\/(?:.*\/)?)(.+)$/.exec(roleArn) ?? [];
    const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const { graph } = readAccessGraph([
      stackText("shop", "333333333333", resource),
      stackText("caller", accountId, {
        aws_iam_role: { caller: { name, path, assume_role_policy: trust } },
        aws_iam_role_policy: { caller: { name: "p", role: name, policy: permission } },
      }),
    ]);
    return decideRequest(
      { graph, accounts: new Map(), controls: NO_CONTROL_POLICIES },
      {
        caller: { kind: "role-session", roleArn, sessionName: "run" },
        action: "sts:AssumeRole",
        roleArn: `${SHOP}:role/${target}`,
        time: "2026-06-30T12:00:00Z",
        keys: { "aws:PrincipalOrgID": organizationId },
      },
    ).decision;
  }

  test.each([
    [apply, "trustwheel-deployment", "allowed"],
    [plan, "trustwheel-account-plan", "allowed"],
    [CALLER, "trustwheel-deployment", "allowed"],
    [plan, "trustwheel-deployment", "denied"],
    [apply, "trustwheel-account-plan", "denied"],
    ["arn:aws:iam::222222222222:role/other", "trustwheel-deployment", "denied"],
    ["arn:aws:iam::333333333333:role/access/auditor", "trustwheel-deployment", "denied"],
  ])("%s into %s: %s", (caller, target, expected) => {
    expect(enters(caller, target)).toBe(expected);
  });

  test("nobody from another organization", () => {
    expect(enters(apply, "trustwheel-deployment", "o-otherorg01")).toBe("denied");
  });
});

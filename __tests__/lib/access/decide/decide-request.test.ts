import type { PermissionPolicy } from "../../../../lib/access/access-graph";
import { NO_CONTROL_POLICIES } from "../../../../lib/access/decide/control-policies";
import type { ControlPolicies } from "../../../../lib/access/decide/control-policies";
import { decideRequest } from "../../../../lib/access/decide/decide-request";
import type { RoleRequest } from "../../../../lib/access/decide/role-request";
import type { Decision } from "../../../../lib/access/decide/decision";
import type { AccountDirectory } from "../../../../lib/access/account-directory";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type {
  ConditionBlock,
  PolicyDocument,
  PrincipalElement,
  Statement,
} from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { assumePolicy, roleBlock, stackText } from "../../../support/plans/terraform-stacks";

const OWN = "222222222222";
const HUB = "111111111111";
const ROLE = `arn:aws:iam::${OWN}:role/target`;
const APP = `arn:aws:iam::${OWN}:role/team/app`;
const ANN = `arn:aws:iam::${OWN}:user/ann`;
const CI = `arn:aws:iam::${HUB}:role/ci`;
const accounts: AccountDirectory = new Map([
  [OWN, { organizationId: "o-exampleorg1" }],
  [HUB, { organizationId: "o-exampleorg1" }],
]);

/** What the caller's side says. */
interface Setting {
  readonly trust: PrincipalElement | readonly Statement[];
  readonly permissions?: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  readonly controls?: ControlPolicies;
  readonly accounts?: AccountDirectory;
}

const SESSION = { kind: "role-session", roleArn: APP, sessionName: "run" } as const;
const CROSS = { kind: "role-session", roleArn: CI, sessionName: "run" } as const;
const USER = { kind: "user", arn: ANN } as const;

function decide(setting: Setting, request: Partial<RoleRequest> = {}): Decision {
  const trust = Array.isArray(setting.trust)
    ? (setting.trust as readonly Statement[])
    : [{ Effect: "Allow" as const, Principal: setting.trust as PrincipalElement, Action: "sts:*" }];
  const policies = (kind: "role" | "user", name: string) =>
    Object.fromEntries(
      (setting.permissions ?? []).map((document, index) => [
        `${name}-${index}`,
        { name: `p${index}`, [kind]: name, policy: terraformPolicyText(document) },
      ]),
    );
  const boundary =
    setting.boundary === undefined
      ? {}
      : { permissions_boundary: "${aws_iam_policy.boundary.arn}" };
  const bounds = {
    boundary: { name: "boundary", policy: terraformPolicyText(setting.boundary ?? assumePolicy()) },
  };
  const { graph, diagnostics } = readAccessGraph([
    stackText("own", OWN, {
      aws_iam_role: {
        target: roleBlock("target", trust),
        app: roleBlock("app", [], { path: "/team/", ...boundary }),
      },
      aws_iam_user: { ann: { name: "ann", ...boundary } },
      aws_iam_policy: bounds,
      aws_iam_role_policy: policies("role", "app"),
      aws_iam_user_policy: policies("user", "ann"),
    }),
    stackText("hub", HUB, {
      aws_iam_role: { ci: roleBlock("ci", [], boundary) },
      aws_iam_policy: bounds,
      aws_iam_role_policy: policies("role", "ci"),
    }),
  ]);
  expect(diagnostics).toEqual([]);
  return decideRequest(
    {
      graph,
      accounts: setting.accounts ?? accounts,
      controls: setting.controls ?? NO_CONTROL_POLICIES,
    },
    {
      caller: SESSION,
      action: "sts:AssumeRole",
      roleArn: ROLE,
      time: "2026-06-30T12:00:00Z",
      keys: {},
      ...request,
    },
  );
}

const ALLOW = [assumePolicy()];
const DENY: PolicyDocument = policyDocument([{ Effect: "Deny", Action: "sts:*", Resource: "*" }]);
const ELSEWHERE = assumePolicy("arn:aws:iam::333333333333:role/other");
const ROOT: PrincipalElement = { AWS: `arn:aws:iam::${OWN}:root` };
const NAMED: PrincipalElement = { AWS: APP };
const SESSION_NAMED: PrincipalElement = { AWS: `arn:aws:sts::${OWN}:assumed-role/app/run` };
const PINNED: Statement[] = [
  {
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": [APP, ANN] } },
  },
];

describe("truth table of AssumeRole", () => {
  test.each<[string, Setting, Partial<RoleRequest>, Decision["decision"]]>([
    // Cross-account: both sides, whatever the trust names.
    [
      "TR-01 role ARN, permitted",
      { trust: { AWS: CI }, permissions: ALLOW },
      { caller: CROSS },
      "allowed",
    ],
    ["TR-01 role ARN, not permitted", { trust: { AWS: CI } }, { caller: CROSS }, "denied"],
    [
      "TR-01 root, permitted",
      { trust: { AWS: HUB }, permissions: ALLOW },
      { caller: CROSS },
      "allowed",
    ],
    ["TR-01 root, not permitted", { trust: { AWS: HUB } }, { caller: CROSS }, "denied"],
    [
      "TR-01 everyone, permitted",
      { trust: { AWS: "*" }, permissions: ALLOW },
      { caller: CROSS },
      "allowed",
    ],
    ["TR-01 everyone, not permitted", { trust: { AWS: "*" } }, { caller: CROSS }, "denied"],
    [
      "TR-01 session ARN, not permitted",
      { trust: { AWS: `arn:aws:sts::${HUB}:assumed-role/ci/run` } },
      { caller: CROSS },
      "denied",
    ],
    [
      "TR-01 permitted elsewhere",
      { trust: { AWS: CI }, permissions: [ELSEWHERE] },
      { caller: CROSS },
      "denied",
    ],
    [
      "TR-01 boundary silent",
      { trust: { AWS: CI }, permissions: ALLOW, boundary: ELSEWHERE },
      { caller: CROSS },
      "denied",
    ],
    // Same account, account named: the caller's side is needed.
    ["TR-02 root, permitted", { trust: ROOT, permissions: ALLOW }, {}, "allowed"],
    ["TR-02 root, not permitted", { trust: ROOT }, {}, "denied"],
    ["TR-02 account id, not permitted", { trust: { AWS: OWN } }, {}, "denied"],
    ["TR-02 user, permitted", { trust: ROOT, permissions: ALLOW }, { caller: USER }, "allowed"],
    ["TR-02 user, not permitted", { trust: ROOT }, { caller: USER }, "denied"],
    [
      "TR-02 boundary silent",
      { trust: ROOT, permissions: ALLOW, boundary: ELSEWHERE },
      {},
      "denied",
    ],
    // Same account, role or user named: enough, but for boundaries and session policies of roles.
    ["TR-03 role ARN, not permitted", { trust: NAMED }, {}, "allowed"],
    ["TR-03 user ARN, not permitted", { trust: { AWS: ANN } }, { caller: USER }, "allowed"],
    ["TR-03 role ARN, boundary silent", { trust: NAMED, boundary: ELSEWHERE }, {}, "denied"],
    ["TR-03 role ARN, boundary allows", { trust: NAMED, boundary: assumePolicy() }, {}, "allowed"],
    [
      "TR-03 user ARN, boundary silent",
      { trust: { AWS: ANN }, boundary: ELSEWHERE },
      { caller: USER },
      "allowed",
    ],
    ["TR-03 role ARN, denied", { trust: NAMED, permissions: [DENY] }, {}, "denied"],
    ["TR-03 role ARN, denied by the boundary", { trust: NAMED, boundary: DENY }, {}, "denied"],
    // Same account, session named.
    ["TR-04 session ARN, not permitted", { trust: SESSION_NAMED }, {}, "allowed"],
    [
      "TR-04 session ARN, boundary silent",
      { trust: SESSION_NAMED, boundary: ELSEWHERE },
      {},
      "allowed",
    ],
    ["TR-04 session ARN, denied", { trust: SESSION_NAMED, permissions: [DENY] }, {}, "denied"],
    [
      "TR-04 another session",
      { trust: SESSION_NAMED },
      { caller: { ...SESSION, sessionName: "other" } },
      "denied",
    ],
    // Same account, everyone named and the caller pinned.
    ["TR-05 everyone and pinned, not permitted", { trust: PINNED }, {}, "allowed"],
    [
      "TR-05 everyone and pinned, boundary silent",
      { trust: PINNED, boundary: ELSEWHERE },
      {},
      "allowed",
    ],
    [
      "TR-05 everyone and pinned, denied by the boundary",
      { trust: PINNED, boundary: DENY },
      {},
      "denied",
    ],
    // Trust is always needed.
    [
      "TR-06 permitted, trust silent",
      { trust: { AWS: "333333333333" }, permissions: ALLOW },
      {},
      "denied",
    ],
    ["TR-06 no statement at all", { trust: [], permissions: ALLOW }, {}, "denied"],
    // A deny anywhere beats everything.
    [
      "explicit deny in the trust",
      {
        trust: [...PINNED, { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }],
        permissions: ALLOW,
      },
      {},
      "denied",
    ],
    [
      "explicit deny in the permissions",
      { trust: ROOT, permissions: [assumePolicy(), DENY] },
      {},
      "denied",
    ],
    // Two ways at once: the easier one counts.
    ["root and role ARN, not permitted", { trust: { AWS: [OWN, APP] } }, {}, "allowed"],
  ])("%s", (_name, setting, request, expected) => {
    expect(decide(setting, request).decision).toBe(expected);
  });

  test("TR-07 a role assumes itself only where its trust says so", () => {
    const self = { kind: "role-session", roleArn: ROLE, sessionName: "run" } as const;
    expect(decide({ trust: NAMED }, { caller: self }).decision).toBe("denied");
    expect(decide({ trust: { AWS: ROLE } }, { caller: self }).decision).toBe("allowed");
    expect(decide({ trust: ROOT }, { caller: self }).decision).toBe("denied");
  });
});

describe("session policies", () => {
  const passed = (document: PolicyDocument): PermissionPolicy[] => [
    { name: "session", kind: "inline", document: { known: true, value: document } },
  ];

  test.each<[string, Setting, PolicyDocument, Decision["decision"]]>([
    ["root, silent", { trust: ROOT, permissions: ALLOW }, ELSEWHERE, "denied"],
    ["root, allows", { trust: ROOT, permissions: ALLOW }, assumePolicy(), "allowed"],
    ["role ARN, silent (TR-03)", { trust: NAMED }, ELSEWHERE, "denied"],
    ["session ARN, silent (TR-04)", { trust: SESSION_NAMED }, ELSEWHERE, "allowed"],
    ["session ARN, denies", { trust: SESSION_NAMED }, DENY, "denied"],
  ])("%s", (_name, setting, document, expected) => {
    expect(decide(setting, { sessionPolicies: passed(document) }).decision).toBe(expected);
  });
});

describe("control policies", () => {
  const policy = (document: PolicyDocument): PermissionPolicy => ({
    name: "control",
    kind: "managed",
    document: { known: true, value: document },
  });
  const everything = policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]);
  const scp = (account: string, ...levels: readonly PolicyDocument[][]): ControlPolicies => ({
    ...NO_CONTROL_POLICIES,
    service: new Map([[account, levels.map((level) => level.map(policy))]]),
  });
  const rcp = (account: string, ...documents: readonly PolicyDocument[]): ControlPolicies => ({
    ...NO_CONTROL_POLICIES,
    resource: new Map([[account, documents.map(policy)]]),
  });
  const perimeter = policyDocument([
    {
      Effect: "Deny",
      Principal: "*",
      Action: "sts:AssumeRole",
      Resource: "*",
      Condition: {
        StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorg1" },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ]);
  const cross: Setting = { trust: { AWS: HUB }, permissions: ALLOW };

  test.each<[string, Setting, Decision["decision"]]>([
    [
      "every level allows (PB-06)",
      { ...cross, controls: scp(HUB, [everything], [everything]) },
      "allowed",
    ],
    ["one level does not", { ...cross, controls: scp(HUB, [everything], [ELSEWHERE]) }, "denied"],
    ["a level denies", { ...cross, controls: scp(HUB, [everything, DENY]) }, "denied"],
    [
      "those of the role's account judge no foreign caller",
      { ...cross, controls: scp(OWN, [DENY]) },
      "allowed",
    ],
    [
      "the management account is exempt",
      {
        ...cross,
        controls: scp(HUB, [DENY]),
        accounts: new Map([
          ...accounts,
          [HUB, { organizationId: "o-exampleorg1", isManagement: true }],
        ]),
      },
      "allowed",
    ],
    [
      "a resource control policy lets in the organization (PB-07)",
      { ...cross, controls: rcp(OWN, perimeter) },
      "allowed",
    ],
    [
      "and keeps others out",
      {
        ...cross,
        controls: rcp(OWN, perimeter),
        accounts: new Map([[HUB, { organizationId: "o-exampleorg2" }]]),
      },
      "denied",
    ],
    [
      "but not from roles of the management account",
      {
        ...cross,
        controls: rcp(OWN, perimeter),
        accounts: new Map([
          [HUB, {}],
          [OWN, { isManagement: true }],
        ]),
      },
      "allowed",
    ],
  ])("%s", (_name, setting, expected) => {
    expect(decide(setting, { caller: CROSS }).decision).toBe(expected);
  });

  test("service control policies bind callers whom the trust names directly too", () => {
    expect(decide({ trust: NAMED, controls: scp(OWN, [ELSEWHERE]) }).decision).toBe("denied");
  });
});

describe("services and identity providers", () => {
  const provider = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
  const workflow = { kind: "web-identity", provider } as const;
  const github: Statement[] = [
    {
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/app:*" },
      },
    },
  ];
  const claims = (sub: string): Partial<RoleRequest> => ({
    caller: workflow,
    action: "sts:AssumeRoleWithWebIdentity",
    keys: {
      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub": sub,
    },
  });

  test.each<[string, Setting, Partial<RoleRequest>, Decision["decision"]]>([
    [
      "a service that is named",
      { trust: { Service: "ec2.amazonaws.com" } },
      { caller: { kind: "service", service: "ec2.amazonaws.com" } },
      "allowed",
    ],
    [
      "another service",
      { trust: { Service: "ec2.amazonaws.com" } },
      { caller: { kind: "service", service: "lambda.amazonaws.com" } },
      "denied",
    ],
    [
      "a service under an organization condition (CK-03)",
      {
        trust: [
          {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } },
          },
        ],
      },
      {
        caller: { kind: "service", service: "ec2.amazonaws.com" },
        keys: { "aws:PrincipalOrgID": "o-exampleorg1" },
      },
      "denied",
    ],
    [
      "a repository that is meant",
      { trust: github },
      claims("repo:acme/app:ref:refs/heads/main"),
      "allowed",
    ],
    [
      "another repository",
      { trust: github },
      claims("repo:acme/other:ref:refs/heads/main"),
      "denied",
    ],
    [
      "a token used for AssumeRole (GR-10)",
      { trust: github },
      { ...claims("repo:acme/app:x"), action: "sts:AssumeRole" },
      "denied",
    ],
    [
      "a provider of another account (OI-02)",
      { trust: github },
      {
        ...claims("repo:acme/app:x"),
        caller: { kind: "web-identity", provider: provider.replace(OWN, HUB) },
      },
      "denied",
    ],
    [
      "a token whose claims are not said",
      { trust: github },
      { ...claims("x"), keys: {} },
      "unknown",
    ],
  ])("%s", (_name, setting, request, expected) => {
    expect(decide(setting, request).decision).toBe(expected);
  });
});

describe("the context of a request", () => {
  const when = (condition: Statement["Condition"]): Statement[] => [
    {
      Effect: "Allow",
      Principal: { AWS: [APP, ANN] },
      Action: "sts:AssumeRole",
      Condition: condition ?? {},
    },
  ];

  test("whether a session lacks MFA or says `false` is not known, and matters where it decides (CK-15)", () => {
    const key = "aws:MultiFactorAuthPresent";
    const decisions = (condition: ConditionBlock, keys = {}): string[] =>
      [SESSION, USER].map(
        (caller) => decide({ trust: when(condition) }, { caller, keys }).decision,
      );
    expect(decisions({ Bool: { [key]: "false" } })).toEqual(["unknown", "denied"]);
    expect(decisions({ Null: { [key]: "true" } })).toEqual(["unknown", "allowed"]);
    expect(decisions({ BoolIfExists: { [key]: "false" } })).toEqual(["allowed", "allowed"]);
    expect(decisions({ Bool: { [key]: "true" } })).toEqual(["denied", "denied"]);
    expect(decisions({ Bool: { [key]: "false" } }, { [key]: "false" })).toEqual([
      "allowed",
      "allowed",
    ]);
    // Of a session nobody can say that it has MFA.
    expect(decisions({ Bool: { [key]: "true" } }, { [key]: "true" })).toEqual([
      "denied",
      "allowed",
    ]);
    expect(decide({ trust: when({ Bool: { [key]: "false" } }) }).reasons[0]).toEqual({
      side: "trust policy",
      effect: "unknown",
      policy: "arn:aws:iam::222222222222:role/target",
      statement: "1",
      text: "Bool aws:MultiFactorAuthPresent: whether requests of role sessions carry it with `false` or lack it is not known (CK-15)",
    });
  });

  test("MFA is lost on the second hop (CK-15)", () => {
    const trust = when({ Bool: { "aws:MultiFactorAuthPresent": "true" } });
    const keys = { "aws:multifactorauthpresent": "true" };
    expect(decide({ trust }, { caller: USER, keys }).decision).toBe("allowed");
    expect(decide({ trust }, { caller: SESSION, keys }).decision).toBe("denied");
    expect(decide({ trust }, { caller: USER }).decision).toBe("denied");
  });

  test("the organization is what the map says, whatever the request claims", () => {
    const trust = when({ StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } });
    expect(decide({ trust }).decision).toBe("allowed");
    const keys = { "aws:PrincipalOrgID": "o-exampleorg1" };
    expect(decide({ trust, accounts: new Map([[OWN, {}]]) }, { keys }).decision).toBe("denied");
    expect(decide({ trust, accounts: new Map() }, { keys }).decision).toBe("allowed");
  });

  test("time decides, and is said", () => {
    const trust = when({ DateLessThan: { "aws:CurrentTime": "2026-12-31T23:59:59Z" } });
    expect(decide({ trust }).decision).toBe("allowed");
    expect(decide({ trust }, { time: "2027-01-01T00:00:00Z" }).decision).toBe("denied");
  });

  test("keys that every request has and this one does not say are not taken for absent", () => {
    const trust = when({ StringNotEquals: { "sts:RoleSessionName": "admin" } });
    expect(decide({ trust })).toEqual({
      decision: "unknown",
      reasons: [
        {
          side: "trust policy",
          effect: "unknown",
          policy: "arn:aws:iam::222222222222:role/target",
          statement: "1",
          text: "StringNotEquals sts:RoleSessionName: the request does not say it",
        },
      ],
    });
    expect(decide({ trust }, { keys: { "sts:RoleSessionName": "ci" } }).decision).toBe("allowed");
  });

  test("partitions never meet (PT-03)", () => {
    const caller = { ...SESSION, roleArn: APP.replace("aws", "aws-cn") };
    expect(decide({ trust: { AWS: "*" } }, { caller })).toEqual({
      decision: "denied",
      reasons: [
        {
          side: "call",
          effect: "implicit-deny",
          text: "partitions never meet: the caller is in aws-cn, the role in aws (PT-03)",
        },
      ],
    });
  });
});

describe("unknown is never success", () => {
  test.each<[string, Setting, Partial<RoleRequest>]>([
    [
      "a role that is not in the Terraform",
      { trust: ROOT },
      { roleArn: `arn:aws:iam::${OWN}:role/gone` },
    ],
    [
      "a caller of whom nothing is known",
      { trust: { AWS: "333333333333" } },
      { caller: { ...CROSS, roleArn: "arn:aws:iam::333333333333:role/x" } },
    ],
    [
      "an operator that does not exist",
      {
        trust: [
          {
            Effect: "Allow",
            Principal: NAMED,
            Action: "sts:AssumeRole",
            Condition: { StringEqual: { a: "b" } },
          },
        ],
      },
      {},
    ],
    [
      "a deny that may apply",
      {
        trust: [
          ...PINNED,
          {
            Effect: "Deny",
            Principal: "*",
            Action: "sts:*",
            Condition: { StringEqual: { a: "b" } },
          },
        ],
      },
      {},
    ],
    [
      "a permission whose text is not known",
      { trust: ROOT, permissions: ALLOW },
      {
        sessionPolicies: [
          { name: "x", kind: "managed", document: { known: false, reason: "not at hand" } },
        ],
      },
    ],
  ])("%s", (_name, setting, request) => {
    expect(decide(setting, request).decision).toBe("unknown");
  });

  test("what is permitted is known as far as the Terraform goes", () => {
    const { graph } = readAccessGraph([
      stackText("own", OWN, {
        aws_iam_role: {
          target: roleBlock("target", [
            { Effect: "Allow", Principal: { AWS: HUB }, Action: "sts:AssumeRole" },
          ]),
        },
      }),
      stackText("hub", HUB, {
        aws_iam_role_policy: {
          grant: {
            name: "grant",
            role: "by-hand",
            policy: terraformPolicyText(assumePolicy(ROLE)),
          },
        },
      }),
    ]);
    const world = { graph, accounts, controls: NO_CONTROL_POLICIES };
    const by = (name: string): Decision =>
      decideRequest(world, {
        caller: {
          kind: "role-session",
          roleArn: `arn:aws:iam::${HUB}:role/path/${name}`,
          sessionName: "run",
        },
        action: "sts:AssumeRole",
        roleArn: ROLE,
        time: "2026-06-30T12:00:00Z",
        keys: {},
      });
    expect(by("by-hand").decision).toBe("allowed");
    expect(by("other").decision).toBe("unknown");
  });
});

describe("reasons", () => {
  const trust: Statement[] = [
    {
      Sid: "Hub",
      Effect: "Allow",
      Principal: { AWS: HUB },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "x1" } },
    },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceIp": "203.0.113.7" } },
    },
  ];

  test("name the statement on each side that allows", () => {
    expect(
      decide({ trust, permissions: ALLOW }, { caller: CROSS, keys: { "sts:ExternalId": "x1" } }),
    ).toEqual({
      decision: "allowed",
      reasons: [
        {
          side: "trust policy",
          effect: "allow",
          policy: ROLE,
          statement: "Hub",
          text: "the statement applies",
        },
        {
          side: "permissions",
          effect: "allow",
          policy: "p0",
          statement: "1",
          text: "the statement applies",
        },
      ],
    });
  });

  test("name the statement that denies", () => {
    const keys = { "sts:ExternalId": "x1", "aws:SourceIp": "203.0.113.7" };
    expect(decide({ trust, permissions: ALLOW }, { caller: CROSS, keys })).toEqual({
      decision: "denied",
      reasons: [
        {
          side: "trust policy",
          effect: "explicit-deny",
          policy: ROLE,
          statement: "2",
          text: "the statement applies",
        },
      ],
    });
  });

  test("say why the trust does not apply", () => {
    expect(decide({ trust, permissions: ALLOW }, { caller: CROSS })).toEqual({
      decision: "denied",
      reasons: [
        { side: "trust policy", effect: "implicit-deny", text: "no statement allows it" },
        {
          side: "trust policy",
          effect: "implicit-deny",
          policy: ROLE,
          statement: "Hub",
          text: "StringEquals sts:ExternalId: the key is absent",
        },
      ],
    });
  });

  test("say which half of an edge is missing (M-12)", () => {
    expect(
      decide(
        { trust, permissions: [ELSEWHERE] },
        { caller: CROSS, keys: { "sts:ExternalId": "x1" } },
      ),
    ).toEqual({
      decision: "denied",
      reasons: [
        { side: "permissions", effect: "implicit-deny", text: "no statement allows it" },
        {
          side: "permissions",
          effect: "implicit-deny",
          policy: "p0",
          statement: "1",
          text: "the resource is not named",
        },
        {
          side: "trust policy",
          effect: "allow",
          policy: ROLE,
          statement: "Hub",
          text: "the statement applies",
        },
      ],
    });
  });
});

describe("what limits the caller's side", () => {
  test("a service control policy that allows nothing else, also where the trust names the user itself (TR-05)", () => {
    const setting = { trust: { AWS: ANN } };
    const request = { caller: USER };
    expect(decide(setting, request).decision).toBe("allowed");
    const others = { name: "others", kind: "managed" as const };
    const document = { known: true as const, value: assumePolicy("*", "s3:GetObject") };
    const controls = {
      service: new Map([[OWN, [[{ ...others, document }]]]]),
      resource: new Map(),
    };
    expect(decide({ ...setting, controls }, request).decision).toBe("denied");
  });

  test("the provider of another account, although the trust names it (OI-02)", () => {
    const enter = (account: string): Decision["decision"] => {
      const provider = `arn:aws:iam::${account}:oidc-provider/gitlab.com`;
      const trust: Statement[] = [
        {
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: "sts:AssumeRoleWithWebIdentity",
        },
      ];
      const caller = { kind: "web-identity", provider } as const;
      return decide({ trust }, { caller, action: "sts:AssumeRoleWithWebIdentity" }).decision;
    };
    expect(enter(OWN)).toBe("allowed");
    expect(enter(HUB)).toBe("denied");
  });

  test("a place in the organization that nobody said", () => {
    const path = "o-exampleorg1/r-ex01/ou-ex01-workload/";
    const permissions: PolicyDocument[] = [
      policyDocument([
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: "*",
          Condition: { "ForAnyValue:StringEquals": { "aws:ResourceOrgPaths": path } },
        },
      ]),
    ];
    expect(decide({ trust: ROOT, permissions }).decision).toBe("unknown");
    const facts = { organizationId: "o-exampleorg1", organizationPath: path };
    const placed = { trust: ROOT, permissions, accounts: new Map([[OWN, facts]]) };
    expect(decide(placed).decision).toBe("allowed");
  });

  test("a policy that cannot be read may deny, although another one allows", () => {
    const text = (policy: string): Record<string, unknown> => ({ name: "p", role: "app", policy });
    const allowed = (more: Readonly<Record<string, unknown>>): Decision["decision"] => {
      const { graph } = readAccessGraph([
        stackText("own", OWN, {
          aws_iam_role: {
            target: roleBlock("target", [
              { Effect: "Allow", Principal: ROOT, Action: "sts:AssumeRole" },
            ]),
            app: roleBlock("app", [], { path: "/team/" }),
          },
          aws_iam_role_policy: { p: text(terraformPolicyText(assumePolicy())), ...more },
        }),
      ]);
      const world = { graph, accounts, controls: NO_CONTROL_POLICIES };
      const request = { caller: SESSION, action: "sts:AssumeRole", roleArn: ROLE } as const;
      return decideRequest(world, { ...request, time: "2026-06-30T12:00:00Z", keys: {} }).decision;
    };
    expect(allowed({})).toBe("allowed");
    expect(allowed({ q: { ...text("${local.policy}"), name: "q" } })).toBe("unknown");
  });
});

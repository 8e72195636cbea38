import fc from "fast-check";
import { ESCALATION_PATHS } from "../../../../lib/iam/data/escalation-paths";
import { findEscalations } from "../../../../lib/iam/escalation/escalation";
import { managedPolicyDocument } from "../../../../lib/iam/managed-policy";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { OneOrMore, PolicyDocument, Statement } from "../../../../lib/iam/policy-document";

const ACCOUNT = "111111111111";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/worker`;

interface Given {
  readonly boundary?: readonly Statement[];
  readonly organizationId?: string;
  readonly ownPolicyArns?: readonly string[];
  readonly now?: string;
}

/** The ways of a role that has each of the given lists of statements as a policy: sections and actions. */
function waysOf(policies: readonly (readonly Statement[])[], given: Given = {}): string[] {
  const { boundary, ownPolicyArns = [], ...rest } = given;
  return findEscalations({
    arn: ROLE,
    region: "eu-central-1",
    ownPolicyArns,
    ...rest,
    policies: policies.map((statements, index) => ({
      name: `policy-${index + 1}`,
      document: policyDocument(statements),
    })),
    ...(boundary === undefined ? {} : { boundary: policyDocument(boundary) }),
  }).map(({ section, actions }) => `${section} ${actions.join(" ")}`);
}

const allow = (
  Action: OneOrMore,
  Resource: OneOrMore = "*",
  Condition?: Statement["Condition"],
): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const deny = (
  Action: OneOrMore,
  Resource: OneOrMore = "*",
  Condition?: Statement["Condition"],
): Statement => ({ ...allow(Action, Resource, Condition), Effect: "Deny" });

const PUT = "iam:PutRolePolicy";
const WAY = `N1 ${PUT}`;

describe("a way to gain permissions", () => {
  test.each(
    ESCALATION_PATHS.map((path) => [path.needs.map(([first]) => first ?? ""), path] as const),
  )(
    "%j is found when its actions are allowed, and with one of them missing it is not",
    (needs, path) => {
      const way = `${path.section} ${needs.join(" ")}`;
      expect(waysOf([[allow(needs)]])).toContain(way);
      for (const missing of needs) {
        expect(waysOf([[allow(needs.filter((each) => each !== missing))]])).not.toContain(way);
      }
    },
  );

  test.each(["iam:PutRolePolicy", "IAM:putrolepolicy", "iam:*", "iam:Put?olePolicy", "*"])(
    "is found however the action is written: %s",
    (pattern) => {
      expect(waysOf([[allow(pattern)]])).toContain(WAY);
    },
  );

  test("is found when a statement allows all but other actions, and not when it excepts the action", () => {
    const except = (NotAction: string[]): Statement[] => [
      { Effect: "Allow", NotAction, Resource: "*" },
    ];
    expect(waysOf([except(["s3:*"])])).toContain(WAY);
    expect(waysOf([except(["iam:*"])])).not.toContain(WAY);
  });

  test("is found when several policies give its actions together, and names them", () => {
    const found = findEscalations({
      arn: ROLE,
      region: "eu-central-1",
      ownPolicyArns: [],
      policies: [
        { name: "tasks", document: policyDocument([allow(["ecs:CreateService", "s3:*"])]) },
        { name: "register", document: policyDocument([allow("ecs:RegisterTaskDefinition")]) },
        { name: "pass", document: policyDocument([allow("iam:PassRole")]) },
        { name: "logs", document: policyDocument([allow("logs:*")]) },
      ],
    });
    expect(found).toEqual([
      {
        section: "N2",
        actions: ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
        sources: ["pass", "register", "tasks"],
      },
    ]);
  });
});

describe("what an action may act on", () => {
  test.each([
    ["*", true],
    ["arn:aws:iam::*:role/*", true],
    [`arn:aws:iam::${ACCOUNT}:*`, true],
    [`arn:aws:iam::${ACCOUNT}:role/*`, true],
    [`arn:aws:iam::${ACCOUNT}:role/service/*`, false],
    [`arn:aws:iam::${ACCOUNT}:user/*`, false],
    ["arn:aws:iam::222222222222:role/*", false],
    [ROLE, true],
    [`arn:aws:iam::${ACCOUNT}:role/app/*`, true],
  ])("changing the policies of %s: counts %s", (resource, counts) => {
    expect(waysOf([[allow(PUT, resource)]])).toEqual(counts ? [WAY] : []);
  });

  test("is any region in which the policy allows it", () => {
    const update = (resource: string): string[] =>
      waysOf([[allow("lambda:UpdateFunctionCode", resource)]]);
    expect(update(`arn:aws:lambda:us-east-1:${ACCOUNT}:function:*`)).toHaveLength(1);
    expect(update(`arn:aws:lambda:us-east-1:${ACCOUNT}:function:app-*`)).toEqual([]);
  });

  test("is every role to assume of any account, but not roles by name", () => {
    const assume = (resource: OneOrMore): string[] => waysOf([[allow("sts:AssumeRole", resource)]]);
    expect(assume("arn:aws:iam::222222222222:role/*")).toEqual(["N1 sts:AssumeRole"]);
    expect(assume("arn:aws:iam::*:role/deployer")).toEqual([]);
    expect(assume([ROLE, "arn:aws:iam::222222222222:role/deployer"])).toEqual([]);
  });

  test("is the role's own policies and its boundary", () => {
    const own = `arn:aws:iam::${ACCOUNT}:policy/own`;
    const edit = [[allow("iam:CreatePolicyVersion", own)]];
    expect(waysOf(edit, { ownPolicyArns: [own] })).toEqual(["N1 iam:CreatePolicyVersion"]);
    expect(waysOf(edit)).toEqual([]);
  });

  test("is narrowed by the role that is passed, not by the name of what it is passed to", () => {
    const pass = (roles: string, functions: string): string[] =>
      waysOf([
        [
          allow("iam:PassRole", roles),
          allow(["lambda:CreateFunction", "lambda:InvokeFunction"], functions),
        ],
      ]);
    const named = `arn:aws:lambda:*:${ACCOUNT}:function:app-*`;
    expect(pass("*", named)).toEqual([
      "N2 iam:PassRole lambda:CreateFunction lambda:InvokeFunction",
    ]);
    expect(pass(`arn:aws:iam::${ACCOUNT}:role/lambda/*`, "*")).toEqual([]);
  });
});

describe("what a role creates and then gives permissions to", () => {
  const IAM = ["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"];
  const CREATE = "N1 iam:CreateRole iam:AttachRolePolicy";
  const APPS = "arn:aws:iam::*:role/app-*";
  const bounded = {
    ArnLike: { "iam:PermissionsBoundary": `arn:aws:iam::${ACCOUNT}:policy/app-boundary` },
  };

  test("may have any name that a pattern covers", () => {
    expect(waysOf([[allow(IAM, APPS)]])).toEqual([CREATE]);
    expect(waysOf([[allow(IAM, `arn:aws:iam::${ACCOUNT}:role/app-?`)]])).toEqual([CREATE]);
    expect(waysOf([[allow("iam:CreateRole"), allow("iam:PutRolePolicy", APPS)]])).toEqual([
      "N1 iam:CreateRole iam:PutRolePolicy",
    ]);
  });

  test("is no way for names without a wildcard, for other accounts, or where the patterns do not meet", () => {
    expect(waysOf([[allow(IAM, `arn:aws:iam::${ACCOUNT}:role/app-one`)]])).toEqual([]);
    expect(waysOf([[allow(IAM, "arn:aws:iam::222222222222:role/app-*")]])).toEqual([]);
    const apart = [
      allow("iam:CreateRole", APPS),
      allow("iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/team/*`),
    ];
    expect(waysOf([apart])).toEqual([]);
  });

  test("is bounded where a boundary is asked for, by the creation or by what follows", () => {
    expect(waysOf([[allow(IAM, APPS, bounded)]])).toEqual([]);
    const creation = [allow("iam:CreateRole", APPS, bounded), allow("iam:PutRolePolicy", APPS)];
    expect(waysOf([creation])).toEqual([]);
    const following = [allow("iam:CreateRole", APPS), allow("iam:PutRolePolicy", APPS, bounded)];
    expect(waysOf([following])).toEqual([]);
    const denied = deny("iam:CreateRole", "*", { ArnNotLike: bounded.ArnLike });
    expect(waysOf([[allow(IAM, APPS), denied]])).toEqual([]);
  });

  test("is not bounded by a pattern that the widest policy fits", () => {
    const any = { ArnLike: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/*" } };
    expect(waysOf([[allow(IAM, APPS, any)]])).toEqual([CREATE]);
  });

  test("is a user with a key or a password, too", () => {
    const users = "arn:aws:iam::*:user/app-*";
    const make = ["iam:CreateUser", "iam:PutUserPolicy"];
    expect(waysOf([[allow([...make, "iam:CreateLoginProfile"], users)]])).toEqual([
      "N1 iam:CreateUser iam:PutUserPolicy iam:CreateLoginProfile",
    ]);
    expect(waysOf([[allow(make, users)]])).toEqual([]);
  });
});

describe("a condition on the time", () => {
  const NOW = "2026-11-30T12:00:00Z";
  const at = (Condition: NonNullable<Statement["Condition"]>): string[] =>
    waysOf([[allow(PUT, "*", Condition)]], { now: NOW });

  test.each<[string, NonNullable<Statement["Condition"]>]>([
    ["the current time", { DateLessThan: { "aws:CurrentTime": "2026-11-30T11:59:59Z" } }],
    [
      "if it exists, which it always does",
      { DateLessThanEqualsIfExists: { "aws:CurrentTime": "2020-01-01" } },
    ],
    ["a day that is over", { DateEquals: { "aws:CurrentTime": "2026-11-29T00:00:00Z" } }],
    ["seconds", { DateLessThan: { "aws:EpochTime": "1577836800" } }],
    ["the age of credentials", { DateLessThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } }],
  ])("that is over takes the way: %s", (_, condition) => {
    expect(at(condition)).toEqual([]);
  });

  test.each<[string, NonNullable<Statement["Condition"]>]>([
    ["to come", { DateLessThan: { "aws:CurrentTime": "2026-12-01T00:00:00Z" } }],
    ["from a moment on", { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }],
    ["but not another", { DateNotEquals: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }],
    ["one of several", { DateLessThan: { "aws:CurrentTime": ["2020-01-01", "2030-01-01"] } }],
    [
      "credentials of a session that still runs",
      { DateLessThan: { "aws:TokenIssueTime": "2026-11-29T12:00:00Z" } },
    ],
    [
      "credentials that carry no time",
      { DateLessThanIfExists: { "aws:TokenIssueTime": "2020-01-01" } },
    ],
  ])("leaves the way: %s", (_, condition) => {
    expect(at(condition)).toEqual([WAY]);
  });

  test("leaves every way where the time is not known", () => {
    const past = { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } };
    expect(waysOf([[allow(PUT, "*", past)]])).toEqual([WAY]);
  });

  test("that is over takes nothing from a role by a deny", () => {
    const past = { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } };
    expect(waysOf([[allow(PUT), deny(PUT, "*", past)]], { now: NOW })).toEqual([WAY]);
  });
});

describe("what takes a way from a role", () => {
  test.each<[string, Statement[], boolean]>([
    ["a deny of the action", [deny("iam:Put*")], false],
    ["a deny for other roles", [deny(PUT, `arn:aws:iam::${ACCOUNT}:role/ops/*`)], true],
    [
      "a deny of all but some actions",
      [{ Effect: "Deny", NotAction: "s3:*", Resource: "*" }],
      false,
    ],
    [
      "a deny unless a boundary is set",
      [deny(PUT, "*", { StringNotEquals: { "iam:PermissionsBoundary": "arn:x" } })],
      false,
    ],
    [
      "a deny that spares the role itself",
      [deny(PUT, "*", { ArnNotLike: { "aws:PrincipalArn": ROLE } })],
      true,
    ],
    [
      "a deny from outside a network, as the caller may be inside",
      [deny(PUT, "*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
      true,
    ],
  ])("%s", (_, statements, remains) => {
    expect(waysOf([[allow(PUT)], statements])).toEqual(remains ? [WAY] : []);
  });

  test("is a boundary that does not allow it, or denies it", () => {
    const bounded = (...boundary: Statement[]): string[] => waysOf([[allow(PUT)]], { boundary });
    expect(bounded(allow("*"))).toEqual([WAY]);
    expect(bounded(allow("s3:*"))).toEqual([]);
    expect(bounded(allow("*"), deny("iam:*"))).toEqual([]);
    expect(bounded(allow("iam:*", `arn:aws:iam::${ACCOUNT}:role/service/*`))).toEqual([]);
  });

  test.each<[string, NonNullable<Statement["Condition"]>, boolean]>([
    ["a boundary on what is changed", { StringEquals: { "iam:PermissionsBoundary": "x" } }, false],
    ["a tag of what is changed", { StringEquals: { "aws:ResourceTag/team": "shop" } }, false],
    ["the absence of a tag", { StringNotEquals: { "aws:ResourceTag/team": "core" } }, true],
    ["the role itself", { ArnEquals: { "aws:PrincipalArn": ROLE } }, true],
    ["another role", { ArnEquals: { "aws:PrincipalArn": `${ROLE}-2` } }, false],
    ["multi-factor authentication", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, true],
    ["a time", { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } }, true],
  ])(
    "is a condition on what is acted on, not one on circumstances: %s",
    (_, condition, remains) => {
      expect(waysOf([[allow(PUT, "*", condition)]])).toEqual(remains ? [WAY] : []);
    },
  );

  test("is a condition on the policies that may be attached, unless the widest is among them", () => {
    const attach = (pattern: string): string[] =>
      waysOf([[allow("iam:AttachRolePolicy", "*", { ArnLike: { "iam:PolicyARN": pattern } })]]);
    expect(attach("arn:aws:iam::aws:policy/job-function/*")).toEqual([]);
    expect(attach("arn:aws:iam::aws:policy/*")).toEqual(["N1 iam:AttachRolePolicy"]);
  });

  test("is a condition on the service that a role is passed to, unless it is the one", () => {
    const pass = (service: string): string[] =>
      waysOf([
        [
          allow("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": service } }),
          allow("ec2:RunInstances"),
        ],
      ]);
    expect(pass("ec2.amazonaws.com")).toEqual(["N2 iam:PassRole ec2:RunInstances"]);
    expect(pass("ec2.amazonaws.com.cn")).toEqual(["N2 iam:PassRole ec2:RunInstances"]);
    expect(pass("lambda.amazonaws.com")).toEqual([]);
  });

  test("is never another allow", () => {
    const statement = fc.record({
      Effect: fc.constantFrom("Allow" as const, "Deny" as const),
      Action: fc.constantFrom(PUT, "iam:*", "iam:PassRole", "ec2:*", "*", "s3:*"),
      Resource: fc.constantFrom("*", ROLE, `arn:aws:iam::${ACCOUNT}:role/x/*`),
    });
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), statement, (statements, one) => {
        const before = waysOf([statements]);
        const after = waysOf([[...statements, { ...one, Effect: "Allow" as const }]]);
        expect(after).toEqual(expect.arrayContaining(before));
      }),
      { numRuns: 100 },
    );
  });
});

describe("AWS managed policies", () => {
  const ways = (name: string): string[] => {
    const document: PolicyDocument | undefined = managedPolicyDocument(name);
    return waysOf([document?.Statement ?? [allow("*")]]);
  };

  test.each([
    "ReadOnlyAccess",
    "job-function/ViewOnlyAccess",
    "SecurityAudit",
    "IAMReadOnlyAccess",
    "AmazonSSMManagedInstanceCore",
  ])("%s gives no way", (name) => {
    expect(ways(name)).toEqual([]);
  });

  test("PowerUserAccess lets its role assume every role, IAMFullAccess change every role", () => {
    expect(ways("PowerUserAccess")).toContain("N1 sts:AssumeRole");
    expect(ways("PowerUserAccess")).not.toContain(WAY);
    expect(ways("IAMFullAccess")).toContain(WAY);
  });

  test("AdministratorAccess gives every way that there is", () => {
    expect(ways("AdministratorAccess")).toHaveLength(ESCALATION_PATHS.length);
  });
});

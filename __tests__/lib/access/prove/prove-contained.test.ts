import { DEFAULT_LIMITS, proveContained } from "../../../../lib/access/prove/prove-contained";
import type { ContainmentQuestion, Verdict } from "../../../../lib/access/prove/prove-contained";
import type { AccountDirectory } from "../../../../lib/access/account-directory";
import { contextValues } from "../../../../lib/iam/condition/request-context";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type {
  ConditionBlock,
  PolicyDocument,
  Statement,
} from "../../../../lib/iam/policy-document";

const roleArn = "arn:aws:iam::222222222222:role/spoke";
const ORG = "o-exampleorg1";
const accounts: AccountDirectory = new Map([
  ["111111111111", { organizationId: ORG }],
  ["222222222222", { organizationId: ORG }],
  ["333333333333", {}],
]);
const HUB = { AWS: "arn:aws:iam::111111111111:root" };
const ANYONE = { AWS: "*" };
const NOBODY = policyDocument([]);

function trust(
  principal: NonNullable<Statement["Principal"]>,
  condition: ConditionBlock = {},
  action = "sts:AssumeRole",
): PolicyDocument {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: principal,
      Action: action,
      Condition: condition,
    },
  ]);
}

function prove(
  granted: PolicyDocument,
  declared: PolicyDocument,
  more: Partial<ContainmentQuestion> = {},
): Verdict {
  return proveContained({ roleArn, accounts, granted, declared, ...more });
}

/** The request that refutes, shortened to what the test is about. */
function refuting(granted: PolicyDocument, declared: PolicyDocument, more = {}) {
  const verdict = prove(granted, declared, more);
  if (verdict.verdict !== "refuted") throw new Error(`not refuted: ${JSON.stringify(verdict)}`);
  return verdict.counterexample;
}

const PROVED = { verdict: "proved" };

describe("a counterexample", () => {
  test("is one whole request, with no key that it does not need", () => {
    const declared = trust(HUB, { StringEquals: { "sts:ExternalId": "abc" } });
    const { request, withoutPermission } = refuting(trust(HUB), declared);
    expect(request).toEqual({
      caller: { kind: "user", arn: "arn:aws:iam::111111111111:user/x" },
      action: "sts:AssumeRole",
      roleArn,
      context: new Map([
        [
          "aws:principalarn",
          { name: "aws:PrincipalArn", values: ["arn:aws:iam::111111111111:user/x"] },
        ],
        ["aws:principalaccount", { name: "aws:PrincipalAccount", values: ["111111111111"] }],
        ["aws:principalorgid", { name: "aws:PrincipalOrgID", values: [ORG] }],
      ]),
    });
    expect(withoutPermission).toBe(false);
  });

  test("takes the values that the policies ask for", () => {
    const granted = trust(HUB, {
      StringLike: { "sts:ExternalId": ["abc-?", "x"] },
      NumericGreaterThanEquals: { "aws:MultiFactorAuthAge": "60" },
    });
    const declared = trust(HUB, { StringEquals: { "sts:ExternalId": "abc-x" } });
    const { context } = refuting(granted, declared).request;
    expect(contextValues(context, "sts:ExternalId")).toEqual(["abc-y"]);
    expect(contextValues(context, "aws:MultiFactorAuthAge")).toEqual(["60"]);
    // IAM's external ids have two characters at least, so `x` is none.
    expect(contextValues(context, "aws:MultiFactorAuthPresent")).toEqual([]);
  });

  test("comes from an account that is neither named nor in the map, where that is enough", () => {
    const { caller } = refuting(trust(ANYONE), trust(HUB)).request;
    expect(caller).toEqual({ kind: "user", arn: "arn:aws:iam::999999999999:user/x" });
  });
});

describe("principals", () => {
  test("an account, its id and all of its users and roles are the same callers elsewhere", () => {
    expect(prove(trust(HUB), trust({ AWS: "111111111111" }))).toEqual(PROVED);
    expect(
      prove(
        trust(HUB),
        trust(ANYONE, { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:*" } }),
      ),
    ).toEqual(PROVED);
    expect(
      prove(
        trust(HUB),
        trust(ANYONE, { StringEquals: { "aws:PrincipalAccount": "111111111111" } }),
      ),
    ).toEqual(PROVED);
  });

  test("a role as principal and its pinned ARN are the same callers", () => {
    const role = "arn:aws:iam::111111111111:role/path/hub";
    const pinned = trust(HUB, { ArnEquals: { "aws:PrincipalArn": role } });
    expect(prove(trust({ AWS: role }), pinned)).toEqual(PROVED);
    expect(prove(pinned, trust({ AWS: role }))).toEqual(PROVED);
    expect(prove(pinned, trust({ AWS: "arn:aws:iam::111111111111:role/hub" })).verdict).toBe(
      "refuted",
    );
  });

  test("a session is one of its role's", () => {
    const session = trust({ AWS: "arn:aws:sts::111111111111:assumed-role/hub/ci" });
    const role = trust({ AWS: "arn:aws:iam::111111111111:role/hub" });
    const anyPath = trust(HUB, {
      ArnLike: {
        "aws:PrincipalArn": [
          "arn:aws:iam::111111111111:role/hub",
          "arn:aws:iam::111111111111:role/*/hub",
        ],
      },
    });
    expect(prove(session, anyPath)).toEqual(PROVED);
    expect(refuting(session, role).request.caller).toEqual({
      kind: "role-session",
      roleArn: "arn:aws:iam::111111111111:role/x/hub",
      sessionName: "ci",
    });
    expect(prove(role, session).verdict).toBe("refuted");
  });

  test("partitions never meet", () => {
    const china = "arn:aws-cn:iam::222222222222:role/spoke";
    expect(prove(trust(HUB), NOBODY, { roleArn: china })).toEqual(PROVED);
    const root = { AWS: "arn:aws-cn:iam::111111111111:root" };
    expect(prove(trust(root), NOBODY, { roleArn: china }).verdict).toBe("refuted");
  });

  test("services and providers that are not named are tried too", () => {
    const everyone = policyDocument([
      { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
      {
        Effect: "Deny",
        Principal: ANYONE,
        Action: "*",
        Condition: { Null: { "aws:PrincipalArn": "false" } },
      },
    ]);
    const service = trust({ Service: "ec2.amazonaws.com" });
    expect(refuting(everyone, service).request.caller).toEqual({
      kind: "service",
      service: "unnamed.amazonaws.com",
    });
  });

  test("a claim tells tokens of its own provider apart, and of no other", () => {
    const github = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
    const action = "sts:AssumeRoleWithWebIdentity";
    const main = { StringEquals: { "token.actions.githubusercontent.com:sub": "main" } };
    expect(
      refuting(trust({ Federated: github }, {}, action), trust({ Federated: github }, main, action))
        .request.caller,
    ).toEqual({
      kind: "web-identity",
      provider: github,
    });
    const gitlab = github.replace("token.actions.githubusercontent.com", "gitlab.com");
    expect(prove(trust({ Federated: gitlab }, main, action), NOBODY)).toEqual(PROVED);
  });
});

describe("the caller's own permission", () => {
  const own = "arn:aws:iam::222222222222:role/app";
  const pinned = { ArnEquals: { "aws:PrincipalArn": own } };
  const account = trust({ AWS: "222222222222" }, pinned);

  test("a grant that needs none is more than one that does (TR-02 to TR-05)", () => {
    for (const direct of [trust({ AWS: own }), trust(ANYONE, pinned)]) {
      const counterexample = refuting(direct, account);
      expect(counterexample.withoutPermission).toBe(true);
      expect(counterexample.request.caller).toMatchObject({ roleArn: own });
      expect(prove(account, direct)).toEqual(PROVED);
    }
  });

  test("makes no difference to callers of other accounts (TR-01), or where it is assumed", () => {
    const elsewhere = { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/hub" } };
    expect(prove(trust(ANYONE, elsewhere), trust(HUB, elsewhere))).toEqual(PROVED);
    expect(prove(trust({ AWS: own }), account, { assumePermission: true })).toEqual(PROVED);
  });
});

describe("axioms of the environment", () => {
  const inOrg: ConditionBlock = { StringEquals: { "aws:PrincipalOrgID": ORG } };

  test("an account of the map is in its organization, unless it is left out of the directory", () => {
    expect(prove(trust(HUB), trust(HUB, inOrg))).toEqual(PROVED);
    const { request } = refuting(trust(HUB), trust(HUB, inOrg), { accounts: new Map() });
    expect(contextValues(request.context, "aws:PrincipalOrgID")).toEqual([]);
  });

  test("an account of the map in no organization is in none", () => {
    expect(prove(trust({ AWS: "333333333333" }, inOrg), NOBODY)).toEqual(PROVED);
  });

  test("an account outside of the map may be in the organization or not", () => {
    const stranger = { AWS: "444444444444" };
    expect(prove(trust(stranger, inOrg), NOBODY).verdict).toBe("refuted");
    expect(prove(trust(stranger), trust(stranger, inOrg)).verdict).toBe("refuted");
  });

  test("a path in an organization begins with the organization", () => {
    const under = trust(ANYONE, {
      "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": `${ORG}/r-ab12/ou-ab12-cdefgh34/*` },
    });
    expect(prove(under, trust(ANYONE, inOrg), { accounts: new Map() })).toEqual(PROVED);
    expect(prove(trust(ANYONE, inOrg), under).verdict).toBe("refuted");
  });

  test("an organizational unit that the map knows settles the path", () => {
    const directory: AccountDirectory = new Map([
      [
        "111111111111",
        { organizationId: ORG, organizationPath: `${ORG}/r-ab12/ou-ab12-cdefgh34/` },
      ],
    ]);
    const condition = (path: string): ConditionBlock => ({
      "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": `${ORG}/r-ab12/${path}` },
    });
    const more = { accounts: directory };
    expect(prove(trust(HUB), trust(HUB, condition("ou-ab12-cdefgh34/*")), more)).toEqual(PROVED);
    expect(prove(trust(HUB, condition("ou-ab12-other123/*")), NOBODY, more)).toEqual(PROVED);
  });

  test("the time is always there and never before the credentials were issued", () => {
    const always: ConditionBlock = { Null: { "aws:CurrentTime": "false" } };
    expect(prove(trust(HUB), trust(HUB, always))).toEqual(PROVED);
    const impossible: ConditionBlock = {
      DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
      DateGreaterThanEquals: { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" },
    };
    expect(prove(trust(HUB, impossible), NOBODY)).toEqual(PROVED);
    const possible: ConditionBlock = {
      DateLessThanEquals: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
      DateGreaterThanEquals: { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" },
    };
    expect(prove(trust(HUB, possible), NOBODY).verdict).toBe("refuted");
  });

  test("an address and a VPC endpoint exclude each other (CK-11, CK-12)", () => {
    const both: ConditionBlock = {
      IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
      StringLike: { "aws:SourceVpce": "*" },
    };
    expect(prove(trust(HUB, both), NOBODY)).toEqual(PROVED);
    const neither: ConditionBlock = { Null: { "aws:SourceIp": "true", "aws:SourceVpce": "true" } };
    expect(prove(trust(HUB, neither), NOBODY)).toEqual(PROVED);
  });

  test("a tag that is passed stands among the tag keys", () => {
    const hidden: ConditionBlock = {
      StringEquals: { "aws:RequestTag/team": "red" },
      "ForAllValues:StringNotEqualsIgnoreCase": { "aws:TagKeys": "team" },
    };
    expect(prove(trust(HUB, hidden, "sts:TagSession"), NOBODY)).toEqual(PROVED);
    const only: ConditionBlock = { "ForAllValues:StringEquals": { "aws:TagKeys": "team" } };
    const { context } = refuting(
      trust(HUB, { "ForAnyValue:StringLike": { "aws:TagKeys": "*" } }, "sts:TagSession"),
      trust(HUB, only, "sts:TagSession"),
    ).request;
    expect(contextValues(context, "aws:TagKeys")).toHaveLength(1);
    expect(contextValues(context, "aws:TagKeys")).not.toContain("team");
  });

  test("a user's name is the last part of its ARN", () => {
    const ann: ConditionBlock = { StringEquals: { "aws:username": "ann" } };
    const arns: ConditionBlock = {
      ArnLike: {
        "aws:PrincipalArn": [
          "arn:aws:iam::111111111111:user/ann",
          "arn:aws:iam::111111111111:user/*/ann",
        ],
      },
    };
    expect(prove(trust(HUB, ann), trust(HUB, arns))).toEqual(PROVED);
    expect(prove(trust(HUB, arns), trust(HUB, ann))).toEqual(PROVED);
  });
});

describe("accounts", () => {
  test("patterns for account ids are told apart from the ids of the map", () => {
    const ten: AccountDirectory = new Map(
      "0123456789".split("").map((digit) => [`11111111111${digit}`, { organizationId: ORG }]),
    );
    const pattern = trust(ANYONE, {
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::11111111111?:role/hub" },
    });
    const inOrg: ConditionBlock = { StringEquals: { "aws:PrincipalOrgID": ORG } };
    // All ten accounts that the pattern matches are in the map, and in the organization.
    expect(prove(pattern, trust(ANYONE, inOrg), { accounts: ten })).toEqual(PROVED);
    const nine = new Map([...ten].slice(1));
    const { request } = refuting(pattern, trust(ANYONE, inOrg), { accounts: nine });
    expect(request.caller).toMatchObject({ roleArn: "arn:aws:iam::111111111110:role/hub" });
  });

  test("a `*` of StringLike reaches across the colons of an ARN, one of ArnLike does not", () => {
    const like = "arn:*:role/hub";
    const string = trust(ANYONE, { StringLike: { "aws:PrincipalArn": like } });
    expect(prove(string, NOBODY).verdict).toBe("refuted");
    const fields = trust(ANYONE, { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/hub" } });
    expect(refuting(string, fields).request.caller).toEqual({
      kind: "user",
      arn: "arn:aws:iam::999999999999:user/:role/hub",
    });
    expect(prove(fields, string)).toEqual(PROVED);
  });
});

describe("unknown is never success", () => {
  const variable: ConditionBlock = {
    StringEquals: { "sts:ExternalId": "${aws:PrincipalTag/customer}" },
  };

  test("a policy variable that depends on the request is decided by a value that it can have", () => {
    expect(prove(trust(HUB, variable), NOBODY).verdict).toBe("refuted");
    expect(prove(trust(HUB), trust(HUB, variable)).verdict).toBe("refuted");
  });

  test("but what both policies have makes no difference to either", () => {
    expect(prove(trust(HUB, variable), trust(HUB, variable))).toEqual(PROVED);
    expect(prove(trust(HUB, variable), trust(HUB))).toEqual(PROVED);
  });

  test("and what is certain is said before what is not", () => {
    const granted = policyDocument([
      ...trust(HUB, variable).Statement,
      ...trust({ AWS: "444444444444" }).Statement,
    ]);
    expect(prove(granted, trust(HUB, variable)).verdict).toBe("refuted");
  });

  test("variables of the caller's account are replaced", () => {
    const own: ConditionBlock = {
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/hub" },
    };
    const written: ConditionBlock = {
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/hub" },
    };
    expect(prove(trust(HUB, own), trust(HUB, written))).toEqual(PROVED);
    expect(prove(trust(HUB, written), trust(HUB, own))).toEqual(PROVED);
  });

  test.each<[string, NonNullable<Statement["Principal"]>, ConditionBlock]>([
    ["an operator that does not exist", HUB, { StringEqual: { "sts:ExternalId": "abc" } }],
    ["a malformed value", HUB, { IpAddress: { "aws:SourceIp": "203.0.113.*" } }],
    ["a wildcard within a principal (GR-07)", { AWS: "arn:aws:iam::111111111111:role/*" }, {}],
    [
      "operators of different types on one key",
      HUB,
      { StringLike: { "x:key": "1*" }, NumericLessThan: { "x:key": "9" } },
    ],
    [
      "`IfExists` on `ForAnyValue:`",
      HUB,
      {
        "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "a" },
        Null: { "aws:TagKeys": "true" },
      },
    ],
  ])("%s", (_name, principal, condition) => {
    expect(prove(trust(principal, condition), NOBODY).verdict).toBe("unknown");
  });

  test("a wildcard in an account id that a variable completes", () => {
    const odd: ConditionBlock = {
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::1${aws:userid}:role/x" },
    };
    expect(prove(trust(ANYONE, odd), NOBODY).verdict).toBe("unknown");
  });

  test("too many cells: a search that reaches its limit", () => {
    const globs = "abcdefghij".split("").map((letter) => `*${letter}${letter}*`);
    const all = trust(HUB, { StringLike: { "sts:ExternalId": globs } });
    const fewer = trust(HUB, { StringLike: { "sts:ExternalId": globs.slice(1) } });
    const reasons = ["the policies tell too many cases apart to try them all"];
    expect(prove(all, fewer).verdict).toBe("refuted");
    expect(prove(all, fewer, { limits: { ...DEFAULT_LIMITS, nodes: 3 } })).toEqual({
      verdict: "unknown",
      reasons,
    });
    expect(prove(all, fewer, { limits: { ...DEFAULT_LIMITS, states: 2 } })).toEqual({
      verdict: "unknown",
      reasons,
    });
  });

  test("too many cells: patterns whose automata have too many states", () => {
    // The two patterns of the second policy together are the one of the first.
    const ask = (gap: string): Verdict =>
      prove(
        trust(HUB, { StringLike: { "sts:ExternalId": `*a${gap}` } }),
        trust(HUB, { StringLike: { "sts:ExternalId": [`a${gap}`, `?*a${gap}`] } }),
      );
    expect(ask("???")).toEqual(PROVED);
    expect(ask("?".repeat(16)).verdict).toBe("unknown");
  });

  test("an ARN that is none of a role", () => {
    expect(
      prove(trust(HUB), trust(HUB), { roleArn: "arn:aws:iam::222222222222:user/ann" }),
    ).toEqual({
      verdict: "unknown",
      reasons: ["`arn:aws:iam::222222222222:user/ann` is not the ARN of a role"],
    });
  });
});

test("a document of ten thousand statements is answered, not thrown at", () => {
  const statements = Array.from({ length: 10_000 }, (_, index): Statement => ({
    Effect: "Allow",
    Principal: HUB,
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { [`aws:PrincipalTag/t${index}`]: "x" } },
  }));
  const verdict = prove(policyDocument(statements), policyDocument(statements.slice(1)));
  expect(["refuted", "unknown"]).toContain(verdict.verdict);
}, 60_000);

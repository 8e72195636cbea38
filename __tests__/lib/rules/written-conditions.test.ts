import { policy, ruleMessages, statement } from "../../support/rules/rule-messages";

const MAP = {
  organizations: { example: { id: "o-exampleorg1" } },
  accounts: { tools: { id: "111111111111" } },
  hubs: {
    automation: {
      account: "tools",
      principals: { bot: { user: { name: "bot" } } },
      permissions: { documents: ["own"] },
    },
  },
};

function judge(
  rule: string,
  effect: "Allow" | "Deny",
  condition: object,
  action = "s3:*",
): string[] {
  const own = policy(
    statement(effect, action, { Resource: "arn:aws:s3:::example-*", Condition: condition }),
  );
  return ruleMessages(rule, MAP, { own });
}

describe("a key that calls of roles never have", () => {
  test.each([
    [
      "CK-10",
      "Allow",
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::a" } },
      "so the statement allows nothing",
    ],
    [
      "CK-10",
      "Deny",
      { StringEquals: { "aws:SourceOrgID": "o-exampleorg1" } },
      "so the statement denies nothing",
    ],
    [
      "CK-10",
      "Deny",
      { StringNotEquals: { "AWS:sourceaccount": "111111111111" } },
      "so the condition does not limit the deny",
    ],
    [
      "CK-10",
      "Allow",
      { StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } },
      "so the condition has no effect",
    ],
    [
      "CK-16",
      "Allow",
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      "so the statement allows nothing",
    ],
    [
      "CK-16",
      "Allow",
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
      "so the condition has no effect if they lack it, and the statement allows nothing if it is `false`: AWS documents both",
    ],
    [
      "CK-16",
      "Deny",
      { Bool: { "aws:MultiFactorAuthPresent": "false" } },
      "so the statement denies nothing if they lack it, and the condition does not limit the deny if it is `false`: AWS documents both",
    ],
    [
      "CK-16",
      "Deny",
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      "so the condition does not limit the deny",
    ],
    [
      "CK-16",
      "Deny",
      { Null: { "aws:MultiFactorAuthAge": "true" } },
      "so the condition does not limit the deny",
    ],
    [
      "CK-16",
      "Allow",
      { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } },
      "so the statement allows nothing",
    ],
    [
      "CK-19",
      "Deny",
      { NumericGreaterThan: { "sts:DurationSeconds": "3600" } },
      "so the statement denies nothing",
    ],
    [
      "CK-22",
      "Deny",
      { NumericLessThan: { "ec2:RoleDelivery": "2.0" } },
      "so the statement denies nothing",
    ],
  ] as const)("%s, in %s %j: %s", (rule, effect, condition, consequence) => {
    const messages = judge(rule, effect, condition);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.endsWith(consequence)).toBe(true);
  });

  test("is judged in a document that nothing uses, and in statements of the map", () => {
    const condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    const unused = policy(statement("Allow", "s3:*", { Condition: condition }));
    const plain = { accounts: MAP.accounts };
    expect(ruleMessages("CK-16", plain, { unused })).toHaveLength(1);
    const statements = [statement("Allow", "s3:*", { Condition: condition })];
    const hubs = { automation: { ...MAP.hubs.automation, permissions: { statements } } };
    expect(ruleMessages("CK-16", { ...MAP, hubs })).toHaveLength(1);
  });

  test("is judged in a boundary", () => {
    const ceiling = policy(
      statement("Allow", "*"),
      statement("Deny", "s3:*", {
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      }),
    );
    const hubs = {
      automation: {
        ...MAP.hubs.automation,
        permissions: undefined,
        permissionsBoundary: "ceiling",
      },
    };
    expect(ruleMessages("CK-16", { ...MAP, hubs }, { ceiling })).toHaveLength(1);
  });
});

describe("the keys of an instance (CK-22)", () => {
  test("are there for the role of an instance profile", () => {
    const principals = { instances: { instanceProfile: {} } };
    const hubs = { automation: { ...MAP.hubs.automation, principals } };
    const own = policy(
      statement("Deny", "s3:*", { Condition: { NumericLessThan: { "ec2:RoleDelivery": "2.0" } } }),
    );
    expect(ruleMessages("CK-22", { ...MAP, hubs }, { own })).toEqual([]);
  });
});

describe("calls of a service in its own name (CK-24)", () => {
  test.each([
    ["Allow", { Bool: { "aws:PrincipalIsAWSService": "true" } }, 1],
    ["Deny", { Bool: { "aws:PrincipalIsAWSService": "true" } }, 1],
    ["Allow", { StringEquals: { "aws:PrincipalServiceName": "s3.amazonaws.com" } }, 1],
    ["Deny", { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } }, 0],
    ["Deny", { StringNotEqualsIfExists: { "aws:PrincipalServiceName": "s3.amazonaws.com" } }, 0],
  ] as const)("%s %j: %i", (effect, condition, count) => {
    expect(judge("CK-24", effect, condition)).toHaveLength(count);
  });
});

describe("networks", () => {
  test.each([
    [
      { IpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" } },
      "through every VPC endpoint, which have no `aws:SourceIp`",
    ],
    [
      { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } },
      "from anywhere on the internet, which have no `aws:SourceVpc`",
    ],
    [
      {
        IpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" },
        StringEqualsIfExists: { "aws:SourceVpc": "vpc-1" },
      },
      "that have neither an address nor a VPC",
    ],
  ])("an allowance with IfExists lets strangers pass (CK-13): %j", (condition, calls) => {
    expect(judge("CK-13", "Allow", condition)).toEqual([`this also allows calls ${calls}`]);
  });

  test.each([
    ["Allow", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }],
    [
      "Allow",
      {
        IpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" },
        StringEquals: { "aws:SourceVpc": "vpc-1" },
      },
    ],
    ["Deny", { NotIpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" } }],
  ] as const)("%s %j is left alone (CK-13)", (effect, condition) => {
    expect(judge("CK-13", effect, condition)).toEqual([]);
  });

  test.each([
    ["s3:*", { StringNotEquals: { "aws:SourceVpc": "vpc-1" } }, 1],
    [
      "s3:*",
      {
        StringNotEquals: { "aws:SourceVpc": "vpc-1" },
        BoolIfExists: { "aws:ViaAWSService": "false" },
      },
      0,
    ],
    ["s3:*", { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } }, 0],
    ["sts:AssumeRole", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, 0],
  ])("a denial of %s by %j hits services %i times (CK-14)", (action, condition, count) => {
    expect(judge("CK-14", "Deny", condition, action)).toHaveLength(count);
  });
});

describe("the operators of times (CK-23)", () => {
  test.each([
    [{ StringEquals: { "aws:CurrentTime": "2026-06-01T00:00:00Z" } }, 1],
    [{ NumericLessThan: { "aws:CurrentTime": "1780272000" } }, 1],
    [{ NumericLessThan: { "aws:EpochTime": "1780272000" } }, 0],
    [{ DateLessThan: { "aws:EpochTime": "2026-06-01T00:00:00Z" } }, 0],
    [{ Null: { "aws:TokenIssueTime": "false" } }, 0],
  ])("%j: %i", (condition, count) => {
    expect(judge("CK-23", "Allow", condition)).toHaveLength(count);
  });
});

describe("the name of a user (CK-20)", () => {
  test.each([
    [{ StringLike: { "s3:prefix": "${aws:username}/*" } }, 1],
    [{ StringEquals: { "aws:username": "ann" } }, 1],
    [{ StringLike: { "s3:prefix": "${aws:username, 'nobody'}/*" } }, 0],
    [{ StringLike: { "s3:prefix": "${aws:userid}/*" } }, 0],
  ])("%j: %i", (condition, count) => {
    expect(judge("CK-20", "Allow", condition)).toHaveLength(count);
  });
});

describe("the organization of the caller in its own policy", () => {
  test.each([
    [{ StringEquals: { "aws:PrincipalOrgID": "{{organization.id}}" } }, ["SEED-2"]],
    [{ StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } }, ["SEED-2"]],
    [{ StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } }, ["SEED-2"]],
    [{ StringEquals: { "aws:PrincipalOrgID": "o-otherorgan2" } }, ["CK-01"]],
    [{ StringEquals: { "aws:ResourceOrgID": "o-exampleorg1" } }, []],
  ])("%j is one finding at the most: %j", (condition, expected) => {
    const found = ["SEED-2", "CK-01"].filter((rule) => judge(rule, "Allow", condition).length > 0);
    expect(found).toEqual(expected);
  });

  test("is missing in accounts of no organization (CK-01)", () => {
    const accounts = { tools: { id: "111111111111", organization: "none" } };
    const own = policy(
      statement("Allow", "s3:*", {
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } },
      }),
    );
    expect(ruleMessages("CK-01", { ...MAP, accounts }, { own })).toEqual([
      "this is used in `tools`, of no organization, so the statement allows nothing there",
    ]);
  });
});

describe("a target of any account (SEED-1)", () => {
  const ANY = "arn:aws:iam::*:role/automation-spoke-role";
  const judgeTarget = (more: object, action = "sts:AssumeRole"): number =>
    ruleMessages("SEED-1", MAP, {
      own: policy(statement("Allow", action, { Resource: ANY, ...more })),
    }).length;

  test.each([
    ["with no condition", {}],
    [
      "with the caller's organization",
      { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } } },
    ],
    [
      "with the target's organization, if there is one",
      { Condition: { StringEqualsIfExists: { "aws:ResourceOrgID": "o-exampleorg1" } } },
    ],
    [
      "with all but one account",
      { Condition: { StringNotEquals: { "aws:ResourceAccount": "222222222222" } } },
    ],
    [
      "of all accounts whose ids begin alike",
      { Resource: "arn:aws:iam::2222????????:role/automation-spoke-role" },
    ],
  ])("is found %s", (_what, more) => {
    expect(judgeTarget(more)).toBe(1);
  });

  test.each([
    [
      "with the target's organization",
      { Condition: { StringEquals: { "aws:ResourceOrgID": "o-exampleorg1" } } },
    ],
    [
      "with the target's account",
      { Condition: { StringEquals: { "aws:ResourceAccount": ["222222222222"] } } },
    ],
    [
      "with the target's unit",
      { Condition: { "ForAnyValue:StringLike": { "aws:ResourceOrgPaths": "o-exampleorg1/*" } } },
    ],
    ["in an account that is named", { Resource: "arn:aws:iam::222222222222:role/*" }],
    ["in the caller's own account", { Resource: "arn:aws:iam::{{account.id}}:role/service/*" }],
  ])("is left alone %s", (_what, more) => {
    expect(judgeTarget(more)).toBe(0);
  });

  test("is found under a pattern of actions, and not where nothing is assumed", () => {
    expect(judgeTarget({}, "sts:*")).toBe(1);
    expect(judgeTarget({}, "iam:GetRole")).toBe(0);
  });

  test("that is every role is left to the rules on gaining permissions, in a document that is used", () => {
    const everything = policy(statement("Allow", "sts:AssumeRole"));
    expect(ruleMessages("SEED-1", MAP, { own: everything })).toEqual([]);
    expect(ruleMessages("NP-04", MAP, { own: everything })).toHaveLength(1);
    const plain = { accounts: MAP.accounts };
    expect(ruleMessages("SEED-1", plain, { unused: everything })).toHaveLength(1);
  });

  test("in a boundary grants nothing", () => {
    const hubs = {
      automation: {
        ...MAP.hubs.automation,
        permissions: undefined,
        permissionsBoundary: "ceiling",
      },
    };
    const ceiling = policy(statement("Allow", "sts:AssumeRole", { Resource: ANY }));
    expect(ruleMessages("SEED-1", { ...MAP, hubs }, { ceiling })).toEqual([]);
  });
});

describe("roles of Identity Center in documents", () => {
  const role = (path: string): object => ({
    ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role${path}` },
  });

  test.each([
    ["/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*", ["SSO-01"]],
    ["/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_0123456789abcdef", ["SSO-02"]],
    ["/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_????????????????", []],
    ["/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_*", []],
  ])("%s: %j", (path, expected) => {
    const found = ["SSO-01", "SSO-02"].filter((rule) => judge(rule, "Deny", role(path)).length > 0);
    expect(found).toEqual(expected);
  });
});

describe("a delegation under a boundary (PB-05)", () => {
  const BOUND = {
    Condition: {
      StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/c" },
    },
  };
  const judgePolicy = (...statements: readonly object[]): string[] =>
    ruleMessages("PB-05", MAP, { own: policy(...statements) });

  test.each([
    [
      "another action",
      [statement("Allow", "iam:CreateRole", BOUND), statement("Allow", "iam:AttachRolePolicy")],
      1,
    ],
    [
      "a pattern of actions",
      [statement("Allow", "iam:CreateRole", BOUND), statement("Allow", "iam:Put*")],
      1,
    ],
    [
      "all actions but some",
      [
        statement("Allow", "iam:CreateRole", BOUND),
        { Effect: "Allow", NotAction: "s3:*", Resource: "*" },
      ],
      1,
    ],
    ["nothing", [statement("Allow", ["iam:CreateRole", "iam:AttachRolePolicy"], BOUND)], 0],
    ["reading", [statement("Allow", "iam:CreateRole", BOUND), statement("Allow", "iam:Get*")], 0],
    ["a policy that delegates nothing", [statement("Allow", "iam:CreateRole")], 0],
  ])("leaves open: %s", (_what, statements, count) => {
    expect(judgePolicy(...statements)).toHaveLength(count);
  });
});

describe("passing roles (EC-06)", () => {
  test("by their tags is found, within the account it is not", () => {
    const pass = (more: object): string[] =>
      ruleMessages("EC-06", MAP, { own: policy(statement("Allow", "iam:PassRole", more)) });
    expect(pass({ Condition: { StringEquals: { "iam:ResourceTag/team": "shop" } } })).toEqual([
      "tags do not reliably limit which roles can be passed",
    ]);
    expect(pass({ Resource: "arn:aws:iam::111111111111:role/service/*" })).toEqual([]);
  });
});

describe("databases (RD-01, RD-02)", () => {
  const connect = (...resources: readonly string[]): string[] =>
    ["RD-01", "RD-02"].filter(
      (rule) =>
        ruleMessages(rule, MAP, {
          own: policy(statement("Allow", "rds-db:connect", { Resource: resources })),
        }).length > 0,
    );

  test.each([
    ["arn:aws:rds-db:eu-central-1:111111111111:dbuser:db-ABC/app", []],
    ["arn:aws:rds-db:eu-central-1:111111111111:dbuser:cluster-ABC/*", []],
    ["arn:aws:rds-db:*:111111111111:dbuser:*/app", []],
    ["arn:aws:rds-db:eu-central-1:111111111111:dbuser:prx-abc/${aws:PrincipalTag/user}", []],
    ["arn:aws:rds-db:eu-central-1:111111111111:dbuser:orders/app", ["RD-01"]],
    ["arn:aws:rds-db:eu-central-1:111111111111:dbuser:db-ABC", ["RD-01"]],
    ["arn:aws:rds:eu-central-1:111111111111:db:orders", ["RD-01"]],
    ["arn:aws:rds-db:eu-central-1:222222222222:dbuser:db-ABC/app", ["RD-02"]],
  ])("%s: %j", (resource, expected) => {
    expect(connect(resource)).toEqual(expected);
  });
});

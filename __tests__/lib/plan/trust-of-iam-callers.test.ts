import { ALL_CONDITIONS, trustOfWayIn } from "./support/one-way-in";

const CALLER = { Sid: "Caller", Effect: "Allow", Action: "sts:AssumeRole" } as const;
const PEOPLE = { AWS: "arn:aws:iam::222222222222:root" };

describe("a trust policy that lets in a user", () => {
  test("names its account, pins the user by ARN and asks for its organization", () => {
    expect(trustOfWayIn({ user: { account: "people", name: "bot" } })).toEqual([
      {
        ...CALLER,
        Principal: PEOPLE,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:user/bot" },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
        },
      },
    ]);
  });

  test("pins several users with their path in one statement", () => {
    const user = { account: "people", name: ["zoe", "bot"], path: "/machines/" };
    expect(trustOfWayIn({ user })[0]?.Condition).toEqual({
      ArnEquals: {
        "aws:PrincipalArn": [
          "arn:aws:iam::222222222222:user/machines/bot",
          "arn:aws:iam::222222222222:user/machines/zoe",
        ],
      },
      StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
    });
  });

  test("takes the role's own account where none is named", () => {
    const [statement] = trustOfWayIn({ user: { name: "bot" } });
    expect(statement?.Principal).toEqual({ AWS: "arn:aws:iam::111111111111:root" });
    expect(statement?.Condition?.ArnEquals).toEqual({
      "aws:PrincipalArn": "arn:aws:iam::111111111111:user/bot",
    });
  });

  test("asks for the organization of the caller, not for that of the role", () => {
    const [statement] = trustOfWayIn({ user: { account: "merged", name: "bot" } });
    expect(statement?.Condition?.StringEquals).toEqual({
      "aws:PrincipalOrgID": "o-exampleorg2",
    });
  });

  test("is bound to the account alone where the caller has no organization", () => {
    expect(trustOfWayIn({ user: { account: "alone", name: "bot" } })).toEqual([
      {
        ...CALLER,
        Principal: { AWS: "arn:aws:iam::444444444444:root" },
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::444444444444:user/bot" },
        },
      },
    ]);
  });

  test("carries every condition, the address and the endpoint as alternatives", () => {
    const user = { account: "people", name: "bot" };
    const pin = { "aws:PrincipalArn": "arn:aws:iam::222222222222:user/bot" };
    const session = {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
      DateGreaterThanEquals: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
      DateLessThan: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
      StringLike: { "sts:SourceIdentity": "*@example.com" },
    };
    const bound = {
      "aws:PrincipalOrgID": "o-exampleorg1",
      "sts:ExternalId": ["current-id", "previous-id"],
    };
    expect(trustOfWayIn({ user, ...ALL_CONDITIONS })).toEqual([
      {
        ...CALLER,
        Sid: "CallerFromAddress",
        Principal: PEOPLE,
        Condition: {
          ...session,
          ArnEquals: pin,
          StringEquals: bound,
          IpAddress: { "aws:SourceIp": ["198.51.100.7", "203.0.113.0/24"] },
        },
      },
      {
        ...CALLER,
        Sid: "CallerFromEndpoint",
        Principal: PEOPLE,
        Condition: {
          ...session,
          ArnEquals: pin,
          StringEquals: { ...bound, "aws:SourceVpce": "vpce-0123456789abcdef0" },
        },
      },
      {
        Sid: "CallerSourceIdentity",
        Effect: "Allow",
        Principal: PEOPLE,
        Action: "sts:SetSourceIdentity",
        Condition: {
          ArnEquals: pin,
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
          StringLike: { "sts:SourceIdentity": "*@example.com" },
        },
      },
      {
        Sid: "CallerTagSession",
        Effect: "Allow",
        Principal: PEOPLE,
        Action: "sts:TagSession",
        Condition: {
          ArnEquals: pin,
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
          "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "ticket"] },
          StringLike: { "aws:RequestTag/team": ["data-*", "shop"] },
        },
      },
    ]);
  });
});

describe("a trust policy that lets in other IAM callers", () => {
  test("pins a role by its ARN with its path, never by the ARN of its sessions", () => {
    const role = { account: "people", name: "jump", path: "/access/" };
    expect(trustOfWayIn({ role })).toEqual([
      {
        ...CALLER,
        Principal: PEOPLE,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/access/jump" },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
        },
      },
    ]);
  });

  test("names an account with its organization and nothing more", () => {
    expect(trustOfWayIn({ account: { account: "people" } })).toEqual([
      {
        ...CALLER,
        Principal: PEOPLE,
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } },
      },
    ]);
  });

  test("names an account without an organization by its id alone", () => {
    expect(trustOfWayIn({ account: { account: "alone" } })).toEqual([
      { ...CALLER, Principal: { AWS: "arn:aws:iam::444444444444:root" } },
    ]);
  });

  test("finds a permission set in any region, with exactly 16 characters behind its name", () => {
    const permissionSet = { account: "people", name: "Admin" };
    expect(trustOfWayIn({ permissionSet })).toEqual([
      {
        ...CALLER,
        Principal: PEOPLE,
        Condition: {
          ArnLike: {
            "aws:PrincipalArn":
              "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_????????????????",
          },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
        },
      },
    ]);
  });

  test("takes a pattern of permission set names", () => {
    const permissionSet = { account: "people", namePattern: "*-PowerUserAccess" };
    expect(trustOfWayIn({ permissionSet })[0]?.Condition?.ArnLike).toEqual({
      "aws:PrincipalArn":
        "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_*-PowerUserAccess_????????????????",
    });
  });

  test("binds everybody of a unit, and of the units below it, to organization and path", () => {
    expect(trustOfWayIn({ organizationalUnit: { unit: "/Workloads" } })).toEqual([
      {
        ...CALLER,
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
          "ForAnyValue:StringLike": {
            "aws:PrincipalOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-workload/*",
          },
        },
      },
    ]);
  });

  test("binds the accounts that lie directly in a unit to its path alone", () => {
    const organizationalUnit = { unit: "/Workloads/Prod", includeChildren: false };
    expect(trustOfWayIn({ organizationalUnit })[0]?.Condition).toEqual({
      StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
      "ForAnyValue:StringEquals": {
        "aws:PrincipalOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-workload/ou-ex01-wlprod01/",
      },
    });
  });

  test("names an external account with its external id and without an organization", () => {
    const foreignAccount = { id: "555555555555", reason: "scanner of a vendor" };
    expect(trustOfWayIn({ foreignAccount, externalId: "our-id" })).toEqual([
      {
        ...CALLER,
        Principal: { AWS: "arn:aws:iam::555555555555:root" },
        Condition: { StringEquals: { "sts:ExternalId": "our-id" } },
      },
    ]);
  });

  test.each([
    [{ role: "agents/scanner" }, "role/agents/scanner"],
    [{ user: "scanner" }, "user/scanner"],
  ])("pins %j of a foreign account", (entity, resource) => {
    const foreignAccount = { id: "555555555555", reason: "scanner of a vendor", ...entity };
    expect(trustOfWayIn({ foreignAccount, externalId: "our-id" })[0]?.Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::555555555555:${resource}` },
      StringEquals: { "sts:ExternalId": "our-id" },
    });
  });
});

const PERMISSION_SET = { permissionSet: { account: "people", name: "Admin" } };
const PERMISSION_SET_PATTERN =
  "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_????????????????";
const ORGANIZATION = { "aws:PrincipalOrgID": "o-exampleorg1" };

describe.each([
  {
    kind: "role",
    wayIn: { role: { account: "people", name: "jump" } },
    principal: PEOPLE,
    pin: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/jump" } },
    organization: ORGANIZATION,
    mfa: false,
  },
  {
    kind: "account",
    wayIn: { account: { account: "people" } },
    principal: PEOPLE,
    pin: {},
    organization: ORGANIZATION,
    mfa: true,
  },
  {
    kind: "permission set",
    wayIn: PERMISSION_SET,
    principal: PEOPLE,
    pin: { ArnLike: { "aws:PrincipalArn": PERMISSION_SET_PATTERN } },
    organization: ORGANIZATION,
    mfa: false,
  },
  {
    kind: "organizational unit",
    wayIn: { organizationalUnit: { unit: "/Workloads" } },
    principal: { AWS: "*" },
    pin: {
      "ForAnyValue:StringLike": {
        "aws:PrincipalOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-workload/*",
      },
    },
    organization: ORGANIZATION,
    mfa: false,
  },
  {
    kind: "foreign account",
    wayIn: {
      foreignAccount: { id: "555555555555", role: "scanner", reason: "scanner of a vendor" },
    },
    principal: { AWS: "arn:aws:iam::555555555555:root" },
    pin: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::555555555555:role/scanner" } },
    organization: {},
    mfa: true,
  },
])("a $kind with every condition that fits it", (row) => {
  const { mfa, ...others } = ALL_CONDITIONS;
  const statements = trustOfWayIn({ ...row.wayIn, ...others, ...(row.mfa ? { mfa } : {}) });
  const bound = Object.keys(row.organization).length > 0 ? { StringEquals: row.organization } : {};

  test("enters from an address or through an endpoint, each under all other conditions", () => {
    const session = {
      ...row.pin,
      ...(row.mfa
        ? {
            Bool: { "aws:MultiFactorAuthPresent": "true" },
            NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
          }
        : {}),
      DateGreaterThanEquals: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
      DateLessThan: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
      StringLike: { "sts:SourceIdentity": "*@example.com" },
    };
    const externalId = { "sts:ExternalId": ["current-id", "previous-id"] };
    expect(statements.slice(0, 2)).toEqual([
      {
        ...CALLER,
        Sid: "CallerFromAddress",
        Principal: row.principal,
        Condition: {
          ...session,
          StringEquals: { ...row.organization, ...externalId },
          IpAddress: { "aws:SourceIp": ["198.51.100.7", "203.0.113.0/24"] },
        },
      },
      {
        ...CALLER,
        Sid: "CallerFromEndpoint",
        Principal: row.principal,
        Condition: {
          ...session,
          StringEquals: {
            ...row.organization,
            ...externalId,
            "aws:SourceVpce": "vpce-0123456789abcdef0",
          },
        },
      },
    ]);
  });

  test("sets the source identity and the tags in statements of their own, bound to the same caller", () => {
    expect(statements.slice(2)).toEqual([
      {
        Sid: "CallerSourceIdentity",
        Effect: "Allow",
        Principal: row.principal,
        Action: "sts:SetSourceIdentity",
        Condition: { ...row.pin, ...bound, StringLike: { "sts:SourceIdentity": "*@example.com" } },
      },
      {
        Sid: "CallerTagSession",
        Effect: "Allow",
        Principal: row.principal,
        Action: "sts:TagSession",
        Condition: {
          ...row.pin,
          ...bound,
          "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "ticket"] },
          StringLike: { "aws:RequestTag/team": ["data-*", "shop"] },
        },
      },
    ]);
  });
});

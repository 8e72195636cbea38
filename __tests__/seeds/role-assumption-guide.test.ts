import { documentAt, errorsOfSeed, statementOf, synthesizeSeed } from "./support/seed";
import type { SeedDocument } from "./support/seed";

const SEED = "role-assumption-guide";

/** The guide's list of actions. */
const MONITORING: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: [
        "ec2:DescribeRegions",
        "ec2:DescribeInstances",
        "ec2:DescribeVolumes",
        "rds:DescribeDBInstances",
        "rds:ListTagsForResource",
        "s3:ListAllMyBuckets",
        "s3:GetBucketLocation",
        "s3:GetBucketTagging",
        "lambda:ListFunctions",
        "lambda:ListTags",
        "eks:ListClusters",
        "eks:DescribeCluster",
        "eks:ListNodegroups",
        "eks:DescribeNodegroup",
        "elasticmapreduce:ListClusters",
        "elasticmapreduce:DescribeCluster",
        "cloudwatch:GetMetricStatistics",
        "ce:GetCostAndUsage",
        "iam:GetUser",
      ],
      Resource: "*",
    },
  ],
};

/** The guide's trust policy for one user. */
const TRUST_USER: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:user/monitor-user" },
      Action: "sts:AssumeRole",
      Condition: {},
    },
  ],
};

/** The guide's trust policy for an account. */
const TRUST_ACCOUNT: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "sts:AssumeRole",
    },
  ],
};

/** The guide's trust policy for several principals with an external ID. */
const TRUST_SEVERAL: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: {
        AWS: [
          "arn:aws:iam::111111111111:user/admin",
          "arn:aws:iam::111111111111:role/MonitoringBastion",
        ],
      },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "unique-external-id-12345" } },
    },
  ],
};

/** The guide's permission of the base profile. */
const BASE_PROFILE: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "arn:aws:iam::222222222222:role/MonitoringRole",
    },
  ],
};

const USER_POLICY = "aws_iam_user_policy.user-monitor-user_assume-roles";

describe("the monitoring role for a user of the base account", () => {
  const stacks = synthesizeSeed(SEED, "trusted-user");

  test("has exactly the guide's actions", () => {
    expect(stacks.inlinePolicy("target", "spoke-monitoring", "monitoring").Statement).toEqual([
      statementOf(MONITORING),
    ]);
    expect(
      stacks.resource("target", "aws_iam_role_policies_exclusive", "spoke-monitoring_policies")
        .policy_names,
    ).toEqual(["${aws_iam_role_policy.spoke-monitoring_policy-monitoring.name}"]);
    expect(
      stacks.resource(
        "target",
        "aws_iam_role_policy_attachments_exclusive",
        "spoke-monitoring_attachments",
      ).policy_arns,
    ).toEqual([]);
  });

  test("trusts the user by its ARN as a condition, not as the principal (TR-10 to TR-12)", () => {
    const { Principal, ...seed } = statementOf(TRUST_USER);
    expect(Principal).toEqual({ AWS: "arn:aws:iam::111111111111:user/monitor-user" });
    expect(stacks.trust("target", "spoke-monitoring").Statement).toEqual([
      {
        ...seed,
        Sid: "MonitorUser",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/monitor-user" },
        },
      },
    ]);
  });

  test("has the session that the guide calls the default, one hour", () => {
    const role = stacks.resource("target", "aws_iam_role", "spoke-monitoring");
    expect([role.name, role.max_session_duration]).toEqual(["MonitoringRole", 3600]);
  });

  test("is all that the base user may assume", () => {
    expect(documentAt(stacks, "base", USER_POLICY).Statement).toEqual([
      { ...statementOf(BASE_PROFILE), Sid: "AssumeDeclaredRoles" },
    ]);
    expect(
      stacks.resource("base", "aws_iam_user_policies_exclusive", "user-monitor-user_policies"),
    ).toMatchObject({ policy_names: [`\${${USER_POLICY}.name}`] });
    expect(
      stacks.resource(
        "base",
        "aws_iam_user_policy_attachments_exclusive",
        "user-monitor-user_attachments",
      ),
    ).toMatchObject({ policy_arns: [] });
  });

  test("is named to the base user in full, not by the guide's `arn:aws:iam::*:role/MonitoringRole*` (section E)", () => {
    const text = JSON.stringify(documentAt(stacks, "base", USER_POLICY));
    expect(text).not.toContain("*");
  });

  test("comes without an access key for the user", () => {
    expect(stacks.addresses("base")).toEqual(
      [
        "aws_iam_user.user-monitor-user",
        "aws_iam_user_policies_exclusive.user-monitor-user_policies",
        USER_POLICY,
        "aws_iam_user_policy_attachments_exclusive.user-monitor-user_attachments",
      ].sort(),
    );
  });
});

test("the role for an account trusts whomever that account permits, as the guide writes it", () => {
  const stacks = synthesizeSeed(SEED, "trusted-account");
  expect(stacks.trust("target", "spoke-monitoring").Statement).toEqual([
    { ...statementOf(TRUST_ACCOUNT), Sid: "MonitoringAccount" },
  ]);
  expect(stacks.resource("target", "aws_iam_role", "spoke-monitoring").name).toBe(
    "CrossAccountMonitoringRole",
  );
});

test("several principals get a statement each, every one with the external id (TR-14)", () => {
  const stacks = synthesizeSeed(SEED, "several-principals");
  const { Principal, Condition, ...seed } = statementOf(TRUST_SEVERAL);
  const named = Principal === undefined || Principal === "*" ? [] : Principal.AWS;
  const [role, user] = named as [string, string];
  const statement = (Sid: string, arn: string): object => ({
    ...seed,
    Sid,
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    Condition: { ...Condition, ArnEquals: { "aws:PrincipalArn": arn } },
  });
  expect(stacks.trust("target", "spoke-monitoring").Statement).toEqual([
    statement("Admin", user),
    statement("Bastion", role),
  ]);
});

describe("the role in a single account", () => {
  const stacks = synthesizeSeed(SEED, "single-account");

  test("needs no hub: the user of the same account enters it directly", () => {
    expect([...stacks.tree.stacks.keys()]).toEqual(["own"]);
    expect(stacks.trust("own", "spoke-monitoring").Statement).toEqual([
      {
        Sid: "Monitor",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:user/monitor" } },
      },
    ]);
  });

  test("needs the user's permission too, because the account is the principal (TR-02)", () => {
    expect(
      documentAt(stacks, "own", "aws_iam_user_policy.user-monitor_assume-roles").Statement,
    ).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::123456789012:role/MonitoringRole",
      },
    ]);
  });
});

test("the trust policy asks for a second factor, not older than an hour", () => {
  const stacks = synthesizeSeed(SEED, "mfa");
  expect(
    stacks.trust("target", "spoke-monitoring").Statement.map((each) => each.Condition),
  ).toEqual([
    {
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/monitor-user" },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
    },
  ]);
});

describe("the guide's patterns", () => {
  const fromAccount = (Sid: string, resource: string): object => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::111111111111:${resource}` } },
  });

  test("hub and spoke: one account enters the others", () => {
    const stacks = synthesizeSeed(SEED, "hub-and-spoke");
    for (const account of ["prod", "dev"]) {
      expect(stacks.trust(account, "spoke-monitoring").Statement).toEqual([
        fromAccount("HubMonitoring", "role/MonitoringHub"),
      ]);
    }
    expect(
      stacks.inlinePolicy("monitoring", "hub-monitoring", "assume-roles").Statement[0],
    ).toEqual({
      Sid: "AssumeDeclaredRoles",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: [
        "arn:aws:iam::222222222222:role/MonitoringRole",
        "arn:aws:iam::333333333333:role/MonitoringRole",
      ],
    });
  });

  test("delegated administrator: the security account alone gets in, and deploys", () => {
    const stacks = synthesizeSeed(SEED, "delegated-administrator");
    for (const account of ["users", "monitoring"]) {
      expect(stacks.trust(account, "spoke-monitoring").Statement).toEqual([
        fromAccount("HubSecurity", "role/SecurityAdministrator"),
      ]);
    }
    expect(stacks.stack("security").variable).toBeUndefined();
    expect(Object.keys(stacks.stack("users").variable ?? {})).toEqual(["deployment_role_arn"]);
  });

  test("role per service: the base user may assume three roles, each for one service", () => {
    const stacks = synthesizeSeed(SEED, "role-per-service");
    const { Action: listed } = statementOf(MONITORING);
    const actionsOf = (service: string): unknown =>
      stacks.inlinePolicy("target", `spoke-${service}`, "statements").Statement[0]?.Action;
    for (const service of ["ec2", "rds", "eks"]) {
      const prefix = `${service}:`;
      expect(actionsOf(service)).toEqual(
        [listed ?? []].flat().filter((action) => action.startsWith(prefix)),
      );
      expect(stacks.trust("target", `spoke-${service}`).Statement).toEqual([
        fromAccount("BaseUser", "user/base-user"),
      ]);
    }
    expect(
      documentAt(stacks, "base", "aws_iam_user_policy.user-base-user_assume-roles").Statement[0]
        ?.Resource,
    ).toEqual([
      "arn:aws:iam::222222222222:role/Ec2MonitoringRole",
      "arn:aws:iam::222222222222:role/EksMonitoringRole",
      "arn:aws:iam::222222222222:role/RdsMonitoringRole",
    ]);
  });
});

describe("a role that only reads", () => {
  test.each(["ec2:*", "rds:*"])(
    "refuses a document with `%s`, which the guide warns of",
    (action) => {
      const errors = errorsOfSeed(
        SEED,
        "trusted-user",
        ({ map, policies: { monitoring = "" } }) => ({
          map,
          policies: { monitoring: monitoring.replace('"ec2:DescribeRegions"', `"${action}"`) },
        }),
      );
      expect(errors).toEqual([
        {
          rule: "read-only",
          message: `the document \`monitoring\` allows more than reading: \`${action}\``,
        },
      ]);
    },
  );
});

describe("the guide's session lengths", () => {
  const rulesOf = (maxSession: string): string[] =>
    errorsOfSeed(SEED, "trusted-user", ({ map, policies }) => ({
      map: map.replace("access: read-only", `access: read-only\n    maxSession: ${maxSession}`),
      policies,
    })).map(({ rule }) => rule);

  test("end at 12 hours", () => {
    expect([rulesOf("12h"), rulesOf("13h")]).toEqual([[], ["ID-15"]]);
  });

  test("begin at an hour for a role: 15 minutes are a length to ask for on assuming (ID-15, ID-16)", () => {
    expect(rulesOf("900s")).toEqual(["ID-15"]);
  });
});

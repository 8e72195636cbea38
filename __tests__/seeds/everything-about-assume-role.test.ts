import { attributesOf } from "../support/plans/attributes";
import { documentAt, statementOf, statementsOf, synthesizeSeed } from "./support/seed";
import type { SeedDocument } from "./support/seed";

const SEED = "everything-about-assume-role";

/** The article's policy of a user of account B; its Statement is an object. */
const OTHER_ACCOUNT: SeedDocument = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: "arn:aws:iam::111111111111:role/RoleName",
  },
};

/** The article's policy that maps a database user to a role. */
function databasePolicy(
  region: string,
  account: string,
  cluster: string,
  user: string,
): SeedDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Resource: [`arn:aws:rds-db:${region}:${account}:dbuser:${cluster}/${user}`],
        Action: ["rds-db:connect"],
      },
    ],
  };
}

describe("the role for EC2", () => {
  const stacks = synthesizeSeed(SEED, "ec2");

  test("is taken on by the service alone", () => {
    expect(stacks.trust("own", "spoke-application").Statement).toEqual([
      {
        Sid: "Instances",
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
  });

  test("comes with an instance profile, which is a resource of its own (EC-03)", () => {
    expect(
      attributesOf(
        stacks.resource(
          "own",
          "aws_iam_instance_profile",
          "spoke-application_profile-application-profile",
        ),
      ),
    ).toEqual({
      name: "application-profile",
      path: "/",
      role: "${aws_iam_role.spoke-application.name}",
    });
  });
});

describe("the role for another account", () => {
  const stacks = synthesizeSeed(SEED, "other-account");

  test("trusts the users and the role of that account", () => {
    const base = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::222222222222:root" },
      Action: "sts:AssumeRole",
    };
    expect(stacks.trust("account-a", "spoke-other").Statement).toEqual([
      {
        ...base,
        Sid: "AccountBJump",
        Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/jump" } },
      },
      {
        ...base,
        Sid: "AccountBUsers",
        Condition: {
          ArnEquals: {
            "aws:PrincipalArn": [
              "arn:aws:iam::222222222222:user/ann",
              "arn:aws:iam::222222222222:user/bob",
            ],
          },
        },
      },
    ]);
  });

  test("gives each user the article's policy; ours is always a list, which IAM reads the same", () => {
    expect(
      documentAt(stacks, "account-b", "aws_iam_user_policy.user-bob_assume-roles").Statement,
    ).toEqual([{ ...statementOf(OTHER_ACCOUNT), Sid: "AssumeDeclaredRoles" }]);
  });

  test("takes the article's document as it is, with an object as its Statement", () => {
    expect(stacks.inlinePolicy("account-b", "spoke-jump", "assume-role-name").Statement).toEqual(
      statementsOf(OTHER_ACCOUNT),
    );
  });
});

describe("the role for a web identity", () => {
  const stacks = synthesizeSeed(SEED, "web-identity");

  test("binds issuer, audience and subject of the token (OI-01, OI-04, OI-06)", () => {
    expect(stacks.trust("own", "spoke-application").Statement).toEqual([
      {
        Sid: "Application",
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/login.example.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "login.example.com:aud": "application",
            "login.example.com:sub": "application:production",
          },
        },
      },
    ]);
  });

  test("comes with its provider, which the role waits for", () => {
    expect(
      attributesOf(stacks.resource("own", "aws_iam_openid_connect_provider", "oidc-login")),
    ).toEqual({
      url: "https://login.example.com",
      client_id_list: ["application"],
    });
    expect(stacks.resource("own", "aws_iam_role", "spoke-application").depends_on).toEqual([
      "aws_iam_openid_connect_provider.oidc-login",
    ]);
  });
});

test("the role for SAML binds the audience of the sign-in page (SA-01)", () => {
  const stacks = synthesizeSeed(SEED, "saml");
  expect(stacks.trust("own", "spoke-staff").Statement).toEqual([
    {
      Sid: "Staff",
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111111111111:saml-provider/CorporateDirectory" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    },
  ]);
});

describe("the policy for database authentication", () => {
  const stacks = synthesizeSeed(SEED, "rds-iam-authentication");

  test.each([
    ["orders", "us-west-2", "111111111111", "cluster-ABCDEFGHIJKL"],
    ["invoices", "eu-central-1", "222222222222", "cluster-MNOPQRSTUVWX"],
  ])(
    "is the article's in `%s`, from one document for every cluster and user",
    (key, region, id, cluster) => {
      const document = (name: string): unknown =>
        stacks.inlinePolicy(key, "spoke-database-client", name).Statement;
      expect(document("connect-database")).toEqual(
        statementsOf(databasePolicy(region, id, cluster, "db_user")),
      );
      expect(document("connect-reporting")).toEqual(
        statementsOf(databasePolicy(region, id, cluster, "reporting")),
      );
    },
  );

  test("belongs to a role that is attached to an instance", () => {
    expect(
      stacks.resource(
        "orders",
        "aws_iam_instance_profile",
        "spoke-database-client_profile-database-client",
      ).role,
    ).toBe("${aws_iam_role.spoke-database-client.name}");
  });
});

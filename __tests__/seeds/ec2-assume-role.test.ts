import { attributesOf } from "../support/plans/attributes";
import { statementOf, synthesizeSeed } from "./support/seed";
import type { SeedDocument } from "./support/seed";

const SEED = "ec2-assume-role";

const SERVICES = [
  ["service-a", "example-bucket-1"],
  ["service-b", "example-bucket-2"],
  ["service-c", "example-bucket-3"],
] as const;

/** The article's permission of \`role1\`; the ARN is that of \`role2\`. */
const ASSUME_ROLE2: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Resource: ["arn:aws:iam::333333333333:role/test_profile2_role"],
    },
  ],
};

/** The article's trust policy of \`role2\`. */
const ROLE2_TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      Action: "sts:AssumeRole",
      Principal: {
        Service: "ec2.amazonaws.com",
        AWS: "arn:aws:iam::333333333333:role/test_profile1_role",
      },
      Effect: "Allow",
      Sid: "",
    },
  ],
} as const;

/** "All operations on the S3 bucket." */
function allOn(bucket: string): object {
  return {
    Effect: "Allow",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  };
}

const EC2_TRUST = {
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
};

describe("production: three services on three instances", () => {
  const stacks = synthesizeSeed(SEED, "production");

  test.each(SERVICES)(
    "%s has a profile, a role and the bucket %s of its own",
    (service, bucket) => {
      expect(stacks.trust("production", `spoke-${service}`).Statement).toEqual([
        { ...EC2_TRUST, Sid: "Instance" },
      ]);
      expect(stacks.inlinePolicy("production", `spoke-${service}`, "use-bucket").Statement).toEqual(
        [allOn(bucket)],
      );
      expect(
        attributesOf(
          stacks.resource(
            "production",
            "aws_iam_instance_profile",
            `spoke-${service}_profile-${service}`,
          ),
        ),
      ).toEqual({ name: service, path: "/", role: `\${aws_iam_role.spoke-${service}.name}` });
    },
  );

  test("no role may assume another", () => {
    expect(
      JSON.stringify(stacks.documents().filter(({ kind }) => kind === "identity")),
    ).not.toContain("sts:");
  });
});

describe("two roles: the instance carries the first and assumes the second", () => {
  const stacks = synthesizeSeed(SEED, "two-roles");

  test("the first role is in a profile, is taken on by EC2, and may assume the second alone", () => {
    expect(
      attributesOf(
        stacks.resource("test", "aws_iam_instance_profile", "chain-bucket_profile-test-profile1"),
      ),
    ).toEqual({
      name: "test_profile1",
      path: "/",
      role: "${aws_iam_role.chain-bucket.name}",
    });
    expect(stacks.trust("test", "chain-bucket").Statement).toEqual([
      { ...EC2_TRUST, Sid: "InstanceProfile" },
    ]);
    expect(stacks.inlinePolicy("test", "chain-bucket", "assume-roles").Statement).toEqual([
      { ...statementOf(ASSUME_ROLE2), Sid: "AssumeDeclaredRoles" },
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:ResourceAccount": "333333333333" } },
      },
    ]);
  });

  test("the second role trusts the first, and not EC2, which never carries it (EC-04; the ARN as a condition: TR-10 to TR-12)", () => {
    const [{ Action, Effect, Principal }] = ROLE2_TRUST.Statement;
    expect(
      attributesOf(stacks.resource("test", "aws_iam_role", "chain-bucket__role2")),
    ).toMatchObject({ name: "test_profile2_role", path: "/" });
    expect(stacks.trust("test", "chain-bucket__role2").Statement).toEqual([
      {
        Sid: "ChainBucket",
        Effect,
        Action,
        Principal: { AWS: "arn:aws:iam::333333333333:root" },
        Condition: { ArnEquals: { "aws:PrincipalArn": Principal.AWS } },
      },
    ]);
  });

  test("the bucket belongs to the second role alone", () => {
    expect(stacks.inlinePolicy("test", "chain-bucket__role2", "use-bucket").Statement).toEqual([
      allOn("example-test-bucket"),
    ]);
    const names = stacks
      .addresses("test")
      .filter((each) => each.startsWith("aws_iam_role_policy."));
    expect(names).toEqual([
      "aws_iam_role_policy.chain-bucket__role2_policy-use-bucket",
      "aws_iam_role_policy.chain-bucket_policy-assume-roles",
    ]);
  });
});

describe("development: one machine for all three services", () => {
  const stacks = synthesizeSeed(SEED, "developer-machine");

  test("fans out to the roles of the three services", () => {
    expect(
      stacks.inlinePolicy("development", "chain-developer-machine", "assume-roles").Statement[0],
    ).toEqual({
      Sid: "AssumeDeclaredRoles",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: SERVICES.map(([service]) => `arn:aws:iam::222222222222:role/${service}`),
    });
  });

  test.each(SERVICES)("reaches %s and its bucket %s only as that role", (service, bucket) => {
    const id = `chain-developer-machine__${service}`;
    expect(stacks.trust("development", id).Statement).toEqual([
      {
        Sid: "ChainDeveloperMachine",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::222222222222:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/developer-machine" },
        },
      },
    ]);
    expect(stacks.inlinePolicy("development", id, "use-bucket").Statement).toEqual([allOn(bucket)]);
  });

  test("gives the machine itself no bucket", () => {
    expect(
      JSON.stringify(stacks.inlinePolicy("development", "chain-developer-machine", "assume-roles")),
    ).not.toContain("s3:");
  });
});

import { findingsOf } from "../../../support/rules/grammar-findings";

const found = (Resource: string): string[] =>
  findingsOf({ Effect: "Allow", Action: "example:*", Resource });

describe("ARNs that no resource has (GR-27)", () => {
  test.each([
    [
      "arn:aws:s3:us-east-1::logs",
      'error GR-27: an ARN of a bucket has neither Region nor account, got "arn:aws:s3:us-east-1::logs" => write "arn:aws:s3:::logs"',
    ],
    [
      "arn:aws:s3::111111111111:logs/a:b",
      'error GR-27: an ARN of a bucket has neither Region nor account, got "arn:aws:s3::111111111111:logs/a:b" => write "arn:aws:s3:::logs/a:b"',
    ],
    [
      "arn:aws:iam:::logs",
      'error GR-27: an ARN of IAM has an account, got none in "arn:aws:iam:::logs" => for a bucket write "arn:aws:s3:::logs"',
    ],
    [
      "arn:aws:iam:::role/reader",
      'error GR-27: an ARN of IAM has an account, got none in "arn:aws:iam:::role/reader" => write the account, or `*` for every one',
    ],
    [
      "arn:aws:iam:eu-west-1:111111111111:role/reader",
      'error GR-27: an ARN of IAM has no Region, got "eu-west-1" in "arn:aws:iam:eu-west-1:111111111111:role/reader" => write "arn:aws:iam::111111111111:role/reader"',
    ],
    [
      "arn:aws:iam::111111111111:reader",
      'error GR-27: an ARN of IAM ends with a type and a name, got "reader" in "arn:aws:iam::111111111111:reader" => write for example `role/NAME`',
    ],
    [
      "arn:aws:iam::111111111111:role/",
      'error GR-27: an ARN of IAM ends with a type and a name, got "role/" in "arn:aws:iam::111111111111:role/" => write `role/NAME`, or `role/*` for every one',
    ],
    [
      "arn:aws:iam::111111111111:roles/reader",
      'warning GR-27: AWS documents no resource of IAM of the type "roles", got "arn:aws:iam::111111111111:roles/reader" => write for example `role/NAME`',
    ],
    [
      "arn:aws:sqs::111111111111:orders",
      'warning GR-27: an ARN of sqs has a Region, got none in "arn:aws:sqs::111111111111:orders" => write the Region, or `*` for every one',
    ],
    [
      "arn:aws:kms:eu-west-1::key/*",
      'warning GR-27: an ARN of kms has an account, got none in "arn:aws:kms:eu-west-1::key/*" => write the account, or `*` for every one',
    ],
    [
      "arn:aws:route53::111111111111:hostedzone/Z1",
      'warning GR-27: an ARN of route53 has no account, got "111111111111" in "arn:aws:route53::111111111111:hostedzone/Z1" => write "arn:aws:route53:::hostedzone/Z1"',
    ],
    [
      "arn:aws:sts:eu-west-1:111111111111:assumed-role/a/b",
      'warning GR-27: an ARN of STS has no Region, got "eu-west-1" in "arn:aws:sts:eu-west-1:111111111111:assumed-role/a/b" => write "arn:aws:sts::111111111111:assumed-role/a/b"',
    ],
  ])("%s", (resource, finding) => {
    expect(found(resource)).toEqual([finding]);
  });

  test.each([
    "arn:aws:s3:::logs",
    "arn:aws:s3:*:*:logs",
    "arn:aws:s3:eu-west-1:111111111111:accesspoint/logs",
    "arn:aws:s3::111111111111:accesspoint/logs.mrap",
    "arn:aws:s3:eu-west-1:111111111111:*",
    "arn:aws:s3:{{account.region}}::logs",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::*:*",
    "arn:aws:iam::111111111111:role*",
    "arn:aws:iam::111111111111:root",
    "arn:aws:iam::{{account.id}}:{{kind}}/x",
    "arn:aws:iam::111111111111:user/${aws:username}",
    "arn:aws:sqs:*:*:orders",
    "arn:aws:lambda:::awslayer:x",
    "arn:aws:ssm:eu-west-1::parameter/aws/service/x",
    "arn:aws:dynamodb::111111111111:global-table/x",
    "arn:aws:ec2:eu-west-1::image/ami-1",
  ])("%s is one", (resource) => {
    expect(found(resource)).toEqual([]);
  });
});

describe("resources of another type than the actions act on (GR-30)", () => {
  const on = (Action: string | string[], Resource: string | string[], Effect = "Allow"): string[] =>
    findingsOf({ Effect, Action, Resource });
  const user = "arn:aws:iam::111111111111:user/x";
  const role = "arn:aws:iam::111111111111:role/x";

  test("are an error if nothing else is named, else a warning", () => {
    expect(on("STS:assumerole", user)).toEqual([
      `error GR-30: \`STS:assumerole\` acts on a role and allows nothing on a user, got "${user}" => write the ARN of a role, such as "arn:aws:iam::111111111111:role/NAME"`,
    ]);
    expect(on("sts:AssumeRole", [role, "arn:aws:s3:::x"], "Deny")).toEqual([
      'warning GR-30: `sts:AssumeRole` acts on a role and denies nothing on a resource of `s3`, got "arn:aws:s3:::x" => write the ARN of a role, such as "arn:aws:iam::111111111111:role/NAME"',
    ]);
    expect(on(["iam:CreateUser", "iam:TagUser"], role)).toHaveLength(1);
    expect(on("iam:CreatePolicyVersion", role)).toHaveLength(1);
  });

  test("are left alone if an action is of another type, a pattern or not known", () => {
    expect(on(["sts:AssumeRole", "iam:GetUser"], [role, user])).toEqual([]);
    expect(on(["sts:AssumeRole", "iam:TagUser"], [role, user])).toEqual([]);
    expect(on("sts:Assume*", user)).toEqual([]);
    expect(on("sts:AssumeRole", ["*", "arn:aws:iam::*:*", "arn:aws:iam::*:*x/y"])).toEqual([]);
    expect(on("sts:AssumeRole", "arn:aws:iam::111111111111:{{kind}}/x")).toEqual([]);
  });
});

describe("ids in conditions (ID-01, ID-02)", () => {
  const where = (condition: object): string[] =>
    findingsOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", Condition: condition });

  test("are those that there can be", () => {
    expect(
      where({
        StringEquals: {
          "aws:PrincipalOrgID": ["o-exampleorg1", "o-xxx"],
          "aws:ResourceAccount": "1",
        },
        StringNotEquals: { "aws:SourceOrgID": "" },
        "ForAnyValue:StringLike": {
          "aws:PrincipalOrgPaths": ["o-exampleorg1/*", "ou-ab12-cdefgh34/*"],
        },
      }),
    ).toEqual([
      'error ID-02: `aws:PrincipalOrgID` is compared with an organization id, which must be `o-` and 10 to 32 lower-case letters or digits, got "o-xxx"',
      'error ID-01: `aws:ResourceAccount` is compared with an account id, which must be 12 digits, got "1"',
      'error ID-02: `aws:SourceOrgID` is compared with an organization id, which must be `o-` and 10 to 32 lower-case letters or digits, got ""',
      'error ID-02: `aws:PrincipalOrgPaths` is compared with a path that begins with an organization id, which must be `o-` and 10 to 32 lower-case letters or digits, got "ou-ab12-cdefgh34/*"',
    ]);
  });

  test("may be parameters, variables and, of paths, patterns", () => {
    expect(
      where({
        StringEquals: {
          "aws:PrincipalOrgID": ["{{organization.id}}", "${aws:ResourceOrgID}"],
          "aws:ResourceAccount": "${aws:PrincipalAccount}",
        },
        "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-*/r-ab12/*" },
        Null: { "aws:SourceOrgID": "true" },
      }),
    ).toEqual([]);
  });
});

describe("what applies to nothing (GR-29)", () => {
  test.each([
    [{ NotResource: ["arn:aws:s3:::x", "*"] }, "NotResource"],
    [{ NotAction: "*:*", Resource: "*" }, "NotAction"],
  ])("%j", (part, element) => {
    const Action = "NotAction" in part ? {} : { Action: "s3:GetObject" };
    expect(findingsOf({ Effect: "Deny", ...Action, ...part })).toEqual([
      `warning GR-29: \`${element}\` excepts everything, so the statement applies to nothing and denies nothing => name what is meant in \`${element.slice(3)}\`, or except less`,
    ]);
  });
});

import {
  SpokeRole,
  awsAccount,
  awsService,
  ec2Instances,
  foreignAccount,
  githubActions,
  iamRole,
  iamUser,
  oidc,
  organizationalUnit,
  permissionSet,
  podIdentity,
  rolesAnywhere,
  saml,
} from "trustwheel";
import { Testing } from "cdktf";
import type { SpokeRoleProps, TrustedPrincipal } from "trustwheel";
import type { Statement } from "../../../lib/iam/policy-document";
import { Resources, SHOP, TOOLS, plainStack, problems, synthesized } from "./library-stack";

const ROOT = { AWS: "arn:aws:iam::111111111111:root" };
const ORGANIZATION = { "aws:PrincipalOrgID": "o-exampleorg1" };

/** The trust statements of a role that lets in one principal. */
function statements(caller: TrustedPrincipal): readonly Statement[] {
  return synthesized(
    (scope) => new SpokeRole(scope, "s", { account: SHOP, roleName: "s", principals: { caller } }),
  ).trust("s").Statement;
}

/** The one trust statement of a role that lets in one principal, without what all have in common. */
function statement(caller: TrustedPrincipal): Omit<Statement, "Sid" | "Effect"> {
  const [only, second] = statements(caller);
  if (only === undefined || second !== undefined) throw new Error("not one statement");
  const { Sid, Effect, ...rest } = only;
  expect([Sid, Effect]).toEqual(["Caller", "Allow"]);
  return rest;
}

/** What validation says about a role that lets in one principal. */
function problemsOf(caller: TrustedPrincipal): string[] {
  return problems(
    (scope) => new SpokeRole(scope, "s", { account: SHOP, roleName: "s", principals: { caller } }),
  );
}

/** The trust policy of a role whose stack is synthesized without validation. */
function trustWithoutValidation(role: SpokeRoleProps): unknown {
  const stack = plainStack();
  new SpokeRole(stack, "s", role);
  return new Resources(JSON.parse(Testing.synth(stack, false)) as never).trust(role.roleName);
}

describe("principals", () => {
  test("IAM users are pinned in their account and organization", () => {
    expect(statement(iamUser({ account: TOOLS, name: ["a", "b"], path: "/bots/" }))).toEqual({
      Principal: ROOT,
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: {
          "aws:PrincipalArn": [
            "arn:aws:iam::111111111111:user/bots/a",
            "arn:aws:iam::111111111111:user/bots/b",
          ],
        },
        StringEquals: ORGANIZATION,
      },
    });
  });

  test("IAM roles are pinned, and without an account they are the role's own", () => {
    expect(statement(iamRole({ name: "ci" })).Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/ci" },
      StringEquals: ORGANIZATION,
    });
  });

  test("an account stands for whom its administrators permit, within its organization", () => {
    expect(statement(awsAccount(TOOLS))).toEqual({
      Principal: ROOT,
      Action: "sts:AssumeRole",
      Condition: { StringEquals: ORGANIZATION },
    });
    expect(statement(awsAccount()).Principal).toEqual({ AWS: "arn:aws:iam::222222222222:root" });
  });

  test("a permission set is matched in any region and after every assignment", () => {
    expect(statement(permissionSet({ account: TOOLS, namePattern: "Dev*" })).Condition).toEqual({
      ArnLike: {
        "aws:PrincipalArn":
          "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Dev*_????????????????",
      },
      StringEquals: ORGANIZATION,
    });
  });

  test("an OU is bound by organization and path", () => {
    const orgPath = "o-exampleorg1/r-ab12/ou-ab12-cdefgh34/";
    expect(statement(organizationalUnit({ orgPath }))).toEqual({
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: ORGANIZATION,
        "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": `${orgPath}*` },
      },
    });
    expect(statement(organizationalUnit({ orgPath, includeChildren: false })).Condition).toEqual({
      StringEquals: ORGANIZATION,
      "ForAnyValue:StringEquals": { "aws:PrincipalOrgPaths": orgPath },
    });
  });

  test("an external account enters with an external ID and no organization", () => {
    const vendor = { id: "444444444444", role: "scanner", reason: "contract with the vendor" };
    expect(statement(foreignAccount(vendor, { externalId: "scan-1" }))).toEqual({
      Principal: { AWS: "arn:aws:iam::444444444444:root" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::444444444444:role/scanner" },
        StringEquals: { "sts:ExternalId": "scan-1" },
      },
    });
  });

  test("GitHub Actions enter by the provider of the role's account, with audience and subject", () => {
    const props = { repository: "example-org/shop", environment: "prod", ref: "refs/heads/main" };
    expect(statement(githubActions(props))).toEqual({
      Principal: {
        Federated: "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com",
      },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:ref": "refs/heads/main",
          "token.actions.githubusercontent.com:sub": "repo:example-org/shop:environment:prod",
        },
      },
    });
  });

  test("other OIDC providers enter with audience, subject and claims", () => {
    const props = {
      url: "https://gitlab.com",
      audience: "aws",
      subject: "project_path:g/p:*",
      claims: { project_id: "42" },
    };
    expect(statement(oidc(props))).toEqual({
      Principal: { Federated: "arn:aws:iam::222222222222:oidc-provider/gitlab.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "gitlab.com:aud": "aws", "gitlab.com:project_id": "42" },
        StringLike: { "gitlab.com:sub": "project_path:g/p:*" },
      },
    });
  });

  test("SAML providers enter with the audience of the partition", () => {
    expect(statement(saml({ name: "corp" }))).toEqual({
      Principal: { Federated: "arn:aws:iam::222222222222:saml-provider/corp" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    });
  });

  test("people of a provider that is built into AWS, and a user pool with its external ID", () => {
    const pool = "eu-central-1:01234567-89ab-cdef-0123-456789abcdef";
    const cognito = oidc({
      url: "https://cognito-identity.amazonaws.com",
      audience: pool,
      claims: { amr: ["authenticated"] },
    });
    expect(statement(cognito)).toEqual({
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "cognito-identity.amazonaws.com:aud": pool },
        "ForAnyValue:StringEquals": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      },
    });
    expect(statement(awsService({ name: "cognito-idp" }, { externalId: "pool-1" }))).toEqual({
      Principal: { Service: "cognito-idp.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "pool-1" } },
    });
  });

  test("services carry no organization", () => {
    expect(statement(ec2Instances())).toEqual({
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    const sourceArn = "arn:aws:events:eu-central-1:222222222222:rule/nightly";
    expect(statement(awsService({ name: "events", sourceArn, sourceAccount: true }))).toEqual({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: { "aws:SourceArn": sourceArn },
        StringEquals: { "aws:SourceAccount": "222222222222" },
      },
    });
  });

  test("pods and certificates may tag their sessions", () => {
    const pods = statements(podIdentity({ namespace: "shop" }));
    expect(pods.map(({ Action }) => Action)).toEqual(["sts:AssumeRole", "sts:TagSession"]);
    const trustAnchor = "arn:aws:rolesanywhere:eu-central-1:222222222222:trust-anchor/a";
    const certificates = statements(rolesAnywhere({ trustAnchor, commonName: "build" }));
    expect(certificates.map(({ Action }) => Action)).toEqual([
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ]);
  });

  test("conditions stand in the statement of their own way in", () => {
    const conditions = {
      mfaMaxAgeSeconds: 3600,
      sourceIps: ["203.0.113.0/24"],
      notBefore: "2027-01-01T00:00:00Z",
    };
    expect(statement(iamUser({ account: TOOLS, name: "a" }, conditions)).Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/a" },
      StringEquals: ORGANIZATION,
      IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
      DateGreaterThanEquals: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
    });
  });
});

describe("wrong principals", () => {
  const wrong: [string, TrustedPrincipal, string][] = [
    [
      "multi-factor authentication of a role",
      iamRole({ name: "a" }, { mfa: true }),
      "`mfa` does not fit a principal of kind `role`: only IAM users have MFA, so nobody could assume the role [CK-15]",
    ],
    [
      "an external ID of a service",
      ec2Instances({}, { externalId: "an-id" } as object),
      "`externalId` does not fit a principal of kind `instanceProfile`: this kind of caller cannot pass one, so nobody could assume the role [TR-19]",
    ],
    [
      "no name, which would mean the whole account",
      iamUser({ name: [] }),
      "`name` must not be empty: omit it, or give it a value [value]",
    ],
    [
      "a name with a space",
      iamUser({ name: "a b" }),
      'a user name must be 1 to 64 ASCII letters, digits or any of `_+=,.@-`, got "a b" [ID-06]',
    ],
    [
      "an account that is no account",
      awsAccount({ id: "111" }),
      'account.id: an account ID must be a quoted string of 12 digits, got "111" [ID-01]',
    ],
    [
      "both a name and a pattern",
      permissionSet({ name: "A", namePattern: "B*" }),
      "a permission set is given by exactly one of `name` and `namePattern`, got both [missing-key]",
    ],
    [
      "every run of a repository",
      githubActions({ repository: "example-org/shop" }),
      "any run of the repository could assume it, from any branch or PR [OI-05]",
    ],
    [
      "an owner with a wildcard",
      githubActions({ repository: "example*/shop", branch: "main" }),
      'a repository must be `owner/name` without a wildcard in the owner, got "example*/shop" [OI-05]',
    ],
    [
      "every subject of a provider",
      oidc({ url: "https://gitlab.com", subject: "*" }),
      'the subject "*" allows every identity from gitlab.com [OI-04]',
    ],
    [
      "the subject twice",
      oidc({ url: "https://gitlab.com", subject: "a", claims: { sub: "b" } }),
      "`sub` among the claims: use `audience` and `subject` [GR-13]",
    ],
    [
      "the audience of Google twice",
      oidc({
        url: "https://accounts.google.com",
        subject: "1001",
        audience: "example",
        claims: { azp: "2002", oaud: "example" },
      }),
      "`oaud` among the claims: use `audience` and `subject` [GR-13]",
    ],
    [
      "no subject where anyone can ask for the audience",
      oidc({ url: "https://accounts.google.com", audience: "example" }),
      "`oidc` lacks the key `subject` [missing-key]",
    ],
    [
      "an external ID of a service that passes none",
      awsService({ name: "lambda" }, { externalId: "example" }),
      "`externalId` does not fit a principal of kind `service`: of all services only `cognito-idp` is documented to pass one, so nobody could assume the role [TR-19]",
    ],
    [
      "the audience of SAML twice",
      saml({ name: "corp", attributes: { "SAML:aud": "x" } }),
      "`SAML:aud` among the attributes: it is already required [GR-13]",
    ],
    [
      "an issuer that is no address",
      oidc({ url: "gitlab.com", subject: "a" }),
      'an issuer must be an `https://` URL of at most 255 characters without port and query, got "gitlab.com" [ID-32]',
    ],
    [
      "a unit by name",
      organizationalUnit({ orgPath: "/Workloads" }),
      'an OU path must be IDs with a slash after each, such as o-exampleorg1/r-ab12/ou-ab12-cdefgh34/, got "/Workloads" [ID-04]',
    ],
    [
      "multi-factor authentication of a unit",
      organizationalUnit({ orgPath: "o-exampleorg1/r-ab12/" }, { mfa: true }),
      "`mfa` does not fit a principal of kind `organizationalUnit`: only IAM users have MFA, so nobody could assume the role [CK-15]",
    ],
    [
      "an external account that is no account",
      foreignAccount({ id: "4", reason: "a contract" }, { externalId: "scan-1" }),
      'id: an account ID must be a quoted string of 12 digits, got "4" [ID-01]',
    ],
    [
      "a private address",
      iamUser({ name: "a" }, { sourceIps: ["10.0.0.0/8"] }),
      "10.0.0.0/8 is private; STS sees public addresses, so this never matches [GR-26]",
    ],
    [
      "a day that does not exist",
      iamUser({ name: "a" }, { notAfter: "2027-13-01T00:00:00Z" }),
      'notAfter must be a time in UTC such as 2027-01-31T18:00:00Z, got "2027-13-01T00:00:00Z" [GR-25]',
    ],
    [
      "too old an authentication",
      iamUser({ name: "a" }, { mfaMaxAgeSeconds: 200_000 }),
      "the age of multi-factor authentication must be between `5m` and `36h`, got `200000s` [CK-16]",
    ],
    [
      "an endpoint that is none",
      iamUser({ name: "a" }, { vpcEndpoints: ["vpc-1"] }),
      'a VPC endpoint must be an ID such as vpce-0123456789abcdef0, got "vpc-1" [CK-12]',
    ],
    [
      "an external ID with a space",
      iamUser({ name: "a" }, { externalId: "a b" }),
      'externalId: an external ID must be 2 to 1224 ASCII letters, digits or any of `_+=,.@:/-`, without spaces, got "a b" [ID-12]',
    ],
  ];

  test.each(wrong)("%s is refused", (_, principal, problem) => {
    expect(problemsOf(principal)).toEqual([`principals.caller: ${problem}`]);
  });

  test.each(wrong)("%s gets nobody in, even where validation is skipped", (_, principal) => {
    expect(principal.problems).not.toEqual([]);
    const role = { account: SHOP, roleName: "s", principals: { caller: principal } };
    expect(trustWithoutValidation(role)).toEqual({ Version: "2012-10-17", Statement: [] });
  });

  test("an external account without external id is refused", () => {
    const vendor = { id: "444444444444", reason: "contract with the vendor" };
    expect(problemsOf(foreignAccount(vendor, {} as never))).toEqual([
      "principals.caller: an external account can assume a role only with an external ID (ID-12) [foreign-external-id]",
    ]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Statement } from "../../../../lib/iam/policy-document";
import { proveUnder } from "../../../support/rules/control-proof";
import type { RootPolicies } from "../../../support/rules/control-proof";
import { ROOT } from "../../../support/project";

/*
 * The statements of a data perimeter as AWS describes it, on the example organization: identities, resources,
 * networks, and the rules that keep them from being changed. Source of the shapes:
 * aws-samples/data-perimeter-policy-examples.
 */

const EXAMPLE = readFileSync(join(ROOT, "accounts.yaml"), "utf8");
const POLICIES = Object.fromEntries(
  readdirSync(join(ROOT, "policies")).map((file) => [
    file.replace(/\.json$/, ""),
    readFileSync(join(ROOT, "policies", file), "utf8"),
  ]),
);
/** The example, with where its calls come from. */
const SAID = EXAMPLE.replace(
  "defaults:\n",
  "defaults:\n  calledFrom: { regions: [eu-central-1], sourceIps: [203.0.113.0/24], vpcs: [vpc-0123456789abcdef0] }\n",
);
const VENDOR = /foreignAccount:\s+id: "(\d{12})"/.exec(EXAMPLE)?.[1] ?? "";

const ROLES = ["sts:AssumeRole", "sts:SetContext"];
const rcp = (
  Sid: string,
  Action: string | string[],
  Condition: Statement["Condition"],
): Statement => ({
  Sid,
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
});
const scp = (
  Sid: string,
  what: Pick<Statement, "Action" | "NotAction">,
  Condition: Statement["Condition"],
): Statement => ({
  Sid,
  Effect: "Deny",
  ...what,
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
});

const identities = (accounts: string[]): Statement =>
  rcp("Identities", ["s3:*", "sqs:*", ...ROLES], {
    StringNotEqualsIfExists: {
      "aws:PrincipalOrgID": "o-exampleorg1",
      ...(accounts.length === 0 ? {} : { "aws:PrincipalAccount": accounts }),
      "aws:ResourceTag/perimeter:exclude:identity": "true",
    },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  });
const deputy = rcp("Deputy", ["s3:*", "sts:*"], {
  StringNotEqualsIfExists: {
    "aws:SourceOrgID": "o-exampleorg1",
    "aws:ResourceTag/perimeter:exclude:identity": "true",
  },
  Null: { "aws:SourceAccount": "false" },
  Bool: { "aws:PrincipalIsAWSService": "true" },
});
const tenants = (owner: string): Statement =>
  rcp("Tenants", "sts:AssumeRoleWithWebIdentity", {
    StringNotLikeIfExists: { "token.actions.githubusercontent.com:sub": `repo:${owner}/*` },
    Null: { "token.actions.githubusercontent.com:sub": "false" },
  });
const issuers = rcp("Issuers", "sts:AssumeRoleWithWebIdentity", {
  Null: { "token.actions.githubusercontent.com:sub": "true" },
});
const transport = rcp("Transport", ["s3:*", "sts:*"], {
  BoolIfExists: { "aws:SecureTransport": "false" },
});
const networkRules = (tag: Statement["Condition"]): Statement["Condition"] => ({
  ...tag,
  NotIpAddressIfExists: { "aws:SourceIp": ["203.0.113.0/24"] },
  StringNotEqualsIfExists: { "aws:SourceVpc": ["vpc-0123456789abcdef0"] },
  BoolIfExists: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
  ArnNotLikeIfExists: { "aws:PrincipalArn": ["arn:aws:iam::*:role/aws:ec2-infrastructure"] },
});
const network = scp("Network", { Action: "*" }, networkRules({}));
const taggedNetwork = scp(
  "Network",
  { Action: "*" },
  networkRules({ StringEquals: { "aws:PrincipalTag/perimeter:include:network": "true" } }),
);
const resources = scp(
  "Resources",
  { NotAction: ["iam:GetPolicy", "s3:GetObject", "ec2:CreateTags"] },
  {
    StringNotEqualsIfExists: {
      "aws:ResourceOrgID": "o-exampleorg1",
      "aws:PrincipalTag/perimeter:exclude:resource": "true",
    },
    "ForAllValues:StringNotEquals": { "aws:CalledVia": ["athena.amazonaws.com"] },
  },
);
const governance = scp(
  "SessionTags",
  { Action: ["iam:TagRole", "sts:TagSession"] },
  {
    "ForAnyValue:StringLike": { "aws:TagKeys": "perimeter:*" },
    StringNotEqualsIfExists: { "aws:PrincipalTag/team": "admin" },
  },
);
const region = scp(
  "Regions",
  { NotAction: ["iam:*", "organizations:*", "route53:*"] },
  {
    StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] },
  },
);
const root = scp(
  "Root",
  { Action: "*" },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
);

const verdict = (map: string, policies: RootPolicies): string =>
  proveUnder(map, policies, POLICIES).verdict;

test("the whole perimeter is proved, once the map says where calls come from", () => {
  expect(VENDOR).not.toBe("");
  const policies = {
    service: [network, taggedNetwork, resources, governance, region, root],
    resource: [identities([VENDOR]), deputy, tenants("example-org"), issuers, transport],
  };
  const { verdict: found, problems } = proveUnder(SAID, policies, POLICIES);
  expect({ found, problems }).toEqual({ found: "proved", problems: [] });
});

test.each<[string, RootPolicies, said: string, unsaid: string]>([
  ["identities, the vendor let out", { resource: [identities([VENDOR])] }, "proved", "proved"],
  [
    "identities, the vendor forgotten: its organization is not known",
    { resource: [identities([])] },
    "unknown",
    "unknown",
  ],
  ["confused deputies", { resource: [deputy] }, "proved", "proved"],
  ["tenants of GitHub", { resource: [tenants("example-org")] }, "proved", "proved"],
  ["another tenant", { resource: [tenants("another-org")] }, "refuted", "refuted"],
  ["issuers", { resource: [issuers] }, "proved", "proved"],
  ["transport", { resource: [transport] }, "proved", "proved"],
  ["networks", { service: [network] }, "proved", "unknown"],
  ["networks, of whom a tag includes", { service: [taggedNetwork] }, "proved", "unknown"],
  ["resources of the organization", { service: [resources] }, "proved", "proved"],
  ["session tags", { service: [governance] }, "proved", "proved"],
  ["regions", { service: [region] }, "proved", "unknown"],
  ["root users", { service: [root] }, "proved", "proved"],
])("%s", (_what, policies, said, unsaid) => {
  expect(verdict(SAID, policies)).toBe(said);
  expect(verdict(EXAMPLE, policies)).toBe(unsaid);
});

test.each<[string, RootPolicies]>([
  [
    "tokens in the list of signed calls",
    { resource: [{ ...identities([VENDOR]), Action: "sts:*" }] },
  ],
  [
    "services that are not let out",
    {
      resource: [
        rcp("Identities", ROLES, {
          StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorg1" },
        }),
      ],
    },
  ],
  [
    "another region",
    {
      service: [
        { ...region, Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } },
      ],
    },
  ],
  [
    "another network",
    {
      service: [
        { ...network, Condition: { NotIpAddressIfExists: { "aws:SourceIp": "198.51.100.0/24" } } },
      ],
    },
  ],
  [
    "another organization",
    {
      service: [
        scp(
          "Resources",
          { Action: "sts:*" },
          { StringNotEquals: { "aws:ResourceOrgID": "o-elsewhere1" } },
        ),
      ],
    },
  ],
])("a broken variant is refuted: %s", (_what, policies) => {
  expect(verdict(SAID, policies)).toBe("refuted");
});

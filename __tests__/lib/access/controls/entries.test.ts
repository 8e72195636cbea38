import type { Proof } from "../../../../lib/access/proof/prove-plan";
import type { Statement } from "../../../../lib/iam/policy-document";
import { deny, outcomeUnder, proveUnder } from "../../../support/rules/control-proof";
import type { RootPolicies } from "../../../support/rules/control-proof";

const ORG = `organizations: { example: { id: o-exampleorg1, root: r-ex01, units: { /Desk: ou-ex01-desk0001, /Empty: ou-ex01-empty001 } } }`;

/** A role in the account `bank` that one principal can assume. */
const mapWith = (principal: string, more = ""): string => `
${ORG}
accounts:
  desk: { id: "111111111111", unit: /Desk }
  bank: { id: "222222222222" }
spokes:
  vault:
    accounts: { keys: [bank] }
    tags: { tier: gold }
    permissions: { managed: [job-function/ViewOnlyAccess] }
    principals: { one: ${principal} }
${more}`;

type Verdict = Proof["verdict"];
type Conditions = Statement["Condition"];

const verdictOf = (map: string, policies: RootPolicies): Verdict =>
  proveUnder(map, policies).verdict;

const ANCHOR =
  "arn:aws:rolesanywhere:eu-west-1:222222222222:trust-anchor/22222222-2222-2222-2222-222222222222";

/** A principal of every kind. */
const KINDS: Readonly<Record<string, string>> = {
  user: `{ user: { account: desk, name: [ann, ben] } }`,
  role: `{ role: { account: desk, name: worker }, grant: declared }`,
  account: `{ account: { account: desk }, grant: declared }`,
  permissionSet: `{ permissionSet: { name: Teller, account: desk } }`,
  githubActions: `{ githubActions: { repository: example-org/vault, branch: main } }`,
  oidc: `{ oidc: { provider: gitlab, subject: "project_path:vault:*", audience: vault } }`,
  saml: `{ saml: { provider: idp } }`,
  instanceProfile: `{ instanceProfile: {} }`,
  podIdentity: `{ podIdentity: { cluster: "arn:aws:eks:eu-west-1:222222222222:cluster/one" } }`,
  service: `{ service: { name: scheduler, sourceAccount: true } }`,
  rolesAnywhere: `{ rolesAnywhere: { trustAnchor: "${ANCHOR}", commonName: till } }`,
  organizationalUnit: `{ organizationalUnit: { unit: /Desk }, grant: declared }`,
  foreignAccount: `{ foreignAccount: { id: "999999999999", role: auditor, reason: an audit every year }, externalId: audit-1, grant: declared }`,
};

const PROVIDERS = `
identityProviders:
  gitlab: { oidc: { url: "https://gitlab.example.com", audiences: [vault] } }
  idp: { saml: { name: idp } }
`;

describe.each(Object.entries(KINDS))("a principal of kind %s", (_kind, principal) => {
  const map = mapWith(principal, PROVIDERS);

  test("is refuted where everything is denied", () => {
    expect(verdictOf(map, deny("resource", "sts:*"))).toBe("refuted");
  });

  test("is proved where other things are denied", () => {
    expect(verdictOf(map, deny("resource", "s3:*"))).toBe("proved");
    expect(verdictOf(map, deny("resource", "sts:*", {}, "arn:aws:iam::*:role/other"))).toBe(
      "proved",
    );
  });

  test("is unknown where a key that is always there and not said decides", () => {
    const regions: Conditions = { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } };
    expect(verdictOf(map, deny("resource", "sts:*", regions))).toBe("unknown");
  });
});

describe("every action that an entry needs is asked", () => {
  const identity = `{ permissionSet: { name: Teller, account: desk }, sourceIdentity: { values: ["*@bank.example"] } }`;
  const optional = identity.replace("values", "required: false, values");
  const tags = `{ permissionSet: { name: Teller, account: desk }, sessionTags: { shift: { values: [day] } } }`;

  test.each<[string, string, RootPolicies, Verdict]>([
    ["source identity", identity, deny("service", "sts:SetSourceIdentity"), "refuted"],
    [
      "source identity that need not be set",
      optional,
      deny("service", "sts:SetSourceIdentity"),
      "refuted",
    ],
    ["source identity, nobody sets tags", identity, deny("service", "sts:TagSession"), "proved"],
    ["tags", tags, deny("service", "sts:Tag*"), "refuted"],
    ["tags, nobody sets an identity", tags, deny("service", "sts:SetSourceIdentity"), "proved"],
    ["tags of pods", KINDS.podIdentity ?? "", deny("resource", "sts:TagSession"), "refuted"],
    [
      "tags of certificates",
      KINDS.rolesAnywhere ?? "",
      deny("resource", "sts:TagSession"),
      "refuted",
    ],
    [
      "identity of certificates",
      KINDS.rolesAnywhere ?? "",
      deny("resource", "sts:SetSourceIdentity"),
      "refuted",
    ],
    [
      "nothing of instances",
      KINDS.instanceProfile ?? "",
      deny("resource", ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"]),
      "proved",
    ],
  ])("%s", (_what, principal, policies, verdict) => {
    expect(verdictOf(mapWith(principal), policies)).toBe(verdict);
  });

  test("where a hub passes on what its people set", () => {
    const map = `
${ORG}
accounts:
  desk: { id: "111111111111" }
  bank: { id: "222222222222" }
hubs:
  tellers:
    account: desk
    principals:
      staff: { permissionSet: { name: Teller }, sourceIdentity: { values: ["*@bank.example"] }, sessionTags: { shift: { transitive: true } } }
spokes:
  vault: { hubs: [tellers], accounts: { keys: [bank] }, permissions: { managed: [job-function/ViewOnlyAccess] } }
`;
    const vault = "arn:aws:iam::222222222222:role/vault";
    for (const action of ["sts:SetSourceIdentity", "sts:TagSession"]) {
      const { problems } = proveUnder(map, deny("service", action, {}, vault));
      expect(problems.map(({ roleArn, verdict }) => [roleArn, verdict])).toEqual([
        [vault, "refuted"],
      ]);
    }
  });

  test("an external ID is no key of the calls that tag and name a session", () => {
    const vendor = `{ foreignAccount: { id: "999999999999", role: auditor, reason: an audit every year }, externalId: audit-1, sessionTags: { shift: { values: [day] } }, grant: declared }`;
    const without: Conditions = { StringNotEquals: { "sts:ExternalId": "audit-1" } };
    expect(verdictOf(mapWith(vendor), deny("resource", "sts:AssumeRole", without))).toBe("proved");
    expect(verdictOf(mapWith(vendor), deny("resource", "sts:TagSession", without))).toBe("refuted");
  });
});

describe("every declared value is asked", () => {
  const not = (key: string, ...values: string[]): Conditions => ({
    StringNotLike: { [key]: values },
  });
  const SUB = "token.actions.githubusercontent.com:sub";
  const branches = `{ githubActions: { repository: example-org/vault, branch: [main, "hotfix/*"] } }`;
  const web = (condition: Conditions): RootPolicies =>
    deny("resource", "sts:AssumeRoleWithWebIdentity", condition);
  const staff = (values: string): string =>
    `{ permissionSet: { name: Teller, account: desk }, sourceIdentity: { values: ${values} } }`;
  const ID = "sts:SourceIdentity";

  test.each<[string, string, RootPolicies, Verdict]>([
    ["both branches", branches, web(not(SUB, "repo:example-org/*")), "proved"],
    [
      "the second branch",
      branches,
      web(not(SUB, "repo:example-org/vault:ref:refs/heads/main")),
      "refuted",
    ],
    [
      "the first branch",
      branches,
      web(not(SUB, "repo:example-org/vault:ref:refs/heads/hotfix/*")),
      "refuted",
    ],
    [
      "a part of what a pattern stands for",
      branches,
      web({ StringLike: { [SUB]: "*:ref:refs/heads/hotfix/old-*" } }),
      "unknown",
    ],
    [
      "all that a pattern stands for",
      branches,
      web({ StringLike: { [SUB]: "*:ref:refs/heads/hot*" } }),
      "refuted",
    ],
    [
      "the audience",
      branches,
      web(not("token.actions.githubusercontent.com:aud", "other")),
      "refuted",
    ],
    [
      "another claim, which the map does not say",
      branches,
      web({
        StringNotEquals: { "token.actions.githubusercontent.com:repository_owner": "example-org" },
      }),
      "unknown",
    ],
    [
      "claims of another issuer, which no such token has",
      branches,
      web({ StringLike: { "gitlab.example.com:sub": "*" } }),
      "proved",
    ],
    [
      "identities",
      staff('["a*@bank.example", "z@bank.example"]'),
      deny("service", "sts:*", not(ID, "*@bank.example")),
      "proved",
    ],
    [
      "the second identity",
      staff('["a*@bank.example", "z@bank.example"]'),
      deny("service", "sts:*", not(ID, "a*@bank.example")),
      "refuted",
    ],
    [
      "any identity",
      staff('["*"]'),
      deny("service", "sts:*", not(ID, "*@bank.example")),
      "unknown",
    ],
    [
      "external IDs",
      `{ role: { account: desk, name: worker }, externalId: [one, two], grant: declared }`,
      deny("resource", "sts:AssumeRole", not("sts:ExternalId", "one")),
      "refuted",
    ],
    [
      "a second user",
      KINDS.user ?? "",
      deny("service", "sts:AssumeRole", { StringEquals: { "aws:username": "ben" } }),
      "refuted",
    ],
    [
      "addresses",
      `{ user: { account: desk, name: ann }, sourceIps: [203.0.113.0/25, 198.51.100.7] }`,
      deny("service", "*", {
        NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"] },
      }),
      "proved",
    ],
    [
      "the second address",
      `{ user: { account: desk, name: ann }, sourceIps: [203.0.113.0/25, 198.51.100.7] }`,
      deny("service", "*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
      "refuted",
    ],
    [
      "a part of the addresses",
      `{ user: { account: desk, name: ann }, sourceIps: [203.0.113.0/25] }`,
      deny("service", "*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/26" } }),
      "unknown",
    ],
    [
      "an endpoint, without an address",
      `{ user: { account: desk, name: ann }, sourceIps: [203.0.113.0/25], vpcEndpoints: [vpce-11111111] }`,
      deny("service", "*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
      "refuted",
    ],
    [
      "the subject of a certificate",
      KINDS.rolesAnywhere ?? "",
      deny("resource", "sts:*", not("aws:PrincipalTag/x509Subject/CN", "till")),
      "proved",
    ],
    [
      "another part of a certificate",
      KINDS.rolesAnywhere ?? "",
      deny("resource", "sts:*", not("aws:PrincipalTag/x509Subject/O", "bank")),
      "unknown",
    ],
    [
      "tags that are passed",
      `{ permissionSet: { name: Teller, account: desk }, sessionTags: { shift: { values: [day, night] } } }`,
      deny("service", "sts:*", not("aws:RequestTag/shift", "day")),
      "refuted",
    ],
  ])("%s", (_what, principal, policies, verdict) => {
    expect(verdictOf(mapWith(principal, PROVIDERS), policies)).toBe(verdict);
  });

  test("and more combinations than are asked are unknown", () => {
    const many = (prefix: string): string =>
      `[${Array.from({ length: 150 }, (_, index) => `"${prefix}${index}"`).join(", ")}]`;
    const map = mapWith(
      `{ role: { account: desk, name: worker }, sourceIdentity: { values: ${many("who-")} }, sessionTags: { shift: { values: ${many("at-")} } }, grant: declared }`,
    ).replace('id: "222222222222"', 'id: "222222222222", trustPolicyQuota: 8192');
    const tested: Conditions = {
      StringLike: { "aws:RequestTag/shift": "x*", "sts:SourceIdentity": "x*" },
    };
    const { verdict, problems } = proveUnder(map, deny("service", "sts:*", tested));
    expect(verdict).toBe("unknown");
    expect(problems.map(({ message }) => message)).toEqual([
      "arn:aws:iam::111111111111:role/worker is a declared caller, but is not known to be allowed: its 22500 combinations of declared values are more than the 20000 that are asked",
    ]);
  });
});

describe("the role of a permission set", () => {
  const map = mapWith(KINDS.permissionSet ?? "");
  const roles = (kind: "ArnLike" | "ArnNotLike", ...paths: string[]): RootPolicies =>
    deny("service", "sts:AssumeRole", {
      [kind]: {
        "aws:PrincipalArn": paths.map(
          (path) => `arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/${path}`,
        ),
      },
    });

  test.each<[string, RootPolicies, Verdict]>([
    ["denied in both forms of its path", roles("ArnLike", "*"), "refuted"],
    [
      "denied in one form: which one it has is not known",
      roles("ArnLike", "*/AWSReservedSSO_*"),
      "unknown",
    ],
    ["excepted in one form", roles("ArnNotLike", "*/AWSReservedSSO_Teller_*"), "unknown"],
    [
      "excepted in both",
      roles("ArnNotLike", "AWSReservedSSO_Teller_*", "*/AWSReservedSSO_Teller_*"),
      "proved",
    ],
    [
      "another permission set is denied",
      roles("ArnLike", "AWSReservedSSO_Auditor_*", "*/AWSReservedSSO_Auditor_*"),
      "proved",
    ],
    [
      "one suffix is denied, and nobody knows its suffix",
      roles("ArnLike", "AWSReservedSSO_Teller_0123456789abcdef"),
      "unknown",
    ],
  ])("%s", (_what, policies, verdict) => {
    expect(verdictOf(map, policies)).toBe(verdict);
  });

  test("the answer says what is not known", () => {
    expect(outcomeUnder(map, roles("ArnLike", "*/AWSReservedSSO_*"))).toMatch(
      /^unknown\n.*service control policy: the statement applies \(scp, statement D\); whether the path of the role has a region is not known \(SSO-01\)$/,
    );
  });
});

describe("whoever stands for an account or a unit", () => {
  const arn = (name: string): Conditions => ({
    ArnLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${name}` },
  });
  const exempt = (name: string): Conditions => ({
    ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${name}` },
  });
  test.each(["account", "organizationalUnit"])("%s", (kind) => {
    const map = mapWith(KINDS[kind] ?? "");
    const verdict = (condition: Conditions): Verdict =>
      verdictOf(map, deny("resource", "sts:AssumeRole", condition));
    expect(verdict(arn("chief"))).toBe("proved");
    expect(verdict(exempt("chief"))).toBe("unknown");
    expect(verdict(exempt("chief*"))).toBe("unknown");
    expect(verdict({ StringEquals: { "aws:PrincipalAccount": "111111111111" } })).toBe("refuted");
    expect(verdict({ StringEquals: { "aws:PrincipalAccount": "222222222222" } })).toBe("proved");
    expect(verdict({ StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } })).toBe("proved");
    expect(
      verdict({
        "ForAnyValue:StringLike": {
          "aws:PrincipalOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-desk0001/*",
        },
      }),
    ).toBe("refuted");
  });

  test("service control policies of a unit's accounts bind", () => {
    expect(
      verdictOf(mapWith(KINDS.organizationalUnit ?? ""), deny("service", "sts:AssumeRole")),
    ).toBe("refuted");
  });

  test("a unit without any account of the map: those in it may be under any service control policy", () => {
    const map = mapWith(`{ organizationalUnit: { unit: /Empty }, grant: declared }`);
    expect(verdictOf(map, deny("resource", "sts:AssumeRole"))).toBe("refuted");
    expect(verdictOf(map, deny("resource", "s3:*"))).toBe("proved");
    expect(
      verdictOf(
        map,
        deny("resource", "sts:AssumeRole", {
          StringEquals: { "aws:PrincipalAccount": "333333333333" },
        }),
      ),
    ).toBe("unknown");
    expect(outcomeUnder(map, deny("service", "s3:*"))).toMatch(
      /^unknown\n.*the map has no account of the unit, so which service control policies bind is not known$/,
    );
  });
});

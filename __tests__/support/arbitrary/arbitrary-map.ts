import fc from "fast-check";
import { CANNOT_GENERATE, MISFITS } from "../../../lib/account-map/model/condition-fit";
import type { ConditionKey } from "../../../lib/account-map/model/condition-fit";
import type { PrincipalKind } from "../../../lib/account-map/model/principal";

/** Accounts of arbitrary maps: two of one organization, one of another, one of none. */
export const ACCOUNTS = {
  tools: { id: "111111111111", organization: "example", unit: "/Workloads" },
  shop: { id: "222222222222", organization: "example", unit: "/Workloads/Prod" },
  bikes: { id: "333333333333", organization: "acquired" },
  lone: { id: "444444444444", organization: "none" },
} as const;

/** Organizations of arbitrary maps. */
export const ORGANIZATIONS = {
  example: { id: "o-exampleorg1", root: "r-ex01", units: { "/Workloads": "ou-ex01-workload" } },
  acquired: { id: "o-exampleorg2" },
} as const;

const accountKey = fc.constantFrom(...(Object.keys(ACCOUNTS) as (keyof typeof ACCOUNTS)[]));
const names = fc.constantFrom("alpha", "beta", ["alpha", "gamma"]);
const patterns = fc.constantFrom("alpha", "al*", ["alpha", "b?ta*"]);

function some<T extends object>(value: {
  readonly [K in keyof T]: fc.Arbitrary<T[K]>;
}): fc.Arbitrary<Partial<T>> {
  return fc.record(value, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const PRINCIPALS: Readonly<Record<PrincipalKind, fc.Arbitrary<object>>> = {
  user: fc.record(
    { name: names, account: accountKey, create: fc.boolean() },
    { requiredKeys: ["name"] },
  ),
  // A role that exists, and roles that the map makes.
  role: fc.record(
    { name: fc.constantFrom("existing", "hub-a", "spoke-a"), account: accountKey },
    { requiredKeys: ["name"] },
  ),
  account: some({ account: accountKey }),
  permissionSet: fc.oneof(
    fc.record({ name: fc.constant("Engineer"), account: accountKey }, { requiredKeys: ["name"] }),
    fc.record(
      { namePattern: fc.constant("Eng*"), account: accountKey },
      { requiredKeys: ["namePattern"] },
    ),
  ),
  githubActions: fc.oneof(
    fc.record({ repository: fc.constant("example-org/app"), branch: patterns }),
    fc.record({
      repository: fc.constant("example-org/*"),
      environment: names,
      ref: fc.constantFrom("refs/heads/main", "refs/heads/*"),
    }),
    fc.record({
      repository: fc.constant("example-org/app"),
      pullRequest: fc.constant(true),
      subject: fc.constant("both"),
      ownerId: fc.constant("1"),
      repositoryId: fc.constant("2"),
    }),
  ),
  oidc: fc.record(
    {
      provider: fc.constant("gitlab"),
      subject: fc.constantFrom("project_path:example/app:*", ["a:b", "a:c"]),
      audience: names,
      claims: fc.constantFrom({ project_id: "1" }, { ref: ["main", "v*"] }),
    },
    { requiredKeys: ["provider", "subject"] },
  ),
  saml: fc.record(
    {
      provider: fc.constant("corporate"),
      attributes: fc.constantFrom({ "SAML:sub": "a*" }, { "SAML:eduPersonOrgDN": ["x", "y"] }),
    },
    { requiredKeys: ["provider"] },
  ),
  // A profile of another name could be that of another role, too, which IAM refuses (rule ID-26).
  instanceProfile: fc.constant({}),
  podIdentity: some({
    cluster: fc.constant("arn:aws:eks:eu-central-1:111111111111:cluster/main"),
    namespace: fc.constantFrom("monitoring", "mon*"),
    serviceAccount: fc.constant("collector"),
  }),
  service: fc.record(
    {
      name: fc.constantFrom("lambda", "ecs-tasks.amazonaws.com", "ec2"),
      sourceArn: fc.constant("arn:aws:lambda:eu-central-1:111111111111:function:*"),
      sourceAccount: fc.boolean(),
    },
    { requiredKeys: ["name"] },
  ),
  rolesAnywhere: fc.record(
    {
      trustAnchor: fc.constant("arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/a"),
      commonName: patterns,
      organizationalUnit: names,
    },
    { requiredKeys: ["trustAnchor"] },
  ),
  organizationalUnit: fc.record(
    {
      unit: fc.constantFrom("/", "/Workloads"),
      organization: fc.constant("example"),
      includeChildren: fc.boolean(),
    },
    { requiredKeys: ["unit", "organization"] },
  ),
  foreignAccount: fc.record(
    {
      id: fc.constantFrom("555555555555", "666666666666"),
      role: fc.constantFrom("scanner", "path/scanner"),
      reason: fc.constant("contract with a vendor"),
    },
    { requiredKeys: ["id", "reason"] },
  ),
};

const CONDITIONS: Readonly<Record<Exclude<ConditionKey, "grant">, fc.Arbitrary<unknown>>> = {
  mfa: fc.constantFrom(true, { maxAge: "1h" }),
  sourceIps: fc.constantFrom(["203.0.113.0/24"], ["203.0.113.7", "2001:db8::/32"]),
  vpcEndpoints: fc.constant(["vpce-0123456789abcdef0"]),
  notBefore: fc.constant("2026-01-01T00:00:00Z"),
  notAfter: fc.constant("2027-01-01T00:00:00Z"),
  sourceIdentity: fc.record(
    { values: fc.constantFrom(["*@example.com"], ["alice", "bob"]), required: fc.boolean() },
    { requiredKeys: ["values"] },
  ),
  sessionTags: fc.constantFrom(
    { team: {} },
    { team: { values: ["shop"] } },
    { team: { values: ["shop", "da*"], transitive: true }, cost: { transitive: true } },
  ),
  externalId: fc.constantFrom("external-1", ["external-1", "external-2"], "id-{{account.id}}"),
  calledFrom: fc.constantFrom(
    { regions: ["eu-central-1"] },
    { regions: ["eu-central-1", "us-east-1"], vpcs: ["vpc-0123456789abcdef0"] },
  ),
};

/** One way in: any kind of principal, with any conditions that fit it. */
export const waysIn: fc.Arbitrary<object> = fc
  .constantFrom(...(Object.keys(PRINCIPALS) as PrincipalKind[]))
  .chain((kind) => {
    const fitting = Object.fromEntries(
      Object.entries(CONDITIONS).filter(
        ([key]) => MISFITS[kind][key as ConditionKey] === undefined,
      ),
    );
    const grants = [
      "print",
      "declared",
      ...(CANNOT_GENERATE[kind] === undefined ? ["generate"] : []),
    ];
    const model: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
      [kind]: PRINCIPALS[kind],
      ...fitting,
      ...(MISFITS[kind].grant === undefined ? { grant: fc.constantFrom(...grants) } : {}),
    };
    const requiredKeys = [kind, ...(kind === "foreignAccount" ? ["externalId"] : [])];
    return fc.record(model, { requiredKeys });
  });

const principals = fc
  .array(waysIn, { minLength: 1, maxLength: 4 })
  .map((ways) => Object.fromEntries(ways.map((way, index) => [`way-${index}`, way])));

const externalId = CONDITIONS.externalId as fc.Arbitrary<string | string[]>;

const hub = fc.record(
  {
    account: accountKey,
    principals,
    reach: fc.constantFrom("spokes", "organization"),
    trustMode: fc.constantFrom("account", "roleArn"),
  },
  { requiredKeys: ["account", "principals"] },
);

const spoke = fc.record(
  {
    hubs: fc.constantFrom(["hub-a"], ["hub-a", "hub-b"]),
    accounts: fc.record({
      keys: fc.uniqueArray(accountKey, { minLength: 1, maxLength: 4 }),
    }),
    principals,
    externalId,
  },
  { requiredKeys: ["hubs", "accounts"] },
);

function chainRoles(optional: object): fc.Arbitrary<object[]> {
  const role = fc.record({ account: accountKey, ...optional }, { requiredKeys: ["account"] });
  return fc.array(role, { minLength: 1, maxLength: 2 });
}

const chain = fc
  .record({
    start: fc.oneof(
      fc.record({ instanceProfile: fc.record({ account: accountKey }) }),
      waysIn.filter((way) => !("instanceProfile" in way)),
    ),
    // The external id of the first roles, if any, is that of the start.
    first: chainRoles({}),
    others: fc.array(chainRoles({ externalId }), { maxLength: 2 }),
  })
  .map(({ start, first, others }) => ({
    start,
    steps: [first, ...others].map((roles, step) => ({
      roles: Object.fromEntries(roles.map((role, index) => [`role-${step}-${index}`, role])),
    })),
  }));

/**
 * Account maps without errors: hubs, spokes and a chain over accounts of two organizations and of none,
 * entered by every kind of principal with every condition that fits it.
 */
export const accountMaps: fc.Arbitrary<object> = fc
  .record(
    {
      partition: fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
      hubA: hub,
      hubB: hub,
      spokeA: spoke,
      spokeB: spoke,
      chain,
    },
    { requiredKeys: ["partition", "hubA", "hubB", "spokeA"] },
  )
  .map(({ partition, hubA, hubB, spokeA, spokeB, chain: way }) => ({
    organizations: ORGANIZATIONS,
    defaults: { partition },
    identityProviders: {
      gitlab: { oidc: { url: "https://gitlab.com" } },
      corporate: { saml: {} },
    },
    accounts: ACCOUNTS,
    hubs: { "hub-a": hubA, "hub-b": hubB },
    spokes: { "spoke-a": spokeA, ...(spokeB === undefined ? {} : { "spoke-b": spokeB }) },
    ...(way === undefined ? {} : { chains: { way } }),
  }));

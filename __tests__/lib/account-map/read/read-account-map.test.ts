import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import type { AccountMap } from "../../../../lib/account-map/model/account-map";
import { readAccountMap } from "../../../../lib/account-map/read/read-account-map";
import { ROOT } from "../../../support/project";

function read(text: string): ReturnType<typeof readAccountMap> {
  const names = readdirSync(join(ROOT, "policies")).map((file) => file.replace(/\.json$/, ""));
  return readAccountMap({
    file: "accounts.yaml",
    text,
    documents: new Map(names.map((name) => [name, true])),
    readFile: (file) => (file === "metadata.xml" ? "x".repeat(1000) : undefined),
  });
}

function mapOf(text: string): AccountMap {
  const { map, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  if (map === undefined) throw new Error("there is no map");
  return map;
}

const MANY_KINDS = `
organizations:
  second: { id: o-exampleorg2 }
  first:
    id: o-exampleorg1
    root: r-ex01
    units: { /B: ou-ex01-bbbbbbbb, /A: ou-ex01-aaaaaaaa, /A/C: ou-ex01-cccccccc }
defaults: { organization: first, rolePath: /access/ }
tags: { owner: team, app: shop }
parameters:
  database: { type: database-resource-id }
  bucket: { type: bucket-name, default: example }
identityProviders:
  gitlab: { oidc: { url: "https://gitlab.example.com" } }
  adfs: { saml: { metadata: metadata.xml }, create: true }
accounts:
  two: { id: "222222222222", organization: second }
  one: { id: "111111111111", unit: /A, parameters: { database: db-ABC, bucket: example-one } }
hubs:
  people:
    account: one
    principals:
      unit: { organizationalUnit: { unit: /A/C } }
      staff:
        user: { name: [zoe, adam] }
        sessionTags: { team: {}, cost: { values: [b, a] } }
        sourceIps: [203.0.113.7, 198.51.100.0/24]
      web: { saml: { provider: adfs, attributes: { "SAML:sub": x, "SAML:iss": y } } }
      jobs: { oidc: { provider: gitlab, subject: a, claims: { ref: main, env: prod } } }
  machines: { account: two }
spokes:
  writer: { hubs: [people, machines], accounts: { keys: [two, one] } }
  reader:
    hubs: [machines]
    accounts: { keys: [one, two] }
    externalId: { accounts: { two: id-two, one: [id-one, id-old] } }
chains:
  last: { start: { account: {} }, steps: [{ hub: people }] }
  batch:
    start: { instanceProfile: { account: one } }
    steps:
      - roles: { second: { account: two }, first: { account: one } }
      - spoke: reader
`;

describe("an account map", () => {
  test.each([
    ["the example", readFileSync(join(ROOT, "accounts.yaml"), "utf8")],
    ["a map with many kinds of entries", MANY_KINDS],
  ])("is the same in whatever order its keys stand: %s", (_, text) => {
    const map = inOrder(mapOf(text));
    const value: unknown = parse(text);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const shuffled = shuffleKeys(value, () => Number(numbers.next().value));
        expect(inOrder(mapOf(JSON.stringify(shuffled)))).toEqual(map);
      }),
      { numRuns: 30 },
    );
  });

  test("has its defaults filled in", () => {
    const map = mapOf('accounts:\n  one:\n    id: "111111111111"\nhubs:\n  h: { account: one }\n');
    expect(map.accounts.get("one")).toEqual({
      key: "one",
      id: "111111111111",
      name: "one",
      unit: "/",
      management: false,
      leaving: false,
      tags: {},
      region: "us-east-1",
      partition: "aws",
      deploymentRole: { roleName: "OrganizationAccountAccessRole", path: "/", via: [] },
      trustPolicyQuota: 2048,
      managedPoliciesQuota: 10,
      parameters: new Map(),
      at: ["accounts", "one"],
    });
    expect(map.hubs.get("h")).toMatchObject({
      roleName: "h",
      path: "/",
      maxSessionSeconds: 3600,
      reach: "spokes",
      trustMode: "account",
      principals: [],
    });
    expect(map.state).toEqual({ kind: "local", folder: "state" });
    expect([map.requiredTags, map.policyPath]).toEqual([[], "/"]);
  });

  test("takes the partition from the region, and the region from the partition", () => {
    const map = mapOf(`accounts:
  china: { id: "111111111111", region: cn-north-1 }
  government: { id: "222222222222", partition: aws-us-gov }
  sovereign: { id: "333333333333", partition: aws-eusc }
`);
    const places = [...map.accounts.values()].map(({ partition, region }) => [partition, region]);
    expect(places).toEqual([
      ["aws-cn", "cn-north-1"],
      ["aws-us-gov", "us-gov-west-1"],
      ["aws-eusc", "eusc-de-east-1"],
    ]);
  });

  test("takes the only organization for accounts that name none", () => {
    const organizations = "organizations:\n  example: { id: o-exampleorg1 }\n";
    const map = mapOf(`${organizations}accounts:
  inside: { id: "111111111111" }
  outside: { id: "222222222222", organization: none }
`);
    expect(map.accounts.get("inside")?.organization?.key).toBe("example");
    expect(map.accounts.get("outside")?.organization).toBeUndefined();
  });

  test("takes `none` as no deployment role and no boundary", () => {
    const map = mapOf(`defaults: { deploymentRole: Deploy, permissionsBoundary: access-boundary }
accounts:
  one: { id: "111111111111", deploymentRole: none }
  two: { id: "222222222222" }
hubs:
  bounded: { account: one }
  free: { account: one, permissionsBoundary: none }
`);
    expect(map.accounts.get("one")?.deploymentRole).toBeUndefined();
    expect(map.accounts.get("two")?.deploymentRole?.roleName).toBe("Deploy");
    expect(map.hubs.get("bounded")?.permissionsBoundary).toMatchObject({ kind: "document" });
    expect(map.hubs.get("free")?.permissionsBoundary).toBeUndefined();
  });
});

/** Maps as lists of their entries, so that a comparison sees their order. */
function inOrder(value: unknown): unknown {
  if (value instanceof Map) return { map: [...value].map(inOrder) };
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inOrder(each)]));
}

/** The same value with the keys of all its maps in another order. */
function shuffleKeys(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffleKeys(each, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) => ({
    entry: [key, shuffleKeys(each, random)] as const,
    order: random(),
  }));
  return Object.fromEntries(entries.sort((a, b) => a.order - b.order).map(({ entry }) => entry));
}

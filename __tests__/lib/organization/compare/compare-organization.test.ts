import fc from "fast-check";
import { editMap } from "../../../../lib/account-map/edit/edit-map";
import type { RawAccountMap } from "../../../../lib/account-map/read/raw-account-map";
import { compareOrganization } from "../../../../lib/organization/compare/compare-organization";
import type { ComparedMap } from "../../../../lib/organization/compare/comparison";
import type { Organization, OrganizationAccount } from "../../../../lib/organization/organization";
import { isOutOfStep } from "../../../../lib/organization/compare/organization-drift";
import type { OrganizationDrift } from "../../../../lib/organization/compare/organization-drift";
import { checkMap } from "../../../support/project";

const MAP = `organizations:
  main:
    id: o-exampleorg1
    root: r-ex01
    units:
      /Workloads: ou-ex01-workload
      /Workloads/Prod: ou-ex01-wlprod01
defaults:
  region: eu-central-1
accounts:
  management:
    id: "111111111111"
    management: true
    deploymentRole: none
  shop:
    id: "222222222222"
    name: Shop
    unit: /Workloads/Prod
    tags: { team: shop, tier: one }
  data:
    id: "333333333333"
    unit: /Workloads/Prod
`;
const MANAGEMENT = account("111111111111", "Management", { unit: "/", joined: "invited" });
const SHOP = account("222222222222", "Shop", { unit: "/Workloads/Prod", tags: { team: "shop" } });
const DATA = account("333333333333", "Data", { unit: "/Workloads/Prod", tags: {} });
const ORGANIZATION: Organization = {
  id: "o-exampleorg1",
  managementAccountId: "111111111111",
  partition: "aws",
  rootId: "r-ex01",
  units: [
    { id: "ou-ex01-workload", name: "Workloads", path: "/Workloads", parentId: "r-ex01" },
    { id: "ou-ex01-wlprod01", name: "Prod", path: "/Workloads/Prod", parentId: "ou-ex01-workload" },
  ],
  accounts: [MANAGEMENT, SHOP, DATA],
  complete: true,
  awsNames: true,
};

function account(
  id: string,
  name: string,
  more: Partial<OrganizationAccount> = {},
): OrganizationAccount {
  return { id, name, state: "active", joined: "created", ...more };
}

function mapOf(text: string): ComparedMap {
  const { map, source, diagnostics } = checkMap(text);
  if (map === undefined || source === undefined) throw new Error(JSON.stringify(diagnostics));
  return { map, raw: source.value as RawAccountMap };
}

function drift(
  changes: Partial<Organization> = {},
  text = MAP,
  organizationKey?: string,
): OrganizationDrift[] {
  return compareOrganization(mapOf(text), { ...ORGANIZATION, ...changes }, organizationKey);
}

/** The map as it is after the edits that were suggested, which must then be in step. */
function settled(changes: Partial<Organization>, text = MAP): string {
  const edited = editMap(
    text,
    drift(changes, text).flatMap(({ edits }) => edits),
  );
  if ("problems" in edited) throw new Error(JSON.stringify(edited.problems));
  expect(drift(changes, edited.text).filter(isOutOfStep)).toEqual([]);
  return edited.text;
}

describe("a map and its organization", () => {
  test("that are in step differ in nothing", () => {
    expect(drift()).toEqual([]);
  });

  test("are not compared in what the source does not tell", () => {
    const accounts = [MANAGEMENT, SHOP, DATA].map(({ id = "", name }) => ({ id, name }));
    const { managementAccountId: _, partition: __, ...rest } = ORGANIZATION;
    expect(compareOrganization(mapOf(MAP), { ...rest, units: [], accounts })).toEqual([]);
  });
});

describe("an account that the map lacks", () => {
  const added = account("444444444444", "Shop", {
    unit: "/Workloads",
    tags: { team: "shop", other: "x" },
  });

  test("is added under a key of its own, with the tags that the map uses", () => {
    const accounts = [MANAGEMENT, SHOP, DATA, added];
    expect(drift({ accounts })).toEqual([
      {
        kind: "missing-account",
        key: "shop-2",
        account: added,
        message: '"Shop" (444444444444) in /Workloads is not in the map',
        edits: [
          {
            kind: "add-account",
            key: "shop-2",
            id: "444444444444",
            name: "Shop",
            unit: "/Workloads",
            tags: { team: "shop" },
          },
        ],
      },
    ]);
    expect(settled({ accounts })).toContain("444444444444");
  });

  test.each(["closed", "pending-closure", "suspended", "pending-activation"] as const)(
    "is not wanted while it is %s",
    (state) => {
      expect(drift({ accounts: [MANAGEMENT, SHOP, DATA, { ...added, state }] })).toEqual([]);
    },
  );

  test("and was invited has no OrganizationAccountAccessRole (BS-01)", () => {
    const [found] = drift({ accounts: [MANAGEMENT, SHOP, DATA, { ...added, joined: "invited" }] });
    expect(found).toMatchObject({ kind: "missing-account", rule: "BS-01" });
    expect(found?.help).toContain("it was invited, so it has no `OrganizationAccountAccessRole`");
    const other = MAP.replace("defaults:", "defaults:\n  deploymentRole: deployer");
    const [same] = drift(
      { accounts: [MANAGEMENT, SHOP, DATA, { ...added, joined: "invited" }] },
      other,
    );
    expect(same?.help).toBeUndefined();
  });

  test("and is the management account is added as such, without a deployment role (BS-01)", () => {
    const text = MAP.replace(/ {2}management:\n(?: {4}.*\n)+/, "");
    const [found] = drift({}, text);
    expect(found).toMatchObject({
      rule: "BS-01",
      edits: [
        {
          kind: "add-account",
          key: "management",
          id: "111111111111",
          name: "Management",
          management: true,
          deploymentRole: "none",
        },
      ],
    });
    expect(settled({}, text)).toContain("deploymentRole: none");
  });

  test.each([
    ["AWSControlTowerExecution", { deploymentRole: "none" }],
    ["our-own-role", {}],
  ])("and is the management account, with %s as the role of the others (BS-01)", (role, more) => {
    const text = MAP.replace(/ {2}management:\n(?: {4}.*\n)+/, "").replace(
      "  region:",
      `  deploymentRole: ${role}\n  region:`,
    );
    expect(drift({}, text)[0]?.edits).toEqual([
      {
        kind: "add-account",
        key: "management",
        id: "111111111111",
        name: "Management",
        management: true,
        ...more,
      },
    ]);
  });

  test("gets no name from a source whose names are not those of AWS", () => {
    const [found] = drift({ accounts: [MANAGEMENT, SHOP, DATA, added], awsNames: false });
    expect(found?.edits).toHaveLength(1);
    expect(found?.edits[0]).toMatchObject({ kind: "add-account", key: "shop-2" });
    expect(found?.edits[0]).not.toHaveProperty("name");
  });

  test("and was made by AFT gets the role of Control Tower (BS-02)", () => {
    const made = { ...added, madeBy: "account-factory-for-terraform" } as const;
    const [found] = drift({ accounts: [MANAGEMENT, SHOP, DATA, made] });
    expect(found).toMatchObject({
      rule: "BS-02",
      edits: [{ kind: "add-account", deploymentRole: "AWSControlTowerExecution" }],
    });
  });

  test("and lies in another partition than the map's accounts is reported only", () => {
    const text = MAP.replace(
      /accounts:\n[^]*/,
      'accounts:\n  far:\n    id: "555555555555"\n    organization: none\n',
    );
    const found = drift({ partition: "aws-us-gov", accounts: [added] }, text);
    expect(found).toMatchObject([{ kind: "missing-account", rule: "PT-03", edits: [] }]);
    expect(found[0]?.help).toContain(
      "it is in the partition `aws-us-gov`, the map's accounts in `aws`",
    );
  });

  test("names its organization where the map has several", () => {
    const text = MAP.replace(
      "defaults:",
      "  other:\n    id: o-exampleorg2\ndefaults:\n  organization: other",
    );
    const [found] = drift({ accounts: [added] }, text);
    expect(found?.edits).toMatchObject([{ kind: "add-account", organization: "main" }]);
  });

  test("is the second of equal names: keys do not depend on their order", () => {
    const twin = { ...added, id: "555555555555" };
    const keys = (accounts: readonly OrganizationAccount[]): string[] =>
      drift({ accounts: [MANAGEMENT, SHOP, DATA, ...accounts] }).flatMap((each) =>
        each.kind === "missing-account" ? [`${each.key} ${each.account.id ?? ""}`] : [],
      );
    expect(keys([added, twin])).toEqual(["shop-2 444444444444", "shop-3 555555555555"]);
    expect(keys([twin, added])).toEqual(keys([added, twin]));
  });
});

describe("an account of the map", () => {
  const withShop = (changes: Partial<OrganizationAccount>): Partial<Organization> => ({
    accounts: [MANAGEMENT, { ...SHOP, ...changes }, DATA],
  });

  test("that moved to another OU gets the unit", () => {
    const changes = withShop({ unit: "/Workloads" });
    expect(drift(changes)).toEqual([
      {
        kind: "moved-account",
        key: "shop",
        from: "/Workloads/Prod",
        to: "/Workloads",
        message: "`shop` (222222222222) is in /Workloads, the map says /Workloads/Prod",
        edits: [{ kind: "set-account-field", key: "shop", field: ["unit"], value: "/Workloads" }],
      },
    ]);
    settled(changes);
    expect(drift(withShop({ unit: "/" }))[0]?.edits).toEqual([
      { kind: "set-account-field", key: "shop", field: ["unit"], value: "/" },
    ]);
  });

  test("that was renamed gets the name, and keeps its key", () => {
    const changes = withShop({ name: "Store" });
    expect(drift(changes)).toMatchObject([
      { kind: "renamed-account", key: "shop", from: "Shop", to: "Store" },
    ]);
    expect(settled(changes)).toBe(MAP.replace("name: Shop", "name: Store"));
  });

  test("that has no name in the map is never renamed, nor by names that are not those of AWS", () => {
    expect(drift({ accounts: [MANAGEMENT, SHOP, { ...DATA, name: "Other" }] })).toEqual([]);
    expect(drift({ ...withShop({ name: "Store" }), awsNames: false })).toEqual([]);
  });

  test("has other tags: of those that the map and the organization both use", () => {
    const accounts = [MANAGEMENT, { ...SHOP, tags: { team: "web", cost: "1" } }, DATA];
    expect(drift({ accounts })).toEqual([
      {
        kind: "other-tags",
        key: "shop",
        from: { team: "shop" },
        to: { team: "web" },
        message: 'tags of `shop` (222222222222): `team` is "web", the map says "shop"',
        edits: [{ kind: "set-account-field", key: "shop", field: ["tags", "team"], value: "web" }],
      },
    ]);
    expect(settled({ accounts })).toBe(MAP.replace("team: shop", "team: web"));
  });

  test("lost a tag, or got one", () => {
    const accounts = [MANAGEMENT, { ...SHOP, tags: {} }, { ...DATA, tags: { team: "data" } }];
    expect(drift({ accounts }).flatMap(({ edits }) => edits)).toEqual([
      { kind: "set-account-field", key: "data", field: ["tags", "team"], value: "data" },
      { kind: "set-account-field", key: "shop", field: ["tags", "team"] },
    ]);
    settled({ accounts });
  });

  test("is selected by a tag that no account of the map has yet", () => {
    const text = `${MAP}hubs:
  people:
    account: management
    principals: { engineers: { permissionSet: { name: Engineer } } }
spokes:
  reader:
    hubs: [people]
    accounts: { keys: [data], tags: { stage: prod }, except: { tags: { frozen: "yes" } } }
    permissions: { managed: [ReadOnlyAccess] }
`;
    const accounts = [
      MANAGEMENT,
      { ...SHOP, tags: { team: "shop", stage: "prod" } },
      { ...DATA, tags: { frozen: "yes" } },
    ];
    expect(drift({ accounts }, text).flatMap(({ edits }) => edits)).toEqual([
      { kind: "set-account-field", key: "data", field: ["tags", "frozen"], value: "yes" },
      { kind: "set-account-field", key: "shop", field: ["tags", "stage"], value: "prod" },
    ]);
  });

  test("that is closed, or about to be, is leaving, wherever it was put", () => {
    for (const state of ["closed", "pending-closure"] as const) {
      expect(drift(withShop({ state, unit: "/Suspended", name: "x" }))).toMatchObject([
        {
          kind: "inactive-account",
          state,
          edits: [{ kind: "set-account-field", key: "shop", field: ["state"], value: "leaving" }],
        },
      ]);
    }
  });

  test("that is suspended is reported: nobody can tell whether it comes back", () => {
    const [found] = drift(withShop({ state: "suspended" }));
    expect(found).toMatchObject({ kind: "inactive-account", edits: [] });
    expect(found?.message).toBe(
      "`shop` (222222222222) is suspended: it was closed, or AWS restricts it",
    );
  });

  test("that the organization lacks is reported, where all accounts are listed", () => {
    expect(drift({ accounts: [MANAGEMENT, DATA] })).toMatchObject([
      {
        kind: "departed-account",
        key: "shop",
        message: "`shop` (222222222222) is not in the organization",
        edits: [],
      },
    ]);
    expect(drift({ accounts: [MANAGEMENT, DATA], complete: false })).toEqual([]);
  });

  test("that is outside of the organization is nobody's business", () => {
    const text = `${MAP}  vendor:\n    id: "666666666666"\n    organization: none\n`;
    expect(drift({}, text)).toEqual([]);
  });

  test("that joined the organization belongs to it", () => {
    const text = MAP.replace("    name: Shop\n", "    name: Shop\n    organization: none\n");
    expect(drift({}, text)).toMatchObject([
      {
        kind: "other-organization",
        key: "shop",
        message: "`shop` (222222222222) is in the organization `main`, the map says it is in none",
      },
    ]);
    expect(settled({}, text)).toBe(MAP);
  });

  test("says whether it is the management account", () => {
    const text = MAP.replace("    management: true\n    deploymentRole: none\n", "").replace(
      "    name: Shop\n",
      "    name: Shop\n    management: true\n    deploymentRole: none\n",
    );
    expect(drift({}, text).map(({ kind, rule, edits }) => [kind, rule, edits])).toEqual([
      [
        "management-account",
        "BS-01",
        [
          { kind: "set-account-field", key: "management", field: ["management"], value: true },
          {
            kind: "set-account-field",
            key: "management",
            field: ["deploymentRole"],
            value: "none",
          },
        ],
      ],
      [
        "management-account",
        undefined,
        [{ kind: "set-account-field", key: "shop", field: ["management"] }],
      ],
    ]);
    settled({}, text);
  });

  test("that the map takes for the management account of another organization is none of this one's business", () => {
    const text = MAP.replace(
      "defaults:\n",
      "  other: { id: o-exampleorg2 }\ndefaults:\n  organization: main\n",
    ).replace(
      "  data:\n",
      '  theirs: { id: "555555555555", organization: other, management: true, deploymentRole: none }\n  data:\n',
    );
    expect(drift({}, text)).toEqual([]);
  });

  test("lies in another partition than the organization", () => {
    const found = drift({ partition: "aws-cn", accounts: [SHOP], complete: false });
    expect(found).toMatchObject([
      { kind: "other-partition", key: "shop", from: "aws", to: "aws-cn", rule: "PT-03", edits: [] },
    ]);
  });

  test("and was invited is a note: a role may have been made by hand", () => {
    const found = drift(withShop({ joined: "invited" }));
    expect(found).toMatchObject([
      { kind: "deployment-role", key: "shop", rule: "BS-01", edits: [] },
    ]);
    expect(found.some(isOutOfStep)).toBe(false);
    const text = MAP.replace("    name: Shop\n", "    name: Shop\n    deploymentRole: mine\n");
    expect(drift(withShop({ joined: "invited" }), text)).toEqual([]);
  });
});

describe("a unit whose id the map holds", () => {
  test("that was renamed is renamed everywhere, and its accounts have not moved", () => {
    const changes: Partial<Organization> = {
      units: [
        { id: "ou-ex01-workload", name: "Apps", path: "/Apps", parentId: "r-ex01" },
        { id: "ou-ex01-wlprod01", name: "Prod", path: "/Apps/Prod", parentId: "ou-ex01-workload" },
      ],
      accounts: [MANAGEMENT, { ...SHOP, unit: "/Apps/Prod" }, { ...DATA, unit: "/Apps/Prod" }],
    };
    expect(drift(changes)).toEqual([
      {
        kind: "moved-unit",
        from: "/Workloads",
        to: "/Apps",
        message: "the OU ou-ex01-workload is /Apps now, the map calls it /Workloads",
        edits: [{ kind: "rename-unit", from: "/Workloads", to: "/Apps" }],
      },
    ]);
    expect(settled(changes)).toBe(MAP.replaceAll("/Workloads", "/Apps"));
  });

  test("that is gone is reported, with the id of the one that took its place", () => {
    const [workloads] = ORGANIZATION.units;
    const anew = { id: "ou-ex01-bbbbbbbb", name: "Prod", path: "/Workloads/Prod" };
    expect(drift({ units: workloads === undefined ? [] : [workloads, anew] })).toMatchObject([
      {
        kind: "moved-unit",
        from: "/Workloads/Prod",
        help: "write ou-ex01-bbbbbbbb in `organizations.main.units`: the OU at that path was created again",
        edits: [],
      },
    ]);
  });
});

describe("a source without ids", () => {
  const { id: _, ...nameless } = ORGANIZATION;
  const compare = (accounts: readonly OrganizationAccount[]): OrganizationDrift[] =>
    compareOrganization(mapOf(MAP), { ...nameless, accounts, awsNames: false });
  const NEW: OrganizationAccount = { name: "Brand New", unit: "/" };

  test("is compared by the names and keys of the map", () => {
    const found = compare([
      MANAGEMENT,
      { name: "Shop", unit: "/Workloads" },
      { name: "DATA", unit: "/Workloads/Prod" },
    ]);
    expect(found).toMatchObject([{ kind: "moved-account", key: "shop", to: "/Workloads" }]);
    expect(found).toHaveLength(1);
  });

  test("has accounts that are listed and not invented, and hide nobody who may have left", () => {
    const found = compare([MANAGEMENT, DATA, NEW]);
    expect(found).toMatchObject([
      {
        kind: "account-without-id",
        message:
          'the source has an account "Brand New" without an ID, and no account in the map has this name',
        edits: [],
      },
      {
        kind: "perhaps-departed-account",
        key: "shop",
        message:
          "`shop` (222222222222) is not in the source, unless it is the account without an ID",
        help: "look up the missing IDs in AWS Organizations; if it left for good, run `trustwheel offboard shop`; if it stays in use outside the organization, write `organization: none`",
        edits: [],
      },
    ]);
    expect(found).toHaveLength(2);
    const more = compare([
      MANAGEMENT,
      DATA,
      NEW,
      { ...NEW, name: "Shop 2" },
      { ...NEW, name: "Shop 2" },
    ]);
    expect(more.map(({ kind }) => kind)).toEqual([
      "account-without-id",
      "account-without-id",
      "account-without-id",
      "perhaps-departed-account",
    ]);
    expect(more.at(-1)?.message).toBe(
      "`shop` (222222222222) is not in the source, unless it is one of the 3 accounts without an ID",
    );
  });

  test("tells the unit by an id that the map knows", () => {
    const found = compare([
      { ...MANAGEMENT },
      { id: "222222222222", name: "Shop", unitId: "ou-ex01-workload" },
      { id: "333333333333", name: "Data", unitId: "ou-ex01-unknown1" },
    ]);
    expect(found).toMatchObject([{ kind: "moved-account", key: "shop", to: "/Workloads" }]);
    expect(found).toHaveLength(1);
  });
});

describe("another organization", () => {
  test("is not compared at all", () => {
    expect(drift({ id: "o-exampleorg9", accounts: [] })).toEqual([
      {
        kind: "unknown-organization",
        organizationId: "o-exampleorg9",
        message: "the organization is o-exampleorg9, and the map has only o-exampleorg1 (main)",
        help: "use credentials or files of the organization in the map, or add o-exampleorg9 under `organizations:`",
        edits: [],
      },
    ]);
  });

  test("must be named where the source does not tell and the map has several", () => {
    const text = MAP.replace(
      "defaults:",
      "  other:\n    id: o-exampleorg2\ndefaults:\n  organization: main",
    );
    const { id: _, ...nameless } = ORGANIZATION;
    const compared = mapOf(text);
    expect(compareOrganization(compared, nameless)).toMatchObject([
      { kind: "unknown-organization", help: "name one with `--organization KEY`" },
    ]);
    expect(compareOrganization(compared, nameless, "main")).toEqual([]);
  });

  test("is no matter to a map without organizations: ids tell", () => {
    const text = 'accounts:\n  shop:\n    id: "222222222222"\n    unit: /Workloads/Prod\n';
    const found = drift({}, text);
    expect(found.map(({ kind, edits }) => [kind, edits[0]?.kind])).toEqual([
      ["missing-account", "add-account"],
      ["missing-account", "add-account"],
    ]);
    expect(JSON.stringify(found)).not.toContain('"organization":');
  });
});

describe("whatever the organization is", () => {
  const unit = fc.constantFrom("/", "/Workloads", "/Workloads/Prod", "/Sandbox");
  const one = (id: string): fc.Arbitrary<OrganizationAccount> =>
    fc.record(
      {
        id: fc.constant(id),
        name: fc.oneof(fc.constantFrom("Shop", "Data", "data"), fc.string({ maxLength: 12 })),
        state: fc.constantFrom("active", "active", "closed", "suspended", "pending-closure"),
        joined: fc.constantFrom("created", "invited"),
        unit,
        tags: fc.dictionary(
          fc.constantFrom("team", "tier", "cost"),
          fc.constantFrom("a", "yes", "1"),
        ),
      },
      { requiredKeys: ["id", "name"] },
    );
  const ids = ["111111111111", "222222222222", "333333333333", "044444444444", "055555555555"];
  const organizations = fc.record({
    accounts: fc
      .tuple(...ids.map((id) => fc.option(one(id), { nil: undefined })))
      .map((accounts) => accounts.filter((each) => each !== undefined)),
    managementAccountId: fc.constantFrom(...ids),
  });

  test("once the edits are made, the map is sound, and only what a person has to decide is left", () => {
    fc.assert(
      fc.property(organizations, (changes) => {
        const edits = drift(changes).flatMap((each) => each.edits);
        const edited = editMap(MAP, edits);
        if ("problems" in edited) throw new Error(JSON.stringify(edited.problems));
        expect(drift(changes, edited.text).flatMap((each) => each.edits)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

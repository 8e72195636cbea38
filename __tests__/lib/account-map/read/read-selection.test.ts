import fc from "fast-check";
import type { Account } from "../../../../lib/account-map/model/account-map";
import type { RawSelection } from "../../../../lib/account-map/read/raw-account-map";
import { Reporter } from "../../../../lib/source/reporter";
import { matchesUnit } from "../../../../lib/account-map/model/unit-pattern";
import { selectAccounts } from "../../../../lib/account-map/read/read-selection";
import { readYaml } from "../../../../lib/source/yaml/yaml-source";

type Facts = Pick<Account, "key" | "unit" | "management" | "tags">;

function mapOf(accounts: readonly Facts[]): ReadonlyMap<string, Account> {
  return new Map(accounts.map((account) => [account.key, account as Account]));
}

function select(
  selection: RawSelection,
  accounts: readonly Facts[],
): { readonly keys: string[]; readonly rules: string[] } {
  const { source } = readYaml("accounts.yaml", "accounts: {}");
  if (source === undefined) throw new Error("there is no source");
  const reporter = new Reporter(source);
  const selected = selectAccounts(selection, mapOf(accounts), ["accounts"], reporter);
  return {
    keys: selected.map(({ key }) => key),
    rules: reporter.diagnostics.map(({ rule }) => rule),
  };
}

const ACCOUNTS: readonly Facts[] = [
  { key: "main", unit: "/", management: true, tags: { stage: "prod" } },
  { key: "tools", unit: "/", management: false, tags: {} },
  {
    key: "shop-prod",
    unit: "/Work/Prod",
    management: false,
    tags: { stage: "prod", team: "shop" },
  },
  {
    key: "shop-test",
    unit: "/Work/Test",
    management: false,
    tags: { stage: "test", team: "shop" },
  },
  {
    key: "data-prod",
    unit: "/Work/Prod/EU",
    management: false,
    tags: { stage: "prod", team: "data" },
  },
];

describe("a selection", () => {
  test.each<[string, RawSelection, string[]]>([
    ["by key", { keys: ["tools", "shop-prod"] }, ["shop-prod", "tools"]],
    ["by unit", { units: ["/Work/Prod"] }, ["shop-prod"]],
    ["by one of several units", { units: ["/Work/*", "/"] }, ["shop-prod", "shop-test", "tools"]],
    ["by unit and everything below", { units: ["/Work/Prod/**"] }, ["data-prod", "shop-prod"]],
    ["by tag", { tags: { stage: "prod" } }, ["data-prod", "shop-prod"]],
    ["by one of several values", { tags: { team: ["shop", "web"] } }, ["shop-prod", "shop-test"]],
    ["by all of several tags", { tags: { stage: "prod", team: "shop" } }, ["shop-prod"]],
    [
      "by unit and tag",
      { units: ["/Work/**"], tags: { stage: "prod" } },
      ["data-prod", "shop-prod"],
    ],
    [
      "by key beside unit and tag",
      { keys: ["tools"], units: ["/Work/*"], tags: { stage: "test" } },
      ["shop-test", "tools"],
    ],
    [
      "less keys",
      { units: ["/**"], except: { keys: ["tools", "shop-prod"] } },
      ["data-prod", "shop-test"],
    ],
    [
      "less units",
      { units: ["/**"], except: { units: ["/Work/Prod/**"] } },
      ["shop-test", "tools"],
    ],
    ["less tags", { units: ["/**"], except: { tags: { stage: "prod" } } }, ["shop-test", "tools"]],
    [
      "less what matches units, and what matches tags",
      { units: ["/**"], except: { units: ["/"], tags: { team: "shop" } } },
      ["data-prod"],
    ],
    [
      "of the management account, with a reason",
      { keys: ["main"], managementReason: "cost reports" },
      ["main"],
    ],
  ])("%s", (_, selection, keys) => {
    expect(select(selection, ACCOUNTS)).toEqual({ keys, rules: [] });
  });

  test("of the management account without a reason is a finding", () => {
    expect(select({ keys: ["main", "tools"] }, ACCOUNTS).rules).toEqual(["PB-06"]);
  });

  test("of nothing is a warning", () => {
    expect(select({ units: ["/Nowhere"] }, ACCOUNTS)).toEqual({
      keys: [],
      rules: ["empty-selection"],
    });
    expect(select({ managementReason: "none of all" }, ACCOUNTS).rules).toEqual([
      "empty-selection",
    ]);
  });

  test("of an unknown key alone is one finding, not two", () => {
    expect(select({ keys: ["shop"] }, ACCOUNTS).rules).toEqual(["unknown-account"]);
  });

  test("does not take tags of the prototype for tags of an account", () => {
    expect(select({ tags: { constructor: "Object", toString: "x" } }, ACCOUNTS).keys).toEqual([]);
  });
});

describe("any selection", () => {
  const unit = fc.constantFrom("/", "/A", "/A/B", "/A/C", "/B");
  const pattern = fc.constantFrom("/", "/**", "/*", "/A", "/A/**", "/A/*", "/*/B", "/X");
  const values = fc.constantFrom("x", "y", "z");
  const tags = fc.dictionary(fc.constantFrom("k", "l"), values, { maxKeys: 2 });
  const account = fc.record({ unit, management: fc.boolean(), tags });
  const accounts = fc.array(account, { maxLength: 8 }).map((list) => {
    return list.map((facts, n) => ({ ...facts, key: `account-${n}` }));
  });
  const keys = fc.uniqueArray(
    fc.nat(7).map((n) => `account-${n}`),
    { maxLength: 4 },
  );
  const optional = { requiredKeys: [] };
  const part = fc.record(
    { keys, units: fc.array(pattern, { minLength: 1, maxLength: 3 }), tags },
    optional,
  );
  const selection = fc.record({ own: part, except: part });

  test("means the named accounts and those that match, less what is left out", () => {
    fc.assert(
      fc.property(accounts, selection, (all, { own, except }) => {
        const known = new Set(all.map(({ key }) => key));
        const named = (part: RawSelection): string[] =>
          (part.keys ?? []).filter((key) => known.has(key));
        const inUnits = (facts: Facts, patterns: readonly string[]): boolean =>
          patterns.some((each) => matchesUnit(facts.unit, each));
        const hasTags = (facts: Facts, wanted: Readonly<Record<string, unknown>>): boolean =>
          Object.entries(wanted).every(([key, value]) => facts.tags[key] === value);

        const expected = all.filter((facts) => {
          if (named(except).includes(facts.key)) return false;
          if (except.units !== undefined && inUnits(facts, except.units)) return false;
          if (except.tags !== undefined && hasTags(facts, except.tags)) return false;
          if (named(own).includes(facts.key)) return true;
          if (facts.management || (own.units === undefined && own.tags === undefined)) return false;
          return inUnits(facts, own.units ?? ["/**"]) && hasTags(facts, own.tags ?? {});
        });
        const { keys: selected } = select(
          { ...own, except, managementReason: "any reason at all" },
          all,
        );
        expect(selected).toEqual(expected.map(({ key }) => key).sort());
      }),
    );
  });

  test("is the same in whatever order accounts and keys stand", () => {
    fc.assert(
      fc.property(accounts, selection, (all, { own, except }) => {
        const whole = { ...own, except } as RawSelection;
        const turned = {
          ...whole,
          ...(own.keys === undefined ? {} : { keys: [...own.keys].reverse() }),
          ...(own.units === undefined ? {} : { units: [...own.units].reverse() }),
        };
        expect(select(turned, [...all].reverse()).keys).toEqual(select(whole, all).keys);
      }),
    );
  });
});

describe("a pattern of units", () => {
  test.each([
    ["/", "/", true],
    ["/", "/A", false],
    ["/A", "/A", true],
    ["/A", "/A/B", false],
    ["/A/B", "/A", false],
    ["/*", "/A", true],
    ["/*", "/", false],
    ["/*", "/A/B", false],
    ["/*/B", "/A/B", true],
    ["/*/B", "/A/C", false],
    ["/**", "/", true],
    ["/**", "/A/B/C", true],
    ["/A/**", "/A", true],
    ["/A/**", "/A/B/C", true],
    ["/A/**", "/AB", false],
    ["/A/**", "/", false],
    ["/*/**", "/", false],
    ["/*/**", "/A", true],
    ["/A*", "/AB", false],
    ["/a", "/A", false],
  ])("%s, at %s: %s", (pattern, unit, matches) => {
    expect(matchesUnit(unit, pattern)).toBe(matches);
  });
});

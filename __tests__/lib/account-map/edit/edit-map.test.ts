import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { editMap } from "../../../../lib/account-map/edit/edit-map";
import type { MapEdit } from "../../../../lib/account-map/edit/map-edit";
import { ROOT } from "../../../support/project";
import { cpuMilliseconds } from "../../../support/cpu-time";

const FIXTURES = join(ROOT, "__tests__", "fixtures", "edits");
const CASES = readdirSync(FIXTURES).map((name) => {
  const read = (file: string): string => readFileSync(join(FIXTURES, name, file), "utf8");
  return {
    name,
    before: read("before.yaml"),
    edits: JSON.parse(read("edit.json")) as MapEdit[],
    after: read("after.yaml"),
  };
});

function edited(text: string, edits: readonly MapEdit[]): string {
  const result = editMap(text, edits);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.text;
}

function refused(text: string, edits: readonly MapEdit[]): readonly string[] {
  const result = editMap(text, edits);
  if ("text" in result) throw new Error(`it was edited:\n${result.text}`);
  return result.problems.map(
    ({ span, message, help = "" }) => `${span?.start.line ?? 0}: ${message}; ${help}`,
  );
}

describe("an edit changes what it is about and nothing else", () => {
  test("of every kind there are cases", () => {
    const kinds = new Set(CASES.flatMap(({ edits }) => edits.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual([
      "add-account",
      "remove-account",
      "rename-account",
      "rename-entry",
      "rename-unit",
      "set-account-field",
    ]);
  });

  test.each(CASES)("$name", ({ before, edits, after }) => {
    expect(edited(before, edits)).toBe(after);
  });

  test.each(CASES.filter(({ before }) => before.includes("\n")))(
    "$name, with the line ends of Windows",
    ({ before, edits, after }) => {
      expect(edited(before.replaceAll("\n", "\r\n"), edits)).toBe(after.replaceAll("\n", "\r\n"));
    },
  );

  // A block scalar without a line break at its end is another text.
  test.each(CASES.filter(({ before }) => before.includes("\n")))(
    "$name, without a line break at the end of the file",
    ({ before, edits, after }) => {
      expect(edited(before.slice(0, -1), edits)).toBe(after.slice(0, -1));
    },
  );

  test("no edits change nothing", () => {
    expect(edited("accounts: {}\n# x", [])).toBe("accounts: {}\n# x");
  });

  test("what is so already is left alone", () => {
    const text = 'accounts:\n  shop: { id: "111111111111", tags: { team: shop } }\n';
    const edits: MapEdit[] = [
      { kind: "set-account-field", key: "shop", field: ["tags", "team"], value: "shop" },
      { kind: "set-account-field", key: "shop", field: ["unit"] },
      { kind: "set-account-field", key: "shop", field: ["tags", "cost"] },
    ];
    expect(edited(text, edits)).toBe(text);
  });
});

const SHARED = `accounts:
  shop: &shop
    id: "111111111111"
    tags: &tags { team: shop }
  bank:
    id: "222222222222"
    tags: *tags
  mail: *shop
  chat:
    <<: *shop
    id: "333333333333"
`;

describe("an edit that would change other things is refused, with what to type", () => {
  test.each<[string, MapEdit, string]>([
    [
      "a map with an anchor that an alias uses",
      { kind: "set-account-field", key: "shop", field: ["name"], value: "Shop" },
      "2: `accounts.shop.name` cannot be edited without touching other things: `*shop` on line 8 refers to it, too; edit it by hand: write `name: Shop` under `accounts.shop`",
    ],
    [
      "an alias of a whole account",
      { kind: "set-account-field", key: "mail", field: ["name"], value: "Mail" },
      "8: `accounts.mail.name` cannot be edited without touching other things: `*shop` refers to the anchor `&shop`; edit it by hand: write `name: Mail` under `accounts.mail`",
    ],
    [
      "an alias of tags",
      { kind: "set-account-field", key: "bank", field: ["tags", "team"], value: "bank" },
      "7: `accounts.bank.tags.team` cannot be edited without touching other things: `*tags` refers to the anchor `&tags`; edit it by hand: write `team: bank` under `accounts.bank.tags`",
    ],
    [
      "a merged key",
      { kind: "set-account-field", key: "chat", field: ["tags", "team"] },
      "9: `accounts.chat.tags` cannot be edited without touching other things: its value comes from `<<` or an alias; edit it by hand: write out what `accounts.chat` gets from `<<`, without `tags`",
    ],
    [
      "an account that holds an anchor",
      { kind: "remove-account", key: "shop" },
      "2: `accounts.shop` cannot be edited without touching other things: `*tags` on line 7 refers to it, too; edit it by hand: remove `shop` from `accounts` on line 2",
    ],
  ])("%s", (_, edit, message) => {
    expect(refused(SHARED, [edit])).toEqual([message]);
  });

  test("an alias itself goes, and a merge stays for the others", () => {
    expect(edited(SHARED, [{ kind: "remove-account", key: "mail" }])).toBe(
      SHARED.replace("  mail: *shop\n", ""),
    );
  });

  test.each([
    ["an explicit key", 'accounts:\n  ? shop\n  : id: "111111111111"\n'],
    ["a comment in one line of braces", 'accounts: { shop: { id: "111111111111" } # one\n }\n'],
  ])("%s has no place for lines", (_, text) => {
    expect(refused(text, [{ kind: "remove-account", key: "shop" }])).toEqual([
      expect.stringContaining("edit it by hand: remove `shop` from `accounts` on line"),
    ]);
  });
});

describe("an edit that makes no sense is refused", () => {
  const text = `accounts:
  shop: { id: "111111111111" }
  bank: { id: "222222222222" }
hubs: { people: { account: shop, formerly: humans }, bots: { account: shop } }
`;
  test.each<[MapEdit, string]>([
    [
      { kind: "add-account", key: "shop", id: "333333333333" },
      "2: the map has an account `shop` already; choose another key",
    ],
    [
      { kind: "add-account", key: "mail", id: "222222222222" },
      "3: the account ID 222222222222 already belongs to `bank`; ",
    ],
    [{ kind: "remove-account", key: "mail" }, "1: there is no account `mail`; "],
    [
      { kind: "set-account-field", key: "mail", field: ["unit"], value: "/" },
      "1: there is no account `mail`; ",
    ],
    [{ kind: "rename-account", from: "mail", to: "post" }, "1: there is no account `mail`; "],
    [
      { kind: "rename-account", from: "shop", to: "bank" },
      "3: the map has an account `bank` already; choose another key",
    ],
    [
      { kind: "rename-entry", section: "hubs", from: "bots", to: "people" },
      "4: the map has a hub `people` already; choose another key",
    ],
    [
      { kind: "rename-entry", section: "hubs", from: "people", to: "staff" },
      "4: `people` was called `humans` and Terraform state may still use that name; apply every account that has it, remove `formerly: humans`, then rename it",
    ],
    [{ kind: "rename-entry", section: "spokes", from: "a", to: "b" }, "0: there is no spoke `a`; "],
    [
      { kind: "rename-unit", from: "/Workloads", to: "/Work" },
      "1: nothing in the map names the OU `/Workloads`; ",
    ],
  ])("%j", (edit, message) => {
    expect(refused(text, [edit])).toEqual([message]);
  });

  test("the id of an account does not change", () => {
    const edit = {
      kind: "set-account-field",
      key: "shop",
      field: ["id"],
      value: "3",
    } as unknown as MapEdit;
    expect(refused(text, [edit])).toEqual([
      "2: the ID of `shop` cannot change: another ID is another account; add the other account under its own key",
    ]);
  });

  test("two new accounts have neither one id nor one key", () => {
    const first: MapEdit = { kind: "add-account", key: "mail", id: "333333333333" };
    expect(refused(text, [first, { ...first, key: "chat" }])).toEqual([
      "4: the account ID 333333333333 already belongs to `mail`; ",
    ]);
    expect(refused(text, [first, { ...first, id: "444444444444" }])).toEqual([
      "4: the map has an account `mail` already; choose another key",
    ]);
  });

  test("one of several edits that cannot be made stops all, and all are told", () => {
    const edits: MapEdit[] = [
      { kind: "remove-account", key: "shop" },
      { kind: "remove-account", key: "mail" },
      { kind: "remove-account", key: "chat" },
    ];
    expect(refused(text, edits)).toEqual([
      "1: there is no account `mail`; ",
      "1: there is no account `chat`; ",
    ]);
  });

  test.each([
    ["text that is no YAML", "accounts: [", "yaml-syntax"],
    ["a key that stands twice", "accounts: {}\naccounts: {}\n", "duplicate-key"],
    ["two documents", "accounts: {}\n---\naccounts: {}\n", "yaml-syntax"],
  ])("%s is not edited", (_, broken, rule) => {
    const result = editMap(broken, [{ kind: "add-account", key: "shop", id: "111111111111" }]);
    expect(result).toMatchObject({ problems: [{ rule, file: "accounts.yaml" }] });
  });
});

describe("a map of 10,000 accounts", () => {
  const account = (index: number): string =>
    `  account-${index}:\n    id: "${100000000000 + index}" # its id\n    unit: /Unit-${index % 10}\n`;
  const large = `accounts:\n${Array.from({ length: 10_000 }, (_, index) => account(index)).join("")}`;
  // Time of the processor, not of the clock: other suites run beside this one.
  const timed = (edits: readonly MapEdit[]): string => {
    let text = "";
    expect(cpuMilliseconds(() => (text = edited(large, edits)))).toBeLessThan(20_000);
    return text;
  };

  test("takes hundreds of edits in one go", () => {
    const edits = Array.from({ length: 300 }, (_, index): MapEdit => {
      const key = `account-${index * 30}`;
      return { kind: "set-account-field", key, field: ["unit"], value: "/Moved" };
    });
    const result = timed(edits);
    expect(result.split("unit: /Moved\n")).toHaveLength(301);
    expect(result.replaceAll(/unit: .*/g, "")).toBe(large.replaceAll(/unit: .*/g, ""));
  });

  test.each<[string, MapEdit, string]>([
    [
      "a new account",
      { kind: "add-account", key: "shop", id: "012345678901", unit: "/Unit-3" },
      `${large}  shop:\n    id: "012345678901"\n    unit: /Unit-3\n`,
    ],
    [
      "an account that goes",
      { kind: "remove-account", key: "account-5000" },
      large.replace(account(5000), ""),
    ],
    [
      "another key",
      { kind: "rename-account", from: "account-5000", to: "shop" },
      large.replace("account-5000:", "shop:"),
    ],
    [
      "another unit",
      { kind: "rename-unit", from: "/Unit-7", to: "/Team" },
      large.replaceAll("/Unit-7", "/Team"),
    ],
  ])("takes %s in less than two seconds", (_, edit, after) => {
    expect(timed([edit])).toBe(after);
  });
});

test("each line keeps its own kind of line end", () => {
  const text =
    'accounts:\r\n  shop: { id: "111111111111" }\n  bank: { id: "222222222222" }\r\nhubs: {}\n';
  const add: MapEdit = { kind: "add-account", key: "mail", id: "333333333333" };
  expect(edited(text, [add])).toBe(text.replace("hubs", '  mail: { id: "333333333333" }\r\nhubs'));
});

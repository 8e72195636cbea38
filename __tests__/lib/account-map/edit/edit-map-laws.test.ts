import fc from "fast-check";
import { parseDocument } from "yaml";
import { editMap } from "../../../../lib/account-map/edit/edit-map";
import type { AddAccount, MapEdit } from "../../../../lib/account-map/edit/map-edit";
import { accountMapTexts } from "../../../support/arbitrary/arbitrary-map-text";

const RUNS = 60;

function edited(text: string, edit: MapEdit): string {
  const result = editMap(text, [edit]);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.text;
}

function comments(text: string): string[] {
  // Texts of random maps hold no number sign of their own.
  return text.match(/#.*/g) ?? [];
}

const newAccount: fc.Arbitrary<AddAccount> = fc
  .record(
    {
      id: fc.constantFrom("012345678901", "999999999999"),
      unit: fc.constantFrom("/", "/Prod", "/Prod/A b", "/Test", "/Other"),
      name: fc.constantFrom("New", "it's", 'a "b"', "yes", "12", "- x", "a: b", "é\u2028"),
      tags: fc.dictionary(
        fc.constantFrom("team", "cost", "a:b"),
        fc.constantFrom("x", "1", "no", ""),
      ),
    },
    { requiredKeys: ["id"] },
  )
  .map((fields) => ({ kind: "add-account", key: "new-account", ...fields }));

describe("edits of random maps", () => {
  test("adding an account and removing it gives the same bytes", () => {
    fc.assert(
      fc.property(accountMapTexts, newAccount, ({ text }, edit) => {
        const added = edited(text, edit);
        expect(added).not.toBe(text);
        expect(edited(added, { kind: "remove-account", key: edit.key })).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  test("adding an account only adds whole pieces of text, and it reads as it was given", () => {
    fc.assert(
      fc.property(accountMapTexts, newAccount, ({ text }, edit) => {
        const added = edited(text, edit);
        const { kind, key, ...fields } = edit;
        const before = parseDocument(text).toJS() as { accounts: Record<string, unknown> };
        before.accounts[key] = fields;
        expect({ kind, value: parseDocument(added).toJS() as unknown }).toEqual({
          kind: "add-account",
          value: before,
        });
        expect(comments(added)).toEqual(comments(text));
      }),
      { numRuns: RUNS },
    );
  });

  test("setting a field and setting it back gives the same bytes, and no comment changes", () => {
    // A text that needs quotes leaves them behind.
    const values = fc.constantFrom("/Elsewhere", "a b", "x");
    fc.assert(
      fc.property(accountMapTexts, fc.nat(), values, ({ text, keys }, pick, value) => {
        const key = keys[pick % keys.length] ?? "";
        const before = (
          parseDocument(text).toJS() as { accounts: Record<string, { name?: string }> }
        ).accounts[key]?.name;
        const set = edited(text, { kind: "set-account-field", key, field: ["name"], value });
        expect(comments(set)).toEqual(comments(text));
        const back: MapEdit = {
          kind: "set-account-field",
          key,
          field: ["name"],
          ...(before === undefined ? {} : { value: before }),
        };
        expect(edited(set, back)).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  test("renaming an account and renaming it back gives the same bytes, and no comment changes", () => {
    fc.assert(
      fc.property(accountMapTexts, fc.nat(), ({ text, keys }, pick) => {
        const from = keys[pick % keys.length] ?? "";
        const renamed = edited(text, { kind: "rename-account", from, to: "renamed" });
        expect(comments(renamed)).toEqual(comments(text));
        const { value, names } = namesOf(renamed);
        expect(names).not.toContain(from);
        expect(value).toHaveProperty(["accounts", "renamed"]);
        expect(edited(renamed, { kind: "rename-account", from: "renamed", to: from })).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  test("renaming a hub and renaming it back gives the same bytes", () => {
    fc.assert(
      fc.property(accountMapTexts, ({ text }) => {
        const there: MapEdit = {
          kind: "rename-entry",
          section: "hubs",
          from: "people",
          to: "staff",
        };
        const renamed = edited(text, there);
        expect(comments(renamed)).toEqual(comments(text));
        expect(edited(renamed, { ...there, from: "staff", to: "people" })).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  test("many edits at once come to the same map as one after the other", () => {
    fc.assert(
      fc.property(accountMapTexts, newAccount, fc.nat(), ({ text, keys }, add, pick) => {
        const key = keys[pick % keys.length] ?? "";
        const edits: MapEdit[] = [
          add,
          { kind: "set-account-field", key, field: ["tags", "team"], value: "moved" },
          { kind: "set-account-field", key: add.key, field: ["name"], value: "Later" },
          { kind: "remove-account", key },
          { kind: "rename-account", from: add.key, to: "final" },
        ];
        const atOnce = editMap(text, edits);
        if ("problems" in atOnce) throw new Error(JSON.stringify(atOnce.problems));
        const oneByOne = edits.reduce(edited, text);
        expect(parseDocument(atOnce.text).toJS()).toEqual(parseDocument(oneByOne).toJS());
      }),
      { numRuns: RUNS },
    );
  });
});

function namesOf(text: string): { value: object; names: string[] } {
  const value = parseDocument(text).toJS() as {
    accounts: object;
    hubs: { people: { account: string } };
    spokes: { reader: { accounts: { keys: string[] } } };
  };
  const names = [
    ...Object.keys(value.accounts),
    value.hubs.people.account,
    ...value.spokes.reader.accounts.keys,
  ];
  return { value, names };
}

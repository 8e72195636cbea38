import schema from "../../../../schema/accounts.schema.json";
import { readAccountMap } from "../../../../lib/account-map/read/read-account-map";
import { knownKeys, resolveRef } from "../../../../lib/account-map/schema/schema-path";
import type { Schema } from "../../../../lib/account-map/schema/schema-path";

function findingsOf(text: string): string[] {
  const { diagnostics } = readAccountMap({
    file: "accounts.yaml",
    text,
    documents: new Map(),
    readFile: () => undefined,
  });
  return diagnostics.map(
    ({ span, message }) => `${span?.start.line}:${span?.start.column} ${message}`,
  );
}

describe("the schema of account maps", () => {
  test("lets the type of a value alone decide which of several forms is meant", () => {
    const ambiguous: string[] = [];
    visit(schema, "", (node, at) => {
      const types = node.anyOf?.map((form) => {
        const { type, const: only } = resolveRef(form);
        return type ?? typeof only;
      });
      if (types !== undefined && new Set(types).size < types.length) ambiguous.push(at);
    });
    expect(ambiguous).toEqual([]);
  });

  test("says in words what each of its patterns allows", () => {
    const silent: string[] = [];
    visit(schema, "", ({ pattern, patternErrorMessage }, at) => {
      if (typeof pattern === "string" && patternErrorMessage === undefined) silent.push(at);
    });
    expect(silent).toEqual([]);
  });
});

describe("the known keys of a map", () => {
  test("are those of the schema, through references, lists and forms", () => {
    expect(knownKeys(["accounts", "any"])).toContain("id");
    expect(knownKeys(["hubs", "any", "principals", "any", "user"])).toEqual(
      expect.arrayContaining(["account", "create", "name", "path"]),
    );
    expect(knownKeys(["accounts", "any", "deploymentRole", "via", "0"])).toEqual(
      expect.arrayContaining(["account", "externalId", "path", "role"]),
    );
    expect(knownKeys([])).toContain("hubs");
  });

  test("are none where a map takes any keys, or where there is no map", () => {
    expect(knownKeys(["hubs"])).toEqual([]);
    expect(knownKeys(["accounts", "any", "id", "deeper"])).toEqual([]);
    expect(knownKeys(["nothing", "there"])).toEqual([]);
  });
});

describe("what an alias brings to several places", () => {
  test("is wrong once, where it was written", () => {
    expect(
      findingsOf(`accounts:
  one: { id: "111111111111", tags: &tags { year: 2026 } }
  two: { id: "222222222222", tags: *tags }
  three: { id: "333333333333", tags: { <<: *tags, team: shop } }
`),
    ).toEqual(["2:50 `accounts.one.tags.year` must be a string, got the number 2026"]);
  });

  test("is wrong in each place where it lacks something else", () => {
    expect(
      findingsOf(`accounts:
  one: &one { unit: /A }
  two: { <<: *one }
`),
    ).toEqual(["2:3 `accounts.one` lacks the key `id`", "3:3 `accounts.two` lacks the key `id`"]);
  });
});

function visit(node: unknown, at: string, look: (node: Schema, at: string) => void): void {
  if (typeof node !== "object" || node === null) return;
  look(node, at);
  for (const [key, value] of Object.entries(node)) visit(value, `${at}/${key}`, look);
}

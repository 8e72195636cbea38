import Ajv2020 from "ajv/dist/2020";
import schema from "../../schema/accounts.schema.json";

describe("schema/accounts.schema.json", () => {
  test("is a sound JSON Schema of draft 2020-12, also by the strict reading of ajv", () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
    // An annotation that the YAML language server shows instead of the pattern.
    ajv.addVocabulary(["patternErrorMessage"]);
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  test("allows no unknown key in any of its maps", () => {
    const open: string[] = [];
    collectOpenMaps(schema, "", open);
    expect(open).toEqual([]);
  });

  test("describes every key", () => {
    const silent: string[] = [];
    collectSilentKeys(schema, "", silent);
    expect(silent).toEqual([]);
  });
});

type Node = Readonly<Record<string, unknown>>;

function collectOpenMaps(node: unknown, at: string, open: string[]): void {
  if (typeof node !== "object" || node === null) return;
  const { properties, additionalProperties } = node as Node;
  if (
    typeof properties === "object" &&
    additionalProperties !== false &&
    !at.endsWith("/properties")
  ) {
    open.push(at);
  }
  for (const [key, value] of Object.entries(node)) collectOpenMaps(value, `${at}/${key}`, open);
}

function collectSilentKeys(node: unknown, at: string, silent: string[]): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const isKey = at.endsWith("/properties");
    const { description, $ref } = (value ?? {}) as Node;
    if (isKey && description === undefined && $ref === undefined) silent.push(`${at}/${key}`);
    collectSilentKeys(value, `${at}/${key}`, silent);
  }
}

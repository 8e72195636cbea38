import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../support/project";

const SEEDS = join(ROOT, "__tests__", "fixtures", "seeds");

/** The snapshots of a file by name, without the number that Jest adds. */
function namesIn(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^exports\[`(.*) 1`\] = `$/gm)].map(
    ([, name = ""]) => name,
  );
}

function snapshotFiles(): string[] {
  return readdirSync(join(ROOT, "__tests__"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".snap"))
    .map((file) => join(ROOT, "__tests__", file))
    .sort();
}

function testOf(file: string): string {
  return join(file, "..", "..", basename(file, ".snap"));
}

/** Whether the map of a folder has an account. */
function hasAccount(folder: string, key: string): boolean {
  const map = join(folder, "accounts.yaml");
  return existsSync(map) && new RegExp(`^ +${key}:`, "m").test(readFileSync(map, "utf8"));
}

describe("no snapshot is left of what is gone", () => {
  test.each(snapshotFiles().map((file) => [file.slice(ROOT.length + 1), file]))("%s", (_, file) => {
    expect(existsSync(testOf(file))).toBe(true);
    const test = readFileSync(testOf(file), "utf8");
    const seed = /snapshotSeed\("([^"]+)"\)/.exec(test)?.[1];
    const names = namesIn(file);
    expect(names).not.toEqual([]);
    const gone = names.filter((name) => {
      if (seed !== undefined) {
        const [variant = "", stack = ""] = name.split(" ");
        return !hasAccount(join(SEEDS, seed, variant), stack);
      }
      return basename(file) === "example.test.ts.snap"
        ? !hasAccount(ROOT, name.replace("the example organization ", ""))
        : !test.includes(JSON.stringify(name));
    });
    expect(gone).toEqual([]);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeTogether } from "../../../cli/change/write-together";

const FILES = new Map([
  ["old.json", "new text"],
  ["policies/new.json", "new"],
]);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trustwheel-together-"));
  writeFileSync(join(folder, "old.json"), "old text");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function texts(): (string | undefined)[] {
  return [...FILES.keys()].map((name) => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  });
}

describe("files that are written together", () => {
  test("are there when what makes them count is done, and stay", () => {
    let seen: (string | undefined)[] = [];
    const failure = writeTogether<string>(folder, FILES, () => {
      seen = texts();
      return undefined;
    });
    expect(failure).toBe(undefined);
    expect(seen).toEqual(["new text", "new"]);
    expect(texts()).toEqual(["new text", "new"]);
  });

  test("are as they were where it says that it failed", () => {
    expect(writeTogether(folder, FILES, () => "locked")).toBe("locked");
    expect(texts()).toEqual(["old text", undefined]);
  });

  test("are as they were where it throws, or one of them cannot be written", () => {
    const fail = (): string => {
      throw new Error("no space");
    };
    expect(() => {
      writeTogether(folder, FILES, fail);
    }).toThrow("no space");
    expect(texts()).toEqual(["old text", undefined]);
    const blocked = new Map([...FILES, ["old.json/below", "x"]]);
    expect(() => {
      writeTogether<string>(folder, blocked, () => undefined);
    }).toThrow(/ENOTDIR|EEXIST/);
    expect(texts()).toEqual(["old text", undefined]);
  });
});

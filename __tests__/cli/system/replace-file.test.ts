import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { replaceFile } from "../../../cli/system/replace-file";
import type { Replacement } from "../../../cli/system/replace-file";
import { ROOT } from "../../support/project";

const OLD = "accounts: {}\n";
const NEW = `accounts:\n${'  shop: { id: "111111111111" }\n'.repeat(1000)}`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trustwheel-replace-"));
  writeFileSync(join(folder, "accounts.yaml"), OLD);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function replace(from = OLD, to = NEW, name = "accounts.yaml"): Replacement {
  return replaceFile(join(folder, name), { from, to, lockFolder: join(folder, ".trustwheel") });
}

function text(name = "accounts.yaml"): string {
  return readFileSync(join(folder, name), "utf8");
}

/** Everything that lies in the folder of the map. */
function names(): string[] {
  return [...readdirSync(folder), ...readdirSync(join(folder, ".trustwheel"))].sort();
}

describe("replacing a file", () => {
  test("writes the new text and leaves nothing else behind", () => {
    expect(replace()).toEqual({ kind: "replaced" });
    expect(text()).toBe(NEW);
    expect(names()).toEqual([".trustwheel", "accounts.yaml"]);
  });

  test.each([0o600, 0o644, 0o664, 0o755])("keeps the mode %o", (mode) => {
    chmodSync(join(folder, "accounts.yaml"), mode);
    replace();
    expect(statSync(join(folder, "accounts.yaml")).mode & 0o7777).toBe(mode);
  });

  test("follows a link, which stays a link", () => {
    mkdirSync(join(folder, "maps"));
    writeFileSync(join(folder, "maps", "real.yaml"), OLD);
    symlinkSync(join("maps", "real.yaml"), join(folder, "link.yaml"));
    expect(replace(OLD, NEW, "link.yaml")).toEqual({ kind: "replaced" });
    expect(lstatSync(join(folder, "link.yaml")).isSymbolicLink()).toBe(true);
    expect(text("maps/real.yaml")).toBe(NEW);
  });

  test("keeps a byte order mark", () => {
    writeFileSync(join(folder, "accounts.yaml"), `\uFEFF${OLD}`);
    expect(replace()).toEqual({ kind: "replaced" });
    expect(text()).toBe(`\uFEFF${NEW}`);
  });

  test("leaves a file alone that was changed since it was read", () => {
    expect(replace("accounts: { other: {} }\n")).toEqual({ kind: "changed" });
    expect(text()).toBe(OLD);
    expect(names()).toEqual([".trustwheel", "accounts.yaml"]);
  });

  test("leaves a file alone that another process is writing, and names it", () => {
    mkdirSync(join(folder, ".trustwheel"));
    const lock = join(folder, ".trustwheel", "accounts.yaml.lock");
    writeFileSync(lock, `${process.ppid}\n`);
    expect(replace()).toEqual({ kind: "locked", process: process.ppid, lock });
    expect(text()).toBe(OLD);
    expect(readFileSync(lock, "utf8")).toBe(`${process.ppid}\n`);
  });

  test.each([
    ["of a process that is gone", () => `${spawnSync("true").pid}\n`],
    ["that is broken", () => "x"],
  ])("takes over a lock %s", (_, content) => {
    mkdirSync(join(folder, ".trustwheel"));
    writeFileSync(join(folder, ".trustwheel", "accounts.yaml.lock"), content());
    expect(replace()).toEqual({ kind: "replaced" });
    expect(names()).toEqual([".trustwheel", "accounts.yaml"]);
  });

  test("takes away what a killed run left, and nothing of one that runs", () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(join(folder, `.accounts.yaml.${gone}.tmp`), "half");
    writeFileSync(join(folder, `.accounts.yaml.${process.ppid}.tmp`), "half");
    writeFileSync(join(folder, ".accounts.yaml.mine.tmp"), "half");
    expect(replace()).toEqual({ kind: "replaced" });
    expect(names()).toEqual(
      [
        ".accounts.yaml.mine.tmp",
        `.accounts.yaml.${process.ppid}.tmp`,
        ".trustwheel",
        "accounts.yaml",
      ].sort(),
    );
  });

  test("throws where there is no file, for the command to tell", () => {
    expect(() => replace(OLD, NEW, "missing.yaml")).toThrow("ENOENT");
  });
});

/** Replaces the file and kills itself just before a call of the file system. */
const KILLED = `
require(${JSON.stringify(join(ROOT, "cli", "typescript.js"))});
const { replaceFile } = require(${JSON.stringify(join(ROOT, "cli", "system", "replace-file.ts"))});
const fs = require("node:fs");
let left = Number(process.argv[2]);
for (const name of Object.keys(fs).filter((each) => each.endsWith("Sync"))) {
  const call = fs[name];
  fs[name] = (...args) => {
    if (left-- === 0) process.kill(process.pid, "SIGKILL");
    return call(...args);
  };
}
const [from, to] = [fs.readFileSync("old", "utf8"), fs.readFileSync("new", "utf8")];
replaceFile("accounts.yaml", { from, to, lockFolder: ".trustwheel" });
`;

const execute = promisify(execFile);

describe("a run that is killed", () => {
  test("between any two steps leaves the old text or the new one, and the next run replaces it", async () => {
    writeFileSync(join(folder, "old"), OLD);
    writeFileSync(join(folder, "new"), NEW);
    writeFileSync(join(folder, "killed.js"), KILLED);
    const outcomes: string[] = [];
    for (let step = 0; outcomes.at(-1) !== "done"; step += 1) {
      writeFileSync(join(folder, "accounts.yaml"), OLD);
      const run = execute(process.execPath, ["killed.js", String(step)], { cwd: folder });
      const signal = await run.then(
        () => "none",
        (error: unknown) => (error as { signal: string }).signal,
      );
      expect([OLD, NEW]).toContain(text());
      outcomes.push(signal === "none" ? "done" : text() === OLD ? "old" : "new");
      if (signal !== "none") expect(signal).toBe("SIGKILL");
      expect(replace(text(), `${NEW}# again\n`)).toEqual({ kind: "replaced" });
      expect(names().filter((name) => /lock$|\.tmp$/.test(name))).toEqual([]);
    }
    // Killed before and after the file got its new text, and each time at once.
    expect(outcomes.filter((outcome) => outcome === "old").length).toBeGreaterThan(10);
    expect(outcomes.filter((outcome) => outcome === "new").length).toBeGreaterThan(2);
    expect([...new Set(outcomes)]).toEqual(["old", "new", "done"]);
  }, 60_000);
});

/** Adds its lines to the file, each in a replacement of its own that is tried until it succeeds. */
const APPENDING = `
require(${JSON.stringify(join(ROOT, "cli", "typescript.js"))});
const { replaceFile } = require(${JSON.stringify(join(ROOT, "cli", "system", "replace-file.ts"))});
const fs = require("node:fs");
for (let line = 0; line < 20; ) {
  const from = fs.readFileSync("accounts.yaml", "utf8");
  const to = from + "# " + process.argv[2] + "-" + line + "\\n";
  if (replaceFile("accounts.yaml", { from, to, lockFolder: ".trustwheel" }).kind === "replaced") line += 1;
}
`;

describe("several runs at once", () => {
  test("do not lose what another one wrote", async () => {
    writeFileSync(join(folder, "appending.js"), APPENDING);
    const writers = ["a", "b", "c"];
    await Promise.all(
      writers.map((name) => execute(process.execPath, ["appending.js", name], { cwd: folder })),
    );
    const lines = text().trimEnd().split("\n").slice(1);
    const expected = writers.flatMap((name) =>
      Array.from({ length: 20 }, (_, line) => `# ${name}-${line}`),
    );
    expect([...lines].sort()).toEqual(expected.sort());
  }, 60_000);
});

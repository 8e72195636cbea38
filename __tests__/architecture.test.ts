import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ROOT } from "./support/project";

/** The one-way flow: a part may import of those before it. */
const FLOW = [
  "lib/values",
  "lib/diagnostics",
  "lib/source",
  "lib/iam",
  "lib/account-map",
  "lib/plan",
  "lib/rules",
  "lib/check",
];

/** What each part may import of the project besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(FLOW.map((part, place) => [part, FLOW.slice(0, place)])),
  "lib/account-map": [...below("lib/account-map"), "schema"],
  "lib/organization": upTo("lib/account-map"),
  "lib/bootstrap": upTo("lib/plan"),
  "lib/start": ["lib/bootstrap", "package.json", ...upTo("lib/plan")],
  "lib/rules": ["lib/bootstrap", ...below("lib/rules")],
  "lib/access": upTo("lib/plan"),
  "lib/review": ["lib/access", "lib/rules", "lib/bootstrap", ...upTo("lib/plan")],
  "lib/pipelines": ["lib/bootstrap", ...upTo("lib/plan")],
  "lib/adopt": ["lib/access", ...upTo("lib/plan")],
  "lib/session": upTo("lib/plan"),
  constructs: upTo("lib/plan"),
  client: [
    "cli/system",
    "lib/session",
    "lib/account-map/model",
    ...upTo("lib/iam"),
    "package.json",
  ],
  "cli/system": upTo("lib/source"),
  cli: ["lib", "client", "constructs/synthesize.ts", "package.json"],
  "main.ts": ["cli"],
  bench: ["lib", "cli", "constructs"],
  scripts: ["lib", "cli", "schema"],
};

/** What `lib` may import of Node: functions of their arguments, without files, network, clock or process. */
const PURE_NODE_MODULES = new Set(["node:net"]);

/** Entries of a folder, and lines of a file, that a reader takes in at once. */
const MOST_ENTRIES = 30;
const MOST_LINES = 300;

/** Folders that are long by nature, and why. */
const LONG_FOLDERS: Readonly<Record<string, string>> = {
  "__tests__/fixtures/edits": "three files a case, read by one runner",
  "__tests__/fixtures/findings": "two files a case, read by one runner",
  "__tests__/fixtures/rules": "a folder a rule, found by its ID",
};

/** Files that are long by nature, and why. */
const LONG_FILES: Readonly<Record<string, string>> = {
  "lib/account-map/read/raw-account-map.ts": "generated from the schema",
  "lib/iam/data/escalation-paths.ts": "a table",
};

/** Folders of what is installed, built or written by a run. */
const NOT_OURS = new Set([
  ".git",
  ".trustwheel",
  "node_modules",
  "cdktf.out",
  "coverage",
  "dist",
  "state",
]);

interface Import {
  readonly file: string;
  readonly target: string;
}

const FILES = filesBelow(".");
const PROGRAM = FILES.filter((file) => file.endsWith(".ts") && !file.startsWith("__tests__/"));
const IMPORTS = PROGRAM.flatMap(importsOf);

describe("the architecture", () => {
  test("every part imports only what is below it", () => {
    const broken = IMPORTS.filter(({ file, target }) => {
      if (!target.startsWith(".")) return false;
      const part = partOf(file);
      const imported = normalize(join(dirname(file), target));
      return ![part, ...(MAY_IMPORT[part] ?? [])].some(
        (name) => imported === name.replace(/\.ts$/, "") || imported.startsWith(`${name}/`),
      );
    });
    expect(broken).toEqual([]);
  });

  test("every source file belongs to a part, and every part has files", () => {
    const parts = new Set(PROGRAM.map(partOf));
    expect([...parts].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test("no files import each other in a circle, types included", () => {
    expect(circles()).toEqual([]);
  });

  test(`no folder has more than ${MOST_ENTRIES} entries without a reason`, () => {
    const entries = new Map<string, Set<string>>();
    for (const file of FILES) {
      for (let path = file; path !== "."; path = dirname(path)) {
        const folder = dirname(path);
        entries.set(folder, (entries.get(folder) ?? new Set()).add(path));
      }
    }
    const long = [...entries].filter(([, { size }]) => size > MOST_ENTRIES).map(([name]) => name);
    expect(long.sort()).toEqual(Object.keys(LONG_FOLDERS).sort());
  });

  test(`no source file has more than ${MOST_LINES} lines without a reason`, () => {
    const long = PROGRAM.filter((file) => textOf(file).trimEnd().split("\n").length > MOST_LINES);
    expect(long.sort()).toEqual(Object.keys(LONG_FILES).sort());
  });

  test("only constructs and the bench's bare program import cdktf, the AWS provider and constructs", () => {
    const broken = IMPORTS.filter(
      ({ file, target }) =>
        /^(?:cdktf|constructs|@cdktf\/)/.test(target) &&
        !["constructs", "bench"].includes(partOf(file)),
    );
    expect(broken).toEqual([]);
  });

  test("the AWS provider is imported by resource, never as a whole", () => {
    const broken = IMPORTS.filter(
      ({ target }) =>
        target.startsWith("@cdktf/") && !/^@cdktf\/provider-aws\/lib\/[a-z0-9-]+$/.test(target),
    );
    expect(broken).toEqual([]);
  });

  test("lib touches neither files nor network nor process nor clock", () => {
    const library = PROGRAM.filter((file) => file.startsWith("lib/"));
    const modules = IMPORTS.filter(
      ({ file, target }) =>
        file.startsWith("lib/") && target.startsWith("node:") && !PURE_NODE_MODULES.has(target),
    );
    const globals = library.filter((file) =>
      /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(/.test(textOf(file)),
    );
    expect({ modules, globals }).toEqual({ modules: [], globals: [] });
  });

  test("main.ts stays a few lines", () => {
    expect(textOf("main.ts").trimEnd().split("\n").length).toBeLessThanOrEqual(20);
  });
});

/** All files but what is installed or generated. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function below(part: string): string[] {
  return FLOW.slice(0, FLOW.indexOf(part));
}

function upTo(part: string): string[] {
  return [...below(part), part];
}

/** Groups of files each of which imports, over others, itself. */
function circles(): string[][] {
  const known = new Set(PROGRAM);
  const graph = new Map<string, string[]>(PROGRAM.map((file) => [file, []]));
  for (const { file, target } of IMPORTS) {
    if (!target.startsWith(".")) continue;
    const path = normalize(join(dirname(file), target));
    const found = [`${path}.ts`, `${path}/index.ts`].find((name) => known.has(name));
    if (found !== undefined) graph.get(file)?.push(found);
  }
  // Files that import nothing of what is left, or that nothing left imports, are in no circle.
  let left = new Set(PROGRAM);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    const imported = new Set([...left].flatMap((file) => graph.get(file) ?? []));
    left = new Set(
      [...left].filter(
        (file) => imported.has(file) && (graph.get(file) ?? []).some((name) => left.has(name)),
      ),
    );
  }
  const reach = (start: string): Set<string> => {
    const seen = new Set<string>();
    const open = [start];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      for (const next of graph.get(file) ?? []) {
        if (!left.has(next) || seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    return seen;
  };
  const reached = new Map([...left].map((file) => [file, reach(file)]));
  const groups = new Map<string, string[]>();
  for (const [file, seen] of reached) {
    if (!seen.has(file)) continue;
    const group = [...seen].filter((name) => reached.get(name)?.has(file)).sort();
    groups.set(group.join(), group);
  }
  return [...groups.values()];
}

function importsOf(file: string): Import[] {
  const pattern = /(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g;
  return [...textOf(file).matchAll(pattern)].map(([, target = ""]) => ({ file, target }));
}

function partOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  const isPart = first === "lib" || (first === "cli" && second === "system");
  return isPart ? `${first}/${second}` : first;
}

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

const ROOT = join(__dirname, "..");

/** What each part may import of the project besides itself: one way only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "lib/diagnostics": [],
  "lib/source": ["lib/diagnostics"],
  "lib/iam": below("lib/source"),
  "lib/account-map": ["schema", ...below("lib/iam")],
  "lib/organization": below("lib/account-map"),
  "lib/plan": below("lib/account-map"),
  "lib/bootstrap": below("lib/plan"),
  "lib/rules": ["lib/bootstrap", ...below("lib/plan")],
  "lib/check": below("lib/rules"),
  "lib/access": below("lib/plan"),
  "lib/review": ["lib/access", "lib/rules", "lib/bootstrap", ...below("lib/plan")],
  "lib/pipelines": ["lib/bootstrap", ...below("lib/plan")],
  "lib/adopt": ["lib/access", ...below("lib/plan")],
  "lib/start": ["lib/bootstrap", "package.json", ...below("lib/plan")],
  constructs: below("lib/plan"),
  cli: ["lib", "constructs/synthesize.ts", "package.json"],
  "main.ts": ["cli"],
};

/** What `lib` may import of Node: functions of their arguments, without files, network, clock or process. */
const PURE_NODE_MODULES = new Set(["node:net"]);

/** A part of the one-way flow, with all that is below it. */
function below(part: string): string[] {
  const flow = [
    "lib/diagnostics",
    "lib/source",
    "lib/iam",
    "lib/account-map",
    "lib/plan",
    "lib/rules",
  ];
  return flow.slice(0, flow.indexOf(part) + 1);
}

interface Import {
  readonly file: string;
  readonly target: string;
}

describe("the architecture", () => {
  const imports = sourceFiles().flatMap(importsOf);

  test("every part imports only what stands below it", () => {
    const broken = imports.filter(({ file, target }) => {
      if (!target.startsWith(".")) return false;
      const part = partOf(file);
      const imported = normalize(join(dirname(file), target));
      const allowed = [part, ...(MAY_IMPORT[part] ?? [])];
      return !allowed.some(
        (name) => imported === name.replace(/\.ts$/, "") || imported.startsWith(`${name}/`),
      );
    });
    expect(broken).toEqual([]);
  });

  test("every source file belongs to a part", () => {
    expect(sourceFiles().filter((file) => MAY_IMPORT[partOf(file)] === undefined)).toEqual([]);
  });

  test("only constructs imports cdktf, the AWS provider and constructs", () => {
    const broken = imports.filter(
      ({ file, target }) =>
        /^(?:cdktf|constructs|@cdktf\/)/.test(target) && partOf(file) !== "constructs",
    );
    expect(broken).toEqual([]);
  });

  test("the AWS provider is imported by resource, never as a whole", () => {
    const broken = imports.filter(
      ({ target }) =>
        target.startsWith("@cdktf/") && !/^@cdktf\/provider-aws\/lib\/[a-z0-9-]+$/.test(target),
    );
    expect(broken).toEqual([]);
  });

  test("lib touches neither files nor network nor process nor clock", () => {
    const library = sourceFiles().filter((file) => file.startsWith("lib/"));
    const modules = imports.filter(
      ({ file, target }) =>
        file.startsWith("lib/") && target.startsWith("node:") && !PURE_NODE_MODULES.has(target),
    );
    const globals = library.filter((file) =>
      /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(/.test(textOf(file)),
    );
    expect({ modules, globals }).toEqual({ modules: [], globals: [] });
  });

  test("main.ts stays a composition of at most 60 lines", () => {
    expect(textOf("main.ts").trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  });
});

function sourceFiles(): string[] {
  const files = ["main.ts"];
  for (const folder of ["cli", "constructs", "lib"]) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && entry.name.endsWith(".ts")) {
        files.push(relative(ROOT, join(entry.parentPath, entry.name)));
      }
    }
  }
  return files;
}

function importsOf(file: string): Import[] {
  const pattern = /(?:from|import|require\()\s*["']([^"']+)["']/g;
  return [...textOf(file).matchAll(pattern)].map(([, target = ""]) => ({ file, target }));
}

function partOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "lib" ? `${first}/${second}` : first;
}

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

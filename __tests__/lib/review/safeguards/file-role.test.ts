import fc from "fast-check";
import { fileRole, isPlainPath, isToolFile } from "../../../../lib/review/safeguards/file-role";
import type { FileRole, ProjectLayout } from "../../../../lib/review/safeguards/file-role";
import { ownedPatterns } from "../../../../lib/review/safeguards/owned-patterns";

/** A project at the top of its repository, synthesized by trustwheel. */
const TOP: ProjectLayout = { prefix: "", ownProgram: true };
/** The same by a program of the user's. */
const OTHER: ProjectLayout = { prefix: "", ownProgram: false };
/** A project in a folder of a larger repository. */
const BELOW: ProjectLayout = { prefix: "infra/access/", ownProgram: true };

const rolesOf = (paths: readonly string[], layout: ProjectLayout): readonly FileRole[] =>
  paths.map((path) => fileRole(path, layout));

const PROGRAM_FILES = [
  "cdktf.json",
  "main.ts",
  "constructs/account-stack.ts",
  "lib/iam/arn.ts",
  "cli/commands/review.ts",
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  ".npmrc",
  ".yarnrc.yml",
  "tsconfig.json",
  "tsconfig.build.json",
  ".github/workflows/trustwheel-review.yaml",
  ".github/CODEOWNERS",
  ".github/pull_request_template.md",
  ".gitlab-ci.yml",
  ".gitlab/trustwheel.yml",
  ".gitlab/CODEOWNERS",
  "CODEOWNERS",
  "docs/CODEOWNERS",
  ".atlantis/repos.yaml",
  "atlantis.yaml",
  ".terraform.lock.hcl",
  ".terraform-version",
  ".gitmodules",
  ".gitattributes",
  "policies/.gitattributes",
  ".gitignore",
  ".githooks/post-checkout",
  ".husky/pre-commit",
  ".lfsconfig",
  ".env",
  ".env.production",
  ".nvmrc",
  "Makefile",
  "node_modules/cdktf/index.js",
  "node_modules/.cache/x",
  ".trustwheel/base/x",
  "cdktf.out/stacks/prod/cdk.tf.json",
  "settings.json",
  "data.csv",
  "script.sh",
  "schema/accounts.schema.json",
  "policies/index.js",
  "policies/package.json",
  "policies/node_modules/x.json",
  "policies",
  "imports/providers.tf.json",
  "imports/more/1.tf",
  "imports",
  "Accounts.yaml",
  "accounts.yml",
  "README.js",
  "README.md/index.js",
];

const DATA_FILES = [
  "accounts.yaml",
  "policies/queue.json",
  "policies/control/deny.json",
  "imports/111111111111.tf",
  "control-policies.json",
  "control-policies.example.json",
];

const IDLE_FILES = [
  "README.md",
  "LICENSE",
  "docs/guide.md",
  "docs/picture.png",
  "policies/README.md",
];

const TEST_FILES = ["__tests__/example.test.ts", "test/run.js", "src/x.spec.ts"];

describe("a file of the repository", () => {
  test.each(PROGRAM_FILES)("%s is of the program, whoever synthesizes", (path) => {
    expect(rolesOf([path], TOP).concat(rolesOf([path], OTHER))).toEqual(["program", "program"]);
  });

  test.each(DATA_FILES)("%s is data, whoever synthesizes", (path) => {
    expect(rolesOf([path], TOP).concat(rolesOf([path], OTHER))).toEqual(["data", "data"]);
  });

  test.each(IDLE_FILES)("%s is read by people alone", (path) => {
    expect(rolesOf([path], TOP).concat(rolesOf([path], OTHER))).toEqual(["idle", "idle"]);
  });

  test.each(TEST_FILES)("%s is idle for our own program; one of the user's may read it", (path) => {
    expect([fileRole(path, TOP), fileRole(path, OTHER)]).toEqual(["idle", "program"]);
  });

  test("counts for the project in its folder; what hosts and tools look for counts anywhere", () => {
    const paths = [
      "infra/access/accounts.yaml",
      "infra/access/policies/queue.json",
      "infra/access/app.ts",
      "accounts.yaml",
      "policies/queue.json",
      "services/shop/main.go",
      "services/shop/package.json",
      ".github/workflows/x.yaml",
      "infra/package-lock.json",
    ];
    expect(rolesOf(paths, BELOW)).toEqual([
      "data",
      "data",
      "program",
      "idle",
      "idle",
      "idle",
      "program",
      "program",
      "program",
    ]);
    expect(fileRole("services/shop/main.go", { ...BELOW, ownProgram: false })).toBe("program");
  });

  test("that the map names is data if it is XML, which nothing runs", () => {
    const named = new Set(["saml/sso.xml", "lib/iam/arn.ts", "settings.json", ".github/x.xml"]);
    expect(rolesOf([...named, "saml/other.xml"], { ...TOP, named })).toEqual([
      "data",
      "program",
      "program",
      "program",
      "program",
    ]);
  });

  test.each([
    "policies/../main.json",
    "../policies/x.json",
    "policies//x.json",
    "/accounts.yaml",
    "policies/.git/x.json",
    "policies/.GIT./x.json",
    "policies/git~1/x.json",
    "policies/a\nb.json",
    "policies\\x.json",
    "\ufffdpolicies/x.json",
    "policies/.g\u200cit/x.json",
    "docs/a\u202etxt.md",
  ])("with a path that is none that is typed is of the program: %j", (path) => {
    expect([isPlainPath(path), fileRole(path, TOP)]).toEqual([false, "program"]);
  });
});

describe("a file where only tools write", () => {
  test.each([
    [".trustwheel/base/x", true],
    [".TrustWheel/x", true],
    ["cdktf.out/stacks/a/cdk.tf.json", true],
    [".terraform/modules/modules.json", true],
    ["node_modules/.cache/x", true],
    ["packages/a/node_modules/.cache/x", true],
    ["cdktf.out/.gitignore", false],
    ["node_modules/x/index.js", false],
    ["other/cdktf.out/x", false],
    ["cdktf.output/x", false],
  ])("%s: %s", (path, expected) => {
    expect(isToolFile(path, TOP)).toBe(expected);
  });

  test("is one of the project's", () => {
    expect(isToolFile("infra/access/cdktf.out/x", BELOW)).toBe(true);
    expect(isToolFile("cdktf.out/x", BELOW)).toBe(false);
  });
});

describe("the patterns of owners", () => {
  /** Whether a host asks an owner: the last pattern that matches decides, as git reads it. */
  function isOwned(path: string, layout: ProjectLayout, withIdle: boolean): boolean {
    const { all, idle, always } = ownedPatterns(layout);
    const lines = [
      ...all.map((pattern) => ({ pattern, owned: true })),
      ...(withIdle ? idle : []).map((pattern) => ({ pattern, owned: false })),
      ...always.map((pattern) => ({ pattern, owned: true })),
    ];
    return lines.findLast(({ pattern }) => matchesAsGit(pattern, path))?.owned === true;
  }

  /** A pattern matches a file, or any folder above it; with a slash at its end folders alone. */
  function matchesAsGit(pattern: string, path: string): boolean {
    const anchored = pattern.startsWith("/");
    const folder = pattern.endsWith("/");
    const wanted = pattern.replace(/^\/|\/$/g, "").split("/");
    const parts = path.split("/");
    const matches = (part: string | undefined, name: string): boolean =>
      part !== undefined &&
      new RegExp(
        `^${name
          .split("*")
          .map((text) => text.replace(/[.+?]/g, "\\$&"))
          .join(".*")}$`,
      ).test(part);
    return parts.some((_, start) => {
      if (anchored && start > 0) return false;
      if (!wanted.every((name, index) => matches(parts[start + index], name))) return false;
      return !folder || start + wanted.length < parts.length;
    });
  }

  const named = new Set(["infra/access/saml/sso.xml"]);
  const layouts = [TOP, OTHER, BELOW, { ...BELOW, ownProgram: false }, { ...BELOW, named }];

  const parts = fc.constantFrom(
    ...[...PROGRAM_FILES, ...DATA_FILES, ...IDLE_FILES, ...TEST_FILES].flatMap((path) =>
      path.split("/"),
    ),
    "infra",
    "access",
    "saml",
    "sso.xml",
    "x.svg",
  );
  const paths = fc.oneof(
    fc.array(parts, { minLength: 1, maxLength: 4 }).map((list) => list.join("/")),
    fc.constantFrom(...PROGRAM_FILES, ...DATA_FILES).map((path) => `infra/access/${path}`),
    fc.constantFrom(...PROGRAM_FILES, ...DATA_FILES, ...named),
  );

  test("cover every file that can change what is judged or deployed", () => {
    fc.assert(
      fc.property(paths, fc.constantFrom(...layouts), fc.boolean(), (path, layout, withIdle) => {
        if (fileRole(path, layout) === "idle") return;
        expect([path, isOwned(path, layout, withIdle)]).toEqual([path, true]);
      }),
      { numRuns: 5000 },
    );
  });

  test("leave out what only people read, where the host can", () => {
    expect(IDLE_FILES.slice(0, 4).map((path) => isOwned(path, TOP, true))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isOwned("services/shop/main.go", BELOW, true)).toBe(false);
  });
});

import { tmpdir } from "node:os";
import { join } from "node:path";
import { playGate } from "../support/gate/play-gate";
import type { Played } from "../support/gate/play-gate";
import { ShellFolder } from "../support/gate/shell-folder";

/*
 * The steps of the job that judges, played one after the other in a real clone with a head that brings
 * everything that git, npm, Node.js and a shell look for by themselves. Each thing leaves a mark if it runs.
 */

let folder: ShellFolder;

beforeEach(() => {
  folder = new ShellFolder();
});
afterEach(() => {
  folder.remove();
});

/** What a file does if it runs. */
const mark = (what: string): string => `touch "${folder.path}/marks/${what}"`;
const inNode = (what: string): string =>
  `require("fs").writeFileSync(${JSON.stringify(`${folder.path}/marks/${what}`)}, "");\n`;

function git(...args: string[]): string {
  const { code, output } = folder.run(
    `cd upstream && git -c user.name=a -c user.email=a@example.com ${args.join(" ")}`,
  );
  if (code !== 0) throw new Error(output);
  return output.trim();
}

const LOCK = {
  name: "platform",
  lockfileVersion: 3,
  requires: true,
  packages: {
    "": { name: "platform", dependencies: { trustwheel: "file:../tool" } },
    "../tool": { name: "trustwheel", version: "1.0.0", bin: { trustwheel: "trustwheel.js" } },
    "node_modules/trustwheel": { resolved: "../tool", link: true },
  },
};

/** The base's program: says what it was asked, and what it could see. */
const TOOL = `#!/usr/bin/env node
const { appendFileSync, mkdirSync, readdirSync, writeFileSync } = require("fs");
const { execFileSync } = require("child_process");
const args = process.argv.slice(2);
const value = (name) => args[args.indexOf(name) + 1];
appendFileSync("../asked", args.join(" ") + "\\n");
writeFileSync("../seen", readdirSync(".").sort().join("\\n"));
writeFileSync("../map", execFileSync("git", ["cat-file", "blob", value("--head") + ":accounts.yaml"]));
writeFileSync("../environment", JSON.stringify(process.env));
if (args[0] === "affected") console.log('{"waves":[]}');
else if (value("--format") === "json") writeFileSync(value("--output"), '{"gate":{"outcome":"merge","missing":[]}}');
else writeFileSync(value("--output"), "<!-- trustwheel-review -->\\nreviewed\\n");
`;

/** Makes the upstream repository: the base, and a head that is a trap. Returns both commits. */
function upstream(): { base: string; head: string } {
  folder.write(
    "tool/package.json",
    JSON.stringify({
      name: "trustwheel",
      version: "1.0.0",
      bin: { trustwheel: "trustwheel.js" },
      scripts: { install: mark("tool-install"), prepare: mark("tool-prepare") },
    }),
  );
  folder.write("tool/trustwheel.js", TOOL);
  folder.run("mkdir -p marks upstream && chmod +x tool/trustwheel.js");
  git("init", "--quiet", "--initial-branch=main");
  const base: Readonly<Record<string, string>> = {
    "package.json": JSON.stringify({
      name: "platform",
      dependencies: { trustwheel: "file:../tool" },
    }),
    "package-lock.json": JSON.stringify(LOCK),
    "accounts.yaml": "base\n",
    ".gitignore": "node_modules\n",
  };
  for (const [name, text] of Object.entries(base)) folder.write(`upstream/${name}`, text);
  git("add", "--all");
  git("commit", "--quiet", "--message=base");
  const commit = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "-b", "trap");
  for (const [name, text] of Object.entries(trap())) folder.write(`upstream/${name}`, text);
  folder.run(
    `cd upstream && chmod -R +x bin node_modules .githooks .husky evil.sh && ln -s ${tmpdir()} judged && ln -s ../marks head-tree && ln -s / problems.txt`,
  );
  git("add", "--all", "--force");
  git("commit", "--quiet", "--message=trap", "--no-verify");
  const head = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "main");
  return { base: commit, head };
}

function trap(): Readonly<Record<string, string>> {
  const clone = join(folder.path, "work");
  const script = (what: string): string => `#!/bin/sh\n${mark(what)}\nexit 0\n`;
  const lifecycle = ["preinstall", "install", "postinstall", "prepare", "synth", "dependencies"];
  return {
    "accounts.yaml": "head\n",
    ".npmrc": `ignore-scripts=false\nscript-shell=${clone}/evil.sh\nnode-options=--require ${clone}/evil.js\n`,
    "package.json": JSON.stringify({
      name: "platform",
      bin: { trustwheel: "evil.js" },
      scripts: Object.fromEntries(lifecycle.map((name) => [name, mark(`script-${name}`)])),
      dependencies: { trustwheel: "file:evil" },
    }),
    "package-lock.json": JSON.stringify({ ...LOCK, packages: { "": { hasInstallScript: true } } }),
    "evil/package.json": JSON.stringify({
      name: "trustwheel",
      version: "1.0.0",
      scripts: { install: mark("dependency") },
    }),
    "evil.sh": script("shell"),
    "evil.js": inNode("required"),
    "node_modules/.bin/trustwheel": script("bin"),
    "node_modules/trustwheel/package.json": '{"name":"trustwheel","bin":"cli.js"}',
    "node_modules/trustwheel/cli.js": inNode("package"),
    "bin/jq": script("jq"),
    "bin/git": script("git"),
    "cdktf.json": JSON.stringify({ language: "typescript", app: mark("app") }),
    "main.ts": inNode("main"),
    ".gitattributes":
      "* filter=evil diff=evil merge=evil textconv=evil\naccounts.yaml merge=evil\n",
    ".gitmodules": `[submodule "x"]\n\tpath = x\n\turl = ext::sh -c ${clone}/evil.sh\n\tupdate = !${mark("submodule")}\n`,
    ".githooks/post-checkout": script("hook"),
    ".husky/post-merge": script("husky"),
    ".gitconfig": `[core]\n\thooksPath = .githooks\n\tfsmonitor = ${clone}/evil.sh\n`,
    ".envrc": mark("envrc"),
    ".node-version": "0.1.0\n",
    ".trustwheel/base/x": "x\n",
    "cdktf.out/stacks/evil/cdk.tf.json": '{"data":{"external":{}}}',
  };
}

function play(base: string, head: string): Played {
  return playGate(folder, base, head);
}

test("nothing that a pull request brings runs where it is judged", () => {
  const { base, head } = upstream();
  const { results, marks } = play(base, head);
  expect(Object.values(results).map(({ code, output }) => (code === 0 ? "" : output))).toEqual(
    Object.keys(results).map(() => ""),
  );
  expect(Object.keys(results)).toEqual([
    "Install",
    "Fetch the head as data",
    "Fetch the head's output as data",
    "Review",
    "Select the stacks to plan",
  ]);
  expect(marks).toBe("");
  // It was reviewed, by the program of the base, and what a merge would give.
  expect(folder.read("map")).toBe("head\n");
  const asked = folder.read("asked")?.trim().split("\n") ?? [];
  expect(asked.map((line) => line.split(" ")[0])).toEqual(["review", "review", "affected"]);
  for (const line of asked) expect(line).toContain(`--base ${base} --head `);
  // Nothing of it is there.
  expect(
    folder.run("cd work && git status --porcelain --ignored && git rev-parse HEAD").output,
  ).toBe(
    ["?? head-tree/", "?? judged/", "?? problems.txt", "!! node_modules/", base, ""].join("\n"),
  );
  expect(folder.run("cat work/accounts.yaml").output).toBe("base\n");
});

test("the program gets no token, and none stays in the clone", () => {
  const { base, head } = upstream();
  play(base, head);
  expect(folder.read("environment")).not.toContain("a-token");
  const token = Buffer.from("x-access-token:a-token").toString("base64");
  expect(folder.run(`grep -rlE 'a-token|${token}' work`).output).toBe("");
});

test.each([
  ["installs it", "npm install --no-audit --no-fund --offline"],
  ["runs a script of it", "npm run synth"],
  ["runs the program by its name", "npx --no-install trustwheel review"],
  ["uses git with its settings", 'cp .gitconfig "$HOME"; git status'],
])("the trap is one: whoever checks the pull request out and %s runs it", (_, script) => {
  const { head } = upstream();
  folder.run(
    `git clone --quiet file://${folder.path}/upstream work && cd work && git checkout --quiet ${head}; ${script}`,
    { npm_config_cache: `${folder.path}/cache` },
  );
  expect(folder.run("ls -A marks").output).not.toBe("");
});

test("a pull request that cannot be merged is not reviewed", () => {
  const { base } = upstream();
  git("checkout", "--quiet", "-b", "other", "main");
  folder.write("upstream/accounts.yaml", "other\n");
  git("commit", "--quiet", "--all", "--message=other");
  const other = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "main");
  folder.write("upstream/accounts.yaml", "main\n");
  git("commit", "--quiet", "--all", "--message=main");
  const { results } = play(git("rev-parse", "HEAD"), other);
  expect(results["Fetch the head as data"]?.code).toBe(1);
  expect(results["Fetch the head as data"]?.output).toContain("can't be merged into");
  expect(results.Review).toBeUndefined();
  expect(base).not.toBe(other);
});

test.each([1, 2, 3])(
  "a review that ends with %i is told, as text that GitHub shows as it is",
  (code) => {
    const { base, head } = upstream();
    const said = JSON.stringify("</details> @everyone\r```\n# x");
    folder.write(
      "tool/trustwheel.js",
      `#!/usr/bin/env node\nconsole.error(${said});\nprocess.exit(${code});\n`,
    );
    const { results } = play(base, head);
    expect(results.Review?.code).toBe(0);
    expect(folder.read("work/judged/review.md")).toBe(
      "<!-- trustwheel-review -->\n### Access review failed: the gate does not pass\n\n    </details> @everyone```\n    # x\n",
    );
    expect(folder.read("output")).not.toContain("outcome=");
  },
);

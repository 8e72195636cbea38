import { join } from "node:path";
import { playGate } from "../support/gate/play-gate";
import type { Played } from "../support/gate/play-gate";
import { ROOT } from "../support/project";
import { ShellFolder } from "../support/gate/shell-folder";
import { PIPELINE, pipelineMap } from "../lib/plan/support/pipeline-map";

/* The job that judges with the real command line, from a base and heads in real repositories. */

let folder: ShellFolder;
let base: string;

const spoke = (managed: string): unknown => ({
  auditor: { hubs: ["first"], accounts: { keys: ["shop"] }, permissions: { managed: [managed] } },
});
const mapWith = (managed: string, more: Readonly<Record<string, unknown>> = {}): string =>
  pipelineMap({
    hubs: { first: { account: "tools", principals: { bot: { user: { name: "bot" } } } } },
    spokes: spoke(managed),
    ...more,
  });

beforeEach(() => {
  folder = new ShellFolder();
  folder.run("mkdir -p marks upstream");
  const tool = { name: "trustwheel", version: "1.0.0", bin: { trustwheel: "trustwheel.js" } };
  folder.write("tool/package.json", JSON.stringify(tool));
  folder.write(
    "tool/trustwheel.js",
    `#!/usr/bin/env node\nrequire(${JSON.stringify(join(ROOT, "cli", "trustwheel.js"))});\n`,
  );
  folder.run("chmod +x tool/trustwheel.js");
  const files: Readonly<Record<string, string>> = {
    "package.json": JSON.stringify({ name: "p", dependencies: { trustwheel: "file:../tool" } }),
    "package-lock.json": JSON.stringify({
      name: "p",
      lockfileVersion: 3,
      packages: {
        "": { name: "p", dependencies: { trustwheel: "file:../tool" } },
        "../tool": tool,
        "node_modules/trustwheel": { resolved: "../tool", link: true },
      },
    }),
    "accounts.yaml": mapWith("job-function/ViewOnlyAccess"),
    ".gitignore": "node_modules/\n",
  };
  for (const [name, text] of Object.entries(files)) folder.write(`upstream/${name}`, text);
  folder.run("cd upstream && git init --quiet --initial-branch=main");
  base = commit("base");
});
afterEach(() => {
  folder.remove();
});

function commit(message: string): string {
  const git = "git -c user.name=a -c user.email=a@example.com";
  const { code, output } = folder.run(
    `cd upstream && git add --all && ${git} commit --quiet --message=${message} && git rev-parse HEAD`,
  );
  if (code !== 0) throw new Error(output);
  return output.trim();
}

function played(files: Readonly<Record<string, string>>, tree?: string): Played {
  for (const [name, text] of Object.entries(files)) folder.write(`upstream/${name}`, text);
  const head = commit("head");
  folder.run(`cd upstream && git branch change && git reset --quiet --hard ${base}`);
  const result = playGate(folder, base, head, tree);
  expect(Object.entries(result.results).filter(([, { code }]) => code !== 0)).toEqual([]);
  return result;
}

const review = (): {
  changes: { kind: string; what?: string; files?: string[] }[];
  gate: unknown;
} => JSON.parse(folder.read("work/judged/review.json") ?? "null") as ReturnType<typeof review>;

test("a change of data is synthesized by the base's program, whatever was uploaded, and planned", () => {
  const uploaded = '{"stack":"evil","text":"{\\"data\\":{}}"}\n';
  const { outputs } = played({ "accounts.yaml": mapWith("AdministratorAccess") }, uploaded);
  expect(outputs.outcome).toBe("approval");
  expect(review().changes.map(({ kind }) => kind)).toContain("permissions");
  expect(review().changes.filter(({ kind }) => kind === "safeguard")).toEqual([]);
  expect(folder.read("work/judged/review.md")).toContain("AdministratorAccess");
  expect(JSON.parse(outputs.matrices ?? "")).toEqual([
    {
      include: [{ stack: "shop", account: "222222222222", directory: "cdktf.out/stacks/shop" }],
    },
  ]);
  expect(folder.run("cd work/planned-tree && find . -type f | sort").output).toBe(
    "./project/accounts.yaml\n./stacks/shop/cdk.tf.json\n",
  );
  expect(folder.read("work/planned-tree/stacks/shop/cdk.tf.json")).toContain("AdministratorAccess");
});

test("import blocks of the head are planned with its stacks, and are a change to a safeguard", () => {
  const block = 'import {\n  to = aws_iam_role.spoke-auditor\n  id = "auditor"\n}\n';
  played({
    "accounts.yaml": mapWith("job-function/SupportUser"),
    "imports/222222222222.tf": block,
  });
  expect(folder.read("work/planned-tree/stacks/shop/imports.tf")).toBe(block);
  const [safeguard] = review().changes.filter(({ kind }) => kind === "safeguard");
  expect(safeguard).toMatchObject({ what: "data", files: ["imports/222222222222.tf"] });
});

test("a change that is none passes, and nothing is planned", () => {
  const { outputs } = played({ "README.md": "more\n" });
  expect([outputs.outcome, outputs.teams, outputs.matrices]).toEqual(["merge", "[]", "[]"]);
});

test("a change of the program that says nothing of what it makes is blocked", () => {
  const { outputs } = played(
    { "cdktf.json": '{"app":"touch evil"}' },
    '{"stack":"x","text":"{}"}\n',
  );
  expect(outputs.outcome).toBe("block");
  expect(outputs.matrices).toBe("[]");
});

test("a map with errors is told, and does not pass", () => {
  const { outputs } = played({
    "accounts.yaml": pipelineMap({ pipeline: { ...PIPELINE, account: "x" } }),
  });
  expect(outputs.outcome).toBeUndefined();
  expect(folder.read("work/judged/review.md")).toContain("\n    accounts.yaml:18:14: ");
  expect(folder.read("work/judged/review.md")).toContain("there is no account `x`");
});

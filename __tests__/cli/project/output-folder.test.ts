import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { synth } from "../../../cli/commands/synth";
import { previousSynthesis, writeOutput } from "../../../cli/project/output-folder";
import type { WrittenOutput } from "../../../cli/project/output-folder";

const MAP = `accounts:
  one:
    id: "111111111111"
  two:
    id: "222222222222"
  three:
    id: "333333333333"
hubs:
  people:
    account: one
    principals:
      staff:
        role: { name: staff }
spokes:
  reader:
    hubs: [people]
    accounts: { keys: [two, three] }
    permissions:
      managed: [ReadOnlyAccess]
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A project in a folder of its own. */
class Project {
  readonly root: string;
  readonly outdir: string;
  #stdout = "";
  #stderr = "";

  constructor(map: string | Buffer | undefined) {
    this.root = mkdtempSync(join(tmpdir(), "trustwheel-"));
    folders.push(this.root);
    this.outdir = join(this.root, "cdktf.out");
    if (map !== undefined) this.write("accounts.yaml", map);
  }

  write(file: string, content: string | Buffer): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }

  synth(): { readonly code: number; readonly stdout: string; readonly stderr: string } {
    this.#stdout = this.#stderr = "";
    const code = synth(this.root, this.outdir, {
      stdout: (text) => (this.#stdout += text),
      stderr: (text) => (this.#stderr += text),
      color: false,
      errorColor: false,
    });
    return { code, stdout: this.#stdout, stderr: this.#stderr };
  }

  /** Content and time of every file below the project. */
  files(): Map<string, { readonly content: string; readonly time: bigint }> {
    const entries = readdirSync(this.root, { recursive: true, withFileTypes: true });
    return new Map(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [
          file.slice(this.root.length + 1),
          {
            content: readFileSync(file, "latin1"),
            time: statSync(file, { bigint: true }).mtimeNs,
          },
        ]),
    );
  }

  /** Files that are new, gone or written since an earlier look. */
  changedSince(before: ReturnType<Project["files"]>): string[] {
    const after = this.files();
    const all = [...new Set([...before.keys(), ...after.keys()])].sort();
    return all.filter((file) => before.get(file)?.time !== after.get(file)?.time);
  }
}

/** A project that was synthesized and used: Terraform has left its own files. */
function usedProject(): Project {
  const project = new Project(MAP);
  project.write(".terraform.lock.hcl", "# hashes of providers\n");
  expect(project.synth()).toMatchObject({ code: 0, stderr: "" });
  project.write("cdktf.out/stacks/two/.terraform/providers/aws", "a provider\n");
  project.write("cdktf.out/stacks/two/change.tfplan", Buffer.from([0, 255, 1]));
  project.write("state/222222222222.tfstate", "{}");
  return project;
}

describe("a project with errors", () => {
  const project = usedProject();
  const before = project.files();

  function expectRefused(stderr: string): void {
    const written = project.files();
    const code = stderr.includes("[unreadable-file]") && !/:\d+:\d+: /.test(stderr) ? 2 : 1;
    expect(project.synth()).toEqual({ code, stdout: "", stderr });
    expect(project.files()).toEqual(written);
    const output = ([file]: [string, unknown]): boolean => file.startsWith("cdktf.out/");
    expect([...project.files()].filter(output)).toEqual([...before].filter(output));
  }

  test("has an output to lose", () => {
    expect([...before.keys()]).toEqual([
      ".terraform.lock.hcl",
      "accounts.yaml",
      "cdktf.out/access-index.json",
      "cdktf.out/manifest.json",
      "cdktf.out/stacks/one/.terraform.lock.hcl",
      "cdktf.out/stacks/one/cdk.tf.json",
      "cdktf.out/stacks/three/.terraform.lock.hcl",
      "cdktf.out/stacks/three/cdk.tf.json",
      "cdktf.out/stacks/two/.terraform.lock.hcl",
      "cdktf.out/stacks/two/.terraform/providers/aws",
      "cdktf.out/stacks/two/cdk.tf.json",
      "cdktf.out/stacks/two/change.tfplan",
      "state/222222222222.tfstate",
    ]);
  });

  test("a map that does not fit: every problem at once, and nothing is touched", () => {
    project.write("accounts.yaml", MAP.replace('"111111111111"', "111111111111") + "hub: {}\n");
    expectRefused(`accounts.yaml:3:9: \`accounts.one.id\` must be a quoted string of 12 digits, got the number 111111111111 [ID-01]
  |
3 |     id: 111111111111
  |         ^~~~~~~~~~~~
  = help: write "111111111111"; unquoted, YAML reads a number and drops leading zeros

accounts.yaml:20:1: unknown key \`hub\`, allowed: \`accounts\`, \`acknowledgements\`, \`assertions\`, \`chains\`, \`defaults\`, \`hubs\`, \`identityProviders\`, \`organizations\`, \`parameters\`, \`pipeline\`, \`requiredTags\`, \`review\`, \`spokes\`, \`state\`, \`tags\`, \`terraform\`, \`version\` [unknown-key]
   |
20 | hub: {}
   | ^~~
   = help: did you mean \`hubs\`?
`);
  });

  test("an account id that changed under its key while a state exists", () => {
    project.write("accounts.yaml", MAP.replace("222222222222", "444444444444"));
    expectRefused(`accounts.yaml:5:9: the ID of \`two\` was 222222222222 at the last synth and is 444444444444 now: the roles in 222222222222 would be left behind [changed-account-id]
  |
5 |     id: "444444444444"
  |         ^~~~~~~~~~~~~~
  = help: give 444444444444 its own key; to abandon 222222222222, first destroy its stack and remove its state
`);
  });

  test("a map that is gone", () => {
    rmSync(join(project.root, "accounts.yaml"));
    expectRefused(
      "accounts.yaml: cannot be read: there is no such file [unreadable-file]\n = help: run `npx trustwheel init` to start one, or name the map with `--map FILE`\n",
    );
  });

  test("a folder in the place of the map", () => {
    mkdirSync(join(project.root, "accounts.yaml"));
    expectRefused("accounts.yaml: cannot be read: it is a folder [unreadable-file]\n");
    rmSync(join(project.root, "accounts.yaml"), { recursive: true });
  });

  test("a map that is not UTF-8", () => {
    project.write("accounts.yaml", Buffer.from(`# one\n# two \xe4\n${MAP}`, "latin1"));
    expectRefused(
      "accounts.yaml: cannot be read: it is not UTF-8 text, see the byte 0xe4 on line 2; save it as UTF-8 [unreadable-file]\n",
    );
  });

  test("a map that is UTF-16", () => {
    project.write("accounts.yaml", Buffer.from(`\ufeff${MAP}`, "utf16le"));
    expectRefused(
      "accounts.yaml: cannot be read: it is not UTF-8 text, but UTF-16; save it as UTF-8 [unreadable-file]\n",
    );
  });

  test("a map of 30 MB, which is not even read", () => {
    project.write("accounts.yaml", Buffer.alloc(30_000_000, "#"));
    expectRefused(
      "accounts.yaml: cannot be read: it has 30000000 bytes, the limit is 25165824 [unreadable-file]\n",
    );
  });

  test("a document that cannot be read", () => {
    project.write("accounts.yaml", MAP);
    mkdirSync(join(project.root, "policies", "monitor.json"), { recursive: true });
    expectRefused("policies/monitor.json: cannot be read: it is a folder [unreadable-file]\n");
    rmSync(join(project.root, "policies"), { recursive: true });
  });

  test("a file in the place of the folder of documents", () => {
    project.write("policies", "");
    expectRefused("policies: cannot be read: it is not a folder [unreadable-file]\n");
    rmSync(join(project.root, "policies"));
  });

  test("a byte order mark is none of these errors", () => {
    project.write("accounts.yaml", `\ufeff${MAP}`);
    expect(project.synth()).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a second synthesis", () => {
  test("writes nothing where nothing changed", () => {
    const project = usedProject();
    const before = project.files();
    expect(project.synth()).toMatchObject({ code: 0 });
    expect(project.changedSince(before)).toEqual([]);
  });

  test("writes one stack and the access index after one account changed", () => {
    const project = usedProject();
    project.write(
      "accounts.yaml",
      MAP.replace('"333333333333"', '"333333333333"\n    region: eu-west-1'),
    );
    const before = project.files();
    expect(project.synth()).toMatchObject({ code: 0 });
    expect(project.changedSince(before)).toEqual([
      "cdktf.out/access-index.json",
      "cdktf.out/stacks/three/cdk.tf.json",
    ]);
  });

  test("follows a changed id where no state of the old account exists", () => {
    const project = usedProject();
    rmSync(join(project.root, "state"), { recursive: true });
    project.write("accounts.yaml", MAP.replace("222222222222", "444444444444"));
    expect(project.synth()).toMatchObject({ code: 0, stderr: "" });
    const stack = readFileSync(join(project.outdir, "stacks/two/cdk.tf.json"), "utf8");
    expect(stack).toContain('"444444444444"');
    expect(stack).not.toContain('"222222222222"');
  });

  test("removes the stack of an account that left the map, and keeps one with a state", () => {
    const project = usedProject();
    project.write("cdktf.out/stacks/three/terraform.tfstate", "{}");
    project.write("cdktf.out/stacks/notes/readme.md", "not a stack\n");
    const [accounts = ""] = MAP.split("  two:");
    // They leave in two steps.
    const leaving = MAP.slice(0, MAP.indexOf("spokes:")).replace(
      /"[23]{12}"/g,
      "$&\n    state: leaving",
    );
    project.write("accounts.yaml", leaving);
    expect(project.synth().code).toBe(0);
    project.write(
      "accounts.yaml",
      `${accounts}${MAP.slice(MAP.indexOf("hubs:"), MAP.indexOf("spokes:"))}`,
    );
    const { code, stdout } = project.synth();
    expect(code).toBe(0);
    expect(stdout).toContain("1 removed (two)");
    expect(stdout).toContain(
      `three is not in the map, but ${join(project.outdir, "stacks/three")} has its state`,
    );
    expect(readdirSync(join(project.outdir, "stacks")).sort()).toEqual(["notes", "one", "three"]);
  });
});

describe("writing the output", () => {
  const tree = (...names: string[]): Parameters<typeof writeOutput>[1] => ({
    stacks: new Map(names.map((name) => [name, `{"stack": "${name}"}`])),
    manifest: names.join(),
  });
  const nothing: WrittenOutput = { added: [], changed: [], unchanged: [], removed: [], kept: [] };

  test("tells what was added, changed, left and removed", () => {
    const { outdir } = new Project(undefined);
    expect(writeOutput(outdir, tree("a", "b", "c"), undefined)).toEqual({
      ...nothing,
      added: ["a", "b", "c"],
    });
    const next = {
      ...tree("a", "d"),
      stacks: new Map([
        ["a", "{}"],
        ["c", '{"stack": "c"}'],
        ["d", "{}"],
      ]),
    };
    expect(writeOutput(outdir, next, undefined)).toEqual({
      added: ["d"],
      changed: ["a"],
      unchanged: ["c"],
      removed: ["b"],
      kept: [],
    });
    expect(existsSync(join(outdir, "stacks", "b"))).toBe(false);
  });

  test.each([
    "terraform.tfstate",
    "terraform.tfstate.backup",
    "errored.tfstate",
    "terraform.tfstate.d",
  ])("keeps the folder of a vanished stack in which %s lies", (state) => {
    const project = new Project(undefined);
    writeOutput(project.outdir, tree("a", "b"), undefined);
    project.write(`cdktf.out/stacks/b/${state}`, "");
    expect(writeOutput(project.outdir, tree("a"), undefined)).toEqual({
      ...nothing,
      unchanged: ["a"],
      kept: ["b"],
    });
    expect(existsSync(join(project.outdir, "stacks", "b", state))).toBe(true);
  });

  test("brings the lock file to every stack, and a new one again", () => {
    const { outdir } = new Project(undefined);
    const locks = (): string[] =>
      ["a", "b"].map((name) =>
        readFileSync(join(outdir, "stacks", name, ".terraform.lock.hcl"), "utf8"),
      );
    writeOutput(outdir, tree("a", "b"), "first");
    expect(locks()).toEqual(["first", "first"]);
    expect(writeOutput(outdir, tree("a", "b"), "second").unchanged).toEqual(["a", "b"]);
    expect(locks()).toEqual(["second", "second"]);
    writeOutput(outdir, tree("a", "b"), undefined);
    expect(locks()).toEqual(["second", "second"]);
  });

  test("leaves no file of its own behind, also where it fails", () => {
    const project = new Project(undefined);
    mkdirSync(join(project.outdir, "stacks", "b", "cdk.tf.json"), { recursive: true });
    expect(() => writeOutput(project.outdir, tree("a", "b"), "lock")).toThrow(/EISDIR/);
    expect([...project.files().keys()]).toEqual([
      "cdktf.out/stacks/a/.terraform.lock.hcl",
      "cdktf.out/stacks/a/cdk.tf.json",
    ]);
  });
});

describe("what an earlier synthesis left", () => {
  const guard = (id: string): string =>
    `{"provider": {"aws": [{"allowed_account_ids": [\n"${id}"]}]}}`;

  test("is the account of each stack, and the states that lie beside the output", () => {
    const project = new Project(undefined);
    project.write("cdktf.out/stacks/one/cdk.tf.json", guard("111111111111"));
    project.write("cdktf.out/stacks/broken/cdk.tf.json", "no JSON");
    project.write("cdktf.out/stacks/file", "no folder");
    project.write("states/111111111111.tfstate", "{}");
    const { accountIds, hasState } = previousSynthesis(project.outdir, project.root, {
      kind: "local",
      folder: "states",
    });
    expect([...accountIds]).toEqual([["one", "111111111111"]]);
    expect([hasState("111111111111"), hasState("222222222222")]).toEqual([true, false]);
  });

  test("is nothing where there is no output", () => {
    const project = new Project(undefined);
    const state = { kind: "local", folder: "states" } as const;
    expect(previousSynthesis(project.outdir, project.root, state).accountIds.size).toBe(0);
  });

  test("may be a state of any account where states lie elsewhere", () => {
    const { outdir, root } = new Project(undefined);
    const s3 = { kind: "s3", bucket: "b", region: "eu-central-1", prefix: "p" } as const;
    expect(previousSynthesis(outdir, root, s3).hasState("111111111111")).toBe(true);
  });
});

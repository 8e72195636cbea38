import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as typescript from "typescript";
import { run } from "../../cli/command-line";
import { planControlPolicies } from "../../lib/access/decide/effective-control-policies";
import { notCovered } from "../../lib/access/proof/not-covered";
import { PROOF_ASSUMPTIONS } from "../../lib/access/prove/axioms";
import { checkMap, findingsOf, ROOT } from "../support/project";

const text = readFileSync(join(ROOT, "docs", "proof.md"), "utf8");
/** What `trustwheel/access` stands for in this repository. */
const API = join(ROOT, "lib", "access", "public-api.ts");
/** Documents of the example. */
const EXAMPLE_POLICIES = Object.fromEntries(
  readdirSync(join(ROOT, "policies")).map((file) => [
    file.replace(/\.json$/, ""),
    readFileSync(join(ROOT, "policies", file), "utf8"),
  ]),
);

test.each([
  ["What is assumed", PROOF_ASSUMPTIONS],
  ["What is not covered", notCovered()],
])("%s is what every verdict says", (title, lines) => {
  const [, section = ""] = text.split(`### ${title}\n`);
  const [own = ""] = section.split("\n## ").flatMap((part) => part.split("\n### "));
  expect([...own.matchAll(/^- (.*)$/gm)].map(([, line]) => line)).toEqual(lines);
});

const CONSOLE = [
  ...text.matchAll(/```console\n\$ trustwheel ([^\n]*)\n([^`]*(?:`[^`\n]+`[^`]*)*?)```/g),
];

test("shows the commands that ask about access", () => {
  const shown = new Set(CONSOLE.map(([, command = ""]) => command.split(" ")[0]));
  expect([...shown]).toEqual(["can", "who-can", "reach", "explain"]);
});

test.each(CONSOLE.map(([, command = "", output = ""]) => [command, output] as const))(
  "trustwheel %s prints what is shown",
  async (command, output) => {
    const home = process.cwd();
    process.chdir(ROOT);
    let stdout = "";
    try {
      await run(command.split(" "), {
        stdout: (each) => void (stdout += each),
        stderr: () => undefined,
        color: false,
        errorColor: false,
      });
    } finally {
      process.chdir(home);
    }
    expect(stdout).toBe(output);
  },
);

test("shows assertions that the example's map takes", () => {
  const [, assertions = ""] = /```yaml\n(assertions:\n[^`]*)```/.exec(text) ?? [];
  const map = readFileSync(join(ROOT, "accounts.yaml"), "utf8");
  expect(assertions).toContain("machines:");
  expect(findingsOf(`${map}\n${assertions}`, EXAMPLE_POLICIES)).toBe("");
});

describe("control policies", () => {
  const [, section = ""] = text.split("## Control policies\n");

  test("are shown as the example's map takes them", () => {
    const [, controls = ""] = /```yaml\n(organizations:\n[^`]*)```/.exec(section) ?? [];
    const map = readFileSync(join(ROOT, "accounts.yaml"), "utf8");
    const shown = map.replace(/organizations:\n {2}example:\n {4}id: [^\n]*\n/, controls);
    expect(shown).toContain("controlPolicies:");
    const allow = { Effect: "Allow", Action: "*", Resource: "*" };
    const deny = { Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" };
    const guard = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    const documentOf = (statement: object): object => ({
      Version: "2012-10-17",
      Statement: [statement],
    });
    const { map: read, plan } = checkMap(shown, {
      ...EXAMPLE_POLICIES,
      "stay-in-organization": documentOf(deny),
      "allowed-services": documentOf(allow),
      perimeter: documentOf(guard),
    });
    expect(read?.controlPolicies?.get("example")?.service).toHaveLength(2);
    expect(plan === undefined ? undefined : notCovered(planControlPolicies(plan))).toContain(
      "control policies other than those that take part: 2 service and 1 resource control policies",
    );
  });

  test("are collected by a script that a shell can read", () => {
    const [, script = ""] = /```sh\n([^`]*)```/.exec(section) ?? [];
    expect(script).toContain("list-targets-for-policy --policy-id");
    const { status, stderr } = spawnSync("sh", ["-n", "-c", script], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("the example in TypeScript", () => {
  const [, code = ""] = /```ts\n([^`]*)```/.exec(text) ?? [];

  test("compiles as strictly as the project", () => {
    const config = typescript.readConfigFile(join(ROOT, "tsconfig.json"), (file) =>
      readFileSync(file, "utf8"),
    );
    const { options } = typescript.parseJsonConfigFileContent(config.config, typescript.sys, ROOT);
    const paths = { "trustwheel/access": [API] };
    const file = join(ROOT, "proof-example.ts");
    const host = typescript.createCompilerHost(options);
    const real = typescript.createCompilerHost(options);
    host.readFile = (name) => (name === file ? code : real.readFile(name));
    host.fileExists = (name) => name === file || real.fileExists(name);
    const program = typescript.createProgram([file], { ...options, paths, noEmit: true }, host);
    const source = program.getSourceFile(file);
    expect(source?.text).toBe(code);
    const problems = program.getSemanticDiagnostics(source).map(({ messageText }) => messageText);
    expect(problems).toEqual([]);
  });

  test("runs and prints what the text says", () => {
    const folder = mkdtempSync(join(tmpdir(), "trustwheel-proof-"));
    try {
      const file = join(folder, "example.ts");
      writeFileSync(file, code.replace('"trustwheel/access"', JSON.stringify(API)));
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ["-r", join(ROOT, "cli", "typescript.js"), file],
        { encoding: "utf8" },
      );
      expect({ stdout, stderr }).toEqual({ stdout: "refuted\ndenied\n", stderr: "" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as typescript from "typescript";
import { run } from "../../cli/command-line";
import { NOT_COVERED } from "../../lib/access/not-covered";
import { AXIOMS } from "../../lib/access/prove/axioms";
import { findingsOf, ROOT } from "../support/project";

const text = readFileSync(join(ROOT, "docs", "proof.md"), "utf8");

test.each([
  ["What is assumed", AXIOMS],
  ["What is not covered", NOT_COVERED],
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
  const findings = findingsOf(`${map}\n${assertions}`);
  expect(assertions).not.toBe("");
  expect(findings).not.toContain("assertion");
});

describe("the example in TypeScript", () => {
  const [, code = ""] = /```ts\n([^`]*)```/.exec(text) ?? [];

  test("compiles as strictly as the project", () => {
    const config = typescript.readConfigFile(join(ROOT, "tsconfig.json"), (file) =>
      readFileSync(file, "utf8"),
    );
    const { options } = typescript.parseJsonConfigFileContent(config.config, typescript.sys, ROOT);
    const file = join(ROOT, "proof-example.ts");
    const host = typescript.createCompilerHost(options);
    const real = typescript.createCompilerHost(options);
    host.readFile = (name) => (name === file ? code : real.readFile(name));
    host.fileExists = (name) => name === file || real.fileExists(name);
    const program = typescript.createProgram([file], { ...options, noEmit: true }, host);
    const source = program.getSourceFile(file);
    expect(source?.text).toBe(code);
    const problems = program.getSemanticDiagnostics(source).map(({ messageText }) => messageText);
    expect(problems).toEqual([]);
  });

  test("runs and prints what the text says", () => {
    const folder = mkdtempSync(join(tmpdir(), "trustwheel-proof-"));
    try {
      const file = join(folder, "example.ts");
      writeFileSync(file, code.replaceAll('"./lib/', `"${ROOT}/lib/`));
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

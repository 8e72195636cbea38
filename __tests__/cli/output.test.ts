import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Interrupted } from "../../cli/system/prompts";
import { CommandProject } from "../support/projects/command-project";
import { ROOT } from "../support/project";

const MAP = 'accounts:\n  shop: { id: "111111111111" }\n  tools: { id: "222222222222" }\n';

describe("output that nobody takes", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-output-"));
  beforeAll(() => {
    writeFileSync(join(folder, "accounts.yaml"), MAP);
    writeFileSync(join(folder, "broken.yaml"), MAP.replace('"111111111111"', "111111111111"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs a line of bash, in which `tw` is the command line. */
  const bash = (line: string): { status: number | null; stdout: string; stderr: string } => {
    const bin = `tw() { "${process.execPath}" "${join(ROOT, "cli", "trustwheel.js")}" "$@"; }\n`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", bin + line], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  test.each([
    ["accounts.yaml", "0"],
    ["broken.yaml", "1"],
  ])("a closed pipe is quiet, and keeps the exit code: %s", (map, code) => {
    const { stdout, stderr } = bash(
      `(sleep 0.2; tw check --json --map ${map}; echo "code $?" >&2) | true; wait`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: `code ${code}\n` });
  });

  test("a closed pipe of standard error is quiet, too", () => {
    const { status } = bash("tw check --map missing.yaml 2> >(true); exit $?");
    expect(status).toBe(2);
  });

  (existsSync("/dev/full") ? test : test.skip)(
    "a full disk is told as what it is, without a trace, with exit code 3",
    () => {
      for (const format of ["text", "json", "sarif"]) {
        const { status, stderr } = bash(`tw check --format ${format} > /dev/full`);
        expect({ status, stderr }).toEqual({
          status: 3,
          stderr: "the output cannot be written: no space is left on the disk\n",
        });
      }
    },
  );
});

describe("Ctrl-C at a question", () => {
  let project: CommandProject;
  beforeEach(() => {
    project = new CommandProject();
  });
  afterEach(() => {
    project.remove();
  });
  const gone = {
    input: () => Promise.reject(new Interrupted()),
    confirm: () => Promise.reject(new Interrupted()),
  };

  test.each([
    ["of an edit", ["offboard", "shop"]],
    ["of a new account", ["onboard"]],
    ["of init", ["init", "--output", "new"]],
  ])("%s ends the command with 130, and nothing is written", async (_, args) => {
    project.write("accounts.yaml", MAP);
    const { code, stderr } = await project.run(args, gone);
    expect({ code, stderr }).toEqual({ code: 130, stderr: "interrupted, nothing written\n" });
    expect(project.read("accounts.yaml")).toBe(MAP);
    expect(existsSync("new")).toBe(false);
  });
});

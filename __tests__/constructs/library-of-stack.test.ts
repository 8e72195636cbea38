import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import { ExclusiveRole } from "trustwheel";
import { ROOT } from "../support/project";

const ALIAS = join(ROOT, "__tests__", "support", "cdktn", "alias.js");
const OWN_PROGRAM = join(ROOT, "__tests__", "support", "cdktn", "own-program.ts");

/** Runs a program that writes into a folder, and tells the files that it wrote, without versions. */
function written(program: (folder: string) => readonly string[]): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-cdktn-"));
  try {
    const args = program(folder);
    const { status, stderr } = spawnSync("node", args, { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      files
        .filter((file) => file.isFile())
        .map(({ parentPath, name }) => {
          const path = join(parentPath, name);
          const text = readFileSync(path, "utf8");
          return [
            path.slice(folder.length),
            text.replace(/"version": "0\.\d+\.\d+"/g, '"version": ""'),
          ] as const;
        }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("cdktn in the place of cdktf", () => {
  test("synthesizes the same stacks of the example, byte for byte but for its version", () => {
    const synth = (folder: string): string[] => ["cli/trustwheel.js", "synth", "-o", folder];
    const both = [written(synth), written((folder) => ["-r", ALIAS, ...synth(folder)])];
    expect(Object.keys(both[0] ?? {})).toContain("/stacks/shop-prod/cdk.tf.json");
    expect(both[1]).toEqual(both[0]);
  });

  test("synthesizes the same stack of a program of somebody's own", () => {
    const run = (folder: string): string[] => ["-r", "./cli/typescript.js", OWN_PROGRAM, folder];
    const both = [written(run), written((folder) => ["-r", ALIAS, ...run(folder)])];
    const stack = "/stacks/own-stack/cdk.tf.json";
    expect(both[0]?.[stack]).toContain('"aws_iam_role"');
    const [before, after] = both.map((files) => JSON.parse(files[stack] ?? "") as unknown);
    expect(after).toEqual(before);
  });
});

describe("the library of a stack", () => {
  const trust = { Version: "2012-10-17", Statement: [] } as const;
  const add = (stack: unknown): unknown =>
    new ExclusiveRole(stack as cdktf.TerraformStack, "role", { roleName: "role", trust });

  test("is told in one sentence where it is cdktn next to cdktf", () => {
    const stack = new cdktn.TerraformStack(cdktn.Testing.app(), "own-stack");
    expect(() => add(stack)).toThrow(
      "own-stack/role: its stack is not from `cdktf`, which trustwheel's constructs are built with. " +
        "Use a stack from `cdktf`, or put `cdktn` in its place by an override of npm (docs/constructs.md)",
    );
  });

  test("can be another copy of cdktf", () => {
    let copy: typeof cdktf | undefined;
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      copy = require("cdktf") as typeof cdktf;
    });
    if (copy === undefined) throw new Error("there is no copy");
    expect(copy.TerraformStack).not.toBe(cdktf.TerraformStack);
    const stack = new copy.TerraformStack(copy.Testing.app(), "own-stack");
    expect(() => add(stack)).not.toThrow();
  });

  test("is that of cdktf", () => {
    expect(() => add(new cdktf.TerraformStack(cdktf.Testing.app(), "own-stack"))).not.toThrow();
  });
});

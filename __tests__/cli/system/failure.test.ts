import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportFailure } from "../../../cli/system/failure";
import { ROOT } from "../../support/project";

function failing(error: unknown): { code: number; stderr: string } {
  let stderr = "";
  const code = reportFailure(error, {
    stdout: () => undefined,
    stderr: (text) => {
      stderr += text;
    },
    color: false,
    errorColor: false,
  });
  return { code, stderr };
}

describe("an exception that reaches the top", () => {
  test("is called a bug of ours, with its trace and exit code 3", () => {
    const { code, stderr } = failing(new Error("lost"));
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^trustwheel failed; this is a bug in trustwheel.*\nError: lost\n {4}at /,
    );
  });

  test("about a file that cannot be used names the file, without a trace, with exit code 2", () => {
    const folder = mkdtempSync(join(tmpdir(), "trustwheel-failure-"));
    try {
      const file = join(folder, "file");
      writeFileSync(file, "");
      const env = { PATH: process.env.PATH, CDKTF_OUTDIR: file, NO_COLOR: "1" };
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["-r", "./cli/typescript.js", "main.ts"],
        { cwd: ROOT, env, encoding: "utf8" },
      );
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr.split("\n")).toEqual([expect.stringContaining("cannot be used (mkdir)"), ""]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { run as runWhole } from "../../cli/command-line";
import type { Terminal } from "../../cli/system/terminal";
import { run as runClient } from "../../client/command-line";

type Run = (args: readonly string[], terminal: Terminal) => Promise<number>;

describe.each<[string, Run]>([
  ["the client", runClient],
  ["the whole command line", runWhole],
])("%s", (_, run) => {
  async function answer(
    ...args: string[]
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    let stdout = "";
    let stderr = "";
    const terminal: Terminal = {
      stdout: (text) => void (stdout += text),
      stderr: (text) => void (stderr += text),
      color: false,
      errorColor: false,
    };
    const code = await run(args, terminal);
    return { code, stdout, stderr };
  }

  test("has the commands about access", async () => {
    const { code, stdout } = await answer("--help");
    expect(code).toBe(0);
    for (const name of ["exec", "credentials", "profiles", "why", "run"])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  });

  test.each([
    [["exec", "a@b", "--nope", "--", "true"], 125, "error: unknown option '--nope'"],
    [
      ["exec", "a@b", "--duration", "13h", "--", "true"],
      125,
      "must be 15m to 12h, such as 45m, got '13h'",
    ],
    [
      ["exec", "a@b", "--duration", "14m", "--", "true"],
      125,
      "must be 15m to 12h, such as 45m, got '14m'",
    ],
    [["exec", "a@b", "--tag", "x", "--", "true"], 125, "'x' is not KEY=VALUE"],
    [["exec", "a@b", "true"], 125, '"true" stands before `--`'],
    [["exec", "a@b"], 125, "there is no command"],
    [["exec", "--", "true"], 125, "no role is named"],
    [["credentials", "a@b", "--nope"], 2, "error: unknown option '--nope'"],
    [
      ["credentials", "a@b", "--format", "yaml"],
      2,
      "argument 'yaml' is invalid. Allowed choices are process, json, env.",
    ],
    [["run", "a", "--parallel", "0", "--", "true"], 2, "must be a whole number from 1 to 9999"],
    [["run", "a", "--timeout", "10", "--", "true"], 2, "must be a time such as 90s, 10m or 2h"],
    [["run", "a"], 2, "there is no command"],
    [["run", "--", "true"], 2, "no role is named"],
    [
      ["run", "--retry", "/nowhere"],
      2,
      "/nowhere/summary.json cannot be read: there is no such file",
    ],
    [
      ["why", "a@b", "--at", "yesterday"],
      2,
      "`--at` must be a time such as 2027-01-31T12:00:00Z, got yesterday",
    ],
    [["why", "--error", "/nowhere"], 2, "/nowhere cannot be read: there is no such file"],
    [
      ["profiles", "--for", "moon"],
      2,
      "argument 'moon' is invalid. Allowed choices are laptop, instance, ci.",
    ],
  ])("%j is wrong usage", async (args, code, message) => {
    const result = await answer(...args);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(message);
  });
});

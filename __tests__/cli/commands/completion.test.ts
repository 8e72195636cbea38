import { spawnSync } from "node:child_process";
import { CommandProject } from "../../support/projects/command-project";

let project: CommandProject;
beforeAll(() => {
  project = new CommandProject();
});
afterAll(() => {
  project.remove();
});

async function script(shell: string): Promise<string> {
  const { code, stdout, stderr } = await project.run(["completion", shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** What bash offers after these words; the last one is being typed. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const typed = ["trustwheel", ...words].map((word) => `'${word}'`).join(" ");
  const line = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _trustwheel; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", `${await script("bash")}\n${line}`], {
    cwd: project.folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((each) => each !== "");
}

/** Whether a shell is there to read its script. */
function has(shell: string): boolean {
  return spawnSync(shell, ["-c", "true"]).status === 0;
}

describe("completion for bash", () => {
  test("offers commands, their options, values of options and files", async () => {
    project.write("accounts.yaml", "");
    expect(await offered("wh")).toEqual(["who-can", "why"]);
    expect(await offered("check", "--fo")).toEqual(["--format"]);
    expect(await offered("check", "--format", "s")).toEqual(["sarif"]);
    expect(await offered("check", "-f", "js")).toEqual(["json"]);
    expect(await offered("ci", "g")).toEqual(["github", "gitlab"]);
    expect(await offered("--map", "x.yaml", "offb")).toEqual(["offboard"]);
    expect(await offered("check", "--map", "acc")).toEqual(["accounts.yaml"]);
    expect(await offered("prove", "--js")).toEqual(["--json"]);
  });

  test("offers every command that help shows", async () => {
    const { stdout } = await project.run(["--help"]);
    const [, list = ""] = /\nCommands:\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
    const named = [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
    expect(named).toContain("completion");
    expect((await offered("")).sort()).toEqual(named.filter((each) => each !== "help").sort());
  });
});

describe.each(["zsh", "fish"])("completion for %s", (shell) => {
  test("names commands with what they do, options and their values", async () => {
    const text = await script(shell);
    expect(text).toContain("who-can");
    expect(text).toContain("text json sarif github");
    expect(text).toContain(shell === "fish" ? "-l format" : "--format");
  });

  (has(shell) ? test : test.skip)("is read by the shell", async () => {
    const { status, stderr } = spawnSync(shell, ["-n"], {
      input: await script(shell),
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

test("a shell that is not known is wrong usage", async () => {
  const { code, stderr } = await project.run(["completion", "tcsh"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Allowed choices are bash, zsh, fish");
});

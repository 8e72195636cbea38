import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../../cli/command-line";
import { ROOT } from "../project";

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project in a git repository of its own, in a temporary folder that the tests of a file share. */
export class GitProject {
  readonly folder = mkdtempSync(join(tmpdir(), "trustwheel-git-"));
  readonly #home = process.cwd();

  constructor() {
    this.git("init", "--quiet", "--initial-branch=main");
    const app = `"${process.execPath}" "${join(ROOT, "cli", "trustwheel.js")}" synth`;
    this.write("cdktf.json", JSON.stringify({ language: "typescript", app }));
    this.write(".gitignore", "cdktf.out/\n");
  }

  /** Writes a file of the working tree. */
  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  /** Asks git, which must succeed. */
  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Example", "-c", "user.email=user@example.com"];
    const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  /** Commits the whole working tree and tells the commit. */
  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  /** Runs a command of ours in the project, as a pipe would see it. */
  async run(...args: readonly string[]): Promise<CommandResult> {
    return await this.runIn(this.folder, ...args);
  }

  /** Runs a command in another folder. */
  async runIn(folder: string, ...args: readonly string[]): Promise<CommandResult> {
    const out = { stdout: "", stderr: "" };
    process.chdir(folder);
    try {
      const code = await run(args, {
        stdout: (text) => (out.stdout += text),
        stderr: (text) => (out.stderr += text),
        color: false,
        errorColor: false,
      });
      return { code, ...out };
    } finally {
      process.chdir(this.#home);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

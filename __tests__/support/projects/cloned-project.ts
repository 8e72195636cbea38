import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../project";

/** How the command line of a process of its own ended. */
export interface ProcessResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a review says in JSON, as far as tests look at it. */
export interface ReviewJson {
  readonly hasChanges: boolean;
  readonly changes: readonly {
    readonly kind: string;
    readonly what?: string;
    readonly name?: string;
    readonly files?: readonly string[];
    readonly subject?: string;
    readonly reason?: string;
    readonly arn?: string;
    readonly direction?: string;
  }[];
  readonly gate: {
    readonly outcome: string;
    readonly rules: readonly { readonly name: string; readonly outcome: string }[];
  };
}

const TRUSTWHEEL = join(ROOT, "cli", "trustwheel.js");

/**
 * A repository with a branch `main` and branches that somebody proposes, and fresh clones of them, in which the real
 * command line runs. The folder for temporary files is one of its own.
 */
export class ClonedProject {
  readonly home = realpathSync(mkdtempSync(join(tmpdir(), "trustwheel-clones-")));
  /** Where programs that run in a clone put temporary files. */
  readonly temporary = join(this.home, "tmp");
  readonly #origin = join(this.home, "origin");
  #clones = 0;

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(this.temporary);
    mkdirSync(this.#origin);
    this.git(this.#origin, "init", "--quiet", "--initial-branch=main");
    this.write(this.#origin, files);
    this.git(this.#origin, "add", "--all");
    this.git(this.#origin, "commit", "--quiet", "--message", "the base");
  }

  /** Commits a branch from `main`, and clones the repository with the branch checked out. */
  propose(change: (folder: string) => void, from = "main"): string {
    this.#clones += 1;
    const branch = `change-${this.#clones}`;
    this.git(this.#origin, "checkout", "--quiet", "-B", branch, from);
    change(this.#origin);
    this.git(this.#origin, "add", "--all", "--force");
    this.git(this.#origin, "commit", "--quiet", "--allow-empty", "--message", "a change");
    this.git(this.#origin, "checkout", "--quiet", "--force", "main");
    return this.clone(branch);
  }

  /** A fresh clone with a branch checked out, and with the packages installed. */
  clone(branch: string): string {
    const folder = join(this.home, `clone-${this.#clones}-${branch}`);
    this.git(this.home, "clone", "--quiet", "--branch", branch, this.#origin, folder);
    if (!existsSync(join(folder, "node_modules", "trustwheel"))) {
      mkdirSync(join(folder, "node_modules"), { recursive: true });
      symlinkSync(ROOT, join(folder, "node_modules", "trustwheel"));
    }
    return folder;
  }

  write(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  read(folder: string, name: string): string {
    return readFileSync(join(folder, name), "utf8");
  }

  /** Asks git, which must succeed. */
  git(folder: string, ...args: readonly string[]): string {
    const identity = ["-c", "user.name=Example", "-c", "user.email=user@example.com"];
    const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  /** Runs the real command line in a folder. */
  run(folder: string, ...args: readonly string[]): ProcessResult {
    const { status, stdout, stderr } = spawnSync(process.execPath, [TRUSTWHEEL, ...args], {
      cwd: folder,
      encoding: "utf8",
      env: this.#env(),
    });
    return { code: status, stdout, stderr };
  }

  /** Starts the real command line in a folder. */
  start(folder: string, ...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [TRUSTWHEEL, ...args], {
      cwd: folder,
      env: this.#env(),
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** A review in JSON; it must be one. */
  review(
    folder: string,
    ...args: readonly string[]
  ): ReviewJson & { readonly code: number | null } {
    const { code, stdout, stderr } = this.run(folder, "review", "--format", "json", ...args);
    if (stdout === "") throw new Error(stderr);
    return { ...(JSON.parse(stdout) as ReviewJson), code };
  }

  /** What is left in the folder for temporary files. */
  leftovers(): readonly string[] {
    return readdirSync(this.temporary);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  #env(): NodeJS.ProcessEnv {
    return { ...process.env, NO_COLOR: "1", TMPDIR: this.temporary };
  }
}

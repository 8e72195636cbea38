import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** What came of a script. */
export interface ShellResult {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

/** A folder in which scripts of pipelines run, with programs of our own in the place of those that need a cloud. */
export class ShellFolder {
  readonly path = mkdtempSync(join(tmpdir(), "trustwheel-shell-"));

  /** Writes a file. */
  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }

  /** The text of a file, or `undefined` where there is none. */
  read(name: string): string | undefined {
    const file = join(this.path, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** Puts a program on the path: the body of a shell script. What it is called with goes to `calls`. */
  program(name: string, body: string): void {
    const log = `echo "${name} $*" >> ${JSON.stringify(join(this.path, "calls"))}`;
    this.write(`bin/${name}`, `#!/usr/bin/env bash\n${log}\n${body}\n`);
    chmodSync(join(this.path, "bin", name), 0o755);
  }

  /** Runs a script as a pipeline does. */
  run(script: string, env: Readonly<Record<string, string>> = {}): ShellResult {
    const path = `${join(this.path, "bin")}${delimiter}${process.env.PATH ?? ""}`;
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script], {
      cwd: this.path,
      encoding: "utf8",
      env: { PATH: path, HOME: this.path, ...env },
    });
    return { code: status, output: `${stdout}${stderr}` };
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

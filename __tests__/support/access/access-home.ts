import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessIndexText, buildAccessIndex } from "../../../lib/session/index/build-access-index";
import { textDigest } from "../../../cli/system/text-digest";
import type { Credentials, Judge } from "../judge/judge-interface";
import type { JudgedProject } from "../judge/judged-project";
import { ROOT } from "../project";

/** What a program answered. */
export interface Answer {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user's home folder with an access index, whose programs talk to a judge. */
export class AccessHome {
  readonly folder = mkdtempSync(join(tmpdir(), "trustwheel-access-"));
  readonly index = join(this.folder, "access-index.json");
  readonly #judge: Judge;

  constructor(judge: Judge, { plan, mapText }: JudgedProject) {
    this.#judge = judge;
    mkdirSync(join(this.folder, ".aws"));
    writeFileSync(this.index, accessIndexText(buildAccessIndex(plan, textDigest(mapText))));
  }

  /** Variables of a program with these credentials: nothing of the machine's own but where programs are. */
  environment(credentials?: Credentials): Record<string, string> {
    return {
      ...this.#judge.environment(credentials),
      PATH: process.env.PATH ?? "",
      HOME: this.folder,
      XDG_CACHE_HOME: join(this.folder, "cache"),
      XDG_CONFIG_HOME: join(this.folder, "config"),
      TRUSTWHEEL_INDEX: this.index,
      ...(process.env.PYENV_VERSION === undefined
        ? {}
        : { PYENV_VERSION: process.env.PYENV_VERSION }),
    };
  }

  /** Runs a program to its end. */
  program(words: readonly string[], env: Record<string, string>, input = ""): Promise<Answer> {
    const [file = "", ...args] = words;
    const child = spawn(file, args, { env, cwd: this.folder, stdio: "pipe" });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve({ code, signal, stdout, stderr });
      });
    });
  }

  /** Runs the client. */
  client(words: readonly string[], env: Record<string, string>, input?: string): Promise<Answer> {
    return this.program([process.execPath, CLIENT, ...words], env, input);
  }

  /** Writes a file of the home folder. */
  write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The client of this checkout. */
export const CLIENT = join(ROOT, "client", "trustwheel.js");

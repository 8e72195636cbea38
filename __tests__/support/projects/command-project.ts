import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../../cli/command-line";
import type { Prompts } from "../../../cli/system/prompts";

/** What a command printed and returned. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that commands run in, as they do from a shell. */
export class CommandProject {
  readonly folder = mkdtempSync(join(tmpdir(), "trustwheel-command-"));
  readonly #home = process.cwd();

  constructor() {
    process.chdir(this.folder);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Runs the command line; `prompts` is whoever sits at the terminal, nobody where there are none. */
  async run(args: readonly string[], prompts?: Prompts): Promise<CommandResult> {
    let stdout = "";
    let stderr = "";
    const code = await run(args, {
      stdout: (text) => void (stdout += text),
      stderr: (text) => void (stderr += text),
      color: false,
      errorColor: false,
      ...(prompts === undefined ? {} : { prompts }),
    });
    return { code, stdout, stderr };
  }

  remove(): void {
    process.chdir(this.#home);
    rmSync(this.folder, { recursive: true });
  }
}

/** Somebody who answers by the beginning of a question, as long as the answer is accepted. */
export function answers(given: Readonly<Record<string, string | boolean>>): Prompts {
  const answerTo = (question: string): string | boolean | undefined =>
    Object.entries(given).find(([start]) => question.startsWith(start))?.[1];
  return {
    input: (question, { problemOf, default: suggested } = {}) => {
      const answer = answerTo(question) ?? suggested;
      if (typeof answer !== "string") return Promise.resolve(undefined);
      const problem = problemOf?.(answer);
      if (problem !== undefined) throw new Error(`${question}: ${problem}`);
      return Promise.resolve(answer);
    },
    confirm: (question) => Promise.resolve(answerTo(question) === true),
  };
}

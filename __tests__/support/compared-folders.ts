import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/command-line";
import type { StackText } from "../../lib/access/read/terraform-stack";

/** Two folders of Terraform, to be reviewed by the command line. */
export class ComparedFolders {
  readonly folder = mkdtempSync(join(tmpdir(), "trustwheel-compared-"));

  constructor(base: readonly StackText[], head: readonly StackText[]) {
    this.#write("base", base);
    this.#write("head", head);
  }

  #write(side: string, stacks: readonly StackText[]): void {
    for (const { stack, text } of stacks) {
      const folder = join(this.folder, side, "stacks", stack);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "cdk.tf.json"), text);
    }
  }

  /** What `trustwheel review` prints, as a pipe would see it. */
  async review(format: string, ...more: readonly string[]): Promise<string> {
    return await this.#review(["--base-dir", "base", "--head-dir", "head"], format, more);
  }


  /** The HTML report. */
  async report(): Promise<string> {
    await this.review("text", "--report", "report.html");
    return readFileSync(join(this.folder, "report.html"), "utf8");
  }

  async #review(
    folders: readonly string[],
    format: string,
    more: readonly string[],
  ): Promise<string> {
    const home = process.cwd();
    let [out, errors] = ["", ""];
    process.chdir(this.folder);
    try {
      const code = await run(["review", ...folders, "--format", format, ...more], {
        stdout: (text) => (out += text),
        stderr: (text) => (errors += text),
        color: false,
        errorColor: false,
      });
      if (code > 1) throw new Error(errors);
      return out;
    } finally {
      process.chdir(home);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

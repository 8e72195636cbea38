import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackText } from "../../../lib/access/read/terraform-stack";
import { GitProject } from "./git-project";

/** One side of a review. */
export interface ComparedSide {
  readonly stacks: readonly StackText[];
  /** Text of its account map. @default - accounts are known by their ids alone */
  readonly map?: string;
}

/** Two folders of Terraform in a project, to be reviewed by the command line. */
export class ComparedFolders {
  readonly #project = new GitProject();
  readonly #options: readonly string[];

  constructor(base: ComparedSide, head: ComparedSide) {
    const folders = ["--base-dir", "cdktf.out/base", "--head-dir", "cdktf.out/head"];
    if (base.map === undefined) this.#options = folders;
    else {
      this.#project.write("accounts.yaml", base.map);
      this.#options = [...folders, "--base", this.#project.commit("the base")];
    }
    if (head.map !== undefined) this.#project.write("accounts.yaml", head.map);
    for (const [side, { stacks }] of Object.entries({ base, head })) {
      for (const { stack, text } of stacks) {
        this.#project.write(`cdktf.out/${side}/stacks/${stack}/cdk.tf.json`, text);
      }
    }
  }

  /** What `trustwheel review` prints, as a pipe would see it. */
  async review(format: string, ...more: readonly string[]): Promise<string> {
    const args = [...this.#options, "--format", format, ...more];
    const { code, stdout, stderr } = await this.#project.run("review", ...args);
    if (code > 1) throw new Error(stderr);
    return stdout;
  }

  /** The HTML report. */
  async report(): Promise<string> {
    await this.review("text", "--report", "cdktf.out/report.html");
    return readFileSync(join(this.#project.folder, "cdktf.out/report.html"), "utf8");
  }

  remove(): void {
    this.#project.remove();
  }
}

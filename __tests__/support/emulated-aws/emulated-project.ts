import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountMap } from "../../../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { readNamedFile, readProject } from "../../../cli/project/project-files";
import { checkProject } from "../../../lib/check/check-project";
import { applyStack } from "./apply-stack";
import type { AppliedChange } from "./apply-stack";
import type { EmulatedAccounts } from "./emulated-accounts";
import { ROOT } from "../project";

/** What a program printed, on both streams, and its exit code. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Where a program runs, and with what. */
export interface ProgramSettings {
  /** Relative to the project. @default "." */
  readonly folder?: string;
  /** Variables on top of those of the emulator. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A folder with a map, in which the command line runs as users run it, and whose stacks are applied. */
export class EmulatedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "trustwheel-year-"));
  readonly #environment: Readonly<Record<string, string>>;
  readonly #accounts: EmulatedAccounts;

  /** @param documents documents of `policies/` by name. @default - those of the example */
  constructor(
    environment: Readonly<Record<string, string>>,
    accounts: EmulatedAccounts,
    documents?: Readonly<Record<string, object>>,
  ) {
    this.#environment = environment;
    this.#accounts = accounts;
    const policies = join(this.folder, "policies");
    if (documents === undefined) cpSync(join(ROOT, "policies"), policies, { recursive: true });
    for (const [name, document] of Object.entries(documents ?? {})) this.document(name, document);
  }

  /** Writes a document of `policies/`. */
  document(name: string, document: object): void {
    mkdirSync(join(this.folder, "policies"), { recursive: true });
    writeFileSync(join(this.folder, "policies", `${name}.json`), JSON.stringify(document, null, 2));
  }

  get mapText(): string {
    return readFileSync(join(this.folder, "accounts.yaml"), "utf8");
  }

  set mapText(text: string) {
    writeFileSync(join(this.folder, "accounts.yaml"), text);
  }

  /** Changes the map as a person does; what is replaced must be there. */
  edit(from: string | RegExp, to: string): void {
    const text = this.mapText;
    const isThere = typeof from === "string" ? text.includes(from) : from.test(text);
    if (!isThere) throw new Error(`the map has no ${String(from)}:\n${text}`);
    this.mapText = text.replace(from, to);
  }

  trustwheel(...args: readonly string[]): Promise<Outcome> {
    return this.run("node", [join(ROOT, "cli", "trustwheel.js"), ...args]);
  }

  run(
    program: string,
    args: readonly string[],
    { folder = ".", environment = {} }: ProgramSettings = {},
  ): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: join(this.folder, folder),
        env: { ...process.env, ...this.#environment, HOME: this.folder, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ code, output });
      });
    });
  }

  /** Runs a command that must succeed, and tells what it printed. */
  async succeed(...args: readonly string[]): Promise<string> {
    return successOf(await this.trustwheel(...args), `trustwheel ${args.join(" ")}`);
  }

  /** Folders of the stacks, by name. */
  stacks(): Map<string, string> {
    const folder = join(this.folder, "cdktf.out", "stacks");
    return new Map(readdirSync(folder).map((name) => [name, join(folder, name)]));
  }

  /** Applies all stacks and tells what changed, by stack; stacks in which nothing did are left out. */
  async apply(): Promise<Record<string, readonly AppliedChange[]>> {
    const changes: Record<string, readonly AppliedChange[]> = {};
    for (const [name, folder] of this.stacks()) {
      const applied = await applyStack(folder, this.#accounts);
      if (applied.length > 0) changes[name] = applied;
    }
    return changes;
  }

  /** What the map says, which must be sound. */
  read(): { readonly map: AccountMap; readonly plan: ResolvedAccess } {
    const { files } = readProject(this.folder);
    if (files === undefined) throw new Error("the project cannot be read");
    const checked = checkProject({
      ...files,
      readFile: (name) => readNamedFile(this.folder, name),
    });
    const { map, plan } = checked;
    if (map === undefined || plan === undefined) {
      throw new Error(JSON.stringify(checked.diagnostics, undefined, 2));
    }
    return { map, plan };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a program printed that succeeded; one that did not is an exception with what it said. */
export function successOf({ code, output }: Outcome, program: string): string {
  if (code === 0) return output;
  throw new Error(`${program} ended with ${String(code)}:\n${output}`);
}

import { dirname } from "node:path";
import { accountDirectory } from "../lib/access/account-directory";
import type { AccessWorld } from "../lib/access/decide/access-world";
import { NO_CONTROL_POLICIES } from "../lib/access/decide/control-policies";
import type { AccountDirectory } from "../lib/access/environment";
import { readAccessGraph } from "../lib/access/read/read-access-graph";
import type { StackText } from "../lib/access/read/terraform-stack";
import type { AccountMap } from "../lib/account-map/account-map";
import type { YamlSource } from "../lib/account-map/yaml-source";
import type { Diagnostic } from "../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../lib/diagnostics/print";
import type { AccessPlan } from "../lib/plan/access-plan";
import { checkProject } from "../lib/rules/check-project";
import { readTree } from "./check-inputs";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { readNamedFile, readProject } from "./project-files";
import type { Terminal } from "./terminal";

/** What the commands about access work on. */
export interface AccessInputs {
  readonly map: AccountMap;
  readonly plan: AccessPlan;
  readonly source: YamlSource;
  readonly accounts: AccountDirectory;
  readonly stacks: readonly StackText[];
  /** Texts by file, for printing findings. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads the map of the folder, and the Terraform: that of a folder, or what the map is synthesized to, in
 * memory. What stands in the way is printed, and its exit code returned.
 */
export function readAccessInputs(
  dir: string | undefined,
  terminal: Terminal,
): AccessInputs | ExitCode {
  const { files, diagnostics: unreadable } = readProject(".");
  const report = (
    findings: readonly Diagnostic[],
    texts: ReadonlyMap<string, string> = new Map(),
  ): void => {
    terminal.stderr(printDiagnostics(findings, { texts, color: terminal.errorColor }));
  };
  if (files === undefined) {
    report(unreadable);
    return EXIT.usage;
  }
  const readFile = (name: string): string | undefined => readNamedFile(".", name);
  const checked = checkProject({ ...files, readFile });
  const { map, plan, source, texts } = checked;
  if (map === undefined || plan === undefined || source === undefined) {
    report(checked.diagnostics, texts);
    return EXIT.findings;
  }
  const accounts = accountDirectory(map.accounts.values());
  const known = { map, plan, source, accounts, texts };
  if (dir === undefined) return { ...known, stacks: synthesized(plan) };
  const tree = readTree(dir);
  if (tree.unreadable.length > 0) {
    report(tree.unreadable);
    return EXIT.usage;
  }
  const stacks = [...tree.texts].map(([file, text]) => ({ stack: dirname(file), text }));
  return { ...known, stacks };
}

/** The inputs, and the Terraform as a world to ask about access. */
export interface AskedWorld extends AccessInputs {
  readonly world: AccessWorld;
}

/** Reads the inputs and the access that the Terraform grants; what of it cannot be read is printed, and unknown. */
export function readAskedWorld(dir: string | undefined, terminal: Terminal): AskedWorld | ExitCode {
  const inputs = readAccessInputs(dir, terminal);
  if (typeof inputs === "number") return inputs;
  const { graph, diagnostics } = readAccessGraph(inputs.stacks);
  const unread = diagnostics.filter(({ severity }) => severity === "error");
  if (unread.length > 0) {
    terminal.stderr(printDiagnostics(unread, { texts: new Map(), color: terminal.errorColor }));
  }
  const { accounts } = inputs;
  return { ...inputs, world: { graph, accounts, controls: NO_CONTROL_POLICIES } };
}

function synthesized(plan: AccessPlan): StackText[] {
  // Loaded here, so that no other command pays for CDKTF.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { synthesize } = require("../main") as typeof import("../main");
  return [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
}

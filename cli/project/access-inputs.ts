import { dirname } from "node:path";
import { accountDirectory } from "../../lib/access/account-directory";
import type { AccessModel } from "../../lib/access/decide/access-model";
import type { ControlPolicies } from "../../lib/access/decide/control-policies";
import { planControlPolicies } from "../../lib/access/decide/effective-control-policies";
import type { AccountDirectory } from "../../lib/access/environment";
import { readTerraformPlan } from "../../lib/access/read/plan/read-terraform-plan";
import { readAccessGraph } from "../../lib/access/read/read-access-graph";
import type { StackSource } from "../../lib/access/read/read-access-graph";
import type { StackText } from "../../lib/access/read/terraform-stack";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { YamlSource } from "../../lib/source/yaml/yaml-source";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../../lib/diagnostics/print";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";
import { checkProject } from "../../lib/check/check-project";
import type { AccessSources } from "../ask/access-options";
import { readTexts, readTree } from "./check-inputs";
import { readControlPolicies } from "./control-policies";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { NamedFiles, readProject } from "./project-files";
import type { Terminal } from "../system/terminal";

/** What the commands about access work on. */
export interface AccessInputs {
  readonly map: AccountMap;
  readonly plan: ResolvedAccess;
  readonly source: YamlSource;
  readonly accounts: AccountDirectory;
  readonly stacks: readonly StackSource[];
  readonly controls: ControlPolicies;
  /** Texts by file, for printing findings. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads the map of the folder, the control policies, and the Terraform: of a folder, after plans, or the
 * map synthesized in memory. Problems are printed, and the exit code returned.
 */
export function readAccessInputs(
  { map: mapFile, dir, plan: plans, controlPolicies }: AccessSources,
  terminal: Terminal,
): AccessInputs | ExitCode {
  const { files, diagnostics: unreadable } = readProject(".", mapFile);
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
  const named = new NamedFiles(".");
  const checked = checkProject({ ...files, readFile: named.read });
  if (named.outside.length > 0) {
    report(named.outside);
    return EXIT.usage;
  }
  const { map, plan, source, texts } = checked;
  if (map === undefined || plan === undefined || source === undefined) {
    report(checked.diagnostics, texts);
    return EXIT.findings;
  }
  const accounts = accountDirectory(map.accounts.values());
  const supplied =
    controlPolicies === undefined ? undefined : readControlPolicies(controlPolicies, map, terminal);
  if (typeof supplied === "number") return supplied;
  const controls = planControlPolicies(plan, supplied);
  const known = { map, plan, source, accounts, texts, controls };
  if (dir === undefined && plans === undefined) return { ...known, stacks: synthesized(plan) };
  const found = dir === undefined ? readPlans(plans ?? []) : readFolder(dir);
  if (found.unreadable.length > 0) {
    report(found.unreadable);
    return EXIT.usage;
  }
  return { ...known, stacks: found.stacks };
}

/** Stacks, and the files that they could not be read from. */
interface FoundStacks {
  readonly stacks: readonly StackSource[];
  readonly unreadable: readonly Diagnostic[];
}

function readFolder(folder: string): FoundStacks {
  const { texts, unreadable } = readTree(folder);
  return { stacks: [...texts].map(([file, text]) => ({ stack: dirname(file), text })), unreadable };
}

/** What there will be once plans are applied. */
function readPlans(files: readonly string[]): FoundStacks {
  const { texts, unreadable } = readTexts(files);
  const readings = [...texts].map(([file, text]) => readTerraformPlan(file, text));
  return {
    stacks: readings.flatMap(({ plan }) => (plan === undefined ? [] : [plan.after])),
    unreadable: [
      ...unreadable,
      ...readings.flatMap(({ plan, diagnostics }) => (plan === undefined ? diagnostics : [])),
    ],
  };
}

/** The inputs, and the Terraform as a world to ask about access. */
export interface AccessQueryInputs extends AccessInputs {
  readonly world: AccessModel;
}

/** Reads the inputs and the access that the Terraform grants; what of it cannot be read is printed, and unknown. */
export function readAccessQueryInputs(
  sources: AccessSources,
  terminal: Terminal,
): AccessQueryInputs | ExitCode {
  const inputs = readAccessInputs(sources, terminal);
  if (typeof inputs === "number") return inputs;
  const { graph, diagnostics } = readAccessGraph(inputs.stacks, inputs.plan.boundaryTexts);
  const unread = diagnostics.filter(({ severity }) => severity === "error");
  if (unread.length > 0) {
    terminal.stderr(printDiagnostics(unread, { texts: new Map(), color: terminal.errorColor }));
  }
  const { accounts, controls } = inputs;
  return { ...inputs, world: { graph, accounts, controls } };
}

function synthesized(plan: ResolvedAccess): StackText[] {
  // Loaded here, so that no other command pays for CDKTF.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { synthesize } = require("../../main") as typeof import("../../main");
  return [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
}

import { dirname } from "node:path";
import { accountDirectory } from "../../lib/access/account-directory";
import type { AccessModel } from "../../lib/access/decide/access-model";
import type { ControlPolicies } from "../../lib/access/decide/control-policies";
import { planControlPolicies } from "../../lib/access/decide/effective-control-policies";
import type { AccountDirectory } from "../../lib/access/account-directory";
import { readTerraformPlan } from "../../lib/access/read/plan/read-terraform-plan";
import { readAccessGraph } from "../../lib/access/read/read-access-graph";
import type { StackSource } from "../../lib/access/read/read-access-graph";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { YamlSource } from "../../lib/source/yaml/yaml-source";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";
import type { AccessSources } from "../options/access-options";
import { readTexts, readTree } from "./check-inputs";
import { readControlPolicies } from "./control-policies";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { openProject } from "./open-project";
import { stackTexts } from "./synthesize-plan";
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
  const project = openProject(".", terminal, { map: mapFile });
  if (typeof project === "number") return project;
  const { map, plan, source, texts } = project;
  const accounts = accountDirectory(map.accounts.values());
  const supplied =
    controlPolicies === undefined ? undefined : readControlPolicies(controlPolicies, map, terminal);
  if (typeof supplied === "number") return supplied;
  const controls = planControlPolicies(plan, supplied);
  const known = { map, plan, source, accounts, texts, controls };
  if (dir === undefined && plans === undefined) return { ...known, stacks: stackTexts(plan) };
  const found = dir === undefined ? readPlans(plans ?? []) : readFolder(dir);
  if (found.unreadable.length > 0) {
    printFindings(found.unreadable, terminal);
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
  if (unread.length > 0) printFindings(unread, terminal);
  const { accounts, controls } = inputs;
  return { ...inputs, world: { graph, accounts, controls } };
}

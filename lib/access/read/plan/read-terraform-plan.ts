import type { FindingId } from "../../../diagnostics/findings/finding-id";
import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { Doubt, ReadStack, TerraformResource, TerraformObject } from "../terraform-stack";
import { appliedLists } from "./applied-lists";
import { withoutLost } from "./destroyed-identities";
import { destroyedObjects } from "./destroyed-objects";
import { incompletePlan, partialPlan } from "./incomplete-plan";
import { attachedPolicies, withoutObserved } from "./observed-policies";
import { planAccounts } from "./plan-accounts";
import { planConfiguration } from "./plan-configuration";
import { planContradictions } from "./plan-contradictions";
import { planEntries } from "./plan-entries";
import type { PlanEntry } from "./plan-entries";
import { objectAt, parsePlanJson, textAt } from "./plan-json";
import { resourceChanges } from "./resource-changes";
import { stateResources } from "./state-resources";
import type { TerraformPlan } from "./terraform-plan";
import { terraformText } from "../terraform-value";
import { isKnownProvider } from "../stack-providers";

/** What was read of the text of a plan; without a plan it is none, or of a version that is not read. */
export interface PlanReading {
  /** @default - it could not be read */
  readonly plan?: TerraformPlan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a plan, or a state, as `terraform show -json` prints it.
 *
 * The stack after apply is what the changes say, and what no change is about: a plan of a part leaves the
 * rest as it is. What Terraform forgets stays in the account, and in the stack. What a plan leaves as it is
 * goes with the role or user that it destroys, and only an exclusive list that it applies takes away what was
 * attached by hand. What is known only after apply is unknown, never absent, and so is what is sensitive.
 *
 * @param file the file as the user named it
 */
export function readTerraformPlan(file: string, text: string): PlanReading {
  const json = parsePlanJson(file, text);
  if (!("kind" in json)) return { diagnostics: [json] };
  const { root, kind } = json;
  const { changes, diagnostics: unread } = resourceChanges(file, root, "resource_changes");
  const drift = resourceChanges(file, root, "resource_drift");
  const state = stateResources(kind === "state" ? root.values : objectAt(root.prior_state).values);
  const configuration = planConfiguration(root);
  const accounts = planAccounts(root, configuration, [
    ...state,
    ...[...changes, ...drift.changes].flatMap(({ change, mode, before, after }) =>
      [before, after].flatMap((side) =>
        side === undefined ? [] : [{ ...change, mode, values: side.values }],
      ),
    ),
  ]);
  const isManaged = ({ mode }: { readonly mode: string }): boolean => mode === "managed";
  const content = {
    file,
    changes: changes.filter(isManaged),
    drift: drift.changes.filter(isManaged),
    state,
    configuration,
    locate: accounts.locate,
  };
  const sides = bothSides(planEntries(content));
  const problem = (rule: FindingId, message: string): Diagnostic => {
    return { severity: "error", rule, file, message };
  };
  const diagnostics = [
    ...unread,
    ...drift.diagnostics,
    ...accounts.problems.map((message) => problem("access-provider", message)),
    ...incompletePlan(json, content),
    ...sides.diagnostics,
    ...unknownPlanProviders(root, [...changes, ...drift.changes, ...state]).map((name) =>
      problem(
        "access-provider",
        `runs the provider \`${name}\`, which is not known: it could call IAM`,
      ),
    ),
    ...[...configuration].flatMap(([address, { provisioned, runs }]) => [
      ...(provisioned ? [problem("access-resource", `${address} ${PROVISIONED}`)] : []),
      ...(runs ? [problem("access-block", `${address} ${RUNS}`)] : []),
    ]),
  ];
  const doubts = [
    ...partialPlan(json, content),
    ...planContradictions(content, root.planned_values),
    ...sides.doubts,
  ];
  const stack = {
    ...{ stack: file, file, accounts: accounts.accounts, diagnostics },
    ...(doubts.length === 0 ? {} : { doubts }),
  };
  return {
    plan: {
      kind,
      formatVersion: json.formatVersion,
      ...(json.terraformVersion === undefined ? {} : { terraformVersion: json.terraformVersion }),
      before: { ...stack, resources: sides.before },
      after: { ...stack, resources: sides.after, ...sides.givenUp },
      changes: changes.map(({ change }) => change),
      drift: drift.changes.map(({ change }) => change),
    },
    diagnostics,
  };
}

interface BothSides {
  readonly before: ReadStack["resources"];
  readonly after: ReadStack["resources"];
  readonly givenUp: Pick<ReadStack, "givenUp">;
  readonly doubts: readonly Doubt[];
  readonly diagnostics: readonly Diagnostic[];
}

function bothSides(entries: readonly PlanEntry[]): BothSides {
  const applied = appliedLists(entries);
  const remaining = withoutLost(entries, applied);
  const givenUp = givenUpArns(entries);
  const old = entries.map(({ before }) => before);
  const attachedBefore = attachedPolicies(old);
  const attached = attachedPolicies([...old, ...entries.map(({ after }) => after)]);
  const side = (
    all: readonly PlanEntry[],
    of: "before" | "after",
    observed: (resource: TerraformResource, entry: PlanEntry) => TerraformResource,
  ): TerraformResource[] =>
    all.flatMap((entry) => {
      const { [of]: resource } = entry;
      return resource === undefined ? [] : [observed(resource, entry)];
    });
  return {
    before: side(entries, "before", (resource, { configured }) =>
      withoutObserved(resource, configured, attachedBefore, () => undefined),
    ),
    after: side(remaining.entries, "after", (resource, { configured }) =>
      withoutObserved(resource, configured, attached, applied),
    ),
    givenUp: givenUp.length === 0 ? {} : { givenUp },
    doubts: [...destroyedObjects(entries), ...remaining.doubts],
    diagnostics: remaining.diagnostics,
  };
}

const PROVISIONED = "runs commands of a provisioner, which are not read";
const RUNS = "runs a program that is not read";

/**
 * ARNs of the roles and users that a plan destroys, makes anew or renames. Whoever has such an ARN then is
 * not whom the trust policies that are saved by now let in (rule TR-10).
 */
export function givenUpArns(entries: readonly PlanEntry[]): readonly string[] {
  return entries.flatMap(({ action, before, after }): string[] => {
    if (before?.type !== "aws_iam_role" && before?.type !== "aws_iam_user") return [];
    const arn = terraformText(before.attributes.arn);
    if (arn.kind !== "text") return [];
    const isRenamed =
      action === "update" &&
      ["name", "path"].some((each) => before.attributes[each] !== after?.attributes[each]);
    return action === "delete" || action === "replace" || isRenamed ? [arn.text] : [];
  });
}

/**
 * The providers of a plan or a state of which nothing is known, as it names them: each is a program, also where
 * its resources carry the names of another provider. Sorted.
 *
 * @param resources that name their provider
 */
export function unknownPlanProviders(
  root: TerraformObject,
  resources: readonly { readonly provider: string }[],
): readonly string[] {
  const configured = Object.values(objectAt(root, "configuration", "provider_config"));
  const names = new Set([
    ...configured.map((provider) => textAt(provider, "full_name")),
    ...resources.map(({ provider }) => provider),
  ]);
  return [...names].filter((name) => name !== "" && !isKnownProvider(name)).sort();
}

import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { AppliedLists } from "./applied-lists";
import { identityKey } from "./identity-key";
import type { IdentityKind } from "./identity-key";
import type { PlanEntry } from "./plan-entries";

/** What remains of a plan once it is applied, and what is said about it. */
export interface RemainingEntries {
  readonly entries: readonly PlanEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Takes away what is lost with the roles and users that a plan destroys, those that it makes anew included.
 * AWS deletes them only once nothing is attached to them (rule EC-07), so the provider clears them. What
 * names them by the same name, Terraform takes for unchanged, and attaches it with its next plan only:
 * https://github.com/hashicorp/terraform-provider-aws/issues/46270
 */
export function withoutLost(
  entries: readonly PlanEntry[],
  applied: AppliedLists,
): RemainingEntries {
  const destroyed = givenUpIdentities(entries);
  const diagnostics: Diagnostic[] = [];
  const remaining = entries.map((entry): PlanEntry => {
    const { after } = entry;
    const part = PARTS.get(after?.type ?? "");
    if (after === undefined || part === undefined) return entry;
    const identity = identityKey(after, part.kind, after.attributes[part.kind]);
    const owner = identity === undefined ? undefined : destroyed.get(identity);
    if (owner === undefined) return entry;
    const { file, address } = after;
    const fate = `${owner.address}, which is ${owner.fate}`;
    const unknown = (message: string): void => {
      diagnostics.push({ severity: "error", rule: "plan-order", file, message });
    };
    if (isMade(entry, part)) {
      if (entry.configured?.waitsFor.has(owner.configuredAt) !== true) {
        unknown(`${address} does not wait for ${fate}: whether it is lost with it is unknown`);
      }
      return entry;
    }
    if (owner.fate === "renamed") {
      unknown(`${address} names ${fate}, by its old name: whom it belongs to is unknown`);
      return entry;
    }
    const listed = applied(`aws_iam_${part.kind}_policy_attachments_exclusive`, identity);
    if (listed?.has(String(after.attributes.policy_arn)) === true) return entry;
    diagnostics.push({
      severity: "warning",
      rule: "plan-lost",
      file,
      message: `${address} stays as it is in the plan, and is lost with ${fate}`,
      ...(owner.fate === "made anew" ? { help: MADE_ANEW_HELP } : {}),
    });
    if (part.isOfItsOwn !== true) return withAfter(entry, undefined);
    return withAfter(entry, { ...after, attributes: { ...after.attributes, role: undefined } });
  });
  return { entries: remaining, diagnostics };
}

const MADE_ANEW_HELP =
  "let it follow by `lifecycle { replace_triggered_by = [...] }`, or plan and apply a second time";

/** A resource that is a part of a role or user, or holds one. */
interface Part {
  readonly kind: IdentityKind;
  /** Whether every change of it writes it whole. @default false */
  readonly isRewritten?: true;
  /** Whether it is there without the role. @default false */
  readonly isOfItsOwn?: true;
}

const PARTS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ["aws_iam_role_policy", { kind: "role", isRewritten: true }],
  ["aws_iam_role_policy_attachment", { kind: "role" }],
  ["aws_iam_instance_profile", { kind: "role", isOfItsOwn: true }],
  ["aws_iam_user_policy", { kind: "user", isRewritten: true }],
  ["aws_iam_user_policy_attachment", { kind: "user" }],
  ["aws_iam_group_policy", { kind: "group", isRewritten: true }],
  ["aws_iam_group_policy_attachment", { kind: "group" }],
]);

/** Whether the plan attaches a part. */
function isMade({ action, before, after }: PlanEntry, { kind, isRewritten }: Part): boolean {
  if (action === "create" || action === "replace") return true;
  if (action !== "update") return false;
  const [was, is] = [before, after].map((side) => JSON.stringify(side?.attributes[kind]));
  return isRewritten === true || was !== is;
}

function withAfter(entry: PlanEntry, after: PlanEntry["after"]): PlanEntry {
  const { after: _, ...rest } = entry;
  return after === undefined ? rest : { ...rest, after };
}

interface GivenUp {
  readonly address: string;
  readonly configuredAt: string;
  readonly fate: "destroyed" | "made anew" | "renamed";
}

/** The identities that are no longer what they are before, by what they are called then. */
function givenUpIdentities(entries: readonly PlanEntry[]): ReadonlyMap<string, GivenUp> {
  const found = new Map<string, GivenUp>();
  for (const { action, before, after, configuredAt } of entries) {
    const kind = before === undefined ? undefined : KINDS.get(before.type);
    if (before === undefined || kind === undefined) continue;
    const identity = identityKey(before, kind, before.attributes.name);
    const fate = FATES.get(action);
    if (identity === undefined || fate === undefined) continue;
    const isNamed = after !== undefined && identityKey(after, kind, after.attributes.name);
    if (fate === "renamed" && isNamed === identity) continue;
    found.set(identity, { address: before.address, configuredAt, fate });
  }
  return found;
}

const KINDS: ReadonlyMap<string, IdentityKind> = new Map([
  ["aws_iam_role", "role"],
  ["aws_iam_user", "user"],
  ["aws_iam_group", "group"],
]);

/** What an action makes of an identity; one that is updated only where its name is another one. */
const FATES: ReadonlyMap<PlanEntry["action"], GivenUp["fate"]> = new Map([
  ["delete", "destroyed"],
  ["replace", "made anew"],
  ["update", "renamed"],
]);

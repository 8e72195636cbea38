import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { Doubt, TerraformResource } from "../terraform-stack";
import type { AppliedLists } from "./applied-lists";
import { namesIn } from "./attached-names";
import { identityKey } from "./identity-key";
import type { IdentityKind } from "./identity-key";
import type { PlanEntry } from "./plan-entries";

/** What remains of a plan once it is applied, and what is said about it. */
export interface RemainingEntries {
  readonly entries: readonly PlanEntry[];
  readonly doubts: readonly Doubt[];
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
  const givenUp = givenUpIdentities(entries);
  const diagnostics: Diagnostic[] = [];
  const doubts: Doubt[] = [];
  const remaining = entries.map((entry): PlanEntry => {
    let { after } = entry;
    for (const part of after === undefined ? [] : partsOf(after)) {
      const owner = givenUp.get(part.identity ?? "");
      if (after === undefined || owner === undefined) continue;
      const { lost, doubt } = fateOf(entry, after, part, owner, applied);
      if (doubt !== undefined) doubts.push({ rule: "plan-order", resource: after, message: doubt });
      if (lost === undefined) continue;
      diagnostics.push(lost);
      after = withoutPart(after, part);
    }
    return after === entry.after ? entry : withAfter(entry, after);
  });
  return { entries: remaining, doubts, diagnostics };
}

/** What becomes of a part of an identity that is given up. */
function fateOf(
  entry: PlanEntry,
  { file, address, attributes }: TerraformResource,
  part: Part,
  owner: GivenUp,
  applied: AppliedLists,
): { readonly lost?: Diagnostic; readonly doubt?: string } {
  const fate = `${owner.address}, which is ${owner.fate}`;
  if (isMade(entry, part)) {
    return entry.configured?.waitsFor.has(owner.configuredAt) === true
      ? {}
      : { doubt: `does not wait for ${fate}: whether it is lost with it is unknown` };
  }
  if (owner.fate === "renamed") {
    return { doubt: `names ${fate}, by its old name: whom it belongs to is unknown` };
  }
  const listed = applied(`aws_iam_${part.kind}_policy_attachments_exclusive`, part.identity);
  if (listed?.has(String(attributes.policy_arn)) === true) return {};
  return {
    lost: {
      severity: "warning",
      rule: "plan-lost",
      file,
      message: `${address} stays as it is in the plan, and is lost with ${fate}`,
      ...(owner.fate === "made anew" ? { help: MADE_ANEW_HELP } : {}),
    },
  };
}

const MADE_ANEW_HELP =
  "let it follow by `lifecycle { replace_triggered_by = [...] }`, or plan and apply a second time";

/** What a resource says of one role, user or group: that it has something, or is in something. */
interface Part {
  readonly kind: IdentityKind;
  readonly identity: string | undefined;
  /** The attribute that names it. */
  readonly attribute: string;
  /** The name, as the attribute has it. */
  readonly name: unknown;
}

function partsOf(resource: TerraformResource): readonly Part[] {
  const { type, attributes } = resource;
  return (PARTS.get(type) ?? []).flatMap(([attribute, kind]) => {
    const value = attributes[attribute];
    const names = attribute === kind ? [value] : namesIn(value);
    return names.map((name) => ({
      ...{ kind, attribute, name },
      identity: identityKey(resource, kind, name),
    }));
  });
}

/** Types with the attributes that name one identity, or, in the plural, a list of them. */
const PARTS: ReadonlyMap<string, readonly (readonly [string, IdentityKind])[]> = new Map<
  string,
  readonly (readonly [string, IdentityKind])[]
>([
  ["aws_iam_role_policy", [["role", "role"]]],
  ["aws_iam_role_policy_attachment", [["role", "role"]]],
  ["aws_iam_instance_profile", [["role", "role"]]],
  ["aws_iam_user_policy", [["user", "user"]]],
  ["aws_iam_user_policy_attachment", [["user", "user"]]],
  ["aws_iam_group_policy", [["group", "group"]]],
  ["aws_iam_group_policy_attachment", [["group", "group"]]],
  [
    "aws_iam_policy_attachment",
    [
      ["roles", "role"],
      ["users", "user"],
      ["groups", "group"],
    ],
  ],
  [
    "aws_iam_user_group_membership",
    [
      ["user", "user"],
      ["groups", "group"],
    ],
  ],
  [
    "aws_iam_group_membership",
    [
      ["group", "group"],
      ["users", "user"],
    ],
  ],
]);

/** Types that every change writes anew as a whole. */
const REWRITTEN: ReadonlySet<string> = new Set([
  "aws_iam_role_policy",
  "aws_iam_user_policy",
  "aws_iam_group_policy",
]);

/** Whether the plan brings a part about; an update does so only with what is new in it. */
function isMade({ action, before, after }: PlanEntry, { attribute, name }: Part): boolean {
  if (action === "create" || action === "replace") return true;
  if (action !== "update" || after === undefined) return false;
  if (REWRITTEN.has(after.type)) return true;
  const value = before?.attributes[attribute];
  return !(Array.isArray(value) ? value : [value]).includes(name);
}

/** A resource without one part of it; nothing where it is that part. */
function withoutPart(
  resource: TerraformResource,
  { attribute, name }: Part,
): TerraformResource | undefined {
  const { type, attributes } = resource;
  const value = attributes[attribute];
  const isList = Array.isArray(value);
  if (!isList && type !== "aws_iam_instance_profile") return undefined;
  const rest = isList ? namesIn(value).filter((each) => each !== name) : undefined;
  return { ...resource, attributes: { ...attributes, [attribute]: rest } };
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

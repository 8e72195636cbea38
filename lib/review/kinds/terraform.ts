import type { ReviewTrigger } from "../../account-map/model/review-rule";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import type { Direction } from "../compare/direction";
import { stackParts } from "../compare/stack-parts";
import type { StackPart, TerraformConcern } from "../compare/stack-parts";
import { accountsOf } from "../words/names";
import { listedNames, say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";

/** A part of a stack that is no access that is read, and differs. */
export interface TerraformChange {
  readonly kind: "terraform";
  readonly stack: string;
  /** Account of the stack, as base has it. @default - it has none, or several */
  readonly account?: string;
  /** Such as `provider.aws`, `terraform.backend` or `aws_s3_bucket_policy.logs`. */
  readonly address: string;
  readonly direction: Direction | "edited";
  /** Names of the attributes that differ; none for what comes or goes. */
  readonly attributes: readonly string[];
  readonly concerns: TerraformConcern;
}

/** Parts of stacks that are no access that is read. */
export const terraformKind: ChangeKind<TerraformChange> = {
  kind: "terraform",
  title: "Other Terraform changes",
  find: terraformChanges,
  subject: ({ account }) => account,
  order: ({ stack, address }) => [stack, address],
  stacks: ({ stack }) => [stack],
  triggers: ({ concerns }) => CONCERNS[concerns],
  sentence: terraformSentence,
};

/**
 * What differs in stacks besides the access that is read: as whom and by what they are carried out, tags, and
 * what is not read. Of a stack that is new, what is not read alone; one that goes is not carried out.
 */
function terraformChanges({ base, head }: CompareContext): readonly TerraformChange[] {
  const tested = testedTags([base, head]);
  const isTested = ({ concerns, attributes }: PartChange): boolean =>
    concerns === "tags" && attributes.some((key) => tested().has(key.toLowerCase()));
  return [...head.tree.texts].flatMap(([stack, text]): TerraformChange[] => {
    const before = base.tree.texts.get(stack);
    if (before === text) return [];
    const place = placeOf(stack, base) ?? placeOf(stack, head);
    return partChanges(before, text).map((change) => ({
      kind: "terraform",
      stack,
      ...(place === undefined ? {} : { account: place }),
      ...change,
      concerns: isTested(change) ? "unread" : change.concerns,
    }));
  });
}

type PartChange = Pick<TerraformChange, "address" | "direction" | "attributes" | "concerns">;

function partChanges(before: string | undefined, after: string): PartChange[] {
  const old = before === undefined ? new Map<string, StackPart>() : stackParts(before);
  const now = stackParts(after);
  const addresses = [...new Set([...old.keys(), ...now.keys()])].sort();
  return addresses.flatMap((address): PartChange[] => {
    const [was, is] = [old.get(address), now.get(address)];
    const part = is ?? was;
    if (part === undefined) return [];
    const { concerns } = part;
    // What a new stack is carried out by is no change of anything.
    if (before === undefined && concerns !== "unread") return [];
    const attributes = differing(was, is);
    if (was !== undefined && is !== undefined) {
      return attributes.length === 0
        ? []
        : [{ address, direction: "edited", attributes, concerns }];
    }
    const direction = was === undefined ? "gained" : "lost";
    // Which tags come and go matters: a policy may test them.
    return [{ address, direction, attributes: concerns === "tags" ? attributes : [], concerns }];
  });
}

function differing(was: StackPart | undefined, is: StackPart | undefined): readonly string[] {
  const names = new Set([...(was?.attributes.keys() ?? []), ...(is?.attributes.keys() ?? [])]);
  return [...names].filter((name) => was?.attributes.get(name) !== is?.attributes.get(name)).sort();
}

/** Names of the tags that some policy of either side may ask for, in lower case; looked for once, where tags change. */
function testedTags(sides: readonly ComparedSide[]): () => ReadonlySet<string> {
  let found: Set<string> | undefined;
  return () => {
    if (found !== undefined) return found;
    found = new Set();
    for (const { tree } of sides) {
      for (const text of tree.texts.values()) {
        for (const [, name = ""] of text.matchAll(TAG)) found.add(name.toLowerCase());
      }
    }
    return found;
  };
}

/** A tag as a condition or a variable names it, up to the end of either. */
const TAG = /Tag\/(?<name>[^"\\}]+)/gi;

/** The only account of a stack. */
function placeOf(stack: string, { graph }: ComparedSide): string | undefined {
  const all = [...graph.roles.values(), ...graph.users.values()];
  const ids = new Set(all.filter((each) => each.stack === stack).map(({ accountId }) => accountId));
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

/** Changes to the deployment, and parts that are not read. */
function terraformSentence(
  { stack, address, direction, attributes, concerns }: TerraformChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const where = group.accountIds.length > 1 ? accountsOf(group, review) : say`the stack ${stack}`;
  const done = { gained: "is added", lost: "is removed", edited: "is edited" }[direction];
  const named = attributes.filter((each) => each !== "");
  const which = named.length === 0 ? [] : say` (${listedNames(named)})`;
  return say`${address} in ${where} ${words(done)}${which}: ${words(MEANS[concerns])}`;
}

const MEANS: Readonly<Record<TerraformConcern, string>> = {
  deployment: "Terraform deploys with other settings or another identity",
  tags: "no policy here tests them",
  unread: "trustwheel does not read it, so its effect is unknown",
};

/** What deploys a change can do anything with it, so it is a safeguard, too. */
const CONCERNS: Readonly<Record<TerraformConcern, readonly ReviewTrigger[]>> = {
  deployment: ["safeguard-changed"],
  tags: [],
  unread: ["unknown"],
};

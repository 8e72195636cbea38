import type { TerraformChange } from "./access-change";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import { stackParts } from "../compare/stack-parts";
import type { StackPart } from "../compare/stack-parts";

/**
 * What differs in stacks besides the access that is read: as whom and by what they are carried out, tags, and
 * what is not read. Of a stack that is new, what is not read alone; one that goes is not carried out.
 */
export function terraformChanges({ base, head }: CompareContext): readonly TerraformChange[] {
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

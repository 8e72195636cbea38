import { principalsNamed } from "./principals-named";
import { wavesOf } from "./waves";
import type { Order } from "./waves";
import { stackAccountId } from "../../access/read/stack-accounts";
import type { AccessGraph, RoleNode } from "../../access/access-graph";
import type { ReviewedTree } from "../compare/reviewed-tree";

/** A stack whose synthesized output changed. */
export interface AffectedStack {
  readonly stack: string;
  /** Id of the account that its provider is bound to. @default - the output does not say */
  readonly account?: string;
  readonly status: "added" | "changed";
}

/** What a change affects, in the order in which it is carried out. */
export interface AffectedStacks {
  /** Stacks of a wave can be carried out at once; a wave begins when the one before it has ended. */
  readonly waves: readonly (readonly AffectedStack[])[];
  /** Stacks that only the base has: nobody carries them out any more, and what they made stays. */
  readonly removed: readonly string[];
  /**
   * Stacks that would each have to come before the other: a role that is created and one that is removed
   * depend on the same two. The created ones go first, and trusts may outlive a role for the time of a wave.
   */
  readonly crossed: readonly (readonly [first: string, second: string])[];
}

/**
 * The stacks whose text differs between two trees, in waves: a role that a trust policy names by ARN is
 * created before that trust policy, as AWS rejects a principal that does not exist (rule TR-10), and a role that
 * goes is removed after the trusts that name it, so that none outlives it. The stack with the roles of the
 * pipeline comes before that of a new account, which these roles can assume nothing in until then.
 */
export function affectedStacks(base: ReviewedTree, head: ReviewedTree): AffectedStacks {
  const affected = new Map<string, AffectedStack>();
  for (const [stack, text] of head.texts) {
    const before = base.texts.get(stack);
    if (before === text) continue;
    const account = stackAccountId(text);
    affected.set(stack, {
      stack,
      ...(account === undefined ? {} : { account }),
      status: before === undefined ? "added" : "changed",
    });
  }
  const orders = [
    ...creations(base.graph, head.graph),
    ...removals(base.graph, head.graph),
    ...permissions(head, affected),
  ].filter(({ first, second }) => first !== second && affected.has(first) && affected.has(second));
  const { waves, crossed } = wavesOf([...affected.keys()].sort(), orders);
  return {
    waves: waves.map((wave) =>
      wave.flatMap((stack) => {
        const entry = affected.get(stack);
        return entry === undefined ? [] : [entry];
      }),
    ),
    removed: [...base.texts.keys()].filter((stack) => !head.texts.has(stack)).sort(),
    crossed,
  };
}

/** Roles and users that are new come before the trusts that name them as principals. */
function* creations(base: AccessGraph, head: AccessGraph): Generator<Order> {
  for (const role of head.roles.values()) {
    for (const arn of namedIn(role).byArn) {
      const made = head.roles.get(arn) ?? head.users.get(arn);
      const before = base.roles.get(arn) ?? base.users.get(arn);
      if (made === undefined || before?.address === made.address) continue;
      yield { first: made.stack, second: role.stack, why: "creation" };
    }
  }
}

/** Trusts that name a role or user go before it does. */
function* removals(base: AccessGraph, head: AccessGraph): Generator<Order> {
  const gone = new Map(
    [...base.roles, ...base.users].filter(
      ([arn, { address }]) => (head.roles.get(arn) ?? head.users.get(arn))?.address !== address,
    ),
  );
  if (gone.size === 0) return;
  for (const role of base.roles.values()) {
    const { byArn, byCondition } = namedIn(role);
    for (const arn of [...byArn, ...byCondition]) {
      const leaving = gone.get(arn);
      if (leaving !== undefined) yield { first: role.stack, second: leaving.stack, why: "removal" };
    }
  }
}

/** The pipeline's own stack lets it into a new account. */
function* permissions(
  { plan }: ReviewedTree,
  affected: ReadonlyMap<string, AffectedStack>,
): Generator<Order> {
  const account = plan?.pipeline?.pipeline.account.id;
  const first = [...affected.values()].find((each) => each.account === account)?.stack;
  if (account === undefined || first === undefined) return;
  for (const { stack: second, status } of affected.values()) {
    if (status === "added") yield { first, second, why: "permission" };
  }
}

function namedIn({ trust }: RoleNode): ReturnType<typeof principalsNamed> {
  return trust.known ? principalsNamed(trust.value) : { byArn: [], byCondition: [] };
}

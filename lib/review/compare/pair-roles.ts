import type { RoleNode } from "../../access/access-graph";
import type { ReviewedTree } from "./reviewed-tree";

/** A role before and after. */
export interface RolePair {
  readonly base: RoleNode;
  readonly head: RoleNode;
}

/** The roles of two trees, told which is which. */
export interface RolePairs {
  /** Those that both trees have: by ARN, else by their address in Terraform. */
  readonly both: readonly RolePair[];
  readonly lost: readonly RoleNode[];
  readonly gained: readonly RoleNode[];
  /** Those of `both` that Terraform destroys and creates again. */
  readonly replaced: readonly RolePair[];
}

/**
 * Pairs the roles of two trees. A role whose ARN stays is the same, and is replaced where its address changes
 * without a `moved` block; one whose address stays, or is moved, under another ARN is replaced, as the name
 * and path of a role cannot be changed.
 */
export function pairRoles(base: ReviewedTree, head: ReviewedTree): RolePairs {
  const moved = new Map(head.moved.map(({ stack, from, to }) => [`${stack} ${from}`, to] as const));
  const planned = new Set(head.replaced?.map(({ stack, address }) => `${stack} ${address}`));
  const headByPlace = new Map<string, RoleNode>();
  for (const role of head.graph.roles.values()) {
    if (!base.graph.roles.has(role.arn)) headByPlace.set(placeOf(role, role.address), role);
  }
  const both: RolePair[] = [];
  const lost: RoleNode[] = [];
  const replaced: RolePair[] = [];
  const taken = new Set<RoleNode>();
  for (const role of base.graph.roles.values()) {
    const address = moved.get(`${role.stack} ${role.address}`) ?? role.address;
    const same = head.graph.roles.get(role.arn);
    if (same !== undefined) {
      const pair = { base: role, head: same };
      both.push(pair);
      if (same.address !== address || planned.has(`${same.stack} ${same.address}`)) {
        replaced.push(pair);
      }
      continue;
    }
    const next = headByPlace.get(placeOf(role, address));
    if (next === undefined) lost.push(role);
    else {
      const pair = { base: role, head: next };
      both.push(pair);
      replaced.push(pair);
      taken.add(next);
    }
  }
  const gained = [...headByPlace.values()].filter((role) => !taken.has(role));
  return { both, lost, gained, replaced };
}

/** An account has one state, whatever its stack is called. */
function placeOf({ accountId }: RoleNode, address: string): string {
  return `${accountId} ${address}`;
}

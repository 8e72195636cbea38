import { accountDirectory } from "../../access/account-directory";
import type { AccessGraph } from "../../access/access-graph";
import type { AccessModel } from "../../access/decide/access-model";
import { NO_CONTROL_POLICIES } from "../../access/decide/control-policies";
import type { AccountDirectory } from "../../access/account-directory";
import { assumeUnknownAllowed } from "../../access/decide/assume-unknown-allowed";
import type { ReviewedTree, ReviewInput } from "./reviewed-tree";
import { accountsWithoutMap } from "../../access/decide/assumed-organizations";
import { identityIndex } from "../../access/callers/identity-index";
import type { IdentityIndex } from "../../access/callers/identity-index";
import { pairRoles } from "./pair-roles";
import type { RolePairs } from "./pair-roles";

/** Two trees of Terraform, with what several kinds of changes are found by. */
export interface CompareContext {
  readonly base: ComparedSide;
  readonly head: ComparedSide;
  /** When requests are made, where no trust policy tests it. */
  readonly time: string;
  readonly roles: RolePairs;
}

/** One of two trees. */
export interface ComparedSide {
  readonly tree: ReviewedTree;
  readonly graph: AccessGraph;
  /** Accounts of its map; of others nothing is known. */
  readonly accounts: AccountDirectory;
  /** What decides requests; a policy whose text is not at hand permits everything. */
  readonly world: AccessModel;
  readonly identities: IdentityIndex;
  /** Whether an account is in the map, or without a map in the Terraform. */
  isOwn(accountId: string): boolean;
}

/** Prepares two trees for comparison. */
export function compareContext({ base, head, time }: ReviewInput): CompareContext {
  return {
    base: comparedSide(base),
    head: comparedSide(head),
    time,
    roles: pairRoles(base, head),
  };
}

function comparedSide(tree: ReviewedTree): ComparedSide {
  const { map } = tree;
  // What was not read is a change of its own, and not one at each role that it could change.
  const graph = { ...tree.graph, unread: [] };
  const accounts = accountDirectory(map?.accounts.values() ?? []);
  return {
    tree,
    graph,
    accounts,
    world: assumeUnknownAllowed({
      graph,
      accounts: map === undefined ? accountsWithoutMap(graph) : accounts,
      controls: NO_CONTROL_POLICIES,
    }),
    identities: identityIndex(graph),
    isOwn: (accountId) =>
      map === undefined ? graph.accounts.has(accountId) : accounts.has(accountId),
  };
}

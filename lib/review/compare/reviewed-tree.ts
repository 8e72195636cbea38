import type { AccessGraph } from "../../access/access-graph";
import type { AccountMap } from "../../account-map/model/account-map";
import type { ResolvedAccess } from "../../plan/resolved-access";
import type { SafeguardFiles } from "../safeguards/changed-files";

/** A resource that Terraform knows under another address than before. */
export interface MovedAddress {
  readonly stack: string;
  readonly from: string;
  readonly to: string;
}

/** Something in a tree that could not be read. */
export interface UnreadPart {
  readonly subject: string;
  readonly reason: string;
  /** Line in the subject, if that is a file. @default - it is about the whole subject */
  readonly line?: number;
}

/** One side of a review: what some Terraform makes, and the map that it was made from. */
export interface ReviewedTree {
  readonly graph: AccessGraph;
  /** What could not be read of it: subject (stack, address or file) and reason. */
  readonly unread: readonly UnreadPart[];
  /** `moved` blocks. */
  readonly moved: readonly MovedAddress[];
  /**
   * Addresses of resources that Terraform destroys and creates again to get here.
   *
   * @default - Terraform was not asked: it is told from names and addresses
   */
  readonly replaced?: readonly { readonly stack: string; readonly address: string }[];
  /** Text of each stack, for telling which changed; of plans, nothing. */
  readonly texts: ReadonlyMap<string, string>;
  /** @default - not at hand: accounts are named by id, and nothing of the map takes part */
  readonly map?: AccountMap;
  /** @default - not at hand */
  readonly plan?: ResolvedAccess;
}

/** What is compared. */
export interface ReviewInput {
  readonly base: ReviewedTree;
  readonly head: ReviewedTree;
  /** When requests are made, where no trust policy tests it: `2026-12-31T23:59:59Z`. */
  readonly time: string;
  /** ARNs of the roles by which the pipeline carries changes out, as base has them. @default - none are known */
  readonly pipelineRoles?: readonly string[];
  /** Files that differ between the revisions, and are safeguards. @default - the files are not known */
  readonly files?: SafeguardFiles;
}

import type { FindingId } from "../../diagnostics/findings/finding-id";
import type { Span } from "../../diagnostics/diagnostic";

/** What something that was not read could change. */
export interface Possibility {
  /** Who may assume a role, or what a user or role is permitted. */
  readonly what: "trust" | "permissions";
  /** Whether it comes to what was read, or what was read may not be so at all. */
  readonly how: "adds" | "replaces";
  /** @default - every account */
  readonly accountId?: string;
  /** @default - users and roles */
  readonly kind?: "role" | "user";
  /** Name of the user or role. @default - every one, also such as are not in the Terraform */
  readonly name?: string;
  /**
   * Whether it is about a user or role that comes besides those that were read: a name is there once in an
   * account (rule ID-06).
   *
   * @default false
   */
  readonly isNew?: boolean;
  /**
   * Whether those are left out whose managed policies are listed exhaustively.
   *
   * @default false
   */
  readonly sparesExclusive?: boolean;
}

/** Something in the Terraform that was not read. */
export interface Unread {
  /** Id of the finding that tells it. */
  readonly rule: FindingId;
  readonly stack: string;
  /** As findings name it. */
  readonly file: string;
  /** @default - the file as a whole, or a file without lines of its own */
  readonly span?: Span;
  /** Address of the resource. @default - it is no resource */
  readonly resource?: string;
  /** Name of the argument. @default - the resource as a whole */
  readonly argument?: string;
  /** What it is and why it is not known, with the address: `aws_iam_role.hub has dynamic blocks, ...`. */
  readonly reason: string;
  /** Nothing, where it changes nobody's access to roles; such still stands in the way of a proof. */
  readonly could: readonly Possibility[];
}

/** What could change anything anywhere. */
export const ANYTHING: readonly Possibility[] = [
  { what: "trust", how: "adds" },
  { what: "permissions", how: "adds" },
];

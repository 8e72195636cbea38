import type { PermissionPolicy } from "../access-graph";
import type { Possibility, Unread } from "./unread";

/** A user or role, as a possibility is held against it. */
export interface Subject {
  readonly kind: "role" | "user";
  readonly accountId: string;
  readonly name: string;
  /** Whether its managed policies are listed exhaustively. @default false */
  readonly managedExclusive?: boolean;
}

/** Whether a possibility is about a user or role. */
export function concerns(possibility: Possibility, subject: Subject): boolean {
  const { accountId, kind, name, isNew = false, sparesExclusive = false } = possibility;
  return (
    !isNew &&
    (accountId === undefined || accountId === subject.accountId) &&
    (kind === undefined || kind === subject.kind) &&
    // Names are unique in an account regardless of case (rule ID-06).
    (name === undefined || name.toLowerCase() === subject.name.toLowerCase()) &&
    !(sparesExclusive && subject.managedExclusive === true)
  );
}

/** What could change one thing of a user or role. */
export function unreadOf(
  unread: readonly Unread[],
  subject: Subject,
  what: Possibility["what"],
): readonly Unread[] {
  return unread.filter(({ could }) =>
    could.some((each) => each.what === what && concerns(each, subject)),
  );
}

/**
 * Policies of a user or role, with what could change them: each as a policy whose text is not known. Where
 * what was read may not be so at all, nothing of it remains.
 */
export function withUnread(
  policies: readonly PermissionPolicy[],
  unread: readonly Unread[],
  subject: Subject,
  what: Possibility["what"],
): readonly PermissionPolicy[] {
  const changing = unreadOf(unread, subject, what);
  if (changing.length === 0) return policies;
  const replaced = changing.some(({ could }) =>
    could.some((each) => each.what === what && each.how === "replaces" && concerns(each, subject)),
  );
  return [
    ...(replaced ? [] : policies),
    ...changing.map((each): PermissionPolicy => ({
      name: each.resource ?? each.file,
      kind: "inline",
      document: { known: false, reason: describeUnread(each) },
    })),
  ];
}

/** One thing that was not read, with its place: `hub/cdk.tf.json:12: aws_iam_role.hub has ...`. */
export function describeUnread({ file, span, reason }: Unread): string {
  return `not read: ${span === undefined ? file : `${file}:${span.start.line}`}: ${reason}`;
}

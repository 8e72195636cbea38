import type { ReviewTrigger } from "../../account-map/model/review-rule";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import type { Direction } from "../compare/direction";
import { accountName, accountsOf, groupEntity } from "../words/names";
import { say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import { directionTriggers } from "./change-kind";
import type { ChangeKind } from "./change-kind";

/** A role, user, instance profile or identity provider that only one tree has. */
export interface ExistenceChange {
  readonly kind: "existence";
  readonly what: "role" | "user" | "instance-profile" | "provider" | "account";
  readonly direction: Direction;
  /** ARN, or the account's id. */
  readonly arn: string;
  /**
   * Roles that base makes in an account that head no longer has a stack for: nobody destroys them, so they
   * stay with the trust that they had. @default - none stay
   */
  readonly abandonedRoles?: number;
}

/** What is created and destroyed. */
export const existenceKind: ChangeKind<ExistenceChange> = {
  kind: "existence",
  title: "Created and destroyed",
  find: existenceChanges,
  subject: ({ arn }) => arn,
  order: ({ what, arn }) => [what, arn],
  triggers: existenceTriggers,
  // Its roles stay with their trust policies, and nobody will ever destroy them.
  breaks: ({ abandonedRoles }) =>
    abandonedRoles === undefined ? undefined : "account removed while its roles exist",
  sides: ({ direction }) => ({ gained: direction === "gained", lost: direction === "lost" }),
  sentence: existenceSentence,
};

/** What only one side has. A role that is replaced under another name is on both. */
function existenceChanges({ base, head, roles }: CompareContext): readonly ExistenceChange[] {
  return [
    ...roles.gained.map(({ arn }) => exists("role", "gained", arn)),
    ...roles.lost.map(({ arn }) => exists("role", "lost", arn)),
    ...onOneSide(base, head, "user", ({ graph }) => graph.users),
    ...onOneSide(base, head, "instance-profile", ({ graph }) => graph.instanceProfiles),
    ...onOneSide(base, head, "provider", ({ graph }) => graph.providers),
    ...onOneSide(base, head, "account", ({ graph }) => graph.accounts).map((change) =>
      abandoned(change, base, head),
    ),
  ];
}

function onOneSide(
  base: ComparedSide,
  head: ComparedSide,
  what: ExistenceChange["what"],
  of: (side: ComparedSide) => ReadonlyMap<string, unknown>,
): ExistenceChange[] {
  const [before, after] = [of(base), of(head)];
  return [
    ...[...after.keys()]
      .filter((arn) => !before.has(arn))
      .map((arn) => exists(what, "gained", arn)),
    ...[...before.keys()].filter((arn) => !after.has(arn)).map((arn) => exists(what, "lost", arn)),
  ];
}

/** Without its stack, nothing destroys what it made. Plans have no stacks, and destroy what they say. */
function abandoned(
  change: ExistenceChange,
  base: ComparedSide,
  head: ComparedSide,
): ExistenceChange {
  if (change.direction !== "lost" || head.tree.texts.size === 0) return change;
  const roles = [...base.graph.roles.values()].filter(({ accountId }) => accountId === change.arn);
  return roles.length === 0 ? change : { ...change, abandonedRoles: roles.length };
}

function exists(what: ExistenceChange["what"], direction: Direction, arn: string): ExistenceChange {
  return { kind: "existence", what, direction, arn };
}

function existenceTriggers({
  what,
  direction,
  abandonedRoles,
}: ExistenceChange): readonly ReviewTrigger[] {
  if (abandonedRoles !== undefined) return ["destroyed-role"];
  // Roles that the Terraform does not create can trust an identity provider, too.
  if (what === "provider") return directionTriggers(direction);
  return direction === "lost" && (what === "role" || what === "user") ? ["destroyed-role"] : [];
}

/** What is created or destroyed. */
function existenceSentence(
  { what, direction, arn, abandonedRoles }: ExistenceChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const made = direction === "gained";
  if (what === "account") {
    const accounts =
      group.accountIds.length > 1
        ? accountsOf(group, review)
        : say`account ${accountName(arn, review)}`;
    const many = group.accountIds.length > 1;
    const does = `${many ? "are" : "is"} ${made ? "added" : "removed"}`;
    const stay =
      abandonedRoles === undefined
        ? []
        : say`, but what Terraform created there stays: ${words(countRoles(abandonedRoles))}${words(many ? " in each" : "")}; remove an account in two steps, with ${"trustwheel offboard"}`;
    return say`${accounts} ${words(does)}${stay}`;
  }
  const noun = {
    role: "role ",
    user: "user ",
    "instance-profile": "instance profile ",
    provider: "",
  };
  const thing = say`${words(noun[what])}${groupEntity(arn, group, review)}`;
  return say`${thing} ${words(made ? "is created" : "is destroyed")}`;
}

function countRoles(roles: number): string {
  return roles === 1 ? "1 role" : `${roles} roles`;
}

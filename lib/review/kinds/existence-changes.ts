import type { Direction, ExistenceChange } from "./access-change";
import type { CompareContext, ComparedSide } from "../compare/compare-context";

/** What only one side has. A role that is replaced under another name is on both. */
export function existenceChanges({
  base,
  head,
  roles,
}: CompareContext): readonly ExistenceChange[] {
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

import type { Readable } from "../../access/access-graph";
import { matchesAction } from "../../iam/condition/action-match";
import { parseOperator } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { CompareContext } from "../compare/compare-context";
import { withPlaceholders } from "../words/likeness";
import { groupEntity } from "../words/names";
import { listedNames, say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";

/** The values that a trust policy accepts for `sts:ExternalId`. */
export interface ExternalIdChange {
  readonly kind: "external-id";
  readonly role: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Whether some statement allowed callers without an external ID before, and does after. */
  readonly openBefore: boolean;
  readonly openAfter: boolean;
}

/** The external IDs that trust policies accept. */
export const externalIdKind: ChangeKind<ExternalIdChange> = {
  kind: "external-id",
  title: "External IDs",
  find: externalIdChanges,
  subject: ({ role }) => role,
  triggers: ({ openBefore, openAfter }) => (openAfter && !openBefore ? ["widened"] : []),
  sides: ({ added, removed }) => ({ gained: added.length > 0, lost: removed.length > 0 }),
  isSingle: true,
  sentence: externalIdSentence,
};

/** The external ids that trust policies take, where they are not the same. */
function externalIdChanges({ roles }: CompareContext): readonly ExternalIdChange[] {
  return roles.both.flatMap(({ base, head }): ExternalIdChange[] => {
    if (JSON.stringify(base.trust) === JSON.stringify(head.trust)) return [];
    const [before, after] = [takenIds(base.trust), takenIds(head.trust)];
    if (before === undefined || after === undefined) return [];
    const added = [...after.ids].filter((id) => !before.ids.has(id)).sort();
    const removed = [...before.ids].filter((id) => !after.ids.has(id)).sort();
    const anyId = before.ids.size > 0 || after.ids.size > 0;
    const isSame = added.length === 0 && removed.length === 0 && before.open === after.open;
    if (isSame || !anyId) return [];
    return [
      {
        kind: "external-id",
        role: head.arn,
        added,
        removed,
        openBefore: before.open,
        openAfter: after.open,
      },
    ];
  });
}

interface TakenIds {
  readonly ids: ReadonlySet<string>;
  /** Whether some statement asks its callers for none; services and federated callers have none to give (CK-04). */
  readonly open: boolean;
}

function takenIds(trust: Readable<PolicyDocument>): TakenIds | undefined {
  if (!trust.known) return undefined;
  const ids = new Set<string>();
  let open = false;
  for (const statement of trust.value.Statement) {
    if (!letsIn(statement)) continue;
    const own = idsOf(statement);
    for (const id of own) ids.add(id);
    open ||= own.length === 0;
  }
  return { ids, open };
}

function letsIn({ Effect, Principal, Action, NotAction }: Statement): boolean {
  if (Effect !== "Allow") return false;
  if (typeof Principal === "object" && Principal.AWS === undefined) return false;
  const named = valuesOf(Action ?? NotAction).some((each) => matchesAction(each, "sts:AssumeRole"));
  return named === (Action !== undefined);
}

function idsOf({ Condition = {} }: Statement): readonly string[] {
  return Object.entries(Condition).flatMap(([name, keys]) => {
    const operator = parseOperator(name);
    if (operator?.family !== "String" || operator.negated || operator.ifExists) return [];
    return Object.entries(keys).flatMap(([key, values]) =>
      key.toLowerCase() === "sts:externalid" ? valuesOf(values) : [],
    );
  });
}

/** Which external IDs are accepted now, and which no longer. */
function externalIdSentence(
  change: ExternalIdChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const role = groupEntity(change.role, group, review);
  const ids = (values: readonly string[]): Sentence => listedNames(values.map(shown));
  const shown = (value: string): string => {
    const [account] = group.accountIds;
    if (group.accountIds.length < 2 || account === undefined) return value;
    return withPlaceholders(value, account, review);
  };
  const { added, removed, openBefore, openAfter } = change;
  const open =
    openAfter === openBefore
      ? words("")
      : words(
          openAfter
            ? "; it now allows callers without one"
            : "; it no longer allows callers without one",
        );
  if (added.length > 0 && removed.length > 0) {
    return say`external ID of ${role} changes: ${ids(removed)} -> ${ids(added)}${open}`;
  }
  if (added.length > 0) return say`${role} now accepts the external ID ${ids(added)}${open}`;
  if (removed.length > 0)
    return say`${role} no longer accepts the external ID ${ids(removed)}${open}`;
  return say`external IDs of ${role} stay the same${open}`;
}

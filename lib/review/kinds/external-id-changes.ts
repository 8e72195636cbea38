import type { Readable } from "../../access/access-graph";
import { matchesAction } from "../../iam/condition/action-match";
import { parseOperator } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { ExternalIdChange } from "./access-change";
import type { CompareContext } from "../compare/compare-context";

/** The external ids that trust policies take, where they are not the same. */
export function externalIdChanges({ roles }: CompareContext): readonly ExternalIdChange[] {
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

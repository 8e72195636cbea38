import type { Caller } from "../../iam/condition/caller";
import { policyDocument } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import type { RoleNode } from "../access-graph";
import type { CallerCondition } from "../callers/caller-condition";
import { callerConditions } from "../callers/caller-condition";
import { conditionsFor } from "../callers/caller-terms";
import { entriesFor, entriesNaming } from "../callers/caller-in-request";
import type { CallerIdentity } from "../callers/caller-in-request";
import { trustEntries } from "../callers/trust-entries";
import type { TrustEntry } from "../callers/trust-entry";

const known = new WeakMap<Statement, readonly TrustEntry[]>();

/**
 * What a statement asks of a caller beside who it is, one set of conditions for each time that it names the caller.
 *
 * @param identity by which keys of its requests the caller is told from others. @default - its statement says it
 */
export function statementConditions(
  statement: Statement,
  { partition }: Pick<RoleNode, "partition">,
  caller: Caller,
  identity: CallerIdentity | undefined,
): readonly (readonly CallerCondition[])[] {
  let entries = known.get(statement);
  if (entries === undefined) {
    entries = trustEntries(policyDocument([statement]), partition);
    known.set(statement, entries);
  }
  const naming =
    identity === undefined ? entriesNaming(entries, caller) : entriesFor(entries, caller, identity);
  const said = new Set(Object.keys(identity ?? {}).map((key) => key.toLowerCase()));
  return naming.length === 0
    ? [callerConditions(statement.Condition)]
    : naming.map((entry) => conditionsFor(entry, said));
}

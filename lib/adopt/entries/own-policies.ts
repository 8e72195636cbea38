import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { ExistingRole } from "../read/existing-access";

/** A policy that stays with a role as a document. */
export interface OwnPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/**
 * The inline policies of a role without what its entry of the map makes: the permission to assume its
 * targets, in the forms that the map would give it.
 *
 * @param targets ARNs of the roles that the map allows it to assume
 */
export function ownPolicies(role: ExistingRole, targets: ReadonlySet<string>): OwnPolicy[] {
  return role.inline.flatMap(({ name, document }): OwnPolicy[] => {
    if (!document.known) return [];
    const own = document.value.Statement.filter(
      (statement) => targets.size === 0 || !isMade(statement, targets),
    );
    return own.length === 0 ? [] : [{ name, document: { ...document.value, Statement: own } }];
  });
}

const HOP_ACTIONS: ReadonlySet<string> = new Set([
  "sts:assumerole",
  "sts:tagsession",
  "sts:setsourceidentity",
]);

function isMade(statement: Statement, targets: ReadonlySet<string>): boolean {
  const actions = valuesOf(statement.Action);
  if (actions.length === 0 || !actions.every((each) => HOP_ACTIONS.has(each.toLowerCase()))) {
    return false;
  }
  const keys = Object.entries(statement.Condition ?? {}).flatMap(([operator, tests]) =>
    Object.keys(tests).map((key) => `${operator} ${key.toLowerCase()}`),
  );
  if (statement.Effect === "Deny") {
    return (
      keys.length > 0 &&
      keys.every((key) => /^StringNotEquals aws:resource(?:orgid|account)$/.test(key))
    );
  }
  const resources = valuesOf(statement.Resource);
  if (keys.length === 0) return resources.length > 0 && resources.every((arn) => targets.has(arn));
  const names = new Set([...targets].map((arn) => arn.replace(/::\d{12}:/, "::*:")));
  return (
    keys.every((key) => /^StringEquals aws:resource(?:orgid|account)$/.test(key)) &&
    resources.length > 0 &&
    resources.every((arn) => names.has(arn))
  );
}

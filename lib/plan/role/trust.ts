import type { PrincipalEntry } from "../../account-map/model/account-map";
import { locationOf, roleArn } from "../../iam/arn";
import { IDENTIFIER_RULES } from "../../iam/identifier";
import { policyDocument } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { Path } from "../../source/source";
import type { RoleConnections } from "../draft/connect-roles";
import type { DeclaredEdge } from "../draft/declared-edges";
import type { RoleDraft } from "../draft/role-draft";
import type { SessionOf } from "../draft/sessions";
import { fillFor } from "../plan-scope";
import type { PlanScope } from "../plan-scope";
import { callerStatements, passOnStatements } from "./caller-statements";
import type { RoleCaller } from "./caller-statements";
import { reportConditionKeyClashes } from "./condition-key-clashes";
import { withUniqueSids } from "./statement-ids";
import { wayInStatements } from "./way-in-statements";

/** A trust policy, and what its statements are for. */
export interface Trust {
  readonly document: PolicyDocument;
  readonly callers: readonly TrustedCaller[];
}

/** Someone whom a trust policy allows to assume the role: a principal, or a role of the map. */
export interface TrustedCaller {
  readonly from: PrincipalEntry | DeclaredEdge;
  /** With parameters filled in. */
  readonly externalIds: readonly string[];
  /** The statements that are about the caller. */
  readonly statements: readonly Statement[];
}

/** The trust policy of a role. */
export function roleTrust(
  draft: RoleDraft,
  { callers, namedCallers }: RoleConnections,
  sessionOf: SessionOf,
  scope: PlanScope,
): Trust {
  if (draft.waysIn.length + callers.length === 0) reportNobody(draft, scope);
  const principals = draft.waysIn.map((wayIn) => {
    const written = wayIn.conditions.externalIds;
    const externalIds = filledIds(written, draft, wayIn.at, scope);
    if (externalIds !== written) checkIds(externalIds, wayIn.at, scope);
    const conditions = { ...wayIn.conditions, externalIds };
    const statements = reportConditionKeyClashes(wayIn, scope.report)
      ? []
      : wayInStatements({ ...wayIn, conditions }, draft.account);
    return { from: wayIn, externalIds, statements };
  });
  const named = namedCallers.map(({ caller, wayIn }) => {
    const name = [wayIn.key, ...caller.words];
    const called = roleCaller(caller, sessionOf);
    return {
      from: wayIn,
      statements: passOnStatements({ ...called, name, trustMode: "account" }),
    };
  });
  const roles = callers.map((edge) => {
    const at = [...draft.settings.at, "externalId"];
    const externalIds = filledIds(edge.externalIds, draft, at, scope);
    checkIds(externalIds, at, scope);
    const statements = callerStatements({ ...roleCaller(edge.caller, sessionOf), externalIds });
    return { from: edge, externalIds, statements };
  });
  const parts = [...principals, ...named, ...roles];
  const statements = withUniqueSids(parts.flatMap((part) => part.statements));
  const origins = parts.flatMap((part) => part.statements.map(() => part.from));
  return {
    document: policyDocument(statements),
    callers: [...principals, ...roles].map(({ from, externalIds }) => ({
      from,
      externalIds,
      statements: statements.filter((_, index) => origins[index] === from),
    })),
  };
}

function roleCaller(caller: RoleDraft, sessionOf: SessionOf): RoleCaller {
  const { account, settings, words, trustMode } = caller;
  const arn = roleArn(locationOf(account), settings.path, settings.roleName);
  return { name: words, account, arn, trustMode, session: sessionOf(caller), externalIds: [] };
}

/** External IDs with their parameters filled in for the account of the role. */
function filledIds(
  ids: readonly string[],
  { account }: RoleDraft,
  at: Path,
  scope: PlanScope,
): readonly string[] {
  return ids.some((id) => id.includes("{{")) ? fillFor(ids, account, at, scope) : ids;
}

function checkIds(ids: readonly string[], at: Path, { report }: PlanScope): void {
  const { rule, pattern, allowed } = IDENTIFIER_RULES.externalId;
  for (const id of ids) {
    if (pattern.test(id) || id.includes("{{")) continue;
    report(at, {
      rule,
      message: `an external ID must be ${allowed}, got ${JSON.stringify(id)}`,
    });
  }
}

function reportNobody({ kind, settings }: RoleDraft, { report }: PlanScope): void {
  report(settings.at, {
    rule: "TR-22",
    atKey: true,
    message: `nobody can assume the role \`${settings.roleName}\``,
    help: `add \`principals:\`${kind === "spoke" ? " or `hubs:`" : ""}, or remove the entry`,
  });
}

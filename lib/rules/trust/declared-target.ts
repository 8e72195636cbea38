import type { Account } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { matchPrincipal } from "../../iam/condition/principal-match";
import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { parseOperator } from "../../iam/condition/condition-operator";
import { requestContext } from "../../iam/condition/request-context";
import { roleArn } from "../../iam/arn";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import type { RolePlan } from "../../plan/resolved-access";
import type { RoleEntry } from "../facts/role-entry";
import type { PlanContext } from "../rule-context";
import { heldStatements, resourcePath } from "../facts/written-statement";
import type { WrittenStatement } from "../facts/written-statement";

/** A written permission to assume a role in this map, whose trust policy does not allow the holder. */
export interface RefusedTarget {
  readonly written: WrittenStatement;
  readonly entry: RoleEntry;
  /** ARN of the role that holds the permission. */
  readonly holderArn: string;
  readonly target: RolePlan;
  /** Path of the target's ARN below the statement. */
  readonly path: Path;
}

/**
 * The first refusal of each written statement that names roles in this map by their ARNs. Conditions
 * of the trust that do not test who calls are taken as met.
 */
export function* refusedTargets({ statements, rolesByArn }: PlanContext): Generator<RefusedTarget> {
  for (const written of statements) {
    if (!written.grants || !allowsAssuming(written.statement)) continue;
    const refused = firstRefused(written, rolesByArn);
    if (refused !== undefined) yield refused;
  }
}

function firstRefused(
  written: WrittenStatement,
  roles: ReadonlyMap<string, RolePlan>,
): RefusedTarget | undefined {
  for (const { entry, account, statement } of heldStatements(written, "permissions")) {
    const { path, roleName } = entry.settings;
    const holderArn = arnIn(account, path, roleName);
    const arns = valuesOf(statement.Resource);
    for (const [index, arn] of arns.entries()) {
      const target = roles.get(arn);
      if (target === undefined || letsIn(target, holderArn)) continue;
      const path = resourcePath(written, index, arns.length);
      return { written, entry, holderArn, target, path };
    }
  }
  return undefined;
}

function allowsAssuming(statement: Statement): boolean {
  if (statement.Effect !== "Allow" || statement.Resource === undefined) return false;
  return evaluateAction(statement, "sts:AssumeRole").outcome === "match";
}

function letsIn({ trust }: RolePlan, callerArn: string): boolean {
  const caller = { kind: "role-session", roleArn: callerArn, sessionName: "session" } as const;
  const context = requestContext({ "aws:PrincipalArn": callerArn });
  return trust.Statement.some(({ Principal, Action, Condition }) => {
    if (Principal === undefined || !valuesOf(Action).includes("sts:AssumeRole")) return false;
    if (matchPrincipal(Principal, caller).outcome !== "match") return false;
    return Object.entries(Condition ?? {}).every(([name, keys]) => {
      const operator = parseOperator(name);
      const pinned = keys["aws:PrincipalArn"];
      if (operator === undefined || pinned === undefined) return true;
      const outcome = evaluateKey(operator, "aws:PrincipalArn", valuesOf(pinned), context, true);
      return outcome.outcome === "match";
    });
  });
}

function arnIn({ partition, id }: Account, path: string, name: string): string {
  return roleArn({ partition, accountId: id }, path, name);
}

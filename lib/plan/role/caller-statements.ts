import type { AccountIdentity } from "../../account-map/model/principal";
import { accountRootArn } from "../../iam/arn";
import type { Statement } from "../../iam/policy-document";
import { ConditionBuilder } from "./condition-builder";
import type { SessionContext } from "../session-context";
import { statementId } from "./statement-ids";
import { addOrganization } from "./trust-form";

/** A role that can assume another role. */
export interface RoleCaller {
  /** Words that its statement is named after, such as `hub` and the hub's key. */
  readonly name: readonly string[];
  readonly account: AccountIdentity;
  readonly arn: string;
  /** `account` names its account and pins the role; `roleArn` names the role (rules TR-10 to TR-12). */
  readonly trustMode: "account" | "roleArn";
  /** What its sessions can carry. */
  readonly session: SessionContext;
  /** External ids, one of which it passes. Empty: none is asked for. */
  readonly externalIds: readonly string[];
}

/** The trust statements for a role that assumes another: for that, and for what its sessions carry, to pass that on. */
export function callerStatements(caller: RoleCaller): Statement[] {
  const assume = statementFor(caller, "", "sts:AssumeRole", (builder) => {
    builder.add("StringEquals", "sts:ExternalId", caller.externalIds);
  });
  return [assume, ...passOnStatements(caller)];
}

/** The trust statements that allow what a role's sessions carry, without the external ID (rules TR-15b, TR-17, TR-18). */
export function passOnStatements(caller: RoleCaller): Statement[] {
  const { sourceIdentity, transitiveTags } = caller.session;
  const statements: Statement[] = [];
  if (sourceIdentity) {
    statements.push(statementFor(caller, "source-identity", "sts:SetSourceIdentity"));
  }
  if (transitiveTags.length > 0) {
    statements.push(
      statementFor(caller, "tag-session", "sts:TagSession", (builder) => {
        builder.add("ForAllValues:StringEquals", "aws:TagKeys", transitiveTags);
      }),
    );
  }
  return statements;
}

function statementFor(
  { name, account, arn, trustMode }: RoleCaller,
  suffix: string,
  action: string,
  extra?: (builder: ConditionBuilder) => void,
): Statement {
  const builder = new ConditionBuilder();
  if (trustMode === "account") builder.add("ArnEquals", "aws:PrincipalArn", [arn]);
  addOrganization(builder, account);
  extra?.(builder);
  const root = accountRootArn({ partition: account.partition, accountId: account.id });
  return {
    Sid: statementId(...name, suffix),
    Effect: "Allow",
    Principal: { AWS: trustMode === "account" ? root : arn },
    Action: action,
    ...builder.build(),
  };
}

import type { AccountIdentity } from "../account-map/principal";
import { accountRootArn } from "../iam/arn";
import type { Statement } from "../iam/policy-document";
import { ConditionBuilder } from "./condition-builder";
import type { SessionContext } from "./session-context";
import { statementId } from "./statement-id";
import { addOrganization } from "./way-in-statements";

/** A role that may enter another role. */
export interface RoleCaller {
  /** Words that its statement is named after, such as `hub` and the hub's key. */
  readonly name: readonly string[];
  readonly account: AccountIdentity;
  readonly arn: string;
  /** `account` names its account and pins the role; `roleArn` names the role (rules TR-10 to TR-12). */
  readonly trustMode: "account" | "roleArn";
  /** What its sessions may carry. */
  readonly session: SessionContext;
  /** External ids, one of which it passes. Empty: none is asked for. */
  readonly externalIds: readonly string[];
}

/** The trust statements that let a role enter: to assume, and for what its sessions carry, to pass that on. */
export function callerStatements(caller: RoleCaller): Statement[] {
  const { session, externalIds } = caller;
  const build = (
    suffix: string,
    action: string,
    extra?: (builder: ConditionBuilder) => void,
  ): Statement => {
    const builder = new ConditionBuilder();
    if (caller.trustMode === "account") builder.add("ArnEquals", "aws:PrincipalArn", [caller.arn]);
    addOrganization(builder, caller.account);
    extra?.(builder);
    const { partition, id } = caller.account;
    const root = accountRootArn({ partition, accountId: id });
    return {
      Sid: statementId(...caller.name, suffix),
      Effect: "Allow",
      Principal: { AWS: caller.trustMode === "account" ? root : caller.arn },
      Action: action,
      ...builder.build(),
    };
  };
  return [
    build("", "sts:AssumeRole", (builder) => {
      builder.add("StringEquals", "sts:ExternalId", externalIds);
    }),
    ...(session.sourceIdentity ? [build("source-identity", "sts:SetSourceIdentity")] : []),
    ...(session.transitiveTags.length > 0
      ? [
          build("tag-session", "sts:TagSession", (builder) => {
            builder.add("ForAllValues:StringEquals", "aws:TagKeys", session.transitiveTags);
          }),
        ]
      : []),
  ];
}

import type { BoundIdentity } from "../../account-map/model/source-identity";
import type { ConditionBuilder } from "./condition-builder";

/**
 * Binds a source identity to what AWS asserts about the caller (rule CK-21): of constant size, whoever they are.
 * An identity that a provider asserts needs no comparison: the call has no parameter for another.
 *
 * Source: IAM User Guide, id_credentials_temp_control-access_monitor and reference_policies_variables.
 */
export function bindIdentity(builder: ConditionBuilder, bound: BoundIdentity): void {
  switch (bound.by) {
    case "user-name":
      builder.add("StringEquals", "sts:SourceIdentity", ["${aws:username}"]);
      return;
    case "attribute":
      builder.add("StringEquals", "sts:SourceIdentity", [`\${aws:PrincipalTag/${bound.key}}`]);
      return;
    case "session-name":
      // The user ID is the role's ID, a colon and the session name, and neither part has a colon.
      builder.add("StringLike", "aws:userid", ["*:${sts:SourceIdentity}"]);
      return;
    case "provider":
      return;
  }
}

/** Requires the bound identity of a call that may lack it: no comparison holds without one. */
export function requireBoundIdentity(builder: ConditionBuilder, bound: BoundIdentity): void {
  bindIdentity(builder, bound);
  if (bound.by === "provider") builder.add("Null", "sts:SourceIdentity", ["false"]);
}

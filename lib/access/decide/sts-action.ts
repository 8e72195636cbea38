import type { Caller } from "../../iam/condition/caller";

/** The actions that a trust policy decides (rule GR-11). */
export type StsAction =
  | "sts:AssumeRole"
  | "sts:AssumeRoleWithWebIdentity"
  | "sts:AssumeRoleWithSAML"
  | "sts:TagSession"
  | "sts:SetSourceIdentity"
  | "sts:SetContext";

/** The call by which each kind of caller obtains a role (rule GR-10). */
export function assumingAction(kind: Caller["kind"]): StsAction {
  switch (kind) {
    case "user":
    case "role-session":
    case "service":
      return "sts:AssumeRole";
    case "web-identity":
      return "sts:AssumeRoleWithWebIdentity";
    case "saml":
      return "sts:AssumeRoleWithSAML";
  }
}

/** The actions that a kind of caller can ask a role for. */
export function actionsOf(kind: Caller["kind"]): readonly StsAction[] {
  return [assumingAction(kind), "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];
}

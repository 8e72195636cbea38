import type { SourceIdentityCondition } from "../../account-map/model/source-identity";
import { equal, matching } from "./requirement";
import type { Requirement } from "./requirement";

/** What a caller must show that sets a source identity. */
export function identityRequirement(identity: SourceIdentityCondition | undefined): Requirement {
  if (identity === undefined) return {};
  if (!("bound" in identity)) return matching("sts:SourceIdentity", identity.values);
  const { bound } = identity;
  if (bound.by === "session-name") return matching("aws:userid", ["*:${sts:SourceIdentity}"]);
  if (bound.by === "provider") return {};
  const asserted = bound.by === "attribute" ? `aws:PrincipalTag/${bound.key}` : "aws:username";
  return equal("sts:SourceIdentity", [`\${${asserted}}`]);
}

/** What a caller must show that assumes the role: an identity as well, where one is required. */
export function enteringIdentity(identity: SourceIdentityCondition | undefined): Requirement {
  if (identity === undefined) return {};
  if (!("bound" in identity)) return identity.required ? identityRequirement(identity) : {};
  return identity.bound.by === "provider"
    ? { Null: { "sts:SourceIdentity": ["false"] } }
    : identityRequirement(identity);
}

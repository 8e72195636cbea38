import type { NewValue } from "../../account-map/edit/change";
import type { TrustConditions } from "./trust-conditions";

/** What the callers of a way in set as source identity, as the map says it; `undefined` where they set none. */
export type TrustIdentity =
  { readonly sourceIdentity: NewValue | undefined } | { readonly problem: string };

/**
 * Reads the source identity of a way in.
 *
 * @param entering the conditions of the statement that allows to assume the role
 * @param setting those of the statement that allows to set an identity. @default - none does
 */
export function trustIdentity(
  principal: Readonly<Record<string, unknown>>,
  entering: TrustConditions,
  setting: TrustConditions | undefined,
): TrustIdentity {
  if (entering.bringsIdentity === true) {
    return { problem: "the map can't express the condition Null of `aws:SourceIdentity`" };
  }
  const bound = entering.boundTo ?? setting?.boundTo;
  const byProvider = "saml" in principal || "oidc" in principal;
  if (bound !== undefined) {
    const word = bound.of === "user" ? "user" : "permissionSet";
    if (setting === undefined || entering.boundTo === undefined) {
      const lacks = setting === undefined ? "sts:SetSourceIdentity" : "the comparison";
      return {
        problem: `its trust policy compares the source identity with the caller only in part: the statement with ${lacks} is missing`,
      };
    }
    const isSame =
      setting.boundTo === undefined
        ? setting.sourceIdentities === undefined
        : JSON.stringify(setting.boundTo) === JSON.stringify(bound);
    if (!isSame || !(word in principal) || entering.sourceIdentities !== undefined) {
      return {
        problem: "the map can't express what its trust policy compares the source identity with",
      };
    }
    return { sourceIdentity: bound.of === "tag" ? { attribute: bound.tag } : "caller" };
  }
  if (setting === undefined) {
    return entering.hasIdentity === true
      ? { problem: "its trust policy requires a source identity, and allows nobody to set one" }
      : { sourceIdentity: undefined };
  }
  const values = setting.sourceIdentities ?? entering.sourceIdentities;
  const isRequired = entering.sourceIdentities !== undefined || entering.hasIdentity === true;
  if (byProvider && values === undefined && isRequired) return { sourceIdentity: "caller" };
  return {
    sourceIdentity: { values: [...(values ?? ["*"])], ...(isRequired ? {} : { required: false }) },
  };
}

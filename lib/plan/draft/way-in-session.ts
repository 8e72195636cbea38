import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { SessionContext } from "../session-context";
import { POD_IDENTITY_TAGS } from "../role/way-in-statements";

/** What sessions can carry that were obtained with this principal (rules TR-15b, TR-17). */
export function wayInSession({ principal, conditions }: PrincipalEntry): SessionContext {
  const sourceIdentity =
    conditions.sourceIdentity !== undefined || principal.kind === "rolesAnywhere";
  const declared = conditions.sessionTags.filter((tag) => tag.transitive).map((tag) => tag.key);
  const transitiveTags = principal.kind === "podIdentity" ? POD_IDENTITY_TAGS : declared.sort();
  return { sourceIdentity, transitiveTags };
}

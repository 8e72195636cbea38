import { RESOURCE_ACTIONS } from "../../../lib/bootstrap/resource-actions";

/** All actions that deployment roles may do, for whatever is made. */
export function grantedActions(): ReadonlySet<string> {
  return new Set(
    Object.values(RESOURCE_ACTIONS).flatMap((each) => [
      ...each.create,
      ...each.read,
      ...each.update,
      ...each.delete,
    ]),
  );
}

const READ_WITH_IT =
  "version 5.100 reads the tags with the resource; other versions may read them apart, and they tell no more";

/** Actions that deployment roles may do and that the year does not ask for, with the reason to allow them. */
export const NEVER_ASKED: Readonly<Record<string, string>> = {
  "iam:ListInstanceProfileTags": READ_WITH_IT,
  "iam:ListPolicyTags": READ_WITH_IT,
  "iam:ListRoleTags": READ_WITH_IT,
  "iam:ListUserTags": READ_WITH_IT,
  "iam:UpdateOpenIDConnectProviderThumbprint":
    "the map pins no thumbprint; a provider that was imported with one can lose it",
  "iam:UpdateUser": "a created user goes to another path in place, which the year does not do",
};

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
const NOT_TAKEN_AWAY = "the year removes nothing of this kind, which a later map can";
const NOT_CHANGED = "the year changes nothing of this kind in place, which a later map can";

/** Actions that deployment roles may do and that the year does not ask for, with the reason to allow them. */
export const NEVER_ASKED: Readonly<Record<string, string>> = {
  "iam:DeleteInstanceProfile": NOT_TAKEN_AWAY,
  "iam:DetachUserPolicy": NOT_TAKEN_AWAY,
  "iam:ListInstanceProfileTags": READ_WITH_IT,
  "iam:ListPolicyTags": READ_WITH_IT,
  "iam:ListRoleTags": READ_WITH_IT,
  "iam:ListUserTags": READ_WITH_IT,
  "iam:PutRolePermissionsBoundary": NOT_CHANGED,
  "iam:RemoveClientIDFromOpenIDConnectProvider": NOT_TAKEN_AWAY,
  "iam:RemoveRoleFromInstanceProfile": NOT_TAKEN_AWAY,
  "iam:UntagInstanceProfile": NOT_TAKEN_AWAY,
  "iam:UntagOpenIDConnectProvider": NOT_TAKEN_AWAY,
  "iam:UntagPolicy": NOT_TAKEN_AWAY,
  "iam:UntagSAMLProvider": NOT_TAKEN_AWAY,
  "iam:UntagUser": NOT_TAKEN_AWAY,
  "iam:UpdateOpenIDConnectProviderThumbprint":
    "the map pins no thumbprint; a provider that was imported with one can lose it",
  "iam:UpdateSAMLProvider": NOT_CHANGED,
  "iam:UpdateUser": "a created user goes to another path in place, which the year does not do",
};

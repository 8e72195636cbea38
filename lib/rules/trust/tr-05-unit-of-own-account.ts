import type { Account } from "../../account-map/model/account-map";
import type { OrganizationalUnitPrincipal } from "../../account-map/model/principal";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";

export const unitOfOwnAccount: Rule = {
  id: "TR-05",
  severity: "warning",
  summary:
    "an OU that can assume a role does not contain the role's own account, where everyone could then assume it without a permission",
  why: 'A trust policy that names `{"AWS": "*"}` is enough for callers in its own account: neither their policies nor a boundary must allow it.',
  source: "IAM User Guide, reference_policies_elements_principal",
  *inMap(context) {
    for (const { wayIn, accounts } of context.entrancesOf("organizationalUnit")) {
      const own = accounts.filter((account) => isInUnit(account, wayIn.principal));
      if (own.length === 0) continue;
      yield {
        at: [...wayIn.at, "organizationalUnit", "unit"],
        message: `the OU contains the role's own account ${formatAccounts(own)}: every user and role there can assume it without a permission`,
        help: "name who can assume the role from the account itself, and an OU that does not contain it",
      };
    }
  },
};

function isInUnit(
  { organization, unit }: Account,
  { organization: { id }, orgPath, includeChildren }: OrganizationalUnitPrincipal,
): boolean {
  if (organization?.rootId === undefined || organization.id !== id) return false;
  const names = unit.split("/").filter((name) => name !== "");
  const depth = orgPath.split("/").length - 3; // organization, root, and nothing behind the last slash
  if (includeChildren ? names.length < depth : names.length !== depth) return false;
  const unitIds = names
    .slice(0, depth)
    .map((_, index) => organization.unitIds.get(`/${names.slice(0, index + 1).join("/")}`) ?? "");
  return [id, organization.rootId, ...unitIds].map((each) => `${each}/`).join("") === orgPath;
}

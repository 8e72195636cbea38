import { addressPart } from "../../account-map/read/reading";
import type { RolePolicies } from "../resolved-access";
import type { ReportFinding } from "../parameters";
import type { RoleDraft } from "../draft/role-draft";

/** Name of the policy that permits a role to assume others; numbered where it is spread over managed policies. */
export const ASSUME_POLICY_NAME = "assume-roles";
/** Name of the policy made from the statements that the map holds. */
export const STATEMENTS_POLICY_NAME = "statements";

/** Reports policies of a role that would get the same name, and with it the same Terraform address. */
export function checkPolicyNames(
  { settings: { permissions }, targets }: RoleDraft,
  { customer, managed }: RolePolicies,
  report: ReportFinding,
): void {
  for (const { name, document, at } of permissions.documents) {
    const part = addressPart(name);
    const made =
      (targets.size > 0 && /^assume-roles(?:-\d+)?$/.test(part)) ||
      (permissions.statements.length > 0 && part === STATEMENTS_POLICY_NAME);
    if (!made) continue;
    report(at, {
      rule: "policy-name",
      message: `the role already has a policy \`${name}\`, generated from the map`,
      help: `write \`{document: ${document}, name: ...}\` with another name`,
    });
  }
  const attached = new Set(customer.map(({ name }) => addressPart(name)));
  for (const { name, at } of managed) {
    if (attached.has(name)) {
      report(at, {
        rule: "policy-name",
        message: `the role already has a managed policy \`${name}\``,
        help: "attach one of them, or write the other as a document",
      });
    }
    attached.add(name);
  }
}

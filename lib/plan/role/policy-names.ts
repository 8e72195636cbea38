import { isAssumePolicyName, STATEMENTS_POLICY_NAME } from "../generated-names";
import type { RoleSettings } from "../../account-map/model/account-map";
import { addressPart } from "../../account-map/model/address-part";
import type { RolePolicies } from "../resolved-access";
import type { ReportFinding } from "../parameters";

/** Reports policies of a role that would get the same name, and with it the same Terraform address. */
export function checkPolicyNames(
  { permissions }: RoleSettings,
  assumes: boolean,
  { customer, managed }: RolePolicies,
  report: ReportFinding,
): void {
  for (const { name, document, at } of permissions.documents) {
    const part = addressPart(name);
    const made =
      (assumes && isAssumePolicyName(part)) ||
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

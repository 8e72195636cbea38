import type { Rule } from "../rule";

export const renamedHub: Rule = {
  id: "TR-10",
  severity: "warning",
  summary: "a hub whose key changes keeps the name of its role",
  why: "Another name is another role. Until every spoke is applied again, their trust policies name the old one; if they name it by ARN, IAM keeps the ID of a deleted role.",
  source: "IAM User Guide, reference_policies_elements_principal",
  *inMap({ map }) {
    for (const { key, formerly, roleName, at } of map.hubs.values()) {
      // Without a `role:` of its own the role is named after the key, and was named after the old one.
      if (formerly === undefined || roleName !== key) continue;
      yield {
        at: [...at, "formerly"],
        message: `the role \`${formerly}\` becomes \`${roleName}\` with the hub's key: it is recreated, and no spoke trusts the new one until its account is applied`,
        help: `write \`role: ${formerly}\` to keep the role`,
      };
    }
  },
};

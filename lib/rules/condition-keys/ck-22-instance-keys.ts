import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";
import { consequence, placeOfKey, writtenConditions } from "../facts/written-condition";

export const instanceKeys: Rule = {
  id: "CK-22",
  severity: "error",
  summary: "only the role of an instance profile tests from which instance it is used",
  why: "EC2 puts these keys into the credentials that it delivers to an instance; the sessions of all further roles do not have them.",
  source: "IAM User Guide, reference_policies_condition-keys (ec2:SourceInstanceARN)",
  *inMap(context) {
    for (const condition of writtenConditions(context.statements, (key) => KEYS.has(key))) {
      const holder = condition.written.holders.find(({ entry }) => !entry.instanceRole);
      const effect = consequence(condition);
      if (holder === undefined || effect === undefined) continue;
      const { entry } = holder;
      yield {
        ...placeOfKey(condition),
        message: `\`${entry.settings.roleName}\` in ${formatAccounts(entry.accounts)} is not the role of an instance profile: its sessions never have \`${condition.line.key}\`, ${effect}`,
        help: "test it in the policy of the instance's own role",
      };
    }
  },
};

const KEYS: ReadonlySet<string> = new Set([
  "ec2:sourceinstancearn",
  "ec2:roledelivery",
  "aws:ec2instancesourcevpc",
  "aws:ec2instancesourceprivateipv4",
]);

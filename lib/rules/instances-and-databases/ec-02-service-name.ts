import { quoteName } from "../../diagnostics/quote";
import { partitionOfRegion } from "../../iam/partition";
import type { Partition } from "../../iam/partition";
import { isFullServiceName, shortServiceName } from "../../iam/services/service-principal";
import type { Rule } from "../rule";

export const serviceName: Rule = {
  id: "EC-02",
  severity: "error",
  summary:
    "a service has the name of its principal, without a region, in the form of the role's partition",
  why: "IAM rejects a trust policy with a service that does not exist, and one with a region in its name fits at most the calls of that region.",
  source: "IAM User Guide, reference_policies_elements_principal",
  *inMap(context) {
    for (const { wayIn, accounts } of context.entrancesOf("service")) {
      const { service } = wayIn.principal;
      const labels = service.split(".");
      const region = labels.find((label) => partitionOfRegion(label) !== undefined);
      const at = [...wayIn.at, "service", "name"];
      const elsewhere = accounts.find(({ partition }) => !isOfPartition(service, partition));
      if (region !== undefined) {
        yield {
          at,
          message: `the name of a service in a trust policy has no region, got \`${service}\``,
          help: `write \`${labels.filter((label) => label !== region).join(".")}\``,
        };
      } else if (elsewhere !== undefined) {
        yield {
          at,
          message: `the name ${quoteName(service)} is of another partition than the role in \`${elsewhere.key}\`, which is in \`${elsewhere.partition}\``,
          help: `write \`${shortServiceName(service)}\`: its domain follows from the partition`,
        };
      }
    }
  },
};

/** Domains that one partition alone has. */
const DOMAINS: readonly { readonly end: RegExp; readonly partition: Partition }[] = [
  { end: /\.amazonaws\.com\.cn$/, partition: "aws-cn" },
  { end: /\.c2s\.ic\.gov$/, partition: "aws-iso" },
  { end: /\.sc2s\.sgov\.gov$/, partition: "aws-iso-b" },
  { end: /\.amazonaws\.eu$/, partition: "aws-eusc" },
];

/** Whether a name may be that of a service in a partition; of a short one it is. */
function isOfPartition(service: string, partition: Partition): boolean {
  if (!isFullServiceName(service)) return true;
  return DOMAINS.every((domain) => !domain.end.test(service) || domain.partition === partition);
}

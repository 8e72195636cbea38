import { partitionOfRegion } from "../iam/partition";
import { entrancesOf } from "./entrance";
import type { Rule } from "./rule";

export const serviceName: Rule = {
  id: "EC-02",
  severity: "error",
  summary: "a service is named in full and without a region",
  why: "IAM refuses a trust with a service that does not exist, and one with a region in its name fits the calls of that region at the most.",
  source: "IAM User Guide, reference_policies_elements_principal",
  *check({ map }) {
    for (const { wayIn } of entrancesOf(map, "service")) {
      const { service } = wayIn.principal;
      const labels = service.split(".");
      const region = labels.find((label) => partitionOfRegion(label) !== undefined);
      const at = [...wayIn.at, "service", "name"];
      if (region !== undefined) {
        yield {
          at,
          message: `the name of a service in a trust has no region, got \`${service}\``,
          help: `write \`${labels.filter((label) => label !== region).join(".")}\``,
        };
      } else if (labels.length > 1 && !SUFFIX.test(service)) {
        yield {
          at,
          message: `there is no service \`${service}\`: a name with a dot is taken as it is`,
          help: `write \`${service}.amazonaws.com\``,
        };
      }
    }
  },
};

/** Domains that names of services end with, in one of the partitions. */
const SUFFIX =
  /\.(?:amazonaws\.com(?:\.cn)?|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|amazonaws\.eu)$/;

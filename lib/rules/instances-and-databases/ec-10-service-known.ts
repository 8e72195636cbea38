import { nearest } from "../../diagnostics/nearest";
import { quoteName } from "../../diagnostics/quote";
import { partitionOfRegion } from "../../iam/partition";
import { isKnownService, knownServices } from "../../iam/services/known-services";
import { shortServiceName } from "../../iam/services/service-principal";
import type { Rule } from "../rule";

export const serviceKnown: Rule = {
  id: "EC-10",
  severity: "warning",
  summary: "a service is known to assume roles",
  why: "IAM rejects a trust policy with a service principal that does not exist. AWS publishes no list of them, so a service that is not known here can still exist.",
  source: "IAM User Guide, reference_policies_elements_principal; the services' own guides",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("service")) {
      const { service } = wayIn.principal;
      const short = shortServiceName(service);
      const hasRegion = short.split(".").some((label) => partitionOfRegion(label) !== undefined);
      if (hasRegion || isKnownService(service)) continue; // rule EC-02
      const meant = nearest(short, knownServices());
      yield {
        at: [...wayIn.at, "service", "name"],
        message: `no service ${quoteName(short)} is known`,
        help:
          meant === undefined
            ? "look up the service principal in the service's guide; if it exists, accept this finding"
            : `did you mean \`${meant}\`? If the service exists, accept this finding`,
      };
    }
  },
};

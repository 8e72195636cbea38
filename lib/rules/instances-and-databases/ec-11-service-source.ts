import { quoteName } from "../../diagnostics/quote";
import { sendsSource } from "../../iam/services/service-requests";
import { shortServiceName } from "../../iam/services/service-principal";
import type { Rule } from "../rule";

export const serviceSource: Rule = {
  id: "EC-11",
  severity: "warning",
  summary: "only a service that sends its source has `sourceArn` or `sourceAccount`",
  why: "A service that does not send aws:SourceArn and aws:SourceAccount when it assumes a role cannot assume one that tests them, and most guides do not mention it.",
  source:
    "IAM User Guide, reference_policies_condition-keys (aws:SourceArn, aws:SourceAccount); the services' own guides, cross-service confused deputy prevention",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("service")) {
      const { service, sourceArns, sourceAccount } = wayIn.principal;
      const asked = [
        ...(sourceArns.length === 0 ? [] : ["aws:SourceArn"]),
        ...(sourceAccount ? ["aws:SourceAccount"] : []),
      ];
      if (asked.length === 0 || sendsSource(service)) continue;
      const first = sourceArns.length === 0 ? "sourceAccount" : "sourceArn";
      yield {
        at: [...wayIn.at, "service", first],
        atKey: true,
        message: `it is unknown whether ${quoteName(shortServiceName(service))} sends ${asked.join(" and ")}`,
        help: "look it up in the service's guide, or try it; if it does, accept this finding, else remove the key",
      };
    }
  },
};

import type { Rule } from "../rule";
import { missingKeys } from "./missing-caller-keys";

export const serviceCallerKeys: Rule = {
  id: "CK-03",
  severity: "error",
  summary: "a statement for a service asks for nothing that only users and roles have",
  why: "The organization, the ARN and the name of a user or role are missing in calls of services: the statement never matches. In a map each kind of principal has its own statement, without such keys.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *inDocuments(context) {
    yield* missingKeys(context, "Service", "calls of services");
  },
};

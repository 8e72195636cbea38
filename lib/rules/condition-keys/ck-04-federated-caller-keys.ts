import type { Rule } from "../rule";
import { missingKeys } from "./missing-caller-keys";

export const federatedCallerKeys: Rule = {
  id: "CK-04",
  severity: "error",
  summary: "a statement for OIDC or SAML asks for nothing that only users and roles have",
  why: "The organization, the ARN and the name of a user or role are missing in calls of federated callers: the statement never matches. In a map each kind of principal has its own statement, without such keys.",
  source:
    "aws-samples/data-perimeter-policy-examples, resource_control_policies; IAM User Guide, reference_policies_condition-keys",
  *inDocuments(context) {
    yield* missingKeys(context, "Federated", "calls with tokens of identity providers");
  },
};

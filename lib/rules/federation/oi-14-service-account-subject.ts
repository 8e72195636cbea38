import type { Rule } from "../rule";

export const serviceAccountSubject: Rule = {
  id: "OI-14",
  severity: "error",
  summary: "a subject of an EKS cluster is a service account with its namespace",
  why: "Tokens of pods have the subject `system:serviceaccount:NAMESPACE:NAME`: any other one never matches.",
  source: "EKS User Guide, IAM roles for service accounts",
  *inDocuments(context) {
    for (const { issuer, subject, place } of context.subjects) {
      if (!CLUSTER.test(issuer) || SUBJECT.test(subject)) continue;
      yield {
        ...place,
        message: `the subject of a pod is \`system:serviceaccount:NAMESPACE:NAME\`, got ${JSON.stringify(subject)}`,
        help: /^[a-z0-9-]+:[a-z0-9-]+$/.test(subject)
          ? `write \`system:serviceaccount:${subject}\``
          : "write both the namespace and the name of the service account",
      };
    }
  },
};

const CLUSTER = /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/id\//;
const SUBJECT = /^system:serviceaccount:(?:[^:]+:[^:]+|[^:]*\*)$/;

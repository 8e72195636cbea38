import { quoteText } from "../../diagnostics/quote";
import type { Principal } from "../model/principal";
import type { RawPrincipal } from "./raw-account-map";
import { listOf } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** Reads an AWS service that can assume a role. */
export function readService(
  raw: NonNullable<RawPrincipal["service"]>,
  path: Path,
  reporter: Reporter,
): Principal {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(raw.name)) {
    reporter.report([...path, "name"], {
      rule: "GR-08",
      message: `a service must be a name such as \`lambda\` or \`lambda.amazonaws.com\`, got ${quoteText(raw.name)}`,
    });
  }
  const sourceArns = listOf(raw.sourceArn);
  for (const [index, arn] of sourceArns.entries()) {
    if (/^arn:(?:aws[a-z-]*|\*):[a-z0-9*?-]+:[^:\s]*:[^:\s]*:\S+$/.test(arn)) continue;
    const at = typeof raw.sourceArn === "string" ? [] : [index];
    reporter.report([...path, "sourceArn", ...at], {
      rule: "arn",
      message: `\`sourceArn\` must be an ARN, \`*\` and \`?\` are wildcards, got ${quoteText(arn)}`,
    });
  }
  return {
    kind: "service",
    service: raw.name,
    sourceArns,
    sourceAccount: raw.sourceAccount ?? false,
  };
}

/** Reads the pods that can assume a role by EKS Pod Identity. */
export function readPodIdentity(
  raw: NonNullable<RawPrincipal["podIdentity"]>,
  path: Path,
  reporter: Reporter,
): Principal {
  if (raw.cluster !== undefined) checkArn(raw.cluster, "cluster", path, reporter);
  return {
    kind: "podIdentity",
    clusterArn: raw.cluster,
    namespace: raw.namespace,
    serviceAccount: raw.serviceAccount,
  };
}

/** Reads the holders of certificates that can assume a role by IAM Roles Anywhere. */
export function readRolesAnywhere(
  raw: NonNullable<RawPrincipal["rolesAnywhere"]>,
  path: Path,
  reporter: Reporter,
): Principal {
  checkArn(raw.trustAnchor, "trustAnchor", path, reporter);
  return {
    kind: "rolesAnywhere",
    trustAnchorArn: raw.trustAnchor,
    commonNames: listOf(raw.commonName),
    organizationalUnits: listOf(raw.organizationalUnit),
  };
}

const EXAMPLES = {
  cluster: "arn:aws:eks:eu-central-1:111111111111:cluster/example",
  trustAnchor:
    "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/01234567-89ab-cdef-0123-456789abcdef",
} as const;

function checkArn(text: string, key: keyof typeof EXAMPLES, path: Path, reporter: Reporter): void {
  const [, , service = ""] = EXAMPLES[key].split(":");
  if (new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:\\S+$`).test(text)) return;
  reporter.report([...path, key], {
    rule: "arn",
    message: `\`${key}\` must be an ARN such as \`${EXAMPLES[key]}\`, got ${quoteText(text)}`,
  });
}

import { quoted } from "./finding";
import type { GrammarFinding } from "./finding";

/** An ARN of a resource, taken apart; what is not known of it stands as {@link UNKNOWN}. */
export interface ResourceArn {
  /** As written. */
  readonly text: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** What follows the fifth colon. */
  readonly resource: string;
}

/** Stands for parameters and policy variables, whose text is not known. */
export const UNKNOWN = "\u0000";

/** Whether a field of a service's ARNs is always empty, never empty, or may be either. */
type Field = "empty" | "filled" | "either";

/**
 * Which services' ARNs have a Region and an account, in this order, as far as all resources of the service agree.
 * Source: Service Authorization Reference, "Resource types defined by ..." of each service.
 */
const FIELDS: Readonly<Record<string, readonly [region: Field, account: Field]>> = {
  cloudfront: ["empty", "filled"],
  codecommit: ["filled", "filled"],
  dynamodb: ["either", "filled"],
  ecr: ["filled", "filled"],
  ecs: ["filled", "filled"],
  events: ["filled", "either"],
  "execute-api": ["filled", "filled"],
  firehose: ["filled", "filled"],
  globalaccelerator: ["empty", "filled"],
  iam: ["empty", "filled"],
  kinesis: ["filled", "filled"],
  kms: ["filled", "filled"],
  lambda: ["either", "either"], // the layers of AWS have neither
  logs: ["filled", "filled"],
  organizations: ["empty", "filled"],
  rds: ["either", "filled"],
  route53: ["empty", "empty"],
  secretsmanager: ["filled", "filled"],
  sns: ["filled", "filled"],
  sqs: ["filled", "filled"],
  ssm: ["filled", "either"],
  states: ["filled", "filled"],
  sts: ["empty", "filled"],
};

type Problem = Omit<GrammarFinding, "at">;

/**
 * What keeps a pattern of an ARN from matching any resource of its service (rule GR-27): its Region, its account, its
 * form. IAM refuses such ARNs of its own and of S3; of other services it accepts them, so they are warnings.
 */
export function* arnProblems(arn: ResourceArn): Iterable<Problem> {
  const { service, region, account, text } = arn;
  if (service === "s3") yield* s3Problems(arn);
  const [regions, accounts] = FIELDS[service] ?? ["either", "either"];
  if (regions === "empty" && isLiteral(region)) yield without("Region", region, arn);
  if (accounts === "empty" && isLiteral(account)) yield without("account", account, arn);
  if (regions === "filled" && region === "") yield missing("Region", arn);
  if (accounts === "filled" && account === "") {
    const bucket = service === "iam" && region === "" && !arn.resource.includes("/");
    yield {
      ...missing("account", arn),
      ...(bucket ? { help: `for a bucket write ${quoted(text.replace(":iam:", ":s3:"))}` } : {}),
    };
  } else if (service === "iam") yield* iamProblems(arn);
}

/** Whether a field has text that is no wildcard: `*` also matches an empty one. */
function isLiteral(field: string): boolean {
  return !field.includes(UNKNOWN) && field.replaceAll("*", "") !== "";
}

function without(field: string, value: string, { service, text }: ResourceArn): Problem {
  const fields = text.split(":");
  fields[field === "Region" ? 3 : 4] = "";
  return {
    rule: "GR-27",
    ...severityOf(service),
    message: `an ARN of ${NAMES[service] ?? service} has no ${field}, got ${quoted(value)} in ${quoted(text)}`,
    help: `write ${quoted(fields.join(":"))}`,
  };
}

function missing(field: string, { service, text }: ResourceArn): Problem {
  return {
    rule: "GR-27",
    ...severityOf(service),
    message: `an ARN of ${NAMES[service] ?? service} has ${field === "account" ? "an account" : "a Region"}, got none in ${quoted(text)}`,
    help: `write the ${field}, or \`*\` for every one`,
  };
}

function severityOf(service: string): Pick<Problem, "severity"> {
  return service === "iam" ? {} : { severity: "warning" };
}

const NAMES: Readonly<Record<string, string>> = { iam: "IAM", sts: "STS" };

/** What resources of S3 with an account begin with; buckets and their objects have neither Region nor account. */
const S3_TYPES =
  /^(?:accesspoint|access-grants|async-request|job|storage-lens|storage-lens-group|[^/]*[*?\0])/;

function* s3Problems({ region, account, resource, text }: ResourceArn): Iterable<Problem> {
  const ofAccount = S3_TYPES.test(resource) && account !== "";
  if ((!isLiteral(region) && !isLiteral(account)) || ofAccount) return;
  yield {
    rule: "GR-27",
    message: `an ARN of a bucket has neither Region nor account, got ${quoted(text)}`,
    help: `write ${quoted(`${text.split(":").slice(0, 3).join(":")}:::${text.split(":").slice(5).join(":")}`)}`,
  };
}

/** Resources of IAM. Source: Service Authorization Reference, list_awsidentityandaccessmanagementiam. */
const IAM_TYPES: ReadonlySet<string> = new Set([
  "access-report",
  "assumed-role",
  "delegation-request",
  "federated-user",
  "group",
  "instance-profile",
  "mfa",
  "oidc-provider",
  "policy",
  "role",
  "saml-provider",
  "server-certificate",
  "sms-mfa",
  "u2f",
  "user",
]);

function* iamProblems({ resource, text }: ResourceArn): Iterable<Problem> {
  const [, type = "", slash = "", name = ""] = /^([^/*?\0]*)(\/?)(.*)$/s.exec(resource) ?? [];
  if (resource === "root" || (slash === "" && name !== "")) return; // a wildcard may stand for the rest
  if (slash === "" || name === "") {
    yield {
      rule: "GR-27",
      message: `an ARN of IAM ends with a type and a name, got ${quoted(resource)} in ${quoted(text)}`,
      help: IAM_TYPES.has(type)
        ? `write \`${type}/NAME\`, or \`${type}/*\` for every one`
        : "write for example `role/NAME`",
    };
  } else if (!IAM_TYPES.has(type)) {
    yield {
      rule: "GR-27",
      severity: "warning",
      message: `AWS documents no resource of IAM of the type ${quoted(type)}, got ${quoted(text)}`,
      help: "write for example `role/NAME`",
    };
  }
}

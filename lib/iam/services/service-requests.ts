import { shortServiceName } from "./service-principal";

/**
 * Services whose guides say that they send `aws:SourceAccount` and `aws:SourceArn` when they assume a role.
 * Of all others it is not known (rule CK-10).
 *
 * Source: the page "Cross-service confused deputy prevention", or its like, of each service's guide, with
 * these keys in the trust policy of a role.
 */
const SEND_SOURCE: ReadonlySet<string> = new Set([
  "appstream",
  "bedrock",
  "codebuild",
  "datasync",
  "ecs-tasks",
  "kendra",
  "personalize",
  "pipes",
  "qbusiness",
  "sagemaker",
  "scheduler",
  "ssm",
  "states",
  "transfer",
  "vpc-flow-logs",
]);

/** Whether a service is documented to send for which resource, in which account, it assumes a role. */
export function sendsSource(service: string): boolean {
  return SEND_SOURCE.has(shortServiceName(service));
}

/**
 * Whether a service is documented to pass an external ID: Amazon Cognito passes that of a user pool's SMS
 * configuration (rule TR-19). Source: Amazon Cognito Developer Guide,
 * cognito-user-pool-settings-mfa-sms-text-message.
 */
export function passesExternalId(service: string): boolean {
  return shortServiceName(service) === "cognito-idp";
}

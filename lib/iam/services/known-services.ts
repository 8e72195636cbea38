import { actionAccessLevels } from "../data/tables";
import { shortServiceName } from "./service-principal";

/** Services that roles trust most, so that the table of all actions is seldom read. */
const COMMON = `
  apigateway appsync backup batch bedrock cloudformation cloudtrail codebuild codedeploy codepipeline
  cognito-idp config datasync dms ec2 ecs eks elasticmapreduce events firehose glue iot kinesis lambda
  logs rds s3 sagemaker scheduler sns sqs ssm transfer
`;

/**
 * Service principals whose name is not the prefix of the service's actions, without their domain. The list
 * is not complete, because AWS publishes none: a service that is not in it is unknown, not wrong.
 *
 * Source: the services' own guides, by their examples of role trust policies.
 */
const NAMES = `
  access-grants.s3 alexa-appkit amplifybackend apidestinations.events application-autoscaling
  application-insights autoscaling-plans aws-marketplace batchoperations.s3 bedrock-agentcore
  build.apprunner chatbot codestar-notifications config-conforms config-multiaccountsetup
  connect-campaigns credentials.iot delivery.logs dms-data-migrations ec2fleet ec2scheduled
  ecs-tasks ecs.application-autoscaling edgelambda eks-fargate eks-fargate-pods eks-nodegroup
  email.cognito-idp emr-serverless export.rds fis grafana host.apprunner internetmonitor
  iotdevicesonboarding kafkaconnect lexv2 logger.cloudfront malware-protection-plan.guardduty
  member.org.stacksets.cloudformation monitoring monitoring.rds opensearchservice
  ops.apigateway osis-pipelines pipes pods.eks pullthroughcache.ecr replication.ecr
  replicator.lambda resource-explorer-2 rolesanywhere sms-voice spot spotfleet
  ssm-guiconnect ssm-incidents ssm-quicksetup stacksets.cloudformation states
  tagpolicies.tag tasks.apprunner transitgateway vmie voiceconnector.chime vpc-flow-logs
`;

const NAMED: ReadonlySet<string> = new Set(`${COMMON} ${NAMES}`.trim().split(/\s+/));

/** The services that are known, without the domain of their partition: those above and all that have actions. */
export function knownServices(): ReadonlySet<string> {
  return new Set([...NAMED, ...Object.keys(actionAccessLevels().entries)]);
}

/** Whether a service is known, by its name with or without a domain. */
export function isKnownService(service: string): boolean {
  const name = shortServiceName(service);
  return NAMED.has(name) || Object.hasOwn(actionAccessLevels().entries, name);
}

import type { AccountIdentity } from "../account-map/model/principal";
import { accountRootArn, locationOf } from "../iam/arn";
import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument } from "../iam/policy-document";
import { ConditionBuilder } from "../plan/role/condition-builder";
import { addOrganization } from "../plan/role/trust-form";

/** Who can assume a role that exists before Terraform runs. */
export interface BootstrapTrustInput {
  /** The account of the pipeline. */
  readonly callerAccount: AccountIdentity;
  /** ARN of its one role that is trusted. */
  readonly callerArn: string;
  /** The external id that Terraform passes. @default - none is asked for */
  readonly externalId?: string;
}

/**
 * Trust in one role of the pipeline's account. It is named by its account and pinned by its ARN, so that
 * it can be created later, and be replaced (rules TR-10 to TR-12).
 */
export function bootstrapTrust(input: BootstrapTrustInput): PolicyDocument {
  const { callerAccount, callerArn, externalId } = input;
  const conditions = new ConditionBuilder();
  conditions.add("ArnEquals", "aws:PrincipalArn", [callerArn]);
  addOrganization(conditions, callerAccount);
  conditions.add("StringEquals", "sts:ExternalId", externalId === undefined ? [] : [externalId]);
  return policyDocument([
    {
      Sid: "Pipeline",
      Effect: "Allow",
      Principal: { AWS: accountRootArn(locationOf(callerAccount)) },
      Action: "sts:AssumeRole",
      ...conditions.build(),
    },
  ]);
}

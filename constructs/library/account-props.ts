import type { AccountIdentity } from "../../lib/account-map/model/principal";
import type { OrganizationId } from "../../lib/iam/identifier";
import { PARTITIONS } from "../../lib/iam/partition";
import type { Partition } from "../../lib/iam/partition";
import { identifierProblems } from "./prop-problems";

/** An AWS account. */
export interface AccountProps {
  /** Account id: 12 digits as a string, so that leading zeros stay (rule ID-01). */
  readonly id: string;
  /**
   * Partition of the account; access never crosses partitions (rules PT-01, PT-03).
   * @default "aws"
   */
  readonly partition?: Partition;
  /**
   * ID of the account's organization, such as `o-exampleorg1` (rule ID-02). Trust in callers of the
   * account then requires it as `aws:PrincipalOrgID`.
   * @default - trust names only the account ID
   */
  readonly organizationId?: string;
  /**
   * Quota of trust policies in the account, characters that are not white space, 2048 to 8192
   * (rule ID-19, quota L-C07B4B0D).
   * @default 2048
   */
  readonly trustPolicyQuota?: number;
  /**
   * Quota of managed policies per role in the account, 10 to 25 (rule ID-23).
   * @default 10
   */
  readonly managedPoliciesQuota?: number;
}

/** What trust needs to know of an account. */
export function accountIdentity(account: AccountProps): AccountIdentity {
  const { id, partition = "aws", organizationId } = account;
  return {
    id,
    partition,
    ...(organizationId === undefined
      ? {}
      : { organization: { id: organizationId as OrganizationId } }),
  };
}

/** What is wrong with an account. */
export function accountProblems(prop: string, account: AccountProps): string[] {
  const { id, partition = "aws", organizationId } = account;
  const problems = identifierProblems(`${prop}.id`, "accountId", "an account ID", id);
  if (!PARTITIONS.includes(partition)) {
    problems.push(
      `${prop}.partition: a partition must be one of ${PARTITIONS.join(", ")}, got ${JSON.stringify(partition)} [PT-01]`,
    );
  }
  if (organizationId !== undefined) {
    const at = `${prop}.organizationId`;
    problems.push(
      ...identifierProblems(at, "organizationId", "an organization ID", organizationId),
    );
  }
  return problems;
}

import type { ConditionProps } from "./principal-conditions";
import { trustedPrincipal } from "./trusted-principal";
import type { TrustedPrincipal } from "./trusted-principal";

/** Conditions that services meet: a time window (rules CK-03, CK-11, CK-15). */
export type ServiceConditionProps = Pick<ConditionProps, "notBefore" | "notAfter">;

/** Props of {@link ec2Instances}. */
export interface Ec2InstancesProps {
  /**
   * Name of the instance profile that is made for the role: 1 to 128 characters of `[\w+=,.@-]`
   * (rules EC-03, ID-27).
   * @default - the role's name
   */
  readonly profileName?: string;
}

/** EC2 instances, with a generated instance profile that has the role (rules EC-01 to EC-03). */
export function ec2Instances(
  { profileName }: Ec2InstancesProps = {},
  conditions: ServiceConditionProps = {},
): TrustedPrincipal {
  const instanceProfile = profileName === undefined ? {} : { name: profileName };
  return trustedPrincipal({ instanceProfile }, conditions);
}

/** Props of {@link podIdentity}. */
export interface PodIdentityProps {
  /** ARN of the EKS cluster, with `*` and `?` as wildcards. @default - any cluster of the account */
  readonly cluster?: string;
  /** @default - any namespace */
  readonly namespace?: string;
  /** @default - any service account */
  readonly serviceAccount?: string;
}

/** Pods of the role's account, by EKS Pod Identity, which always tags its sessions (rule OI-15). */
export function podIdentity(
  props: PodIdentityProps = {},
  conditions: ServiceConditionProps = {},
): TrustedPrincipal {
  return trustedPrincipal({ podIdentity: props }, conditions);
}

/** Props of {@link awsService}. */
export interface AwsServiceProps {
  /** Name such as `lambda` or `lambda.amazonaws.com`, without a region (rule EC-02). */
  readonly name: string;
  /**
   * ARNs of the resources that the service acts for; not every service sends them (rule CK-10).
   * @default - any
   */
  readonly sourceArn?: string | readonly string[];
  /**
   * Whether the resource must be one of the role's account; not every service sends it (rule CK-10).
   * @default false
   */
  readonly sourceAccount?: boolean;
}

/** An AWS service, such as Lambda for its functions' roles; only Cognito's user pools pass an external ID (rule TR-19). */
export function awsService(
  { name, sourceArn, sourceAccount = false }: AwsServiceProps,
  conditions: ServiceConditionProps & Pick<ConditionProps, "externalId"> = {},
): TrustedPrincipal {
  const arns = typeof sourceArn === "string" ? [sourceArn] : sourceArn;
  const service = {
    name,
    sourceAccount,
    ...(arns === undefined ? {} : { sourceArn: [...arns] }),
  };
  return trustedPrincipal({ service }, conditions);
}

/** Props of {@link rolesAnywhere}. */
export interface RolesAnywhereProps {
  /** ARN of the trust anchor. */
  readonly trustAnchor: string;
  /** Common names of certificates, with `*` and `?` as wildcards. @default - any */
  readonly commonName?: string | readonly string[];
  /** Organizational units of certificates, with `*` and `?` as wildcards. @default - any */
  readonly organizationalUnit?: string | readonly string[];
}

/** Workloads with certificates, by IAM Roles Anywhere, which always sets a source identity and tags. */
export function rolesAnywhere(
  props: RolesAnywhereProps,
  conditions: ServiceConditionProps = {},
): TrustedPrincipal {
  return trustedPrincipal({ rolesAnywhere: props as MutableRolesAnywhere }, conditions);
}

interface MutableRolesAnywhere {
  trustAnchor: string;
  commonName?: string | string[];
  organizationalUnit?: string | string[];
}

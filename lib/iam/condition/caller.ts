import { NO_ARN, nameInArn, parseArn } from "../arn";

/** An IAM user. The account's root user is none: STS lets it assume no role. */
export interface UserCaller {
  readonly kind: "user";
  /** ARN with path. */
  readonly arn: string;
}

/** A session of a role, however it was obtained: from an instance, a function, Identity Center or another role. */
export interface RoleSessionCaller {
  readonly kind: "role-session";
  /** ARN of the role, with path: the value of `aws:PrincipalArn` (rule CK-07). */
  readonly roleArn: string;
  /** Name of the session that calls, not of the one it asks for. */
  readonly sessionName: string;
}

/** An AWS service that takes on a role by itself, such as `ec2.amazonaws.com`. */
export interface ServiceCaller {
  readonly kind: "service";
  readonly service: string;
}

/** Someone with a token of an OIDC provider, or with an assertion of a SAML provider. */
export interface FederatedCaller {
  readonly kind: "web-identity" | "saml";
  /** What a Federated principal calls it: the provider's ARN, or a host name for the built-in ones (rule OI-02). */
  readonly provider: string;
}

/** Who asks for a role. */
export type Caller = UserCaller | RoleSessionCaller | ServiceCaller | FederatedCaller;

/** The ARN of an AWS principal as `aws:PrincipalArn` has it; `undefined` for services and federated callers. */
export function principalArn(caller: Caller): string | undefined {
  if (caller.kind === "user") return caller.arn;
  return caller.kind === "role-session" ? caller.roleArn : undefined;
}

/** The account of an AWS principal; `undefined` for services and federated callers. */
export function callerAccount(caller: Caller): string | undefined {
  const arn = principalArn(caller);
  return arn === undefined ? undefined : parseArn(arn)?.accountId;
}

/** The ARN of a session: the role's name without its path, in the service `sts` (rule ID-10). */
export function sessionArn(caller: RoleSessionCaller): string {
  const {
    partition = "",
    accountId: account = "",
    resource = "",
  } = parseArn(caller.roleArn) ?? NO_ARN;
  const name = nameInArn(resource);
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${caller.sessionName}`;
}

/** A session of a role, as it calls; how a session is named, everybody chooses. */
export function sessionOf(roleArn: string): RoleSessionCaller {
  return { kind: "role-session", roleArn, sessionName: "session" };
}

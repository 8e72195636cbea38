import type { AccessRequest } from "../../../lib/access/access-request";
import { requestContext } from "../../../lib/iam/condition/request-context";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { naivelyAllowed, naivelyAllowedDirectly } from "../naive/naive-evaluator";
import { naivelyPermitted } from "../naive/naive-permissions";
import { askedOf, checkDuration } from "./asked-role";
import { Fault, sessionArnOf } from "./judged-session";
import type { JudgedSession } from "./judged-session";
import type { JudgedPermissions, JudgedRole, JudgedWorld } from "./judged-world";

/** What the judge knows besides policies. */
export interface JudgedFacts {
  readonly world: JudgedWorld;
  /** Organization by account. @default - the account is in none */
  readonly organizationOf: (
    accountId: string,
  ) => { readonly id: string; readonly path: string } | undefined;
  /** Milliseconds. */
  readonly now: number;
  readonly sourceIp: string;
  /** Permissions of callers that no stack makes, by ARN of role or user. */
  readonly others: ReadonlyMap<string, JudgedPermissions>;
  /** MFA devices by serial number: whose they are, and the code of the moment. */
  readonly devices: ReadonlyMap<string, { readonly userArn: string; readonly code: string }>;
}

/** An AssumeRole call, by its parameters as they were sent. */
export interface AssumeCall {
  readonly form: URLSearchParams;
  readonly by: JudgedSession;
}

/** What a session that was asked for would carry. */
export interface GrantedRole {
  readonly role: JudgedRole;
  readonly sessionName: string;
  readonly seconds: number;
  readonly sourceIdentity: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitive: readonly string[];
  readonly sessionPolicies: readonly string[] | undefined;
}

type Keys = Readonly<Record<string, string | readonly string[]>>;

/** Decides AssumeRole as the documentation of STS and IAM says, with the naive evaluator; throws a {@link Fault}. */
export function judgeAssumeRole(call: AssumeCall, facts: JudgedFacts): GrantedRole {
  const { form, by } = call;
  const asked = askedOf(form);
  const denied = (action: string): Fault =>
    new Fault(
      403,
      "AccessDenied",
      `User: ${sessionArnOf(by)} is not authorized to perform: ${action} on resource: ${asked.roleArn}`,
    );
  const role = facts.world.roles.get(asked.roleArn);
  // A role that does not exist and one that does not let in are answered alike.
  if (role === undefined) throw denied("sts:AssumeRole");
  checkDuration(asked.seconds, role, by.caller.kind === "role-session");
  const mfa = mfaOf(form, by, facts);
  if (
    by.sourceIdentity !== undefined &&
    (asked.sourceIdentity ?? by.sourceIdentity) !== by.sourceIdentity
  ) {
    throw denied("sts:SetSourceIdentity");
  }
  const sourceIdentity = by.sourceIdentity ?? asked.sourceIdentity;
  const inherited = Object.fromEntries(by.transitive.map((key) => [key, by.tags[key] ?? ""]));
  for (const key of Object.keys(asked.tags)) {
    if (key in inherited) {
      throw new Fault(
        400,
        "InvalidParameterValue",
        `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.`,
      );
    }
  }
  const tags = { ...inherited, ...asked.tags };
  const tagKeys = Object.keys(tags);
  const keys: Keys = {
    ...callerKeys(by, facts),
    ...targetKeys(role, facts),
    ...mfa,
    "aws:SourceIp": facts.sourceIp,
    "aws:SecureTransport": "true",
    "aws:CurrentTime": new Date(facts.now).toISOString().replace(/\.\d+/, ""),
    "aws:EpochTime": String(Math.floor(facts.now / 1000)),
    "sts:RoleSessionName": asked.sessionName,
    "sts:DurationSeconds": String(asked.seconds),
    ...(asked.externalId === undefined ? {} : { "sts:ExternalId": asked.externalId }),
    ...(sourceIdentity === undefined ? {} : { "sts:SourceIdentity": sourceIdentity }),
    ...(tagKeys.length === 0 ? {} : { "aws:TagKeys": tagKeys }),
    ...(asked.transitive.length === 0 ? {} : { "sts:TransitiveTagKeys": asked.transitive }),
    ...Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
    ),
  };
  const actions: AccessRequest["action"][] = [
    "sts:AssumeRole",
    ...(sourceIdentity === undefined ? [] : ["sts:SetSourceIdentity" as const]),
    ...(tagKeys.length === 0 ? [] : ["sts:TagSession" as const]),
  ];
  for (const action of actions) {
    if (!bothSides(action, { by, role, keys, facts })) throw denied(action);
  }
  return {
    role,
    sessionName: asked.sessionName,
    seconds: asked.seconds,
    sourceIdentity,
    tags,
    transitive: [...by.transitive, ...asked.transitive],
    sessionPolicies: asked.sessionPolicies,
  };
}

/** A token of an OIDC provider: the claims that its issuer is trusted for. */
export function judgeWebIdentity(
  form: URLSearchParams,
  claims: Readonly<Record<string, string>>,
  facts: JudgedFacts,
): GrantedRole {
  const asked = askedOf(form);
  const denied = new Fault(
    403,
    "AccessDenied",
    "Not authorized to perform sts:AssumeRoleWithWebIdentity",
  );
  const role = facts.world.roles.get(asked.roleArn);
  if (role === undefined) throw denied;
  checkDuration(asked.seconds, role, false);
  const issuer = (claims.iss ?? "").replace("https://", "");
  const keys: Keys = {
    ...targetKeys(role, facts),
    "sts:RoleSessionName": asked.sessionName,
    "aws:SourceIp": facts.sourceIp,
    "aws:CurrentTime": new Date(facts.now).toISOString().replace(/\.\d+/, ""),
    ...Object.fromEntries(
      Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]),
    ),
  };
  const request: AccessRequest = {
    caller: {
      kind: "web-identity",
      provider: `arn:aws:iam::${role.accountId}:oidc-provider/${issuer}`,
    },
    action: "sts:AssumeRoleWithWebIdentity",
    roleArn: role.arn,
    context: requestContext(keys),
  };
  if (!known(naivelyAllowed(role.trust, request), "trust policy")) throw denied;
  const { sessionName, seconds, sessionPolicies } = asked;
  return {
    role,
    sessionName,
    seconds,
    sourceIdentity: undefined,
    tags: {},
    transitive: [],
    sessionPolicies,
  };
}

/** What S3 answers a GET: an object or, without a path, the list of buckets. Throws a {@link Fault} where it is denied. */
export function readS3(by: JudgedSession, path: string, facts: JudgedFacts): string {
  const isAllowed =
    path === ""
      ? mayRead(by, "s3:ListAllMyBuckets", "*", facts)
      : mayRead(by, "s3:GetObject", `arn:aws:s3:::${path}`, facts);
  if (!isAllowed) throw new Fault(403, "AccessDenied", "Access Denied");
  if (path !== "") return `read ${path}\n`;
  const bucket = "<Name>example</Name><CreationDate>2026-01-02T03:04:05Z</CreationDate>";
  return `<ListAllMyBucketsResult><Buckets><Bucket>${bucket}</Bucket></Buckets></ListAllMyBucketsResult>`;
}

/** Whether a session may do something: identity policies, boundary and session policies together. */
function mayRead(by: JudgedSession, action: string, resource: string, facts: JudgedFacts): boolean {
  const request = {
    action,
    resource,
    keys: { ...callerKeys(by, facts), "aws:SourceIp": facts.sourceIp },
  };
  const { policies, boundary } = permissionsOf(by, facts);
  const own = naivelyPermitted(policies, request, boundary);
  if (own === undefined) throw new Error(`the judge does not know whether ${resource} may be read`);
  const narrowed = (by.sessionPolicies ?? []).map((text) => JSON.parse(text) as PolicyDocument);
  if (narrowed.length === 0) return own === "allow";
  return own === "allow" && naivelyPermitted(narrowed, request) === "allow";
}

/** Long-term keys carry the keys of MFA only with a code; sessions always carry that there was none. */
function mfaOf(form: URLSearchParams, by: JudgedSession, { devices }: JudgedFacts): Keys {
  const serial = form.get("SerialNumber");
  const code = form.get("TokenCode");
  if (serial === null && code === null) {
    return by.caller.kind === "user" ? {} : { "aws:MultiFactorAuthPresent": "false" };
  }
  const device = devices.get(serial ?? "");
  if (by.caller.kind !== "user" || device?.userArn !== by.caller.arn || device.code !== code) {
    throw new Fault(
      403,
      "AccessDenied",
      "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    );
  }
  return { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0" };
}

function callerKeys(by: JudgedSession, facts: JudgedFacts): Keys {
  const { caller } = by;
  const arn = caller.kind === "user" ? caller.arn : caller.roleArn;
  const account = arn.split(":")[4] ?? "";
  const organization = facts.organizationOf(account);
  const tags = { ...facts.world.roles.get(arn)?.tags, ...by.tags };
  return {
    "aws:PrincipalArn": arn,
    "aws:PrincipalAccount": account,
    "aws:PrincipalType": caller.kind === "user" ? "User" : "AssumedRole",
    "aws:userid": caller.kind === "user" ? "AIDAJUDGED" : `AROAJUDGED:${caller.sessionName}`,
    ...(caller.kind === "user" ? { "aws:username": arn.split("/").at(-1) ?? "" } : {}),
    ...(organization === undefined
      ? {}
      : { "aws:PrincipalOrgID": organization.id, "aws:PrincipalOrgPaths": [organization.path] }),
    ...(by.sourceIdentity === undefined ? {} : { "aws:SourceIdentity": by.sourceIdentity }),
    ...(by.issued === undefined
      ? {}
      : { "aws:TokenIssueTime": new Date(by.issued).toISOString().replace(/\.\d+/, "") }),
    ...Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
    ),
  };
}

function targetKeys(role: JudgedRole, facts: JudgedFacts): Keys {
  const organization = facts.organizationOf(role.accountId);
  return {
    "aws:ResourceAccount": role.accountId,
    ...(organization === undefined
      ? {}
      : { "aws:ResourceOrgID": organization.id, "aws:ResourceOrgPaths": [organization.path] }),
    ...Object.fromEntries(
      Object.entries(role.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
    ),
  };
}

function permissionsOf(by: JudgedSession, { world, others }: JudgedFacts): JudgedPermissions {
  const arn = by.caller.kind === "user" ? by.caller.arn : by.caller.roleArn;
  return (
    world.roles.get(arn)?.permissions ?? others.get(arn) ?? world.users.get(arn) ?? { policies: [] }
  );
}

/** The trust policy and the caller's permission; a trust policy of the same account that names the caller does alone. */
function bothSides(
  action: AccessRequest["action"],
  {
    by,
    role,
    keys,
    facts,
  }: {
    readonly by: JudgedSession;
    readonly role: JudgedRole;
    readonly keys: Keys;
    readonly facts: JudgedFacts;
  },
): boolean {
  const request: AccessRequest = {
    caller: by.caller,
    action,
    roleArn: role.arn,
    context: requestContext(keys),
  };
  if (!known(naivelyAllowed(role.trust, request), `trust policy of ${role.arn}`)) return false;
  const { policies, boundary } = permissionsOf(by, facts);
  const asked = { action, resource: role.arn, keys };
  const own = naivelyPermitted(policies, asked, boundary);
  const narrowed = (by.sessionPolicies ?? []).map((text) => JSON.parse(text) as PolicyDocument);
  const session = narrowed.length === 0 ? "allow" : naivelyPermitted(narrowed, asked);
  if (own === undefined || session === undefined) {
    throw new Error(
      `the judge does not know whether ${sessionArnOf(by)} has ${action} on ${role.arn}`,
    );
  }
  if (own === "allow" && session === "allow") return true;
  const arn = by.caller.kind === "user" ? by.caller.arn : by.caller.roleArn;
  const sameAccount = arn.split(":")[4] === role.accountId;
  return (
    sameAccount &&
    own !== "explicit-deny" &&
    session === "allow" &&
    naivelyAllowedDirectly(role.trust, request) === true
  );
}

function known(truth: boolean | undefined, what: string): boolean {
  if (truth === undefined) throw new Error(`the judge cannot read the ${what}`);
  return truth;
}

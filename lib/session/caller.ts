import { globOf, matchesGlob } from "../iam/condition/glob";
import type { EntrySource } from "./index/access-index";

/** Who has the first credentials. */
export type SessionCaller = UserOfKey | SessionOfRole | TokenHolder;

/** A long-term key of an IAM user. */
export interface UserOfKey {
  readonly kind: "user";
  /** ARN with path. */
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
}

/** A session of a role. STS tells the role's name without its path. */
export interface SessionOfRole {
  readonly kind: "role-session";
  /** ARN of the session. */
  readonly arn: string;
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
}

/** A token of an OIDC provider, before any session. */
export interface TokenHolder {
  readonly kind: "web-identity";
  readonly issuer: string;
  readonly subject: string;
}

/** The caller that GetCallerIdentity tells; `undefined` for one that can assume no role, such as a root user. */
export function callerOfArn(arn: string): UserOfKey | SessionOfRole | undefined {
  const [, accountId = "", userPath] = /^arn:[\w-]+:iam::(\d{12}):user\/(.+)$/.exec(arn) ?? [];
  if (userPath !== undefined) {
    return { kind: "user", arn, accountId, name: userPath.split("/").at(-1) ?? userPath };
  }
  const session = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(arn);
  if (session === null) return undefined;
  const [, account = "", roleName = "", sessionName = ""] = session;
  return { kind: "role-session", arn, accountId: account, roleName, sessionName };
}

/** A caller in words. */
export function callerWords(caller: SessionCaller): string {
  return caller.kind === "web-identity" ? `${caller.issuer} ${caller.subject}` : caller.arn;
}

/** The name that AWS or the provider asserts of a caller: the user's, the session's, a token's subject. */
export function assertedName(caller: SessionCaller): string {
  if (caller.kind === "user") return caller.name;
  return caller.kind === "role-session" ? caller.sessionName : caller.subject;
}

/** Whether an entry is about a caller. A `maybe` depends on what the caller's account or organization says. */
export function isAbout(source: EntrySource, caller: SessionCaller): "yes" | "maybe" | "no" {
  switch (source.kind) {
    case "role":
      return caller.kind === "role-session" && source.arns.some((arn) => isRoleOf(arn, caller))
        ? "yes"
        : "no";
    case "user":
      return caller.kind === "user" && source.arns.includes(caller.arn) ? "yes" : "no";
    case "permissionSet":
      return caller.kind === "role-session" &&
        caller.accountId === source.account &&
        matchesGlob(globOf(`AWSReservedSSO_${source.name}_????????????????`), caller.roleName)
        ? "yes"
        : "no";
    case "account":
      return caller.kind !== "web-identity" && caller.accountId === source.id ? "maybe" : "no";
    case "organizationalUnit":
      return caller.kind === "web-identity" ? "no" : "maybe";
    case "webIdentity":
      return caller.kind === "web-identity" &&
        withoutScheme(caller.issuer) === withoutScheme(source.issuer) &&
        (source.subjects.length === 0 || matchesOne(source.subjects, caller.subject))
        ? "yes"
        : "no";
    case "saml":
    case "service":
      return "no";
  }
}

/** Whether a session is one of the role with this ARN. */
export function isRoleOf(roleArn: string, caller: SessionOfRole): boolean {
  const [, , , , account, resource = ""] = roleArn.split(":");
  return account === caller.accountId && resource.split("/").at(-1) === caller.roleName;
}

/** Whether a text matches one of several patterns with `*` and `?`; no patterns match any. */
export function matchesOne(patterns: readonly string[], text: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesGlob(globOf(pattern), text));
}

function withoutScheme(issuer: string): string {
  return issuer.replace(/^https:\/\//, "").replace(/\/$/, "");
}

/** Who an entry is about, in words. */
export function sourceWords(source: EntrySource): string {
  switch (source.kind) {
    case "role":
    case "user":
      return `the ${source.kind} ${source.arns.join(", ")}`;
    case "permissionSet":
      return `the permission set ${source.name} in ${source.account}`;
    case "account":
      return `whoever the administrators of ${source.id} permit`;
    case "organizationalUnit":
      return `whoever is in the OU ${source.path}`;
    case "webIdentity":
      return `a token of ${source.issuer}${source.subjects.length === 0 ? "" : ` for ${source.subjects.join(", ")}`}`;
    case "saml":
      return `an assertion of ${source.provider}`;
    case "service":
      return `the service ${source.service}`;
  }
}

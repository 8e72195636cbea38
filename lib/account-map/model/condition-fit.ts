import type { FindingId } from "../../diagnostics/findings/finding-id";
import { passesExternalId } from "../../iam/services/service-requests";
import type { PrincipalKind } from "./principal";

/** The keys of a principal that are conditions on it, or tell about its other side. */
export const CONDITION_KEYS = [
  "mfa",
  "sourceIps",
  "vpcEndpoints",
  "notBefore",
  "notAfter",
  "sourceIdentity",
  "sessionTags",
  "externalId",
  "grant",
  "calledFrom",
] as const;

/** One of these keys. */
export type ConditionKey = (typeof CONDITION_KEYS)[number];

/** Why a condition can never be met, or means nothing, for a kind of principal. */
export interface Misfit {
  readonly rule: FindingId;
  readonly why: string;
}

const MFA_NEEDS_USER: Misfit = {
  rule: "CK-15",
  why: "only IAM users have MFA, so nobody could assume the role",
};
const NO_EXTERNAL_ID: Misfit = {
  rule: "TR-19",
  why: "this kind of caller cannot pass one, so nobody could assume the role",
};
const NO_EXTERNAL_ID_OF_SERVICES: Misfit = {
  rule: "TR-19",
  why: "of all services only `cognito-idp` is documented to pass one, so nobody could assume the role",
};
const SERVICE_NETWORK: Misfit = {
  rule: "CK-11",
  why: "the call comes from AWS itself and does not have your address",
};
const SERVICE_TAGS: Misfit = {
  rule: "TR-15",
  why: "the service decides which tags it passes",
};
const SERVICE_IDENTITY: Misfit = { rule: "TR-17", why: "the service sets none" };
const NO_OTHER_HALF: Misfit = {
  rule: "TR-01",
  why: "this kind of caller needs no permission",
};
const OUTSIDE: Misfit = {
  rule: "TR-01",
  why: "its permission belongs in an account that is not in this map: use `print` or `declared`",
};
const CLAIMED_TAGS: Misfit = {
  rule: "TR-15",
  why: "GitHub's tokens have no session tags",
};
const CLAIMED_IDENTITY: Misfit = {
  rule: "TR-17",
  why: "GitHub's tokens have no source identity",
};

const SERVICE: Partial<Record<ConditionKey, Misfit>> = {
  mfa: MFA_NEEDS_USER,
  sourceIps: SERVICE_NETWORK,
  vpcEndpoints: SERVICE_NETWORK,
  calledFrom: SERVICE_NETWORK,
  sourceIdentity: SERVICE_IDENTITY,
  sessionTags: SERVICE_TAGS,
  externalId: NO_EXTERNAL_ID,
  grant: NO_OTHER_HALF,
};
const FEDERATED: Partial<Record<ConditionKey, Misfit>> = {
  mfa: MFA_NEEDS_USER,
  externalId: NO_EXTERNAL_ID,
  grant: NO_OTHER_HALF,
};

/** Conditions that do not fit a kind of principal (rules CK-03, CK-04, CK-11, CK-15, TR-15, TR-17, TR-19). */
export const MISFITS: Readonly<Record<PrincipalKind, Partial<Record<ConditionKey, Misfit>>>> = {
  user: {},
  role: { mfa: MFA_NEEDS_USER },
  account: {},
  permissionSet: { mfa: MFA_NEEDS_USER },
  githubActions: { ...FEDERATED, sessionTags: CLAIMED_TAGS, sourceIdentity: CLAIMED_IDENTITY },
  oidc: FEDERATED,
  saml: FEDERATED,
  instanceProfile: SERVICE,
  podIdentity: SERVICE,
  service: { ...SERVICE, externalId: NO_EXTERNAL_ID_OF_SERVICES },
  rolesAnywhere: SERVICE,
  organizationalUnit: { mfa: MFA_NEEDS_USER },
  foreignAccount: {},
};

/**
 * Why a condition does not fit a principal; `undefined` where it does.
 *
 * @param service the name of the service, for that kind: some pass an external ID
 */
export function misfitOf(
  key: ConditionKey,
  kind: PrincipalKind,
  service?: string,
): Misfit | undefined {
  if (key === "externalId" && service !== undefined && passesExternalId(service)) return undefined;
  return MISFITS[kind][key];
}

/** Kinds whose own permission cannot be generated here, and why. */
export const CANNOT_GENERATE: Partial<Record<PrincipalKind, Misfit>> = {
  account: { rule: "TR-01", why: "it names no user or role: use `print` or `declared`" },
  permissionSet: {
    rule: "SSO-07",
    why: "Identity Center roles cannot be changed in IAM: use `print` and add the statement to the permission set",
  },
  organizationalUnit: { rule: "TR-01", why: "it names no user or role: use `print` or `declared`" },
  foreignAccount: OUTSIDE,
};

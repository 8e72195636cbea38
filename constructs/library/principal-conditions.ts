import type { RawPrincipal } from "../../lib/account-map/read/raw-account-map";
import { listOf } from "../../lib/account-map/read/reading";
import { identifierProblems } from "./prop-problems";

/**
 * Conditions of one principal of a role. All that are given must hold, and they apply only to this
 * principal.
 */
export interface ConditionProps {
  /**
   * Ask for multi-factor authentication, which only IAM users have (rules CK-15, CK-16).
   * @default - not asked for, unless `mfaMaxAgeSeconds` is given
   */
  readonly mfa?: true;
  /**
   * Longest time since multi-factor authentication, seconds, 300 to 129600 (rule CK-16).
   * @default - any age
   */
  readonly mfaMaxAgeSeconds?: number;
  /**
   * Public addresses or ranges that the call to STS comes from (rules CK-11, GR-26). With `vpcEndpoints`
   * as well, either is enough (rule CK-13).
   * @default - from anywhere
   */
  readonly sourceIps?: readonly string[];
  /**
   * IDs of VPC endpoints of STS that the call goes through, such as `vpce-0123456789abcdef0` (rule
   * CK-12).
   * @default - through any or none
   */
  readonly vpcEndpoints?: readonly string[];
  /**
   * No new session before this moment: UTC, such as `2027-01-31T18:00:00Z` (rules GR-25, TB-01).
   * @default - from always
   */
  readonly notBefore?: string;
  /**
   * No new session from this time on: UTC. Open sessions last until they expire (rule TB-01).
   * @default - for ever
   */
  readonly notAfter?: string;
  /**
   * Source identities that may be set, with `*` and `?` as wildcards; they stay along the chain (rule
   * TR-17). With `required: false`, sessions without one are allowed, too.
   * @default - none may be set
   */
  readonly sourceIdentity?: { readonly values: readonly string[]; readonly required?: boolean };
  /**
   * Session tags that may be passed, by key: with the values allowed (`*` and `?` are wildcards, any
   * where none are given), and whether they stay down the chain (rules TR-15b, TR-16).
   * @default - none may be passed
   */
  readonly sessionTags?: Readonly<
    Record<string, { readonly values?: readonly string[]; readonly transitive?: boolean }>
  >;
  /**
   * The external id that the caller passes, or during a rotation two of them: 2 to 1224 characters,
   * not a secret (rule ID-12).
   * @default - none is asked for
   */
  readonly externalId?: string | readonly string[];
}

/** Conditions in the form that the account map has them. */
export function rawConditions({ mfaMaxAgeSeconds, ...props }: ConditionProps): RawPrincipal {
  return {
    ...(props as RawPrincipal),
    ...(mfaMaxAgeSeconds === undefined ? {} : { mfa: { maxAge: `${mfaMaxAgeSeconds}s` } }),
  };
}

/** What the schema of account maps would refuse in conditions. */
export function conditionProblems({ mfaMaxAgeSeconds, ...props }: ConditionProps): string[] {
  const problems: string[] = [];
  if (mfaMaxAgeSeconds !== undefined && !Number.isInteger(mfaMaxAgeSeconds)) {
    problems.push(`mfaMaxAgeSeconds must be a whole number, got ${mfaMaxAgeSeconds} [CK-16]`);
  }
  for (const key of ["notBefore", "notAfter"] as const) {
    const text = props[key];
    if (text === undefined || isMoment(text)) continue;
    problems.push(
      `${key} must be a time in UTC such as 2027-01-31T18:00:00Z, got ${JSON.stringify(text)} [GR-25]`,
    );
  }
  for (const id of props.vpcEndpoints ?? []) {
    if (/^vpce-[0-9a-f]{8,17}$/.test(id)) continue;
    problems.push(
      `a VPC endpoint must be an ID such as vpce-0123456789abcdef0, got ${JSON.stringify(id)} [CK-12]`,
    );
  }
  for (const id of listOf(props.externalId)) {
    problems.push(...identifierProblems("externalId", "externalId", "an external ID", id));
  }
  return problems;
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

import type { Account, PrincipalEntry } from "../../lib/account-map/model/account-map";
import type { OidcProvider, SamlProvider } from "../../lib/account-map/model/principal";
import type { RawPrincipal } from "../../lib/account-map/read/raw-account-map";
import { readWayIn } from "../../lib/account-map/read/read-principal";
import { accountIdentity, accountProblems } from "./account-props";
import type { AccountProps } from "./account-props";
import { conditionProblems, rawConditions } from "./principal-conditions";
import type { ConditionProps } from "./principal-conditions";
import { problemsOf } from "./prop-problems";

/** A principal that can assume a role, with its conditions. The functions of this library create it. */
export interface TrustedPrincipal {
  /** The principal, without the key that it gets in the role. @default - the problems say why */
  readonly wayIn?: Omit<PrincipalEntry, "key">;
  /** What is wrong with it, reported when the role is synthesized; the role does not trust it. */
  readonly problems: readonly string[];
}

/** Name under which a principal refers to its account or its identity provider. */
export const REFERENCE = "reference";

/** What a principal refers to. */
interface References {
  /** @default - the account of the assumed role */
  readonly account?: AccountProps | undefined;
  /** @default - none */
  readonly provider?: OidcProvider | SamlProvider;
}

/** Reads a principal as the account map reads one: the same checks, the same result. */
export function trustedPrincipal(
  raw: RawPrincipal,
  conditions: ConditionProps,
  { account, provider }: References = {},
): TrustedPrincipal {
  const problems = [
    ...emptyProblems({ ...raw, ...conditions }),
    ...conditionProblems(conditions),
    ...(account === undefined ? [] : accountProblems("account", account)),
  ];
  if (problems.length > 0) return { problems };
  const identities = account === undefined ? [] : [accountIdentity(account) as Account];
  const scope = {
    accounts: new Map(identities.map((identity) => [REFERENCE, identity])),
    accountKeys: new Map<string, string>(),
    organizations: new Map<string, never>(),
    providers: new Map(provider === undefined ? [] : [[REFERENCE, provider]]),
  };
  let wayIn: PrincipalEntry | undefined;
  const findings = problemsOf((reporter) => {
    const whole = { ...raw, ...rawConditions(conditions) };
    wayIn = readWayIn(REFERENCE, whole, undefined, [], scope, reporter);
  });
  return wayIn === undefined || findings.length > 0 ? { problems: findings } : { wayIn, problems };
}

/**
 * An empty list would limit nothing and so allow everyone: names, subjects and conditions that are given
 * must have a value.
 */
function emptyProblems(value: object): string[] {
  return Object.entries(value).flatMap(([key, content]: [string, unknown]) => {
    if (
      content === "" ||
      (Array.isArray(content) && (content.length === 0 || content.includes("")))
    ) {
      return [`\`${key}\` must not be empty: omit it, or give it a value [value]`];
    }
    if (typeof content !== "object" || content === null || Array.isArray(content)) return [];
    return emptyProblems(content);
  });
}

import { parseArn } from "../../iam/arn";
import { splitArn } from "../../iam/condition/arn-match";
import type { Caller } from "../../iam/condition/caller";
import type { RoleNode } from "../access-graph";
import { entriesOfRole, identityOf } from "./caller-in-request";
import type { CallerIdentity } from "./caller-in-request";
import { callerKey } from "./caller-key";
import type { NamedCaller } from "./named-caller";
import { sessionOf } from "../../iam/condition/caller";
import type { TrustEntry } from "./trust-entry";

/** A caller that an Allow statement of a trust policy can allow. */
export interface TrustedCaller {
  /** As the policy names it: an ARN or a pattern of ARNs, the ARN of an account, a service, a provider, or `*`. */
  readonly name: string;
  readonly who: NamedCaller;
  /** One that is called so: wildcards are filled in. */
  readonly caller: Caller;
  /** The keys of its requests that say which one it is, of all whom its name names. */
  readonly identity: CallerIdentity;
  readonly covers:
    | { readonly kind: "one" | "pattern" | "anyone" | "no-identity" }
    | { readonly kind: "account"; readonly accountId: string };
}

/**
 * The callers that a trust policy can allow; whether the rest of the policy denies them is not considered. A principal that IAM
 * would refuse is left out.
 */
export function trustedCallers(role: RoleNode): readonly TrustedCaller[] {
  const known = found.get(role);
  if (known !== undefined) return known;
  const entries = entriesOfRole(role) ?? [UNREADABLE];
  const callers = new Map<string, TrustedCaller>();
  for (const entry of entries) {
    if (entry.effect !== "Allow") continue;
    const trusted = trustedCaller(entry, role);
    if (trusted !== undefined) callers.set(callerKey(trusted.name, trusted.who), trusted);
  }
  const list = [...callers.values()];
  found.set(role, list);
  return list;
}

const found = new WeakMap<RoleNode, readonly TrustedCaller[]>();

/** A policy that cannot be read can allow anyone. */
const UNREADABLE: TrustEntry = {
  effect: "Allow",
  principal: "*",
  who: { kind: "anyone" },
  actions: ["sts:AssumeRole"],
  conditions: [],
  identity: [],
};
/** An account that nobody has. */
const NOBODYS_ACCOUNT = "000000000000";
const ANY_NAME = "any";

function trustedCaller(entry: TrustEntry, role: RoleNode): TrustedCaller | undefined {
  const { principal: name, who } = entry;
  const one = (caller: Caller, covers: TrustedCaller["covers"]): TrustedCaller => ({
    name,
    who,
    caller,
    identity: identityOf(entry),
    covers,
  });
  switch (who.kind) {
    case "other":
      return undefined;
    case "anyone":
    case "organization":
    case "organizational-unit":
      return one(sessionOf(`arn:${role.partition}:iam::${NOBODYS_ACCOUNT}:role/${ANY_NAME}`), {
        kind: "anyone",
      });
    case "account": {
      const { accountId } = who;
      const session = sessionOf(name.replace(/:root$/, `:role/${ANY_NAME}`));
      return one(session, { kind: "account", accountId });
    }
    case "role-session": {
      const { accountId, role: roleName, session: sessionName } = who;
      const roleArn = `arn:${parseArn(name)?.partition ?? role.partition}:iam::${accountId}:role/${roleName}`;
      return one({ kind: "role-session", roleArn, sessionName }, { kind: "no-identity" });
    }
    case "user":
    case "role":
    case "permission-set":
    case "arn-pattern":
      return one(callerOf(example(name, role)), {
        kind: /[*?]/.test(name) ? "pattern" : "one",
      });
    case "service":
    case "ec2-instances":
    case "pods":
    case "roles-anywhere":
      return one({ kind: "service", service: name }, { kind: "no-identity" });
    case "github-actions":
    case "oidc":
      return one({ kind: "web-identity", provider: name }, { kind: "no-identity" });
    case "saml":
      return one({ kind: "saml", provider: name }, { kind: "no-identity" });
  }
}

/** An ARN that a pattern matches, of a user where it is about users, else of a role. */
function example(pattern: string, { partition }: RoleNode): string {
  const fields = splitArn(pattern);
  if (fields === undefined) return `arn:${partition}:iam::${NOBODYS_ACCOUNT}:role/${ANY_NAME}`;
  const [, , , , account = "", resource = ""] = fields;
  const accountId = /^\d{12}$/.test(account) ? account : NOBODYS_ACCOUNT;
  const named = /^(?:role|user)\//.test(resource) ? resource : `role/${ANY_NAME}`;
  return `arn:${partition}:iam::${accountId}:${named.replace(/[*?]/g, "x")}`;
}

function callerOf(arn: string): Caller {
  return parseArn(arn)?.kind === "user" ? { kind: "user", arn } : sessionOf(arn);
}

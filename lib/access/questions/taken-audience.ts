import type { Caller } from "../../iam/condition/caller";
import { usualAudience } from "../../iam/federation/usual-audience";
import type { RoleNode } from "../access-graph";
import { asksFor } from "../callers/caller-condition";
import { entriesFor, entriesNaming, entriesOfRole } from "../callers/caller-in-request";
import type { CallerIdentity } from "../callers/caller-in-request";
import { partExample, namePart } from "../callers/name-part";
import { issuerOfProvider } from "../decide/condition-key";

/** Claims, by the names of their condition keys, that say for whom a token is made. */
const AUDIENCES: readonly string[] = ["aud", "oaud", "app_id"];

/**
 * Other claims that the trust policy wants of the holder of a token or an assertion, by condition key: its subject
 * does not say whether they are so.
 */
export function wantedClaims(
  role: RoleNode,
  caller: Caller,
  identity: CallerIdentity,
): Readonly<Record<string, string>> {
  if (!("provider" in caller)) return {};
  const wanted: Record<string, string> = {};
  for (const { effect, conditions } of entriesFor(entriesOfRole(role) ?? [], caller, identity)) {
    if (effect !== "Allow") continue;
    for (const { kind, operator, key, values } of conditions) {
      const [value] = values;
      if (kind !== "claim" || value === undefined || !asksFor(operator)) continue;
      wanted[key] ??= partExample(namePart(value, operator.includes("Like")));
    }
  }
  return wanted;
}

/**
 * The audience for which the holder of a token asks for a role: whoever asks for a token chooses it, so it is the one
 * that the trust policy wants, or the only one that the issuer gives. By condition key; none where nothing tests it.
 */
export function takenAudience(
  role: RoleNode,
  caller: Caller,
  identity: CallerIdentity,
): Readonly<Record<string, string>> {
  if (caller.kind !== "web-identity") return {};
  const issuer = issuerOfProvider(caller.provider);
  const keys = new Map(
    AUDIENCES.map((claim) => [`${issuer}:${claim}`.toLowerCase(), `${issuer}:${claim}`]),
  );
  const all = entriesOfRole(role) ?? [];
  const own = entriesFor(all, caller, identity);
  const entries = own.length > 0 ? own : entriesNaming(all, caller);
  const usual = usualAudience(issuer);
  const taken: Record<string, string> = {};
  for (const { effect, conditions } of entries) {
    if (effect !== "Allow") continue;
    for (const { operator, key, values } of conditions) {
      const name = keys.get(key.toLowerCase());
      const [value] = values;
      if (name === undefined || value === undefined || !asksFor(operator)) continue;
      const fixed = usual === undefined || usual.isForm ? undefined : usual.audience;
      taken[name] ??= fixed ?? partExample(namePart(value, operator.includes("Like")));
    }
  }
  return taken;
}

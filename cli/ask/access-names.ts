import type { AccessGraph } from "../../lib/access/access-graph";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import { nearest } from "../../lib/diagnostics/nearest";
import { quoteName } from "../../lib/diagnostics/quote";
import type { Caller } from "../../lib/iam/condition/caller";
import { builtInProvider } from "../../lib/iam/federation/built-in-provider";
import { unknownName } from "../project/unknown-name";
import type { UsageProblem } from "../system/usage-problem";

/** A name that was understood, or why it was not. */
export type Named<T> = { readonly value: T } | UsageProblem;

/** How the sessions of a role that is asked about are named. */
const SESSION = "session";

/** The role of an ARN, or of a name with the key of its account. */
export function namedRole(
  text: string,
  map: AccountMap,
  graph: Pick<AccessGraph, "roles">,
): Named<string> {
  if (graph.roles.has(text)) return { value: text };
  const at = text.lastIndexOf("@");
  const account = map.accounts.get(text.slice(at + 1));
  if (at > 0 && account === undefined && !text.startsWith("arn:")) {
    return unknownName("account", text.slice(at + 1), map.accounts.keys());
  }
  const found = [...graph.roles.values()].find(
    ({ accountId, name }) => accountId === account?.id && name === text.slice(0, at),
  );
  return found === undefined ? unknownRole(text, map, graph) : { value: found.arn };
}

/** Why a text names no role, with the one that was probably meant: the name may lack its account. */
function unknownRole(
  text: string,
  map: AccountMap,
  graph: Pick<AccessGraph, "roles">,
): UsageProblem {
  const keys = new Map<string, string>([...map.accounts.values()].map(({ id, key }) => [id, key]));
  const names = [...graph.roles.values()].map(({ arn, name, accountId }) => {
    const key = keys.get(accountId);
    return { arn, name, full: key === undefined ? arn : `${name}@${key}` };
  });
  const isArn = text.startsWith("arn:");
  const known = names.map(({ arn, name, full }) =>
    isArn ? arn : text.includes("@") ? full : name,
  );
  const meant = known.includes(text) ? text : nearest(text, known);
  const full = names.find(({ name }) => name === meant && !isArn)?.full ?? meant;
  const help =
    full === undefined
      ? "write it as NAME@ACCOUNT with the account's key, or as an ARN"
      : `did you mean ${quoteName(full)}?`;
  return { problem: `there is no role ${quoteName(text)}`, help };
}

/**
 * The caller that an ARN, a name with the key of its account, a service or the host of an identity provider
 * that is built into AWS stands for. Users and roles
 * named by ARN need not be in the Terraform.
 */
export function namedCaller(text: string, map: AccountMap, graph: AccessGraph): Named<Caller> {
  if (/^arn:[^:]+:iam::\d{12}:user\//.test(text)) return { value: { kind: "user", arn: text } };
  if (/^arn:[^:]+:iam::\d{12}:role\//.test(text)) return { value: session(text) };
  if (/:(oidc|saml)-provider\//.test(text)) {
    const kind = text.includes(":saml-provider/") ? "saml" : "web-identity";
    return { value: { kind, provider: text } };
  }
  const known = builtInProvider(text);
  if (known !== undefined) return { value: { kind: "web-identity", provider: known.host } };
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) {
    return { value: { kind: "service", service: text } };
  }
  const at = text.lastIndexOf("@");
  const account = map.accounts.get(text.slice(at + 1));
  const user = [...graph.users.values()].find(
    ({ accountId, name }) => accountId === account?.id && name === text.slice(0, at),
  );
  if (user !== undefined) return { value: { kind: "user", arn: user.arn } };
  const role = namedRole(text, map, graph);
  return "problem" in role ? role : { value: session(role.value) };
}

function session(roleArn: string): Caller {
  return { kind: "role-session", roleArn, sessionName: SESSION };
}

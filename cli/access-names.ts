import type { AccessGraph } from "../lib/access/access-graph";
import type { AccountMap } from "../lib/account-map/account-map";
import { nearest } from "../lib/diagnostics/nearest";
import type { Caller } from "../lib/iam/condition/caller";
import { builtInProvider } from "../lib/iam/federation/built-in-provider";

/** A name that was understood, or why it was not. */
export type Named<T> = { readonly value: T } | { readonly problem: string };

/** How the sessions of a role that is asked about are named. */
const SESSION = "session";

/** The role that an ARN, or a name with the key of its account, stands for. */
export function namedRole(
  text: string,
  map: AccountMap,
  graph: Pick<AccessGraph, "roles">,
): Named<string> {
  if (graph.roles.has(text)) return { value: text };
  const at = text.lastIndexOf("@");
  const account = map.accounts.get(text.slice(at + 1));
  if (at > 0 && account === undefined && !text.startsWith("arn:")) {
    return { problem: unknownName("account", text.slice(at + 1), map.accounts.keys()) };
  }
  const found = [...graph.roles.values()].find(
    ({ accountId, name }) => accountId === account?.id && name === text.slice(0, at),
  );
  if (found !== undefined) return { value: found.arn };
  const names = [...graph.roles.values()].map(({ arn, name, accountId }) => {
    const own = [...map.accounts.values()].find(({ id }) => id === accountId);
    return text.startsWith("arn:") || own === undefined ? arn : `${name}@${own.key}`;
  });
  return { problem: unknownName("role", text, names) };
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

function unknownName(what: string, name: string, known: Iterable<string>): string {
  const meant = nearest(name, known);
  const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
  return `there is no ${what} '${name}'${hint}`;
}

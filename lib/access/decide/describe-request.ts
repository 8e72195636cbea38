import { sessionArn, callerAccount } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { contextValue } from "../../iam/condition/request-context";
import type { RequestContext } from "../../iam/condition/request-context";
import type { AccessRequest } from "../access-request";
import type { AccountDirectory } from "../account-directory";

/**
 * A request in words, such as `role arn:...:role/x in account 444444444444 (not in the map, outside of any
 * organization), without sts:ExternalId: sts:AssumeRole on arn:...`.
 *
 * @param tested names of the keys that the policies test: those that the request lacks are named
 */
export function describeRequest(
  { caller, action, roleArn, context }: AccessRequest,
  accounts: AccountDirectory,
  tested: readonly string[] = [],
): string {
  const shown = [...context.values()].filter(({ name }) => !IN_CALLER.has(name.toLowerCase()));
  const missing = tested.filter(
    (key) => !context.has(key.toLowerCase()) && !IN_CALLER.has(key.toLowerCase()),
  );
  const parts = [
    `${describeCaller(caller)}${describeAccount(caller, context, accounts)}`,
    ...shown.map(
      ({ name, values }) => `with ${name} ${values.map((each) => `\`${each}\``).join(", ")}`,
    ),
    ...missing.map((key) => `without ${key}`),
  ];
  return `${parts.join(", ")}: ${action} on ${roleArn}`;
}

/** What the description of the caller says already. */
const IN_CALLER: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
]);

function describeCaller(caller: Caller): string {
  switch (caller.kind) {
    case "user":
      return `user ${caller.arn}`;
    case "role-session":
      return `role ${caller.roleArn} (session ${sessionArn(caller)})`;
    case "service":
      return `service ${caller.service}`;
    case "web-identity":
      return `a token of ${caller.provider}`;
    case "saml":
      return `an assertion of ${caller.provider}`;
  }
}

function describeAccount(
  caller: Caller,
  context: RequestContext,
  accounts: AccountDirectory,
): string {
  const account = callerAccount(caller);
  if (account === undefined) return "";
  const organization = contextValue(context, "aws:PrincipalOrgID");
  const place =
    organization === undefined ? "outside of any organization" : `in organization ${organization}`;
  return ` in account ${account} (${accounts.has(account) ? "" : "not in the map, "}${place})`;
}

/** Control policies that AWS names in the message of a denial. */
const CONTROL_POLICY = /explicit deny in a (service|resource) control policy/;

/** What to do about a denial, by its message: AWS says which kind of policy denied. */
export function helpForDenial(message: string, otherwise: string): string {
  const kind = CONTROL_POLICY.exec(message)?.[1];
  if (kind !== undefined) {
    return `a ${kind} control policy denies it, and nothing in the account can change that: exempt this role in the policy, in the management account`;
  }
  if (/explicit deny in a permissions boundary|no permissions boundary allows/.test(message)) {
    return "the permissions boundary of the caller does not allow it: change the boundary";
  }
  return otherwise;
}

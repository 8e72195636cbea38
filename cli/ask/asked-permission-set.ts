import { quoteName } from "../../lib/diagnostics/quote";
import { permissionSetArnPattern } from "../../lib/iam/arn";
import { isProblem } from "../system/usage-problem";
import type { UsageProblem } from "../system/usage-problem";
import { atAccount } from "./asked-account";
import type { AskedCallers, AskedScope } from "./asked-scope";

/** How a session is named where its name decides nothing: after its user, whoever that is. */
const SESSION = "session";
/** What AWS puts behind the name of a permission set: 16 hexadecimal digits, which nobody knows before (rule SSO-02). */
const SUFFIX = "0123456789abcdef";
const WITHOUT_REGION = "aws-reserved/sso.amazonaws.com/";

/**
 * Whoever is assigned to a permission set in an account. The path of its role has the Region of IAM Identity Center,
 * except for one, so each form can be the case (rule SSO-01).
 */
export function permissionSetCallers(
  text: string,
  { map }: Pick<AskedScope, "map">,
): AskedCallers | UsageProblem {
  const found = atAccount(text, map);
  if (isProblem(found)) return found;
  const { name, account } = found;
  if (!/^[\w+=,.@-]{1,32}$/.test(name)) {
    return {
      problem: `${quoteName(name)} is no name of a permission set`,
      help: "write one name of at most 32 letters, digits or any of `_+=,.@-`, without wildcards",
    };
  }
  const arn = permissionSetArnPattern(account, name)
    .replace("sso.amazonaws.com*/", "sso.amazonaws.com/")
    .replace(/\?+$/, SUFFIX);
  const regions = [...new Set([...map.accounts.values()].map(({ region }) => region))];
  return [
    ...reservedRoleCallers(arn),
    ...regions.flatMap((region) =>
      reservedRoleCallers(arn.replace(WITHOUT_REGION, `${WITHOUT_REGION}${region}/`)),
    ),
  ];
}

/** A session of the role that AWS makes for a permission set. */
export function reservedRoleCallers(roleArn: string, sessionName = SESSION): AskedCallers {
  return [[{ caller: { kind: "role-session", roleArn, sessionName } }]];
}

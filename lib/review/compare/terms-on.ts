import type { CallerIdentity } from "../../access/callers/caller-in-request";
import { callerTerms } from "../../access/callers/caller-terms";
import type { CallerTerms } from "../../access/callers/caller-terms";
import type { Caller } from "../../iam/condition/caller";
import type { ComparedSide } from "./compare-context";

/** The conditions under which a caller assumes a role of one side. */
export function termsOn(
  { graph }: ComparedSide,
  roleArn: string,
  caller: Caller,
  identity: CallerIdentity,
): CallerTerms {
  const role = graph.roles.get(roleArn);
  return role === undefined ? { conditions: [] } : callerTerms(role, caller, identity);
}

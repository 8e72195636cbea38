import { waysFrom } from "../../access/hops/reach";
import { parseAwsPrincipal } from "../../iam/condition/aws-principal";
import { valuesOf } from "../../iam/policy-document";
import type { ReplacementChange } from "./access-change";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import { sessionOf } from "../../access/callers/role-session";

/** Roles that Terraform destroys and creates again, with whom that locks out (rules TR-10 to TR-12). */
export function replacementChanges(context: CompareContext): readonly ReplacementChange[] {
  const { base, head, time, roles } = context;
  if (roles.replaced.length === 0) return [];
  const trusting = [trustingRoles(base), trustingRoles(head)];
  const reachedInBase = waysFrom(base.world, time);
  return roles.replaced.map(({ base: { arn: before }, head: { arn: after } }) => ({
    kind: "replacement",
    before,
    after,
    trustedByArn: sorted(trusting.flatMap((index) => index.get(before) ?? [])),
    interrupted: sorted(reachedInBase(sessionOf(before)).map(({ roleArn }) => roleArn)),
  }));
}

/** Roles by the ARNs of the roles and users that their trust policies name as principals. */
function trustingRoles({ graph }: ComparedSide): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const { arn, trust } of graph.roles.values()) {
    for (const { Principal, NotPrincipal } of trust.known ? trust.value.Statement : []) {
      const elements = [Principal, NotPrincipal].filter((each) => typeof each === "object");
      for (const value of elements.flatMap((each) => valuesOf(each.AWS))) {
        const principal = parseAwsPrincipal(value);
        if (principal.form !== "entity") continue;
        const list = index.get(principal.arn);
        if (list === undefined) index.set(principal.arn, [arn]);
        else list.push(arn);
      }
    }
  }
  return index;
}

function sorted(arns: readonly string[]): readonly string[] {
  return [...new Set(arns)].sort();
}

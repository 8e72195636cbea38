import { sessionOf } from "../../iam/condition/caller";
import { waysFrom } from "../../access/hops/reach";
import { parseAwsPrincipal } from "../../iam/condition/aws-principal";
import { valuesOf } from "../../iam/policy-document";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import { entity, entityName, groupEntity } from "../words/names";
import { listed, say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";
import { addTo } from "../../values/group";

/** A role that Terraform destroys and creates again: policies that name it by ARN no longer allow it (rules TR-10 to TR-12). */
export interface ReplacementChange {
  readonly kind: "replacement";
  /** ARN before and after; the same where only its address changed. */
  readonly before: string;
  readonly after: string;
  /** ARNs of roles whose trust policies name it as a principal: they lose it, an error. */
  readonly trustedByArn: readonly string[];
  /** ARNs of roles that are reached through it and are not while it is replaced. */
  readonly interrupted: readonly string[];
}

/** Roles that are destroyed and created again. */
export const replacementKind: ChangeKind<ReplacementChange> = {
  kind: "replacement",
  title: "Replaced roles",
  find: replacementChanges,
  subject: ({ before }) => before,
  triggers: () => ["replaced-role"],
  // Trust policies that name the role by its ARN no longer allow it (rule TR-10).
  breaks: ({ trustedByArn }) =>
    trustedByArn.length > 0 ? "replaced-role that others trust by its ARN" : undefined,
  finding: () => "review-replaced-role",
  sides: () => ({ gained: false, lost: true }),
  sentence: replacementSentence,
};

/** Roles that Terraform destroys and creates again, with whom that locks out (rules TR-10 to TR-12). */
function replacementChanges(context: CompareContext): readonly ReplacementChange[] {
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
        addTo(index, principal.arn, arn);
      }
    }
  }
  return index;
}

function sorted(arns: readonly string[]): readonly string[] {
  return [...new Set(arns)].sort();
}

/** How many roles a sentence names; the others are counted. */
const NAMED = 3;

/** A role that is replaced, and who loses access. */
function replacementSentence(
  { before, after, trustedByArn, interrupted }: ReplacementChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const role = groupEntity(before, group, review);
  const renamed =
    entityName(after).name === entityName(before).name ? [] : say` by ${entityName(after).name}`;
  const trusted =
    trustedByArn.length === 0
      ? []
      : say`; ${roles(trustedByArn, review)} ${words(trustedByArn.length === 1 ? "trusts" : "trust")} it by its ARN and will no longer allow it`;
  const meanwhile =
    interrupted.length === 0
      ? []
      : say`; until it exists again, nobody can reach ${roles(interrupted, review)} through it`;
  const order =
    trustedByArn.length + interrupted.length === 0
      ? []
      : say`; to avoid that, create the new role next to it in a separate change, and remove the old one once nobody needs it`;
  return say`${role} is replaced${renamed}${trusted}${meanwhile}${order}`;
}

function roles(arns: readonly string[], review: ToldReview): Sentence {
  const shown = arns.slice(0, NAMED).map((arn) => entity(arn, review));
  const hidden = arns.length - shown.length;
  return listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown);
}

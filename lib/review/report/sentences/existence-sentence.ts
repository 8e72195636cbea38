import type { ExistenceChange, ReplacementChange } from "../../kinds/access-change";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { accountName, accountsOf, entity, entityName, groupEntity } from "../names";
import { listed, say, words } from "../text";
import type { Sentence } from "../text";

/** How many roles a sentence names; the others are counted. */
const NAMED = 3;

/** What is created or destroyed. */
export function existenceSentence(
  { what, direction, arn, abandonedRoles }: ExistenceChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const made = direction === "gained";
  if (what === "account") {
    const accounts =
      group.accountIds.length > 1
        ? accountsOf(group, review)
        : say`account ${accountName(arn, review)}`;
    const many = group.accountIds.length > 1;
    const does = `${many ? "are" : "is"} ${made ? "added" : "removed"}`;
    const stay =
      abandonedRoles === undefined
        ? []
        : say`, but what Terraform created there stays: ${words(countRoles(abandonedRoles))}${words(many ? " in each" : "")}; remove an account in two steps, with ${"trustwheel offboard"}`;
    return say`${accounts} ${words(does)}${stay}`;
  }
  const noun = {
    role: "role ",
    user: "user ",
    "instance-profile": "instance profile ",
    provider: "",
  };
  const thing = say`${words(noun[what])}${groupEntity(arn, group, review)}`;
  return say`${thing} ${words(made ? "is created" : "is destroyed")}`;
}

function countRoles(roles: number): string {
  return roles === 1 ? "1 role" : `${roles} roles`;
}

/** A role that is replaced, and who loses access. */
export function replacementSentence(
  { before, after, trustedByArn, interrupted }: ReplacementChange,
  group: ChangeGroup,
  review: Review,
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

function roles(arns: readonly string[], review: Review): Sentence {
  const shown = arns.slice(0, NAMED).map((arn) => entity(arn, review));
  const hidden = arns.length - shown.length;
  return listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown);
}

import type { ExistenceChange, ReplacementChange } from "../../access-change";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { accountName, accountsOf, entity, entityName, groupEntity } from "../names";
import { listed, say, words } from "../text";
import type { Sentence } from "../text";

/** How many roles a sentence names; the others are counted. */
const NAMED = 3;

/** What is made or destroyed. */
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
    const does = made ? (many ? "come in" : "comes in") : many ? "go" : "goes";
    const stay =
      abandonedRoles === undefined
        ? []
        : say`, and what was made there stays: ${words(countRoles(abandonedRoles))}${words(many ? " in each" : "")}; let an account go in two steps, ${"trustwheel offboard"}`;
    return say`${accounts} ${words(does)}${stay}`;
  }
  const noun = {
    role: "role ",
    user: "user ",
    "instance-profile": "instance profile ",
    provider: "",
  };
  const thing = say`${words(noun[what])}${groupEntity(arn, group, review)}`;
  return say`${thing} ${words(made ? "is made" : "is destroyed")}`;
}

function countRoles(roles: number): string {
  return roles === 1 ? "1 role" : `${roles} roles`;
}

/** A role that is destroyed and made again, and who that locks out. */
export function replacementSentence(
  { before, after, trustedByArn, interrupted }: ReplacementChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const role = groupEntity(before, group, review);
  const renamed =
    entityName(after).name === entityName(before).name ? [] : say` as ${entityName(after).name}`;
  const trusted =
    trustedByArn.length === 0
      ? []
      : say`; ${roles(trustedByArn, review)} ${words(trustedByArn.length === 1 ? "trusts" : "trust")} it by its ARN and will no longer let it in`;
  const meanwhile =
    interrupted.length === 0
      ? []
      : say`; until it is there again, nobody reaches ${roles(interrupted, review)} through it`;
  const order =
    trustedByArn.length + interrupted.length === 0
      ? []
      : say`; to avoid that, make the new role beside it in a change of its own, and let the old one go once nobody needs it`;
  return say`${role} is destroyed and made again${renamed}${trusted}${meanwhile}${order}`;
}

function roles(arns: readonly string[], review: Review): Sentence {
  const shown = arns.slice(0, NAMED).map((arn) => entity(arn, review));
  const hidden = arns.length - shown.length;
  return listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown);
}

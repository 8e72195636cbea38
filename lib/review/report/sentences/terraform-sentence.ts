import type { InstanceProfileChange, TerraformChange, TerraformConcern } from "../../access-change";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { accountsOf, entity, groupEntity } from "../names";
import { listedNames, say, words } from "../text";
import type { Sentence } from "../text";

/** Which role instances get now. */
export function instanceProfileSentence(
  { profile, before, after }: InstanceProfileChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const role = (arn: string | undefined): Sentence =>
    arn === undefined ? words("a role that is not known") : entity(arn, review);
  return say`instances with the profile ${groupEntity(profile, group, review)} get ${role(after)}; before: ${role(before)}`;
}

/** What is carried out otherwise, and what is not read. */
export function terraformSentence(
  { stack, address, direction, attributes, concerns }: TerraformChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const where = group.accountIds.length > 1 ? accountsOf(group, review) : say`the stack ${stack}`;
  const done = { gained: "is added", lost: "is removed", edited: "is edited" }[direction];
  const named = attributes.filter((each) => each !== "");
  const which = named.length === 0 ? [] : say` (${listedNames(named)})`;
  return say`${address} in ${where} ${words(done)}${which}: ${words(MEANS[concerns])}`;
}

const MEANS: Readonly<Record<TerraformConcern, string>> = {
  deployment: "as whom or by what the change is carried out is another",
  tags: "no policy here asks for them",
  unread: "what it gives is not read, and not known",
};

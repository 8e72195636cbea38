import type {
  InstanceProfileChange,
  TerraformChange,
  TerraformConcern,
} from "../../kinds/access-change";
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
    arn === undefined ? words("an unknown role") : entity(arn, review);
  return say`instances with the profile ${groupEntity(profile, group, review)} get ${role(after)}; before: ${role(before)}`;
}

/** Changes to the deployment, and parts that are not read. */
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
  deployment: "Terraform deploys with other settings or another identity",
  tags: "no policy here tests them",
  unread: "trustwheel does not read it, so its effect is unknown",
};

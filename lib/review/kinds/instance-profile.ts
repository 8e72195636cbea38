import type { CompareContext } from "../compare/compare-context";
import { entity, groupEntity } from "../words/names";
import { say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";

/** The role that instances get by an instance profile: those that run get the new one, too. */
export interface InstanceProfileChange {
  readonly kind: "instance-profile";
  /** ARN of the profile. */
  readonly profile: string;
  /** ARN of its role. @default - it is not known */
  readonly before?: string;
  /** @default - it is not known */
  readonly after?: string;
}

/** The roles that instances get. */
export const instanceProfileKind: ChangeKind<InstanceProfileChange> = {
  kind: "instance-profile",
  title: "Instance profiles",
  find: instanceProfileChanges,
  subject: ({ profile }) => profile,
  triggers: ({ before, after }) =>
    before === undefined || after === undefined ? ["unknown"] : ["widened", "narrowed"],
  sentence: instanceProfileSentence,
};

/** The instance profiles that both sides have, and that hold another role than before. */
function instanceProfileChanges({ base, head }: CompareContext): readonly InstanceProfileChange[] {
  return [...base.graph.instanceProfiles.values()].flatMap(
    ({ arn: profile, role: old }): InstanceProfileChange[] => {
      const now = head.graph.instanceProfiles.get(profile)?.role;
      if (now === undefined || JSON.stringify(old) === JSON.stringify(now)) return [];
      return [
        {
          kind: "instance-profile",
          profile,
          ...(old.known ? { before: old.value } : {}),
          ...(now.known ? { after: now.value } : {}),
        },
      ];
    },
  );
}

/** Which role instances get now. */
function instanceProfileSentence(
  { profile, before, after }: InstanceProfileChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const role = (arn: string | undefined): Sentence =>
    arn === undefined ? words("an unknown role") : entity(arn, review);
  return say`instances with the profile ${groupEntity(profile, group, review)} get ${role(after)}; before: ${role(before)}`;
}

import type { InstanceProfileChange } from "./access-change";
import type { CompareContext } from "../compare/compare-context";

/** The instance profiles that both sides have, and that hold another role than before. */
export function instanceProfileChanges({
  base,
  head,
}: CompareContext): readonly InstanceProfileChange[] {
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

import type { Rule } from "../rule";

export const swappedInstanceRole: Rule = {
  id: "EC-05",
  severity: "info",
  summary: "the role inside an instance profile stays the same",
  why: "Instances pick up another role in their profile within an hour. A newly associated profile takes effect at once.",
  source: "IAM User Guide, id_roles_use_switch-role-ec2_instance-profiles",
  *inMap(context) {
    for (const { kind, settings, formerly, waysIn } of context.entries) {
      if (kind === "hub") continue; // rule TR-10
      // Without a `role:` of its own the role is named after the key, and was named after the old one.
      if (formerly === undefined || settings.roleName !== settings.key) continue;
      for (const { principal, at } of waysIn) {
        if (principal.kind !== "instanceProfile" || principal.profileName === undefined) continue;
        yield {
          at: [...at, "instanceProfile", "name"],
          message: `the profile \`${principal.profileName}\` stays, its role becomes \`${settings.roleName}\`: instances pick it up within an hour`,
          help: `write \`role: ${formerly}\` at \`${settings.at.join(".")}\` to keep the role, or name another profile and associate it with the instances`,
        };
      }
    }
  },
};

import type { Rule } from "../rule";

export const ec2WithoutProfile: Rule = {
  id: "EC-03",
  severity: "error",
  summary: "a role for EC2 instances has an instance profile",
  why: "Instances and Auto Scaling groups use the name or ARN of a profile, not of a role: without a profile no instance has the role.",
  source: "IAM User Guide, id_roles_use_switch-role-ec2_instance-profiles",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("service")) {
      if (!/^ec2(?:\.amazonaws\.com(?:\.cn)?)?$/.test(wayIn.principal.service)) continue;
      yield {
        at: [...wayIn.at, "service"],
        atKey: true,
        message: "EC2 can assume the role, but no instance profile contains it",
        help: "write `instanceProfile: {}` instead of `service:` to create the profile too",
      };
    }
  },
};

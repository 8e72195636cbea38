import type { Path } from "../account-map/yaml-source";
import type { Rule } from "./rule";

export const uniqueRoleName: Rule = {
  id: "ID-06",
  severity: "error",
  summary:
    "names of roles, users and instance profiles are unique in an account, whatever their case",
  why: "A role that differs from another only by case is refused when it is made.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *check({ plan }) {
    for (const { account, roles } of plan.accounts) {
      const entities = roles.flatMap(({ name, instanceProfiles, at }) => [
        { kind: "role", name, at },
        ...instanceProfiles.map((profile) => ({ kind: "instance profile", name: profile, at })),
      ]);
      const first = new Map<string, { name: string; at: Path }>();
      for (const { kind, name, at } of entities) {
        const key = `${kind} ${name.toLowerCase()}`;
        const earlier = first.get(key);
        if (earlier === undefined) {
          first.set(key, { name, at });
          continue;
        }
        const same = earlier.name === name;
        yield {
          at,
          atKey: true,
          message: same
            ? `the account \`${account.key}\` gets a ${kind} \`${name}\` twice`
            : `the ${kind}s \`${earlier.name}\` and \`${name}\` of the account \`${account.key}\` differ only by case, which IAM does not tell apart`,
          help: "give one of them another `role:`, or select other accounts",
          related: { path: earlier.at, message: "first one here" },
        };
      }
    }
  },
};

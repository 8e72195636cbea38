import type { Rule } from "../rule";

export const emptyLastRole: Rule = {
  id: "TR-21",
  severity: "info",
  summary: "the last role of a chain has its own permissions",
  why: "Permissions do not add up along a chain: a session has only those of its own role.",
  source: "IAM User Guide, id_roles; id_roles_use_switch-role-cli",
  *inPlan({ plan, entries: all }) {
    const entries = new Map(all.map(({ settings }) => [settings.at, settings]));
    const isEmpty = (at: (typeof plan.chains)[number]["at"]): boolean => {
      const permissions = entries.get(at)?.permissions;
      const { managed = [], documents = [], statements = [] } = permissions ?? {};
      return managed.length + documents.length + statements.length === 0;
    };
    for (const { start, steps } of plan.chains) {
      const before = [
        ...(start.kind === "role" ? [start.role] : []),
        ...steps.slice(0, -1).flatMap((roles) => roles.map(({ role }) => role)),
      ];
      const rich = before.find(({ at }) => !isEmpty(at));
      if (rich === undefined) continue;
      const last = new Set(steps.at(-1)?.map(({ role }) => role.at));
      for (const at of last) {
        if (!isEmpty(at)) continue;
        const name = entries.get(at)?.roleName ?? "";
        yield {
          at,
          atKey: true,
          message: `\`${name}\` has no permissions, and those of \`${rich.name}\` before it do not carry over`,
          help: "add `permissions:` here, to the role that is used in the end",
        };
      }
    }
  },
};

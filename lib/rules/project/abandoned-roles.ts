import type { Rule } from "../rule";
import { counted } from "../../diagnostics/words";

export const abandonedRoles: Rule = {
  id: "abandoned-roles",
  severity: "error",
  summary: "an account leaves the map only after its roles are gone",
  why: "Without its stack nothing removes the roles: they stay in the account with their trust policies, and nobody manages them.",
  source: "accounts leave in two steps: first their roles and all trust in them, then the account",
  refused: true,
  *inMap({ map, previous }) {
    const ids = new Set([...map.accounts.values()].map(({ id }) => id as string));
    for (const [key, id] of previous?.accountIds ?? []) {
      const roles = previous?.roleCounts?.get(key) ?? 0;
      // Under another key it is still there; under its key stands another, which is a finding of its own.
      if (ids.has(id) || map.accounts.has(key) || roles === 0) continue;
      if (previous?.hasState(id) !== true) continue;
      yield {
        at: ["accounts"],
        atKey: true,
        message: `the account \`${key}\` (${id}) left the map, but its stack had ${counted(roles, "role")} at the last synth: they would stay in the account`,
        help: `put it back, then leave in two steps: \`trustwheel offboard ${key}\`, and once that is applied \`trustwheel offboard ${key} --finish\``,
      };
    }
  },
};

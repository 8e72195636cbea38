import { listNames } from "../diagnostics/nearest";
import type { EscalationSection } from "../iam/data/escalation-paths";
import { roleEscalations } from "./role-escalations";
import type { RoleEscalation } from "./role-escalations";
import type { RuleFinding, RuleInput } from "./rule";

/** How many ways a message lists. */
const SHOWN = 6;

/**
 * A finding for each role that can gain permissions and whose first way is of a section: a role is
 * reported once, under the rule of its first way, with all its ways. Hubs and roles that only read are
 * left to rule NP-04.
 */
export function* findingsBySection(
  input: RuleInput,
  section: EscalationSection,
): Generator<RuleFinding> {
  for (const escalation of roleEscalations(input)) {
    if (isLowTier(escalation) || escalation.found[0]?.section !== section) continue;
    yield escalationFinding(escalation, "can gain permissions that it was not given");
  }
}

/** Whether a role is one that must never gain permissions: a hub, or one that only reads. */
export function isLowTier({ role }: RoleEscalation): boolean {
  return role.kind === "hub" || role.readOnly;
}

/** Says how a role can gain permissions, at its permissions in the map. */
export function escalationFinding(
  { role, accounts, found }: RoleEscalation,
  claim: string,
): RuleFinding {
  const ways = found.slice(0, SHOWN).map(({ actions }) => wayOf(actions));
  const hidden = found.length - ways.length;
  const more = hidden > 0 ? `; and ${hidden} more ${hidden === 1 ? "way" : "ways"}` : "";
  const where = accounts.length === 1 ? `\`${accounts[0] ?? ""}\`` : `${accounts.length} accounts`;
  const sources = new Set(found.flatMap((each) => each.sources));
  return {
    at: [...role.at, "permissions"],
    atKey: true,
    message: `\`${role.name}\` in ${where} ${claim}: ${ways.join("; ")}${more}`,
    help: `in ${listNames(sources, 4)}, leave these actions out or name what they may act on, or deny them in a \`permissionsBoundary\``,
  };
}

function wayOf([first = "", ...others]: readonly string[]): string {
  const quoted = others.map((action) => `\`${action}\``);
  return others.length === 0 ? `\`${first}\`` : `\`${first}\` with ${quoted.join(" and ")}`;
}

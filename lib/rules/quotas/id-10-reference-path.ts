import type { AccountMap } from "../../account-map/model/account-map";
import { roleEntries } from "../facts/role-entry";
import type { RoleEntry } from "../facts/role-entry";
import type { Rule } from "../rule";
import { resourceTexts } from "../facts/statement-text";
import { placeIn } from "../facts/written-statement";
import { addTo } from "../../values/group";

/** How principals name users and roles is judged while the plan is made; this judges the ARNs in policies. */
export const referencePath: Rule = {
  id: "ID-10",
  severity: "error",
  summary: "a reference to a role that the map creates includes its path",
  why: "A role's ARN contains its path: without it, or with another, the name never matches.",
  source: "IAM User Guide, reference_identifiers and reference_policies_elements_principal",
  *inMap(context) {
    const made = entriesByName(context.map);
    for (const written of context.statements) {
      for (const { text, path } of resourceTexts(written.statement)) {
        const entry = misplaced(text, made);
        if (entry === undefined) continue;
        const { path: ownPath, roleName } = entry.settings;
        yield {
          ...placeIn(written, ...path),
          message: `\`${text}\` names no role; this map creates \`${ownPath}${roleName}\``,
          help: `write \`:role${ownPath}${roleName}\` at its end`,
        };
      }
    }
  },
};

const ROLE_ARN =
  /^arn:[^:]*:iam::(?<account>[^:]*):role(?<path>\/(?:[^*?{}]*\/)?)(?<name>[^*?{}/]+)$/;

/** The entry that makes a role of this name where the ARN looks for it, if none has the path of the ARN. */
function misplaced(
  arn: string,
  made: ReadonlyMap<string, readonly RoleEntry[]>,
): RoleEntry | undefined {
  const { account = "", path = "", name = "" } = ROLE_ARN.exec(arn)?.groups ?? {};
  const fixed = /^\d{12}$/.test(account); // not a wildcard or a parameter
  const entries = (made.get(name) ?? []).filter(
    ({ accounts }) => !fixed || accounts.some(({ id }) => id === account),
  );
  const placed = entries.some(({ settings }) => settings.path === path);
  return placed ? undefined : entries[0];
}

function entriesByName(map: AccountMap): ReadonlyMap<string, readonly RoleEntry[]> {
  const entries = new Map<string, RoleEntry[]>();
  for (const entry of roleEntries(map)) {
    const name: string = entry.settings.roleName;
    addTo(entries, name, entry);
  }
  return entries;
}

import { createColors } from "picocolors";
import type { MapEdit } from "../../lib/account-map/edit/map-edit";
import { visible } from "../../lib/diagnostics/display-width";
import { DRIFT_KINDS, isOutOfStep } from "../../lib/organization/compare/organization-drift";
import type { OrganizationDrift } from "../../lib/organization/compare/organization-drift";
import { counted } from "../../lib/diagnostics/words";

const TITLES: Readonly<Record<OrganizationDrift["kind"], string>> = {
  "unknown-organization": "another organization",
  "missing-account": "not in the map",
  "account-without-id": "without an ID",
  "departed-account": "no longer in the organization",
  "perhaps-departed-account": "may have left the organization",
  "inactive-account": "not active",
  "other-organization": "in another organization",
  "other-partition": "in another partition",
  "management-account": "management account",
  "moved-unit": "units",
  "moved-account": "moved to another OU",
  "renamed-account": "renamed",
  "other-tags": "other tags",
  "deployment-role": "needs a look",
};

/** The drift in words, grouped by kind, and how much of it can be written. */
export function printDrift(drifts: readonly OrganizationDrift[], color: boolean): string {
  const colors = createColors(color);
  const lines: string[] = [];
  for (const kind of DRIFT_KINDS) {
    const own = drifts.filter((drift) => drift.kind === kind);
    if (own.length === 0) continue;
    lines.push(colors.bold(`${TITLES[kind]} (${String(own.length)})`));
    for (const { message, help, rule, edits } of own) {
      lines.push(`  ${visible(message)}${rule === undefined ? "" : colors.dim(` [${rule}]`)}`);
      for (const edit of edits)
        lines.push(`    ${colors.dim("->")} ${visible(describeEdit(edit))}`);
      if (help !== undefined) lines.push(`    ${colors.dim("= help:")} ${visible(help)}`);
    }
    lines.push("");
  }
  return `${[...lines, summary(drifts)].join("\n")}\n`;
}

/** The difference of map and organization in one line. */
function summary(drifts: readonly OrganizationDrift[]): string {
  const differences = drifts.filter(isOutOfStep);
  const notes = drifts.length - differences.length;
  const noted = notes === 0 ? "" : `, ${counted(notes, "note")}`;
  if (differences.length === 0) return `the map matches the organization${noted}`;
  const settled = differences.filter(({ edits }) => edits.length > 0).length;
  const how = settled === 0 ? "none" : settled === differences.length ? "all" : String(settled);
  return `${counted(differences.length, "difference")}, \`trustwheel sync --write\` fixes ${how} of them${noted}`;
}

/** An edit as the line of the map that it comes to. */
export function describeEdit(edit: MapEdit): string {
  switch (edit.kind) {
    case "add-account": {
      const { kind: _, key, ...fields } = edit;
      return `add accounts.${key}: ${JSON.stringify(fields)}`;
    }
    case "remove-account":
      return `remove accounts.${edit.key}`;
    case "set-account-field": {
      const at = `accounts.${edit.key}.${edit.field.join(".")}`;
      return edit.value === undefined ? `remove ${at}` : `${at}: ${String(edit.value)}`;
    }
    case "add-entry":
      return `add ${edit.section}.${edit.key}: ${JSON.stringify(edit.value)}`;
    case "rename-account":
    case "rename-entry":
    case "rename-unit":
      return `rename ${edit.from} to ${edit.to} everywhere in the map`;
  }
}

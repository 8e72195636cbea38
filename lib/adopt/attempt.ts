import { accountDirectory } from "../access/account-directory";
import { editMap } from "../account-map/edit/edit-map";
import type { AddEntry } from "../account-map/edit/map-edit";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { AccountPlan, ResolvedAccess, RolePlan } from "../plan/resolved-access";
import type { AdoptionInput } from "./adoption";
import { compareRole } from "./compare/compare-role";
import type { RoleComparison } from "./compare/compare-role";
import { errorsByEntry } from "./entries/blame-entries";
import { draftEntries } from "./entries/draft-entries";
import type { Draft } from "./entries/draft-entries";
import type { RoleNode } from "./entries/role-node";
import { giveWay, nextForm, refuse } from "./forms";
import type { Failure, Forms } from "./forms";
import type { ExistingRole } from "./read/existing-access";
import type { ProviderKeys } from "./trust/provider-keys";

/** What came of an attempt: other forms to try, a map that grants what exists, or why no map can be made. */
export type Attempted =
  { readonly next: Forms } | Settled | { readonly problems: readonly Diagnostic[] };

/** A map that grants what exists. */
export interface Settled {
  readonly forms: Forms;
  readonly draft: Draft;
  readonly edits: readonly AddEntry[];
  /** The map's text with the edits. */
  readonly mapText: string;
  readonly plan: ResolvedAccess;
  /** What the first plan of each role changes, by ARN. */
  readonly changes: ReadonlyMap<string, readonly string[]>;
}

/** Makes attempts: entries in some forms are drafted, written, planned, and held against what exists. */
export function attempts(
  input: AdoptionInput,
  providers: ProviderKeys,
): (forms: Forms) => Attempted {
  const compare = roleComparison(input);
  const before = rolesOf(input.plan);
  return (forms) => {
    const { mapText, mapFile, check } = input;
    const draft = draftOf(forms, input);
    const edits = editsOf(draft, providers);
    const edited = editMap(mapText, edits, mapFile);
    if ("problems" in edited) return edited;
    const { plan, diagnostics } = check(edited.text, draft.documents);
    if (plan === undefined) {
      const blamed = errorsByEntry(diagnostics, draft, { file: mapFile, text: edited.text });
      return blamed.size === 0 ? { problems: diagnostics } : { next: withoutWrong(forms, blamed) };
    }
    const planned = rolesOf(plan);
    const { changes, failures } = judge(draft, planned, compare);
    const failed = [...failures, ...disturbed(forms.nodes, draft, before, planned)];
    return failed.length > 0
      ? { next: giveWay(forms, failed) }
      : { forms, draft, edits, mapText: edited.text, plan, changes };
  };
}

function draftOf(
  { nodes, declared, unchained }: Forms,
  { map, raw, documents }: AdoptionInput,
): Draft {
  const keysOf = (section: object | undefined): ReadonlySet<string> =>
    new Set(Object.keys(section ?? {}));
  return draftEntries(nodes, {
    defaults: raw.defaults ?? {},
    tags: map.tags,
    policyPath: map.policyPath,
    known: documents,
    keys: { hubs: keysOf(raw.hubs), spokes: keysOf(raw.spokes), chains: keysOf(raw.chains) },
    declared,
    unchained,
  });
}

const SECTIONS = ["hubs", "spokes", "chains"];

function editsOf(draft: Draft, { added }: ProviderKeys): readonly AddEntry[] {
  const entries = [...draft.entries].sort(
    (a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section),
  );
  const used = JSON.stringify(entries.map(({ value }) => value));
  return [
    ...[...added]
      .filter(([key]) => used.includes(`"provider":${JSON.stringify(key)}`))
      .map(([key, value]): AddEntry => ({
        kind: "add-entry",
        section: "identityProviders",
        key,
        value: value as AddEntry["value"],
      })),
    ...entries.map(({ section, key, value }): AddEntry => ({
      kind: "add-entry",
      section,
      key,
      value,
    })),
  ];
}

/** Each entry that errors are about takes its next form, or its roles are refused. */
function withoutWrong(forms: Forms, blamed: ReturnType<typeof errorsByEntry>): Forms {
  return [...blamed].reduce((reached, [entry, { message, rule }]) => {
    const reason = `as ${entry.section.slice(0, -1)} \`${entry.key}\` it would be wrong: ${message} [${rule}]`;
    const failures = entry.roles.map((arn): Failure => ({ entry, arn, reason, part: "settings" }));
    const [first] = failures;
    const next = first === undefined ? undefined : nextForm(reached, first);
    return next ?? refuse(reached, failures);
  }, forms);
}

interface PlannedRole {
  readonly role: RolePlan;
  readonly account: AccountPlan;
}

type PlannedRoles = ReadonlyMap<string, PlannedRole>;

function rolesOf({ accounts }: ResolvedAccess): PlannedRoles {
  return new Map(
    accounts.flatMap((account) =>
      account.roles.map((role) => [role.arn, { role, account }] as const),
    ),
  );
}

type CompareRole = (arn: string, planned: PlannedRoles) => RoleComparison;

/** Holds what is planned against what exists. */
function judge(
  { entries }: Draft,
  planned: PlannedRoles,
  compare: CompareRole,
): { readonly changes: Settled["changes"]; readonly failures: readonly Failure[] } {
  const changes = new Map<string, readonly string[]>();
  const failures: Failure[] = [];
  for (const entry of entries) {
    for (const arn of entry.roles) {
      const compared = compare(arn, planned);
      if (compared.same) changes.set(arn, compared.changes);
      else failures.push({ entry, arn, reason: compared.reason, part: compared.part });
    }
  }
  return { changes, failures };
}

/** Compares roles; one that is planned as it was the last time is not proved again. */
function roleComparison({ existing, map }: AdoptionInput): CompareRole {
  const scope = { existing, directory: accountDirectory(map.accounts.values()), tags: map.tags };
  const earlier = new Map<string, { readonly text: string; readonly found: RoleComparison }>();
  const compare = (role: ExistingRole, { role: planned, account }: PlannedRole): RoleComparison => {
    const { id: _, ...settings } = planned;
    const text = JSON.stringify([settings, account.boundaries]);
    const known = earlier.get(role.arn);
    if (known?.text === text) return known.found;
    const found = compareRole(role, planned, account, scope);
    earlier.set(role.arn, { text, found });
    return found;
  };
  return (arn, planned) => {
    const [role, found] = [existing.roles.get(arn), planned.get(arn)];
    return role === undefined || found === undefined
      ? { same: false, part: "settings", reason: "the map would not create it" }
      : compare(role, found);
  };
}

/** Adopted roles that would change a role that the map makes already. */
function disturbed(
  nodes: ReadonlyMap<string, RoleNode>,
  { entries }: Draft,
  before: PlannedRoles,
  planned: PlannedRoles,
): readonly Failure[] {
  const changed = [...before].flatMap(([arn, { role }]) =>
    JSON.stringify(role) === JSON.stringify(planned.get(arn)?.role) ? [] : [arn],
  );
  const blame = (touches: (role: string, changed: string) => boolean): readonly Failure[] =>
    entries.flatMap((entry) =>
      entry.roles.flatMap((arn): Failure[] => {
        const other = changed.find((each) => touches(arn, each));
        if (other === undefined) return [];
        const reason = `the map would change ${other}, which it already creates`;
        return [{ entry, arn, part: "settings", reason }];
      }),
    );
  const touching = blame(
    (arn, other) =>
      (nodes.get(arn)?.ways ?? []).some(({ callerArn }) => callerArn === other) ||
      JSON.stringify(planned.get(other)?.role ?? "").includes(arn),
  );
  return touching.length > 0 ? touching : blame(() => true);
}

import { accountDirectory } from "../access/account-directory";
import type { Account, AccountMap } from "../account-map/model/account-map";
import { editMap } from "../account-map/edit/edit-map";
import type { AddEntry } from "../account-map/edit/map-edit";
import type { RawAccountMap } from "../account-map/read/raw-account-map";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { globOf, matchesGlob } from "../iam/condition/glob";
import type { PolicyDocument } from "../iam/policy-document";
import type { ResolvedAccess, AccountPlan, RolePlan } from "../plan/resolved-access";
import { errorsByEntry } from "./blame-entries";
import { compareRole } from "./compare-role";
import type { ComparisonScope, RoleComparison } from "./compare-role";
import { draftEntries } from "./draft-entries";
import type { Draft, DraftedEntry } from "./draft-entries";
import type { ExistingAccess, ExistingRole } from "./existing-access";
import { ProviderKeys } from "./provider-keys";
import type { RoleNode } from "./role-node";
import { trustWays } from "./trust-ways";

/** A map that was checked with other documents. */
export interface CheckedMap {
  /** @default - the findings hold an error */
  readonly plan?: ResolvedAccess;
  readonly diagnostics: readonly Diagnostic[];
}

/** What roles are adopted into. */
export interface AdoptionInput {
  readonly existing: ExistingAccess;
  readonly map: AccountMap;
  /** The map as it is written. */
  readonly raw: RawAccountMap;
  readonly mapFile: string;
  readonly mapText: string;
  /** What the map makes now. */
  readonly plan: ResolvedAccess;
  /** Documents of `policies/` by name. */
  readonly documents: ReadonlyMap<string, PolicyDocument>;
  /** Patterns of role names, with `*` and `?`. @default - all */
  readonly only?: readonly string[];
  /** Checks a text of the map, with documents that are added to `policies/`. */
  readonly check: (mapText: string, added: ReadonlyMap<string, PolicyDocument>) => CheckedMap;
}

/** A role that the map takes over. */
export interface AdoptedRole {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  /** Its place in the map from now on. */
  readonly section: DraftedEntry["section"];
  readonly key: string;
  /** What its first plan changes, though the access stays the same; nothing where it changes nothing. */
  readonly changes: readonly string[];
  /** Whether the map says of its permission to assume others that it exists, instead of making it. */
  readonly declared: boolean;
}

/** A role that the map can't express, and why. */
export interface RefusedRole {
  readonly arn: string;
  readonly reason: string;
}

/** What becomes of the roles that exist. */
export interface Adoption {
  /** Sorted by ARN. */
  readonly adopted: readonly AdoptedRole[];
  /** Sorted by ARN. */
  readonly refused: readonly RefusedRole[];
  readonly leftAlone: LeftAlone;
  readonly edits: readonly AddEntry[];
  /** Documents that `policies/` lacks, by name. */
  readonly documents: ReadonlyMap<string, PolicyDocument>;
  /** The map's text with the edits. */
  readonly mapText: string;
  /** What the map makes then. */
  readonly plan: ResolvedAccess;
}

/** Roles that are none of an account map's business, counted. */
export interface LeftAlone {
  /** Those that the map makes already. */
  readonly inMap: number;
  /** Those that only AWS services of their own account can assume. */
  readonly servicesOnly: number;
  /** Those that `only` does not name. */
  readonly notNamed: number;
  /** Those of accounts that the map does not hold, or that are leaving it, by account id. */
  readonly otherAccounts: ReadonlyMap<string, number>;
  readonly serviceLinked: number;
  readonly reserved: number;
}

/**
 * Takes roles that exist into the map. Entries are drafted, the map with them is planned, and what is planned
 * is held against what exists: only a role that is proved to grant the same is adopted. The others are named
 * with the difference, and nothing is approximated.
 */
export function adopt(
  input: AdoptionInput,
): Adoption | { readonly problems: readonly Diagnostic[] } {
  return new Adopting(input).adopt();
}

interface Attempt {
  readonly draft: Draft;
  readonly edits: readonly AddEntry[];
  readonly mapText: string;
  readonly plan: ResolvedAccess;
}

class Adopting {
  readonly #input: AdoptionInput;
  readonly #nodes = new Map<string, RoleNode>();
  readonly #refused = new Map<string, string>();
  readonly #declared = new Set<string>();
  readonly #unchained = new Set<string>();
  readonly #compared = new Map<
    string,
    { readonly text: string; readonly comparison: RoleComparison }
  >();
  readonly #providers: ProviderKeys;
  readonly #left = {
    inMap: 0,
    servicesOnly: 0,
    notNamed: 0,
    otherAccounts: new Map<string, number>(),
  };

  constructor(input: AdoptionInput) {
    this.#input = input;
    this.#providers = new ProviderKeys(input.raw.identityProviders ?? {});
  }

  adopt(): Adoption | { readonly problems: readonly Diagnostic[] } {
    this.#readNodes();
    for (;;) {
      const attempt = this.#attempt();
      if (attempt === undefined) continue;
      if ("problems" in attempt) return attempt;
      const changes = this.#judge(attempt);
      if (changes !== undefined) return this.#result(attempt, changes);
    }
  }

  #readNodes(): void {
    const { existing, map, plan, only } = this.#input;
    const accounts = new Map(
      [...map.accounts.values()].map((account) => [account.id as string, account]),
    );
    const made = rolesOf(plan);
    const names = only?.map(globOf);
    for (const role of existing.roles.values()) {
      const account = accounts.get(role.accountId);
      const { otherAccounts } = this.#left;
      if (account === undefined || account.leaving) {
        otherAccounts.set(role.accountId, (otherAccounts.get(role.accountId) ?? 0) + 1);
      } else if (made.has(role.arn)) this.#left.inMap += 1;
      else if (names?.some((glob) => matchesGlob(glob, role.name)) === false)
        this.#left.notNamed += 1;
      else this.#readNode(role, account, accounts);
    }
    this.#leaveServicesAlone();
  }

  #readNode(role: ExistingRole, home: Account, accounts: ReadonlyMap<string, Account>): void {
    const { arn, trust } = role;
    const { map } = this.#input;
    const braces = role.inline.find(
      ({ document }) => document.known && JSON.stringify(document.value).includes("{{"),
    );
    if (!trust.known) {
      this.#refused.set(arn, `its trust policy is not readable: ${trust.reason}`);
    } else if (braces !== undefined) {
      this.#refused.set(
        arn,
        `its policy ${braces.name} holds \`{{\`, which starts a parameter in documents`,
      );
    } else {
      const scope = { role, home, map, accounts, providers: this.#providers };
      const read = trustWays(trust.value, scope);
      if ("problem" in read) this.#refused.set(arn, read.problem);
      else if (read.ways.length === 0) this.#refused.set(arn, "its trust policy allows no one");
      else this.#nodes.set(arn, { role, account: home, ways: read.ways });
    }
  }

  /** Roles of workloads, which no one assumes and which assume nothing, do not belong in an access map. */
  #leaveServicesAlone(): void {
    const callers = new Set(
      [...this.#nodes.values()].flatMap(({ ways }) =>
        ways.flatMap(({ callerArn }) => callerArn ?? []),
      ),
    );
    for (const [arn, { ways }] of this.#nodes) {
      const services = ways.every(({ principal }) =>
        ["service", "instanceProfile", "podIdentity"].some((kind) => kind in principal),
      );
      if (!services || callers.has(arn)) continue;
      this.#nodes.delete(arn);
      this.#left.servicesOnly += 1;
    }
  }

  /** Drafts, writes and plans; nothing where roles had to be given up, and it is to be tried again. */
  #attempt(): Attempt | { readonly problems: readonly Diagnostic[] } | undefined {
    const { map, raw, mapFile, mapText, documents, check } = this.#input;
    const keysOf = (section: object | undefined): ReadonlySet<string> =>
      new Set(Object.keys(section ?? {}));
    const draft = draftEntries(this.#nodes, {
      defaults: raw.defaults ?? {},
      tags: map.tags,
      policyPath: map.policyPath,
      known: documents,
      keys: { hubs: keysOf(raw.hubs), spokes: keysOf(raw.spokes), chains: keysOf(raw.chains) },
      declared: this.#declared,
      unchained: this.#unchained,
    });
    const edits = this.#edits(draft);
    const edited = editMap(mapText, edits, mapFile);
    if ("problems" in edited) return edited;
    const { plan, diagnostics } = check(edited.text, draft.documents);
    if (plan !== undefined) return { draft, edits, mapText: edited.text, plan };
    const blamed = errorsByEntry(diagnostics, draft, { file: mapFile, text: edited.text });
    if (blamed.size === 0) return { problems: diagnostics };
    for (const [entry, finding] of blamed) {
      for (const arn of entry.roles) {
        if (entry.section === "chains" && this.#unchain(entry)) break;
        this.#refuse(
          arn,
          `as ${entry.section.slice(0, -1)} \`${entry.key}\` it would be wrong: ${finding.message} [${finding.rule}]`,
        );
      }
    }
    return undefined;
  }

  #edits({ entries: drafted }: Draft): AddEntry[] {
    const sections = ["hubs", "spokes", "chains"];
    const entries = [...drafted].sort(
      (a, b) => sections.indexOf(a.section) - sections.indexOf(b.section),
    );
    const used = JSON.stringify(entries.map(({ value }) => value));
    const providers = [...this.#providers.added]
      .filter(([key]) => used.includes(`"provider":${JSON.stringify(key)}`))
      .map(([key, value]): AddEntry => ({
        kind: "add-entry",
        section: "identityProviders",
        key,
        value: value as AddEntry["value"],
      }));
    return [
      ...providers,
      ...entries.map(({ section, key, value }): AddEntry => ({
        kind: "add-entry",
        section,
        key,
        value,
      })),
    ];
  }

  /** Holds what is planned against what exists: the changes of each role, or nothing where some were given up. */
  #judge({ draft, plan }: Attempt): ReadonlyMap<string, readonly string[]> | undefined {
    const { existing, map } = this.#input;
    const scope = { existing, directory: accountDirectory(map.accounts.values()), tags: map.tags };
    const planned = rolesOf(plan);
    const changes = new Map<string, readonly string[]>();
    const failed: { entry: DraftedEntry; arn: string; reason: string; part: string }[] = [];
    for (const entry of draft.entries) {
      for (const arn of entry.roles) {
        const found = planned.get(arn);
        const role = existing.roles.get(arn);
        if (role === undefined || found === undefined) {
          failed.push({ entry, arn, part: "settings", reason: "the map would not create it" });
          continue;
        }
        const compared = this.#compare(role, found, scope);
        if (compared.same) changes.set(arn, compared.changes);
        else failed.push({ entry, arn, ...compared });
      }
    }
    failed.push(...this.#disturbed(draft, planned));
    if (failed.length === 0) return changes;
    this.#giveUp(failed);
    return undefined;
  }

  /** Compares a role; one that is planned as it was the last time is not proved again. */
  #compare(role: ExistingRole, planned: PlannedRole, scope: ComparisonScope): RoleComparison {
    const { id: _, ...settings } = planned.role;
    const text = JSON.stringify([settings, planned.account.boundaries]);
    const earlier = this.#compared.get(role.arn);
    if (earlier?.text === text) return earlier.comparison;
    const comparison = compareRole(role, planned.role, planned.account, scope);
    this.#compared.set(role.arn, { text, comparison });
    return comparison;
  }

  /** Adopted roles that would change a role that the map makes already. */
  #disturbed(
    { entries }: Draft,
    planned: ReadonlyMap<string, PlannedRole>,
  ): { entry: DraftedEntry; arn: string; reason: string; part: string }[] {
    const changed = [...rolesOf(this.#input.plan)].flatMap(([arn, { role }]) =>
      JSON.stringify(role) === JSON.stringify(planned.get(arn)?.role) ? [] : [arn],
    );
    const blame = (
      touches: (role: string, changed: string) => boolean,
    ): { entry: DraftedEntry; arn: string; reason: string; part: string }[] =>
      entries.flatMap((entry) =>
        entry.roles.flatMap((arn) => {
          const other = changed.find((each) => touches(arn, each));
          const reason = `the map would change ${other ?? ""}, which it already creates`;
          return other === undefined ? [] : [{ entry, arn, part: "settings", reason }];
        }),
      );
    const touching = blame(
      (arn, other) =>
        (this.#nodes.get(arn)?.ways ?? []).some(({ callerArn }) => callerArn === other) ||
        JSON.stringify(planned.get(other)?.role ?? "").includes(arn),
    );
    return touching.length > 0 ? touching : blame(() => true);
  }

  /** Another form first: no chain, then a permission that is left as it is. What fits in no form is refused. */
  #giveUp(
    failed: readonly { entry: DraftedEntry; arn: string; reason: string; part: string }[],
  ): void {
    let another = false;
    for (const { entry, arn, part } of failed) {
      if (entry.section === "chains") another = this.#unchain(entry) || another;
      else if (entry.section === "hubs" && part === "permissions" && !this.#declared.has(arn)) {
        this.#declared.add(arn);
        another = true;
      }
    }
    if (another) return;
    for (const { arn, reason } of failed) this.#refuse(arn, reason);
  }

  #unchain({ roles: [start = ""] }: DraftedEntry): boolean {
    if (this.#unchained.has(start)) return false;
    this.#unchained.add(start);
    return true;
  }

  #refuse(arn: string, reason: string): void {
    this.#nodes.delete(arn);
    this.#refused.set(arn, reason);
  }

  #result(
    { draft, edits, mapText, plan }: Attempt,
    changes: ReadonlyMap<string, readonly string[]>,
  ): Adoption {
    const adopted = draft.entries.flatMap(({ section, key, roles }) =>
      roles.flatMap((arn): AdoptedRole[] => {
        const node = this.#nodes.get(arn);
        if (node === undefined) return [];
        const { role, account } = node;
        return [
          {
            arn,
            account: account.key,
            name: role.name,
            section,
            key,
            changes: changes.get(arn) ?? [],
            declared: this.#declared.has(arn),
          },
        ];
      }),
    );
    const byArn = (a: { arn: string }, b: { arn: string }): number => (a.arn < b.arn ? -1 : 1);
    return {
      adopted: adopted.sort(byArn),
      refused: [...this.#refused].map(([arn, reason]) => ({ arn, reason })).sort(byArn),
      leftAlone: { ...this.#left, ...this.#input.existing.leftOut },
      edits,
      documents: draft.documents,
      mapText,
      plan,
    };
  }
}

interface PlannedRole {
  readonly role: RolePlan;
  readonly account: AccountPlan;
}

function rolesOf(plan: ResolvedAccess): ReadonlyMap<string, PlannedRole> {
  return new Map(
    plan.accounts.flatMap((account) =>
      account.roles.map((role) => [role.arn, { role, account }] as const),
    ),
  );
}

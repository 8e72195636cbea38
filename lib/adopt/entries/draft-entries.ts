import type { NewValue } from "../../account-map/edit/change";
import type { PolicyDocument } from "../../iam/policy-document";
import { AdoptedDocuments } from "./adopted-documents";
import { findChains } from "./find-chains";
import type { FoundChain } from "./find-chains";
import { freeKey } from "../../account-map/model/free-key";
import { oneOrMore, principalFields } from "./principal-fields";
import type { GrantedWay } from "./principal-fields";
import { roleFields } from "./role-fields";
import type { Fields, RoleFieldsScope } from "./role-fields";
import { RoleGraph } from "./role-node";
import type { RoleNode } from "./role-node";
import { addTo } from "../../values/group";

/** An entry that is put into the map. */
export interface DraftedEntry {
  readonly section: "hubs" | "spokes" | "chains";
  readonly key: string;
  readonly value: Fields;
  /** ARNs of the roles that it covers. */
  readonly roles: readonly string[];
}

/** Entries for roles, and the documents that they use. */
export interface Draft {
  readonly entries: readonly DraftedEntry[];
  /** Documents that `policies/` lacks, by name. */
  readonly documents: ReadonlyMap<string, PolicyDocument>;
}

/** What entries are drafted with. */
export interface DraftScope extends Omit<RoleFieldsScope, "documents"> {
  /** Documents of `policies/` by name. */
  readonly known: ReadonlyMap<string, PolicyDocument>;
  /** Keys that the map has, by section. */
  readonly keys: Readonly<Record<DraftedEntry["section"], ReadonlySet<string>>>;
  /** ARNs of roles whose permission to assume others stays as it is: the map says that it exists. */
  readonly declared: ReadonlySet<string>;
  /** ARNs of roles that no chain begins with. */
  readonly unchained: ReadonlySet<string>;
}

/** Drafts the entries that say what exists. Whether they do is for the plan to show. */
export function draftEntries(nodes: ReadonlyMap<string, RoleNode>, scope: DraftScope): Draft {
  return new Drafting(new RoleGraph(nodes), scope).draft();
}

class Drafting {
  readonly #graph: RoleGraph;
  readonly #scope: DraftScope;
  readonly #documents: AdoptedDocuments;
  /** Names documents for comparisons, and adds none. */
  readonly #scratch: AdoptedDocuments;
  readonly #entries: DraftedEntry[] = [];
  readonly #keys: Record<DraftedEntry["section"], Set<string>>;
  /** Keys of hubs by ARN. */
  readonly #hubs = new Map<string, string>();

  constructor(graph: RoleGraph, scope: DraftScope) {
    this.#graph = graph;
    this.#scope = scope;
    this.#documents = new AdoptedDocuments(scope.known);
    this.#scratch = new AdoptedDocuments(scope.known);
    const { hubs, spokes, chains } = scope.keys;
    this.#keys = { hubs: new Set(hubs), spokes: new Set(spokes), chains: new Set(chains) };
  }

  draft(): Draft {
    const left = new Map(this.#graph.nodes);
    for (const chain of findChains(this.#graph, this.#scope.unchained)) {
      const roles = [chain.start, ...chain.steps.flat()];
      if (roles.some(({ role }) => !left.has(role.arn))) continue;
      for (const { role } of roles) left.delete(role.arn);
      this.#addChain(chain);
    }
    const nodes = [...left.values()];
    const hubs = nodes.filter(({ role }) => this.#graph.targetsOf(role.arn).size > 0);
    for (const { role } of hubs) this.#hubs.set(role.arn, this.#take("hubs", role.name));
    for (const hub of hubs) this.#addHub(hub);
    this.#addSpokes(nodes.filter(({ role }) => !this.#hubs.has(role.arn)));
    return { entries: this.#entries, documents: this.#documents.added };
  }

  #take(section: DraftedEntry["section"], words: string): string {
    const key = freeKey(words, this.#keys[section], "adopted");
    this.#keys[section].add(key);
    return key;
  }

  /** The roles that the map lets a role assume: none where it says that the permission exists. */
  #madeTargets(arn: string): ReadonlySet<string> {
    return this.#scope.declared.has(arn) ? new Set() : this.#graph.targetsOf(arn);
  }

  #fields({ role }: RoleNode, key: string, general: boolean, documents: AdoptedDocuments): Fields {
    const fields = roleFields(role, this.#madeTargets(role.arn), general, {
      ...this.#scope,
      documents,
    });
    return { ...(role.name === key ? {} : { role: role.name }), ...fields };
  }

  #addHub(node: RoleNode): void {
    const { role, account, ways } = node;
    const key = this.#hubs.get(role.arn) ?? "";
    const targets = [...this.#graph.targetsOf(role.arn)];
    const direct = targets.every((arn) =>
      this.#graph.callersOf(arn).every((way) => way.callerArn !== role.arn || way.direct === true),
    );
    const principals = principalFields(
      ways.map((way) => this.#granted(way)),
      (id) => id,
    );
    this.#entries.push({
      section: "hubs",
      key,
      value: {
        account: account.key,
        ...this.#fields(node, key, false, this.#documents),
        ...(direct ? { trustMode: "roleArn" } : {}),
        ...(Object.keys(principals).length === 0 ? {} : { principals }),
      },
      roles: [role.arn],
    });
  }

  #granted(way: RoleNode["ways"][number]): GrantedWay {
    const { callerArn = "" } = way;
    const generate = this.#hubs.has(callerArn) && !this.#scope.declared.has(callerArn);
    if (!this.#graph.nodes.has(callerArn)) return { way, generate };
    const own = Object.entries(way.conditions).filter(([key]) => !PASSED_ON.has(key));
    return { way: { ...way, conditions: Object.fromEntries(own) }, generate };
  }

  #addSpokes(nodes: readonly RoleNode[]): void {
    const groups = new Map<string, RoleNode[]>();
    for (const node of nodes) {
      const { name, path } = node.role;
      const id = JSON.stringify([name, path, this.#spokeFields(node, "", true, this.#scratch)]);
      addTo(groups, id, node);
    }
    for (const group of groups.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const key = this.#take("spokes", first.role.name);
      const plain = group.map((node) =>
        JSON.stringify(this.#spokeFields(node, key, false, this.#scratch)),
      );
      const general = new Set(plain).size > 1;
      const externalId = externalIdField(group, (node) => this.#hubWays(node));
      const accounts = group.map(({ account }) => account);
      this.#entries.push({
        section: "spokes",
        key,
        value: {
          ...this.#spokeFields(first, key, general, this.#documents),
          accounts: {
            keys: accounts.map((account) => account.key).sort(),
            ...(accounts.some(({ management }) => management)
              ? { managementReason: "found there when the role was adopted" }
              : {}),
          },
          ...(externalId === undefined ? {} : { externalId }),
        },
        roles: group.map(({ role }) => role.arn),
      });
    }
  }

  /**
   * The entries of hubs listed under `hubs:`: those without conditions, if all require the same external
   * IDs.
   */
  #hubWays(node: RoleNode): RoleNode["ways"] {
    const ways = this.#graph
      .callersOf(node.role.arn)
      .filter(
        ({ callerArn = "", conditions }) =>
          this.#hubs.has(callerArn) &&
          !this.#scope.declared.has(callerArn) &&
          Object.keys(conditions).every((key) => PASSED_ON.has(key)),
      );
    const ids = new Set(ways.map(({ externalIds }) => [...externalIds].sort().join(" ")));
    const callers = new Set(ways.map(({ callerArn }) => callerArn));
    return ids.size === 1 && callers.size === ways.length ? ways : [];
  }

  #spokeFields(node: RoleNode, key: string, general: boolean, documents: AdoptedDocuments): Fields {
    const { ways } = node;
    const byHub = this.#hubWays(node);
    const hubs = byHub.map(({ callerArn = "" }) => this.#hubs.get(callerArn) ?? "").sort();
    const others = ways.filter((way) => !byHub.includes(way)).map((way) => this.#granted(way));
    const principals = principalFields(others, general ? templateOf(node) : (id) => id);
    const { role, ...fields } = this.#fields(node, key, general, documents);
    return {
      ...(role === undefined ? {} : { role }),
      ...(hubs.length === 0 ? {} : { hubs }),
      ...fields,
      ...(Object.keys(principals).length === 0 ? {} : { principals }),
    };
  }

  #addChain({ start, steps }: FoundChain): void {
    const key = this.#take("chains", start.role.name);
    const [profile] = start.role.instanceProfiles;
    const [way] = start.ways;
    const taken = new Set<string>();
    const roleOf = (node: RoleNode): readonly [string, NewValue] => {
      const roleKey = freeKey(node.role.name, taken, "adopted");
      taken.add(roleKey);
      const externalIds = node.ways[0]?.externalIds ?? [];
      return [
        roleKey,
        {
          account: node.account.key,
          ...this.#fields(node, roleKey, false, this.#documents),
          ...(externalIds.length === 0 ? {} : { externalId: oneOrMore(externalIds) }),
        },
      ];
    };
    const own = profile === undefined || profile.name === start.role.name;
    const instanceProfile = {
      account: start.account.key,
      ...(own ? {} : { profile: profile.name }),
      ...this.#fields(start, key, false, this.#documents),
      ...way?.conditions,
    };
    this.#entries.push({
      section: "chains",
      key,
      value: {
        start: { instanceProfile },
        steps: steps.map((roles) => ({ roles: Object.fromEntries(roles.map(roleOf)) })),
      },
      roles: [start, ...steps.flat()].map(({ role }) => role.arn),
    });
  }
}

/**
 * Conditions of a hub's entry that follow from what its own sessions carry: the plan generates them
 * again.
 */
const PASSED_ON: ReadonlySet<string> = new Set(["sourceIdentity", "sessionTags"]);

/** External ids with a parameter instead of what is the account's own. */
function templateOf({ account }: RoleNode): (externalId: string) => string {
  return (externalId) =>
    externalId.includes(account.id)
      ? externalId.replaceAll(account.id, "{{account.id}}")
      : externalId.replaceAll(account.key, "{{account.key}}");
}

function externalIdField(
  group: readonly RoleNode[],
  waysOf: (node: RoleNode) => RoleNode["ways"],
): NewValue | undefined {
  const idsOf = (node: RoleNode): readonly string[] => waysOf(node)[0]?.externalIds ?? [];
  const all = group.map(idsOf);
  if (all.every((ids) => ids.length === 0)) return undefined;
  const general = group.map((node) => idsOf(node).map(templateOf(node)));
  for (const candidate of [all, general]) {
    const [first = []] = candidate;
    if (new Set(candidate.map((ids) => ids.join(" "))).size === 1) return oneOrMore(first);
  }
  return {
    accounts: Object.fromEntries(
      group.flatMap((node) => {
        const ids = idsOf(node);
        return ids.length === 0 ? [] : [[node.account.key, oneOrMore(ids)] as const];
      }),
    ),
  };
}

import type { AccountMap } from "../account-map/model/account-map";
import type { Principal } from "../account-map/model/principal";
import type { PolicyKind } from "../iam/grammar/policy-kind";
import type { PolicySource } from "../iam/policy-shape";
import type { ResolvedAccess, RolePlan } from "../plan/resolved-access";
import { hopsByCaller, hopsOf, rolesByArn } from "./facts/hop";
import type { Hop } from "./facts/hop";
import { mappedSubjects, writtenSubjects } from "./facts/oidc-subject";
import type { OidcSubject } from "./facts/oidc-subject";
import { plannedRoles } from "./facts/planned-role";
import type { PlannedRole } from "./facts/planned-role";
import { entrances, entrancesOf } from "./facts/principal-use";
import type { PrincipalUse } from "./facts/principal-use";
import { roleEntries } from "./facts/role-entry";
import type { RoleEntry } from "./facts/role-entry";
import { roleEscalations } from "./facts/role-escalations";
import type { RoleEscalation } from "./facts/role-escalations";
import { tokenStatements } from "./facts/token-statement";
import type { TokenStatement } from "./facts/token-statement";
import {
  documentHolders,
  mapStatements,
  usualBoundary,
  writtenIn,
} from "./facts/written-statement";
import type { StatementHolder, WrittenStatement } from "./facts/written-statement";
import type { PreviousSynthesis } from "./previous-synthesis";

/**
 * Documents alone, and what rules ask about them. As in all contexts, what several rules ask is worked
 * out once, when the first one asks.
 */
export class DocumentContext {
  /** By name, with the places of their parts. */
  readonly documents: ReadonlyMap<string, PolicySource>;
  /** The moment of judgement, ISO 8601 in UTC; `undefined` where dates are not judged. */
  readonly now: string | undefined;
  readonly #kinds: ReadonlyMap<string, PolicyKind>;
  #statements?: readonly WrittenStatement[];
  #tokens?: readonly TokenStatement[];
  #subjects?: readonly OidcSubject[];

  /** @param kinds what documents are for. @default - their content says it */
  constructor({ documents, now, kinds = new Map() }: DocumentInput) {
    this.documents = documents;
    this.now = now;
    this.#kinds = kinds;
  }

  /** Every statement of a permission policy or of a boundary that people wrote. */
  get statements(): readonly WrittenStatement[] {
    return (this.#statements ??= this.writtenStatements());
  }

  /** The statements of trust documents that allow tokens of OIDC providers. */
  get tokens(): readonly TokenStatement[] {
    return (this.#tokens ??= tokenStatements(this.documents));
  }

  /** Every subject of a token that can assume a role. */
  get subjects(): readonly OidcSubject[] {
    return (this.#subjects ??= this.oidcSubjects());
  }

  protected writtenStatements(
    holders: ReadonlyMap<string, readonly StatementHolder[]> = new Map(),
    usual?: string,
  ): readonly WrittenStatement[] {
    return writtenIn(this.documents, this.#kinds, holders, usual);
  }

  protected oidcSubjects(): readonly OidcSubject[] {
    return this.tokens.flatMap(writtenSubjects);
  }
}

interface DocumentInput {
  readonly documents: ReadonlyMap<string, PolicySource>;
  readonly now?: string | undefined;
  readonly kinds?: ReadonlyMap<string, PolicyKind>;
}

/** A map with its documents. */
export class MapContext extends DocumentContext {
  readonly map: AccountMap;
  /** `undefined` where nothing was synthesized before. */
  readonly previous: PreviousSynthesis | undefined;
  #entries?: readonly RoleEntry[];
  #entrances?: readonly PrincipalUse[];
  #holders?: ReadonlyMap<string, readonly StatementHolder[]>;

  constructor({ map, previous, ...input }: MapInput) {
    super(input);
    this.map = map;
    this.previous = previous;
  }

  /** Every entry in the map that makes roles: hubs, spokes, the roles of chains and those of the pipeline. */
  get entries(): readonly RoleEntry[] {
    return (this.#entries ??= roleEntries(this.map));
  }

  /** Every principal of a role in the map: those of hubs and spokes, and the starts of chains. */
  get entrances(): readonly PrincipalUse[] {
    return (this.#entrances ??= entrances(this.map, this.entries));
  }

  /** The principals of one kind of principal. */
  entrancesOf<K extends Principal["kind"]>(
    kind: K,
  ): readonly PrincipalUse<Extract<Principal, { readonly kind: K }>>[] {
    return entrancesOf(this.entrances, kind);
  }

  /** Names of the documents that no role in the map has, as permissions or as boundary. */
  get unusedDocuments(): ReadonlySet<string> {
    const usual = usualBoundary(this.map);
    const names = [...this.documents.keys()];
    return new Set(names.filter((name) => !this.#documentHolders.has(name) && name !== usual));
  }

  get #documentHolders(): ReadonlyMap<string, readonly StatementHolder[]> {
    return (this.#holders ??= documentHolders(this.map, this.entries));
  }

  protected override writtenStatements(): readonly WrittenStatement[] {
    return [
      ...super.writtenStatements(this.#documentHolders, usualBoundary(this.map)),
      ...mapStatements(this.map, this.entries),
    ];
  }

  protected override oidcSubjects(): readonly OidcSubject[] {
    return [
      ...this.entrancesOf("oidc").flatMap(({ wayIn }) => mappedSubjects(wayIn)),
      ...super.oidcSubjects(),
    ];
  }
}

interface MapInput extends DocumentInput {
  readonly map: AccountMap;
  readonly previous?: PreviousSynthesis | undefined;
}

/** A map with its documents and its plan: all that rules can be handed. */
export class PlanContext extends MapContext {
  readonly plan: ResolvedAccess;
  #roles?: readonly (readonly PlannedRole[])[];
  #rolesByArn?: ReadonlyMap<string, RolePlan>;
  #hops?: readonly Hop[];
  #hopsByCaller?: ReadonlyMap<RolePlan, readonly Hop[]>;
  #escalations?: readonly RoleEscalation[];

  constructor({ plan, ...input }: MapInput & { readonly plan: ResolvedAccess }) {
    super(input);
    this.plan = plan;
  }

  /**
   * The roles of the plan, grouped by the entry in the map that makes them: a mistake of an entry is one
   * finding, in however many accounts it shows. No group is empty.
   */
  get roles(): readonly (readonly PlannedRole[])[] {
    return (this.#roles ??= plannedRoles(this.plan));
  }

  get rolesByArn(): ReadonlyMap<string, RolePlan> {
    return (this.#rolesByArn ??= rolesByArn(this.plan));
  }

  /** Every hop that a role of the plan is to make, in the order of the plan's edges. */
  get hops(): readonly Hop[] {
    return (this.#hops ??= hopsOf(this.plan, this.rolesByArn));
  }

  get hopsByCaller(): ReadonlyMap<RolePlan, readonly Hop[]> {
    return (this.#hopsByCaller ??= hopsByCaller(this.hops));
  }

  /** The roles that can gain permissions by all their policies together. */
  get escalations(): readonly RoleEscalation[] {
    return (this.#escalations ??= roleEscalations(this.plan, this.now));
  }
}

import type { AddEntry } from "../account-map/edit/map-edit";
import type { AccountMap } from "../account-map/model/account-map";
import type { RawAccountMap } from "../account-map/read/raw-account-map";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { PolicyDocument } from "../iam/policy-document";
import type { ResolvedAccess } from "../plan/resolved-access";
import type { DraftedEntry } from "./entries/draft-entries";
import type { ExistingAccess } from "./read/existing-access";

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

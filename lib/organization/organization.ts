import type { Tags } from "../account-map/account-map";
import type { Span } from "../diagnostics/diagnostic";
import type { Partition } from "../iam/partition";

/** An organization as AWS Organizations has it, or as another system's files describe it. */
export interface Organization {
  /** Such as `o-exampleorg1`. @default - the source does not tell */
  readonly id?: string;
  /** @default - the source does not tell */
  readonly managementAccountId?: string;
  /** @default - the source does not tell */
  readonly partition?: Partition;
  /** @default - the source does not tell */
  readonly rootId?: string;
  /** Sorted by path; empty where the source does not tell. */
  readonly units: readonly OrganizationUnit[];
  /** Sorted by id, those without one at the end by name. */
  readonly accounts: readonly OrganizationAccount[];
  /** Whether an account that is not listed is not in the organization. */
  readonly complete: boolean;
  /** Whether the accounts have the names that AWS has; else they are names of the source's own. */
  readonly awsNames: boolean;
}

/** An organizational unit. */
export interface OrganizationUnit {
  /** Such as `ou-ab12-cdefgh34`. @default - the source does not tell */
  readonly id?: string;
  readonly name: string;
  /** Names from the root down, such as `/Workloads/Prod`. A slash within a name is a hyphen here. */
  readonly path: string;
  /** Id of the unit or the root that it stands in. @default - the source does not tell */
  readonly parentId?: string;
}

/** An account of an organization. Its e-mail address is not kept. */
export interface OrganizationAccount {
  /** Twelve digits. @default - the source does not tell */
  readonly id?: string;
  readonly name: string;
  /** @default - the source does not tell */
  readonly state?: AccountState;
  /** How it came into the organization. @default - the source does not tell */
  readonly joined?: "created" | "invited";
  /** Path of its unit, `/` for the root. @default - the source does not tell */
  readonly unit?: string;
  /** Id of its unit, where the source tells it without the path. @default - `unit` tells it */
  readonly unitId?: string;
  /** @default - the source does not tell */
  readonly tags?: Tags;
  /** What made it, where the source makes accounts. @default - the source does not tell */
  readonly madeBy?: "account-factory-for-terraform";
  /** Where it stands. @default - it was read from the API */
  readonly place?: { readonly file: string; readonly span: Span };
}

/** What AWS Organizations says of an account's life. A `suspended` one may be closed where `State` is not told. */
export type AccountState =
  "pending-activation" | "active" | "suspended" | "pending-closure" | "closed";

const STATES: Readonly<Record<string, AccountState>> = {
  PENDING_ACTIVATION: "pending-activation",
  ACTIVE: "active",
  SUSPENDED: "suspended",
  PENDING_CLOSURE: "pending-closure",
  CLOSED: "closed",
};

/** The state of an account from its field `State`, or else from `Status`, which AWS retired in 2026. */
export function accountState(state: unknown, status: unknown): AccountState | undefined {
  const named = typeof state === "string" ? state : status;
  return typeof named === "string" && Object.hasOwn(STATES, named) ? STATES[named] : undefined;
}

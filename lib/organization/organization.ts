import type { Tags } from "../account-map/model/account-map";
import type { Span } from "../diagnostics/diagnostic";
import type { Partition } from "../iam/partition";

/** An organization as AWS Organizations has it, or as another system's files describe it. */
export interface Organization {
  /** Such as `o-exampleorg1`. @default - the source does not say */
  readonly id?: string;
  /** @default - the source does not say */
  readonly managementAccountId?: string;
  /** @default - the source does not say */
  readonly partition?: Partition;
  /** @default - the source does not say */
  readonly rootId?: string;
  /** Sorted by path; empty if the source does not say. */
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
  /** Such as `ou-ab12-cdefgh34`. @default - the source does not say */
  readonly id?: string;
  readonly name: string;
  /** Names from the root down, such as `/Workloads/Prod`. A slash within a name is a hyphen here. */
  readonly path: string;
  /** ID of its parent, an OU or the root. @default - the source does not say */
  readonly parentId?: string;
}

/** An account of an organization. Its e-mail address is not kept. */
export interface OrganizationAccount {
  /** Twelve digits. @default - the source does not say */
  readonly id?: string;
  readonly name: string;
  /** @default - the source does not say */
  readonly state?: AccountState;
  /** How it came into the organization. @default - the source does not say */
  readonly joined?: "created" | "invited";
  /** Path of its OU, `/` for the root. @default - the source does not say */
  readonly unit?: string;
  /** ID of its OU, if the source has it without the path. @default - `unit` says it */
  readonly unitId?: string;
  /** @default - the source does not say */
  readonly tags?: Tags;
  /** What created it, if the source creates accounts. @default - the source does not say */
  readonly madeBy?: "account-factory-for-terraform";
  /** Its place. @default - it was read from the API */
  readonly place?: { readonly file: string; readonly span: Span };
}

/** What AWS Organizations says of an account's life. A `suspended` one may be closed if `State` is absent. */
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

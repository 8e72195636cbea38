import type { SessionCaller } from "../caller";

/** What the user wants of a session. */
export interface SessionWishes {
  /** Source identity, and the name of the sessions. @default - the name that AWS asserts of the caller */
  readonly as?: string;
  /** Name of the sessions. @default - the source identity, or the caller's own name */
  readonly sessionName?: string;
  /** Passed at the first hop that allows it. */
  readonly tags: Readonly<Record<string, string>>;
  /** Length of the last session, seconds. @default - an hour, or the role's limit where that is shorter */
  readonly seconds?: number;
  /** Serial number or ARN of the caller's MFA device. @default - none */
  readonly mfaSerial?: string;
  /** Passed instead of the external ID of the last hop: to see why it is denied. @default - the map's */
  readonly externalId?: string;
  /** Source identity that the first credentials carry. @default - not known, or none */
  readonly carried?: string;
  /** @default - not known */
  readonly sourceIp?: string;
}

/** What a call depends on besides its entry. */
export interface HopState {
  /** Who makes the call. @default - the session of the hop before */
  readonly caller: SessionCaller | undefined;
  /** What AWS or the provider calls whoever made the first call. */
  readonly startName: string;
  readonly carried: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly isChained: boolean;
  readonly isLast: boolean;
  readonly wishes: SessionWishes;
  readonly time: number;
}

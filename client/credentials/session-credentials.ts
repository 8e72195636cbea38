/** Credentials of a session, or of a user where there is neither token nor end. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default - a long-term key */
  readonly sessionToken?: string;
  /** Milliseconds. @default - a long-term key */
  readonly until?: number;
}

/** When a session ends, as RFC 3339 with `Z`: botocore rejects the forms of other languages. */
export function endText(until: number): string {
  return new Date(until).toISOString().replace(/\.\d+Z$/, "Z");
}

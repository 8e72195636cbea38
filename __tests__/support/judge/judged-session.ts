/** Credentials that the judge knows: a long-term key of a user, or a session of a role. */
export interface JudgedSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default - a long-term key */
  readonly token?: string;
  readonly caller:
    | { readonly kind: "user"; readonly arn: string }
    | { readonly kind: "role-session"; readonly roleArn: string; readonly sessionName: string };
  /** Milliseconds. @default - for ever */
  readonly until?: number;
  /** @default - none */
  readonly sourceIdentity?: string;
  /** Tags that this session carries, those that persist along the chain among them. */
  readonly tags: Readonly<Record<string, string>>;
  readonly transitive: readonly string[];
  /** Policies that narrow the session. @default - none */
  readonly sessionPolicies?: readonly string[];
  /** Milliseconds. @default - a long-term key */
  readonly issued?: number;
}

/** An error of STS: code and message as AWS writes them. */
export class Fault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** How AWS calls the caller in its messages and in GetCallerIdentity. */
export function sessionArnOf({ caller }: JudgedSession): string {
  if (caller.kind === "user") return caller.arn;
  const [, partition = "", , , account = "", resource = ""] = caller.roleArn.split(":");
  return `arn:${partition}:sts::${account}:assumed-role/${resource.split("/").at(-1) ?? ""}/${caller.sessionName}`;
}

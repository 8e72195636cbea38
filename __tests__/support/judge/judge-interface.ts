import type { JudgedFacts } from "./judge-assume";
import type { JudgedPermissions } from "./judged-world";

/** A call that the judge answered. */
export interface JudgedCall {
  readonly action: string;
  /** How AWS calls the caller; empty without credentials. */
  readonly by: string;
  readonly form: URLSearchParams;
  /** `granted`, or the code of the error. */
  readonly answer: string;
}

/** Credentials, as programs are given them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * STS and one read of S3 on the loopback interface, deciding by what stacks say. Unlike an emulator it refuses
 * whatever AWS documents that it refuses; what its evaluator does not know is HTTP 500, and `problems` has it.
 */
export interface Judge {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly calls: readonly JudgedCall[];
  readonly problems: readonly string[];
  /** Most AssumeRole calls that were open at a time. */
  readonly mostAtOnce: () => number;
  /** Environment of programs that talk to it, with these credentials and no others. */
  environment(credentials?: Credentials): Record<string, string>;
  /** A long-term key of a user. */
  userKey(arn: string): Credentials;
  /** A session that was obtained elsewhere, such as from Identity Center or an instance. */
  session(
    roleArn: string,
    sessionName: string,
    given?: { readonly seconds?: number; readonly sourceIdentity?: string },
  ): Credentials;
  /** Permissions of a caller that no stack makes. */
  permit(arn: string, permissions: JudgedPermissions): void;
  device(serial: string, userArn: string, code: string): void;
  /** Lets the judge's time pass. */
  turn(seconds: number): void;
  from(sourceIp: string): void;
  /** Answers the next AssumeRole calls for a role instead of deciding them: a throttled, slow, broken or lying STS. */
  instead(
    roleArn: string,
    answers: readonly (
      "throttle" | "break" | { readonly delay: number } | { readonly as: string }
    )[],
  ): void;
  /** Other stacks, as after an apply. */
  apply(stacks: Iterable<string>): void;
  stop(): Promise<void>;
}

/** What a judge starts with. */
export interface JudgeSetup {
  readonly stacks: Iterable<string>;
  /** Organization by account. */
  readonly organizationOf: JudgedFacts["organizationOf"];
  /** Issuers of tokens that are trusted. @default - GitHub's */
  readonly issuers?: readonly string[];
  /** Milliseconds. @default - the time of the machine */
  readonly now?: () => number;
}

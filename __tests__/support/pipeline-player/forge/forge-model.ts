import type { Json } from "../workflow/expression";

/** What a token can do with one kind of things. */
export type Level = "none" | "read" | "write";

/** What a token can do, by the names of `permissions:`; what is not named is `none`. */
export type Permissions = Readonly<Record<string, Level>>;

/** Result of a job or a step. */
export type Result = "success" | "failure" | "cancelled" | "skipped";

/** A repository: the one that is deployed from, or a fork. */
export interface Repository {
  /** `owner/name`. */
  readonly name: string;
  /** The bare repository of git. */
  readonly folder: string;
}

/** A pull request into the repository. */
export interface PullRequest {
  readonly number: number;
  readonly author: string;
  readonly repository: Repository;
  readonly branch: string;
  head: string;
  state: "open" | "closed";
  mergedAt: string | null;
  /** @default - it is not merged */
  mergeCommit?: string;
}

/** A step that ran, or did not. */
export interface StepRecord {
  readonly name: string;
  readonly outcome: Result;
}

/** A job of a run; those of a matrix are one each. */
export interface JobRecord {
  /** As people see it: `wave-1 / apply shop`. */
  readonly name: string;
  result: Result;
  readonly steps: StepRecord[];
  /** What its steps printed. */
  log: string;
  outputs: Readonly<Record<string, string>>;
  readonly attempt: number;
}

/** What started a run. */
export interface TriggeringEvent {
  readonly name: "push" | "pull_request" | "workflow_run" | "schedule" | "workflow_dispatch";
  readonly payload: Readonly<Record<string, Json>>;
  /** Commit whose files run. */
  readonly sha: string;
  /** Such as `refs/heads/main`. */
  readonly ref: string;
  /** Commit that people see the run at; for a pull request its head. */
  readonly headSha: string;
  readonly headBranch: string;
  readonly actor: string;
  /** Whether the event is one of a fork: no secrets, and tokens that only read. */
  readonly fromFork: boolean;
  /** Inputs of `workflow_dispatch`. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** An approval of jobs that wait for an environment. */
export interface EnvironmentApproval {
  readonly environment: string;
  readonly state: "approved" | "rejected";
  readonly user: string;
}

/** A run of a workflow. */
export interface WorkflowRun {
  readonly id: number;
  /** File of the workflow. */
  readonly path: string;
  readonly name: string;
  readonly event: TriggeringEvent;
  attempt: number;
  status: "queued" | "in_progress" | "completed";
  /** `null` until it has ended. */
  conclusion: Result | null;
  /** Jobs by id, with the ids of the jobs that called theirs; of a matrix with its position. */
  readonly jobs: Map<string, JobRecord>;
  readonly approvals: EnvironmentApproval[];
  /** What the run says at its end, in the order of its jobs. */
  summary: string;
}

/** Files that a job has uploaded. */
export interface Artifact {
  readonly id: number;
  readonly run: number;
  readonly name: string;
  /** The archive. */
  readonly file: string;
  readonly size: number;
  expired: boolean;
}

/** A commit status. */
export interface CommitStatus {
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string;
  readonly creator: string;
}

/** A comment of a pull request. */
export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly user: string;
  body: string;
}

/** An issue. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly labels: readonly string[];
  body: string;
  state: "open" | "closed";
  readonly comments: string[];
}

/** An environment of deployments. */
export interface Environment {
  readonly reviewers: readonly string[];
  /** Branches whose jobs may use it. @default - all */
  readonly branches?: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

/** Who asks the forge, as a token says. */
export interface TokenHolder {
  /** Such as `github-actions[bot]`. */
  readonly login: string;
  readonly permissions: Permissions;
}

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  Artifact,
  Comment,
  CommitStatus,
  Environment,
  Issue,
  PullRequest,
  Repository,
  TokenHolder,
  TriggeringEvent,
  WorkflowRun,
} from "./forge-model";

/** The branch that is deployed; it is the default branch. */
export const BRANCH = "main";

/** Who is behind a token that is no longer, or never was, one. */
const NOBODY: TokenHolder = { login: "nobody", permissions: {} };

/** Takes what happens, and runs the workflows that it starts. */
export type Listener = (event: TriggeringEvent, action: string) => void;

/** What GitHub knows of a repository, with bare repositories of git in a temporary folder. */
export class Forge {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "trustwheel-forge-")));
  readonly repository: Repository;
  readonly pulls: PullRequest[] = [];
  readonly runs: WorkflowRun[] = [];
  readonly artifacts: Artifact[] = [];
  readonly statuses: CommitStatus[] = [];
  readonly comments: Comment[] = [];
  readonly issues: Issue[] = [];
  readonly labels = new Set<string>();
  readonly environments = new Map<string, Environment>();
  readonly variables: Record<string, string> = {};
  readonly secrets: Record<string, string> = {};
  /** Calls that the stand-ins don't know: there must be none. */
  readonly unknownCalls: string[] = [];
  readonly #tokens = new Map<string, TokenHolder>();
  readonly #listeners: Listener[] = [];
  #last = 100;

  constructor(readonly name: string) {
    this.repository = this.#bare(name);
    mkdirSync(join(this.folder, "artifacts"));
    mkdirSync(join(this.folder, "desk"));
    this.git(join(this.folder, "desk"), "init", "--quiet", `--initial-branch=${BRANCH}`);
  }

  /** The working tree in which people make commits. */
  get desk(): string {
    return join(this.folder, "desk");
  }

  /** The commit that the branch is at. */
  get head(): string {
    return this.git(this.repository.folder, "rev-parse", `refs/heads/${BRANCH}`);
  }

  /** A number that no other thing has. */
  id(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Makes a token. */
  issueToken(holder: TokenHolder): string {
    const token = `token-${this.id()}`;
    this.#tokens.set(token, holder);
    return token;
  }

  /** Makes a token worthless, as happens at the end of its job. */
  revokeToken(token: string): void {
    this.#tokens.delete(token);
  }

  holderOf(token: string): TokenHolder {
    return this.#tokens.get(token) ?? NOBODY;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Commits what is changed in a fresh state of the branch, and tells the commit. Nothing is pushed. */
  commit(change: (folder: string) => void, message: string, from: string = BRANCH): string {
    const { desk } = this;
    this.git(
      desk,
      "fetch",
      "--quiet",
      this.repository.folder,
      "+refs/heads/*:refs/remotes/origin/*",
    );
    const start = from === BRANCH ? `refs/remotes/origin/${BRANCH}` : from;
    const exists = spawnSync("git", ["rev-parse", "--verify", "--quiet", start], { cwd: desk });
    if (exists.status === 0) this.git(desk, "checkout", "--quiet", "--force", "--detach", start);
    change(desk);
    this.git(desk, "add", "--all");
    this.git(desk, "commit", "--quiet", "--allow-empty", "--message", message);
    return this.git(desk, "rev-parse", "HEAD");
  }

  /** Pushes a commit to the branch, as an administrator can. */
  push(commit: string, actor = "admin"): void {
    const known = spawnSync("git", ["rev-parse", "--verify", "--quiet", `refs/heads/${BRANCH}`], {
      cwd: this.repository.folder,
      encoding: "utf8",
    });
    const before = known.status === 0 ? known.stdout.trim() : "0".repeat(40);
    this.#take(this.repository, commit, `refs/heads/${BRANCH}`);
    this.#emit("push", "", actor, commit, { before, after: commit });
  }

  /** Opens a pull request. */
  open(author: string, branch: string, commit: string, fork?: string): PullRequest {
    const repository = fork === undefined ? this.repository : this.#bare(fork);
    const pull: PullRequest = {
      ...{ number: this.id(), author, repository, branch },
      ...{ head: commit, state: "open", mergedAt: null },
    };
    this.pulls.push(pull);
    this.#take(repository, commit, `refs/heads/${branch}`);
    this.#updatePull(pull, "opened");
    return pull;
  }

  /** Pushes another commit to the branch of a pull request. */
  synchronize(pull: PullRequest, commit: string): void {
    pull.head = commit;
    this.#take(pull.repository, commit, `refs/heads/${pull.branch}`);
    this.#updatePull(pull, "synchronize");
  }

  /**
   * Merges a pull request, as somebody who can't get around the protection of the branch: the gate's status
   * must be there, from the App, and the branch up to date. Throws if not.
   */
  merge(pull: PullRequest, actor: string): void {
    const required = this.statuses.findLast(
      ({ sha, context }) => sha === pull.head && context === "trustwheel / gate",
    );
    if (required?.state !== "success" || required.creator !== "trustwheel-gate[bot]") {
      throw new Error(`${pull.head} lacks the required status: ${JSON.stringify(required)}`);
    }
    const { folder } = this.repository;
    const base = this.head;
    if (this.git(folder, "merge-base", base, pull.head) !== base) {
      throw new Error(`${pull.head} is behind ${BRANCH}`);
    }
    const merge = this.#mergeCommit(base, pull.head);
    if (merge === undefined) throw new Error(`${pull.head} conflicts with ${BRANCH}`);
    this.git(folder, "update-ref", `refs/heads/${BRANCH}`, merge, base);
    Object.assign(pull, { state: "closed", mergedAt: "2026-01-01T00:00:00Z", mergeCommit: merge });
    this.#emit("push", "", actor, merge, { before: base, after: merge });
  }

  /** Starts a workflow by hand, on the branch. */
  dispatch(actor: string, workflow: string, inputs: Readonly<Record<string, string>>): void {
    const event = this.#event("workflow_dispatch", actor, this.head, { workflow });
    for (const listener of this.#listeners) listener({ ...event, inputs }, "");
  }

  /** Lets the hour come of the workflows that run on a schedule. */
  schedule(): void {
    this.#emit("schedule", "", "admin", this.head, {});
  }

  /** Tells that a run has ended, which can start others: always those of the default branch. */
  completed(run: WorkflowRun): void {
    const { id, name, path, event, conclusion } = run;
    const about = {
      ...{ id, name, path, event: event.name, conclusion },
      ...{ head_sha: event.headSha, head_branch: event.headBranch },
    };
    this.#emit("workflow_run", "completed", event.actor, this.head, { workflow_run: about });
  }

  /** Text of a file of a commit; `undefined` where there is none. */
  file(commit: string, path: string): string | undefined {
    const { status, stdout } = spawnSync("git", ["show", `${commit}:${path}`], {
      cwd: this.repository.folder,
      encoding: "utf8",
    });
    return status === 0 ? stdout : undefined;
  }

  /** Paths of the files of a commit below a folder. */
  files(commit: string, folder: string): string[] {
    const listed = this.git(
      ...([this.repository.folder, "ls-tree", "-r", "--name-only", commit, "--"] as const),
      folder,
    );
    return listed.split("\n").filter((line) => line !== "");
  }

  /** Asks git, which must succeed. */
  git(folder: string, ...args: readonly string[]): string {
    const identity = ["-c", "user.name=Example", "-c", "user.email=user@example.com"];
    const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #bare(name: string): Repository {
    const folder = join(this.folder, "git", name);
    mkdirSync(folder, { recursive: true });
    this.git(folder, "init", "--quiet", "--bare", `--initial-branch=${BRANCH}`);
    // GitHub gives out every commit that it has.
    this.git(folder, "config", "uploadpack.allowAnySHA1InWant", "true");
    return { name, folder };
  }

  #take({ folder }: Repository, commit: string, ref: string): void {
    this.git(folder, "fetch", "--quiet", this.desk, `+${commit}:${ref}`);
  }

  #updatePull(pull: PullRequest, action: string): void {
    const { number, head } = pull;
    // Commits of forks are in the repository, too.
    this.#take(this.repository, head, `refs/pull/${number}/head`);
    const base = this.head;
    const merge = this.#mergeCommit(base, head);
    if (merge === undefined) return; // conflicting pull requests start nothing
    this.git(this.repository.folder, "update-ref", `refs/pull/${number}/merge`, merge);
    const event: TriggeringEvent = {
      ...{ name: "pull_request", sha: merge, ref: `refs/pull/${number}/merge` },
      ...{ headSha: head, headBranch: pull.branch, actor: pull.author, inputs: {} },
      fromFork: pull.repository !== this.repository,
      payload: { action, number, pull_request: { number, head: { sha: head } } },
    };
    for (const listener of this.#listeners) listener(event, action);
  }

  #mergeCommit(base: string, head: string): string | undefined {
    const cwd = this.repository.folder;
    const merged = spawnSync("git", ["merge-tree", "--write-tree", base, head], {
      cwd,
      encoding: "utf8",
    });
    if (merged.status !== 0) return undefined;
    const tree = merged.stdout.trim();
    return this.git(cwd, "commit-tree", tree, "-p", base, "-p", head, "-m", "Merge");
  }

  #event(
    name: TriggeringEvent["name"],
    actor: string,
    sha: string,
    payload: TriggeringEvent["payload"],
  ): TriggeringEvent {
    const ref = `refs/heads/${BRANCH}`;
    return {
      ...{ name, actor, sha, payload, ref, headSha: sha, headBranch: BRANCH },
      ...{ fromFork: false, inputs: {} },
    };
  }

  #emit(
    name: TriggeringEvent["name"],
    action: string,
    actor: string,
    sha: string,
    payload: TriggeringEvent["payload"],
  ): void {
    const event = this.#event(name, actor, sha, {
      ...payload,
      ...(action === "" ? {} : { action }),
    });
    for (const listener of this.#listeners) listener(event, action);
  }
}

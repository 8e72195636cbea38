import { join } from "node:path";
import type { Terminal } from "../../cli/system/terminal";
import { writeIfDifferent } from "../../cli/system/write-if-different";
import type { AccessIndex, IndexRole } from "../../lib/session/index/access-index";
import type { JobOutcome, JobResult, JobSummary } from "../../lib/session/jobs/job-result";
import { nameOf } from "../../lib/session/ways/find-role";
import { AccessProblem, AccessRefused } from "../access-refused";
import { childEnvironment } from "../child/child-environment";
import { startCredentialsEndpoint } from "../child/credentials-endpoint";
import { startGuard } from "../child/guard";
import { exitOfSignal } from "../child/run-child";
import type { OpenSession } from "../open-session";
import { atOnce } from "./at-once";
import { runJob } from "./run-job";

/** A job whose path is known, or why there is none. */
export interface PlannedJob {
  readonly role: IndexRole;
  readonly session: OpenSession | AccessRefused;
}

/** How jobs are run. */
export interface RunnerOptions {
  readonly parallel: number;
  /** Seconds. */
  readonly timeout: number;
  readonly maxFailures?: number;
  readonly format: "text" | "json";
  /** Profile of the first credentials. @default - what the SDK finds */
  readonly from?: string;
}

/** What a run is made of. */
export interface RunnerInput {
  readonly index: AccessIndex;
  readonly command: readonly string[];
  readonly role: string;
  readonly jobs: readonly PlannedJob[];
  readonly options: RunnerOptions;
  readonly folder: string | undefined;
  readonly terminal: Terminal;
  readonly before: JobSummary | undefined;
}

/** Runs the jobs, and knows what became of each at any moment. */
export class Runner {
  readonly #input: RunnerInput;
  readonly #results = new Map<string, JobResult>();
  readonly #stop = new AbortController();
  readonly #guard = startGuard();
  #failures = 0;

  constructor(input: RunnerInput) {
    this.#input = input;
    for (const result of input.before?.results ?? []) this.#results.set(result.account, result);
    for (const { role } of input.jobs) this.#keep(role, { status: "not-started" });
  }

  async run(): Promise<number> {
    const { jobs, options } = this.#input;
    let signalled: NodeJS.Signals | undefined;
    const stop = (signal: NodeJS.Signals): void => {
      signalled ??= signal;
      this.#stop.abort();
    };
    const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, stop);
    try {
      this.#write();
      const results = atOnce(jobs, options.parallel, (job) => this.#job(job));
      for await (const result of results) {
        if (result === undefined) continue;
        if (result.status !== "done") this.#failures += 1;
        this.#write();
      }
    } finally {
      for (const signal of signals) process.off(signal, stop);
    }
    if (signalled !== undefined) return exitOfSignal(signalled);
    return jobs.every(({ role }) => this.#results.get(role.account)?.status === "done") ? 0 : 1;
  }

  summary(): JobSummary {
    const { role, command } = this.#input;
    const results = [...this.#results.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
    return { role, command, results };
  }

  async #job({ role, session }: PlannedJob): Promise<JobResult | undefined> {
    const { maxFailures } = this.#input.options;
    if (this.#stop.signal.aborted || (maxFailures !== undefined && this.#failures >= maxFailures))
      return undefined;
    const began = Date.now();
    const outcome =
      session instanceof AccessRefused ? refused(session) : await this.#enterAndRun(role, session);
    const result = this.#keep(role, outcome, (Date.now() - began) / 1000);
    if (this.#input.folder !== undefined) {
      writeIfDifferent(
        join(this.#input.folder, role.account, "result.json"),
        `${JSON.stringify(result, undefined, 2)}\n`,
      );
      this.#input.terminal.stderr(`${role.account}: ${result.status}\n`);
    }
    return result;
  }

  async #enterAndRun(role: IndexRole, session: OpenSession): Promise<JobOutcome> {
    try {
      await session.credentials();
    } catch (error) {
      if (error instanceof AccessRefused) return refused(error);
      if (error instanceof AccessProblem)
        return { status: "error", message: error.message, help: error.help };
      throw error;
    }
    const { command, options, folder, terminal } = this.#input;
    if (command.length === 0) return { status: "done" };
    if (this.#stop.signal.aborted) return { status: "not-started" };
    const line = (stream: "stdout" | "stderr", text: string): void => {
      // With a summary for programs, standard output is theirs.
      const out =
        stream === "stdout" && options.format === "text" ? terminal.stdout : terminal.stderr;
      out(`${role.account} | ${text}\n`);
    };
    const endpoint = await startCredentialsEndpoint(session.credentials, () => {
      line("stderr", `trustwheel: the credentials of ${nameOf(role)} could not be renewed`);
    });
    try {
      const handover = { kind: "endpoint", url: endpoint.url, token: endpoint.token } as const;
      const env = childEnvironment({
        environment: process.env,
        account: session.account,
        profile: options.from,
        region: session.account.region,
        handover,
      });
      return await runJob({
        account: role.account,
        command: command.map((word) => filledIn(word, role.account, session)),
        env,
        timeout: options.timeout * 1000,
        ...(folder === undefined ? {} : { output: join(folder, role.account) }),
        line,
        guard: this.#guard,
        stop: this.#stop.signal,
      });
    } finally {
      endpoint.close();
    }
  }

  #keep({ account }: IndexRole, outcome: JobOutcome, seconds?: number): JobResult {
    const accountId = this.#input.index.accounts[account]?.id ?? "";
    const result: JobResult = {
      account,
      accountId,
      ...outcome,
      ...(seconds === undefined ? {} : { seconds }),
    };
    this.#results.set(account, result);
    return result;
  }

  /** After each job: a run that is killed leaves a summary that is true. */
  #write(): void {
    const { folder } = this.#input;
    if (folder === undefined) return;
    writeIfDifferent(
      join(folder, "summary.json"),
      `${JSON.stringify(this.summary(), undefined, 2)}\n`,
    );
  }
}

function refused({ hop, reasons, help }: AccessRefused): JobOutcome {
  return { status: "denied", hop, reasons, help };
}

function filledIn(word: string, key: string, { account }: OpenSession): string {
  return word
    .replaceAll("{account.key}", key)
    .replaceAll("{account.id}", account.id)
    .replaceAll("{region}", account.region);
}

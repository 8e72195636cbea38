import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { ForgeServer } from "../forge/forge-server";
import type { JobRecord, WorkflowRun } from "../forge/forge-model";
import { runProgram } from "../run-program";
import type { ProgramEnd } from "../run-program";
import type { Contexts } from "../workflow/expression";
import type { Machine } from "./machine";

/** What a job that runs is made of. */
export interface JobSettings {
  readonly server: ForgeServer;
  readonly machine: Machine;
  readonly run: WorkflowRun;
  readonly record: JobRecord;
  /** All contexts but `env` and `steps`. */
  readonly contexts: Contexts;
  readonly token: string;
  /** What it asks GitHub's OIDC provider with. @default - it may not ask */
  readonly oidcSecret?: string;
  readonly signal: AbortSignal;
}

/** A job while it runs, on a machine of its own as far as files go. */
export class JobSession {
  readonly folder: string;
  /** Variables that hold for all steps that follow. */
  readonly env: Record<string, string> = {};
  readonly path: string[] = [];

  constructor(readonly settings: JobSettings) {
    const { machine, server } = settings;
    this.folder = join(machine.folder, "jobs", String(server.forge.id()));
    mkdirSync(this.workspace, { recursive: true });
    mkdirSync(this.temporary);
    machine.prepare?.(this.folder);
  }

  get workspace(): string {
    return join(this.folder, "work");
  }

  get temporary(): string {
    return join(this.folder, "temp");
  }

  /** Runs a program as a step does, and keeps what it prints. */
  async program(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<ProgramEnd> {
    const end = await runProgram(program, args, {
      cwd: this.workspace,
      env: { ...this.#environment(), ...this.env, ...env },
      signal: this.settings.signal,
    });
    this.say(end.output);
    return end;
  }

  say(text: string): void {
    this.settings.record.log += text.endsWith("\n") || text === "" ? text : `${text}\n`;
  }

  #environment(): Record<string, string> {
    const { machine, server, run, oidcSecret } = this.settings;
    const { event } = run;
    const path = [...this.path, ...machine.programs, server.programs, process.env.PATH ?? ""];
    return {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_ACTOR: event.actor,
      GITHUB_EVENT_NAME: event.name,
      GITHUB_REF: event.ref,
      GITHUB_REPOSITORY: server.forge.name,
      GITHUB_RUN_ATTEMPT: String(run.attempt),
      GITHUB_RUN_ID: String(run.id),
      GITHUB_SERVER_URL: server.url,
      GITHUB_SHA: event.sha,
      GITHUB_WORKFLOW: run.name,
      GITHUB_WORKSPACE: this.workspace,
      HOME: machine.folder,
      LANG: "C.UTF-8",
      PATH: path.join(delimiter),
      RUNNER_TEMP: this.temporary,
      TMPDIR: this.temporary,
      ...machine.env,
      ...(oidcSecret === undefined
        ? {}
        : {
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidcSecret,
            ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/oidc?api-version=2.0`,
          }),
    };
  }
}

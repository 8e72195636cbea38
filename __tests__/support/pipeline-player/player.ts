import { BRANCH } from "./forge/forge";
import type { ForgeServer } from "./forge/forge-server";
import type { TriggeringEvent, WorkflowRun } from "./forge/forge-model";
import { ConcurrencyGroups } from "./runner/concurrency-groups";
import { typedInputs } from "./runner/inputs";
import type { Machine } from "./runner/machine";
import type { Approver } from "./runner/run-job";
import { runJobs } from "./runner/run-jobs";
import { textOf } from "./workflow/expression";
import type { Contexts, Json, Scope } from "./workflow/expression";
import { mappingOf, valueOf } from "./workflow/template";
import { readWorkflow } from "./workflow/workflow-file";
import type { EventDefinition, WorkflowDefinition } from "./workflow/workflow-file";

const FOLDER = ".github/workflows";
const PULL_REQUEST_TYPES = ["opened", "synchronize", "reopened"];

/** Runs the workflows of a forge's repository as what happens there starts them. */
export class Player {
  /** Who lets jobs into environments: nobody, until a test says so. */
  approver: Approver = ({ environment }) => {
    throw new Error(`nobody reviews ${environment}`);
  };
  readonly #groups = new ConcurrencyGroups();
  readonly #going = new Set<Promise<void>>();
  readonly #problems: unknown[] = [];

  constructor(
    readonly server: ForgeServer,
    readonly machine: Machine,
  ) {
    server.forge.listen((event, action) => {
      this.#keep(this.#start(event, action));
    });
  }

  /** Waits until nothing runs any more; what could not be played is an exception. */
  async idle(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
    this.refuseProblems();
  }

  /** Throws what could not be played. */
  refuseProblems(): void {
    const problems = [...this.#problems, ...this.server.forge.unknownCalls];
    if (problems.length > 0) throw new AggregateError(problems, problems.map(String).join("\n"));
  }

  /** The newest run of a workflow, which must have one. */
  lastRun(file: string): WorkflowRun {
    const run = this.server.forge.runs.findLast(({ path }) => path === `${FOLDER}/${file}`);
    if (run === undefined) throw new Error(`${file} has not run`);
    return run;
  }

  /** "Re-run failed jobs": what succeeded is kept, with what it put out, but for what comes after the rest. */
  async rerunFailed(run: WorkflowRun): Promise<void> {
    const { forge } = this.server;
    if (run.status !== "completed") throw new Error(`run ${run.id} has not ended`);
    const text = forge.file(run.event.sha, run.path) ?? "";
    run.attempt += 1;
    run.status = "queued";
    run.summary = "";
    this.#keep(this.#run(run, await readWorkflow(run.path, text)));
    await this.idle();
  }

  #keep(going: Promise<void>): void {
    const kept = going
      .catch((error: unknown) => {
        this.#problems.push(error);
      })
      .finally(() => this.#going.delete(kept));
    this.#going.add(kept);
  }

  async #start(event: TriggeringEvent, action: string): Promise<void> {
    const { forge } = this.server;
    const files = forge.files(event.sha, FOLDER);
    await Promise.all(
      files.map(async (path) => {
        const workflow = await readWorkflow(path, forge.file(event.sha, path) ?? "");
        const definition = workflow.on.get(event.name);
        if (definition === undefined || !starts(definition, event, action, path)) return;
        const run: WorkflowRun = {
          ...{ id: forge.id(), path, name: workflow.name, event, attempt: 1, status: "queued" },
          ...{ conclusion: null, jobs: new Map(), approvals: [], summary: "" },
        };
        forge.runs.push(run);
        await this.#run(run, workflow);
      }),
    );
  }

  async #run(run: WorkflowRun, workflow: WorkflowDefinition): Promise<void> {
    const { forge } = this.server;
    const abort = new AbortController();
    const contexts = this.#contexts(run, workflow);
    const scope: Scope = { contexts, functions: {} };
    const group = groupOf(workflow, scope);
    const member = {
      cancel: () => {
        abort.abort();
      },
    };
    const isOn =
      group === undefined || (await this.#groups.enter(group.name, member, group.cancels));
    try {
      if (isOn) {
        run.status = "in_progress";
        const { result } = await runJobs(workflow, {
          ...{ server: this.server, machine: this.machine, run, groups: this.#groups, contexts },
          approver: (request) => this.approver(request),
          signal: abort.signal,
          secrets: run.event.fromFork ? {} : forge.secrets,
          keeps: run.attempt > 1,
          prefix: { id: "", name: "" },
        });
        run.conclusion = result;
      } else {
        run.conclusion = "cancelled";
      }
    } finally {
      run.status = "completed";
      if (isOn && group !== undefined) this.#groups.leave(group.name);
    }
    forge.completed(run);
  }

  #contexts(run: WorkflowRun, workflow: WorkflowDefinition): Contexts {
    const { forge, url } = this.server;
    const { event } = run;
    const github: Json = {
      ...{ actor: event.actor, event: event.payload, event_name: event.name, ref: event.ref },
      ...{ repository: forge.name, run_attempt: run.attempt, run_id: run.id, server_url: url },
      ...{ sha: event.sha, workflow: run.name },
    };
    const contexts: Contexts = { github, vars: event.fromFork ? {} : forge.variables };
    const definition = workflow.on.get("workflow_dispatch");
    const inputs =
      event.name === "workflow_dispatch" && definition !== undefined
        ? typedInputs(run.path, definition.inputs, event.inputs, { contexts, functions: {} })
        : {};
    return { ...contexts, inputs };
  }
}

/** Whether an event starts a workflow. */
function starts(
  definition: EventDefinition,
  { name, payload }: TriggeringEvent,
  action: string,
  path: string,
): boolean {
  switch (name) {
    case "push":
      return definition.branches?.includes(BRANCH) ?? true;
    case "pull_request":
      return (definition.types ?? PULL_REQUEST_TYPES).includes(action);
    case "workflow_run": {
      const { name: finished } = mappingOf(payload.workflow_run ?? null);
      const isAsked = definition.workflows?.includes(textOf(finished ?? null)) ?? false;
      return isAsked && (definition.types?.includes(action) ?? true);
    }
    case "workflow_dispatch":
      return path === `${FOLDER}/${textOf(payload.workflow ?? null)}`;
    case "schedule":
      return true;
  }
}

function groupOf(
  workflow: WorkflowDefinition,
  scope: Scope,
): { readonly name: string; readonly cancels: boolean } | undefined {
  if (workflow.concurrency === undefined) return undefined;
  const value = mappingOf(valueOf(workflow.concurrency, scope));
  const { group, "cancel-in-progress": cancels = false, ...others } = value;
  if (typeof group !== "string" || Object.keys(others).length > 0) {
    throw new Error(`${workflow.path}: concurrency is not played`);
  }
  return { name: `workflow ${group}`, cancels: cancels === true };
}

import type { JobRecord, Permissions, Result } from "../forge/forge-model";
import { holds, textOf } from "../workflow/expression";
import type { Functions, Json, Scope } from "../workflow/expression";
import { mappingOf, valueOf } from "../workflow/template";
import { readWorkflow } from "../workflow/workflow-file";
import type { JobDefinition, WorkflowDefinition } from "../workflow/workflow-file";
import type { ConcurrencyGroups } from "./concurrency-groups";
import { excessOf, forkPermissions, namedPermissions } from "./granted-permissions";
import { typedInputs } from "./inputs";
import { Slots } from "./machine";
import { strategyOf } from "./matrix";
import { jobName, runJob, worst } from "./run-job";
import type { JobSurroundings } from "./run-job";

/** What the jobs of a workflow run in, be it started by an event or called. */
export interface WorkflowSurroundings extends Omit<JobSurroundings, "permissions"> {
  readonly groups: ConcurrencyGroups;
  /** What a caller gives at most. @default - there is none */
  readonly limit?: Permissions;
  /** Whether jobs that succeeded in an earlier attempt are kept, where no job before them is new. */
  readonly keeps: boolean;
  /** What ids of jobs begin with, and names: those of the callers. */
  readonly prefix: { readonly id: string; readonly name: string };
}

interface JobEnd {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  /** Whether it ran now, not in an earlier attempt. */
  readonly isNew: boolean;
}

/** Runs the jobs of a workflow in the order of their needs, and tells how all of them ended. */
export async function runJobs(
  workflow: WorkflowDefinition,
  around: WorkflowSurroundings,
): Promise<Omit<JobEnd, "outputs">> {
  const ends = new Map<string, Promise<JobEnd>>();
  const byId = new Map(workflow.jobs.map((job) => [job.id, job]));
  const start = (job: JobDefinition): Promise<JobEnd> => {
    const known = ends.get(job.id);
    if (known !== undefined) return known;
    const before = job.needs.map((id) => {
      const needed = byId.get(id);
      if (needed === undefined) throw new Error(`${job.id} needs ${id}, which is not there`);
      return [id, start(needed)] as const;
    });
    const end = (async (): Promise<JobEnd> => {
      const needs = new Map<string, JobEnd>();
      for (const [id, promise] of before) needs.set(id, await promise);
      const ancestors = [...ancestorsOf(job, byId)].flatMap((id) => ends.get(id) ?? []);
      const results = (await Promise.all(ancestors)).map(({ result }) => result);
      return await runOrSkip(job, { workflow, needs, ancestors: results }, around);
    })();
    ends.set(job.id, end);
    return end;
  };
  const all = await Promise.all(workflow.jobs.map(start));
  return {
    result: worst(all.map(({ result }) => result)),
    isNew: all.some(({ isNew }) => isNew),
  };
}

function ancestorsOf(
  job: JobDefinition,
  byId: ReadonlyMap<string, JobDefinition>,
  found = new Set<string>(),
): ReadonlySet<string> {
  for (const id of job.needs) {
    const needed = byId.get(id);
    if (found.has(id) || needed === undefined) continue;
    found.add(id);
    ancestorsOf(needed, byId, found);
  }
  return found;
}

interface Before {
  readonly workflow: WorkflowDefinition;
  readonly needs: ReadonlyMap<string, JobEnd>;
  /** Results of all jobs that come before, over any number of needs. */
  readonly ancestors: readonly Result[];
}

async function runOrSkip(
  job: JobDefinition,
  before: Before,
  around: WorkflowSurroundings,
): Promise<JobEnd> {
  const { run, signal, contexts, prefix } = around;
  const id = `${prefix.id}${job.id}`;
  const needs = Object.fromEntries(
    [...before.needs].map(([key, { result, outputs }]) => [key, { result, outputs }]),
  );
  const { ancestors } = before;
  const functions: Functions = {
    always: () => true,
    cancelled: () => signal.aborted,
    failure: () => ancestors.includes("failure") && !signal.aborted,
    success: () => ancestors.every((each) => each === "success") && !signal.aborted,
  };
  const scope: Scope = { contexts: { ...contexts, needs }, functions };
  const keeps = around.keeps && [...before.needs.values()].every(({ isNew }) => !isNew);
  const earlier = run.jobs.get(id);
  if (keeps && (earlier?.result === "success" || earlier?.result === "skipped")) {
    return { result: earlier.result, outputs: earlier.outputs, isNew: false };
  }
  if (!holds(job.if, scope)) {
    const isCancelled = signal.aborted;
    const result: Result = isCancelled ? "cancelled" : "skipped";
    run.jobs.set(id, newRecord(`${prefix.name}${job.id}`, run.attempt, result));
    return { result, outputs: {}, isNew: true };
  }
  const named = namedPermissions(
    valueOrNone(job.permissions ?? before.workflow.permissions, scope),
  );
  const limited = run.event.fromFork ? forkPermissions(named) : named;
  const excess = around.limit === undefined ? [] : excessOf(limited, around.limit);
  if (excess.length > 0) throw new Error(`${id} asks for more than its caller: ${excess.join()}`);
  const abort = new AbortController();
  const own = { ...around, keeps, signal: AbortSignal.any([signal, abort.signal]) };
  const prepared = { id, needs, scope, permissions: limited };
  const start = (): Promise<JobEnd> =>
    job.uses === undefined ? runLegs(job, prepared, own) : callWorkflow(job, prepared, own);
  if (job.concurrency === undefined) return await start();
  const { group, "cancel-in-progress": cancels = false } = mappingOf(
    valueOf(job.concurrency, scope),
  );
  const name = `job ${textOf(group ?? null)}`;
  const member = {
    cancel: () => {
      abort.abort();
    },
  };
  if (!(await around.groups.enter(name, member, cancels === true))) {
    run.jobs.set(id, newRecord(`${prefix.name}${job.id}`, run.attempt, "cancelled"));
    return { result: "cancelled", outputs: {}, isNew: true };
  }
  try {
    return await start();
  } finally {
    around.groups.leave(name);
  }
}

interface Prepared {
  readonly id: string;
  readonly needs: Json;
  readonly scope: Scope;
  readonly permissions: Permissions;
}

/** Runs a job of steps, or all of its matrix. */
async function runLegs(
  job: JobDefinition,
  { id, needs, scope, permissions }: Prepared,
  around: WorkflowSurroundings,
): Promise<JobEnd> {
  const { run, prefix, keeps } = around;
  const { legs, maxParallel } =
    job.strategy === undefined ? { legs: [{}] } : strategyOf(valueOf(job.strategy, scope));
  if (legs.length > 1 && job.outputs !== undefined) {
    throw new Error(`${id}: outputs of a matrix are not played`);
  }
  const slots = new Slots(maxParallel ?? legs.length);
  const records = await Promise.all(
    legs.map(async (matrix, index) => {
      const own = job.strategy === undefined ? id : `${id} ${index}`;
      const earlier = run.jobs.get(own);
      if (keeps && earlier?.result === "success") return earlier;
      const name = jobName(job, {
        ...scope,
        contexts: { ...scope.contexts, matrix },
      });
      const record = newRecord(`${prefix.name}${name}`, run.attempt, "cancelled");
      run.jobs.set(own, record);
      await slots.during(() => runJob(job, { needs, matrix, record }, { ...around, permissions }));
      return record;
    }),
  );
  return {
    result: worst(records.map(({ result }) => result)),
    outputs: records[0]?.outputs ?? {},
    isNew: records.some(({ attempt }) => attempt === run.attempt),
  };
}

/** Runs the workflow of the same commit that a job calls. */
async function callWorkflow(
  job: JobDefinition,
  { id, scope, permissions }: Prepared,
  around: WorkflowSurroundings,
): Promise<JobEnd> {
  const path = /^\.\/(.+)$/.exec(job.uses ?? "")?.[1];
  if (path === undefined || job.strategy !== undefined) throw new Error(`${id} is not played`);
  const { server, run } = around;
  const text = server.forge.file(run.event.sha, path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  const called = await readWorkflow(path, text);
  const definition = called.on.get("workflow_call");
  if (definition === undefined) throw new Error(`${path} can't be called`);
  const given = job.with === undefined ? {} : mappingOf(valueOf(job.with, scope));
  const inputs = typedInputs(path, definition.inputs, given, scope);
  const end = await runJobs(called, {
    ...around,
    contexts: { ...around.contexts, inputs },
    secrets: job.inheritsSecrets ? around.secrets : {},
    limit: permissions,
    prefix: { id: `${id}/`, name: `${around.prefix.name}${jobName(job, scope)} / ` },
  });
  return { ...end, outputs: {} };
}

function newRecord(name: string, attempt: number, result: Result): JobRecord {
  return { name, attempt, result, steps: [], log: "", outputs: {} };
}

function valueOrNone(value: JobDefinition["permissions"], scope: Scope): Json | undefined {
  return value === undefined ? undefined : valueOf(value, scope);
}

import type { ForgeServer } from "../forge/forge-server";
import type { JobRecord, Permissions, Result, WorkflowRun } from "../forge/forge-model";
import type { Contexts, Functions, Json, Scope } from "../workflow/expression";
import { textOf } from "../workflow/expression";
import { mappingOf, textsOf, valueOf } from "../workflow/template";
import type { JobDefinition } from "../workflow/workflow-file";
import { JobSession } from "./job-session";
import type { Machine } from "./machine";
import { runSteps } from "./run-steps";

/** Who lets jobs into an environment that has reviewers. */
export type Approver = (request: {
  readonly environment: string;
  readonly run: WorkflowRun;
  readonly job: string;
}) => Promise<{ readonly state: "approved" | "rejected"; readonly user: string }>;

/** What a job of steps runs in. */
export interface JobSurroundings {
  readonly server: ForgeServer;
  readonly machine: Machine;
  readonly run: WorkflowRun;
  readonly approver: Approver;
  readonly signal: AbortSignal;
  /** Contexts that all jobs of the workflow have: `github`, `inputs`, `vars`. */
  readonly contexts: Contexts;
  readonly secrets: Readonly<Record<string, string>>;
  readonly permissions: Permissions;
}

/** Runs one job, or one of a matrix. */
export async function runJob(
  job: JobDefinition,
  own: { readonly needs: Json; readonly matrix: Json; readonly record: JobRecord },
  around: JobSurroundings,
): Promise<void> {
  const { server, machine, run, signal, permissions } = around;
  const { forge } = server;
  const { record } = own;
  const functions: Functions = {};
  const contexts: Contexts = { ...around.contexts, needs: own.needs, matrix: own.matrix };
  const environment = environmentOf(job, { contexts, functions });
  const refusal = environment === undefined ? undefined : await admit(environment, record, around);
  if (refusal !== undefined || signal.aborted) {
    record.log += `${refusal ?? "cancelled"}\n`;
    record.result = signal.aborted ? "cancelled" : "failure";
    return;
  }
  const login = "github-actions[bot]";
  const token = forge.issueToken({ login, permissions });
  const known = forge.environments.get(environment ?? "");
  const secrets = { ...around.secrets, ...(run.event.fromFork ? {} : known?.secrets) };
  const github = { ...mappingOf(contexts.github ?? null), token };
  const complete: Contexts = { ...contexts, github, secrets };
  const scope: Scope = { contexts: complete, functions };
  const env = textsOf(job.env, scope);
  const oidcSecret =
    permissions["id-token"] === "write" ? allowToken(around, environment) : undefined;
  await machine.slots.during(async () => {
    const session = new JobSession({
      ...{ server, machine, run, record, signal, token, contexts: complete },
      ...(oidcSecret === undefined ? {} : { oidcSecret }),
    });
    Object.assign(mappingOf(github), { workspace: session.workspace });
    const { result, steps } = await runSteps(
      job.steps,
      { contexts: complete, env, records: record.steps },
      session,
    );
    const after: Scope = {
      contexts: { ...complete, steps: { ...steps }, env: { ...env, ...session.env } },
      functions,
    };
    record.outputs = textsOf(job.outputs, after);
    record.result = result;
  });
  forge.revokeToken(token);
}

function environmentOf(job: JobDefinition, scope: Scope): string | undefined {
  if (job.environment === undefined) return undefined;
  const value = valueOf(job.environment, scope);
  if (typeof value !== "string") throw new Error(`${job.id}: only the name of an environment`);
  return value;
}

/** Asks whether a job may use an environment; tells why not. One that is missing is made, without protection. */
async function admit(
  environment: string,
  record: JobRecord,
  { server: { forge }, run, approver }: JobSurroundings,
): Promise<string | undefined> {
  const known = forge.environments.get(environment) ?? { reviewers: [], secrets: {} };
  forge.environments.set(environment, known);
  if (known.branches?.every((branch) => run.event.ref !== `refs/heads/${branch}`) === true) {
    return `${run.event.ref} is not allowed to deploy to ${environment}`;
  }
  if (known.reviewers.length === 0) return undefined;
  const { state, user } = await approver({ environment, run, job: record.name });
  if (!known.reviewers.includes(user)) throw new Error(`${user} can't review ${environment}`);
  run.approvals.push({ environment, state, user });
  return state === "approved" ? undefined : `${user} rejected it`;
}

/** The claims of the token, as docs.github.com/actions/reference/security/oidc has them. */
function allowToken({ server, run }: JobSurroundings, environment: string | undefined): string {
  const { name: repository } = server.forge;
  const { event } = run;
  const subject =
    environment !== undefined
      ? `environment:${environment}`
      : event.name === "pull_request"
        ? "pull_request"
        : `ref:${event.ref}`;
  return server.allowToken({
    iss: "https://token.actions.githubusercontent.com",
    sub: `repo:${repository}:${subject}`,
    repository,
    repository_owner: repository.split("/")[0] ?? "",
    ref: event.ref,
    event_name: event.name,
    actor: event.actor,
    workflow_ref: `${repository}/${run.path}@${event.ref}`,
    ...(environment === undefined ? {} : { environment }),
  });
}

/** The worst of some results: what a job of a matrix or a called workflow comes to. */
export function worst(results: readonly Result[]): Result {
  const order: readonly Result[] = ["cancelled", "failure", "success"];
  return order.find((each) => results.includes(each)) ?? "skipped";
}

/** The name of a job, of a matrix with the values of one. */
export function jobName(job: JobDefinition, scope: Scope): string {
  return textOf(valueOf(job.name, scope));
}

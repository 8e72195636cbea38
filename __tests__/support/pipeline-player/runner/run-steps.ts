import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ActionInputs } from "../actions/stand-in";
import { standInOf } from "../actions/stand-ins";
import type { Result, StepRecord } from "../forge/forge-model";
import { holds, textOf } from "../workflow/expression";
import type { Contexts, Functions, Json, Scope } from "../workflow/expression";
import { textsOf, valueOf } from "../workflow/template";
import { readAction } from "../workflow/workflow-file";
import type { StepDefinition } from "../workflow/workflow-file";
import type { JobSession } from "./job-session";
import { readOutputFile } from "./output-files";

/** How steps ended: as a whole, and each by its id. */
export interface StepsEnd {
  readonly result: Result;
  readonly steps: Readonly<Record<string, Json>>;
}

/** Where steps run: in a job, or in an action that is a step of one. */
export interface StepsScope {
  readonly contexts: Contexts;
  /** Variables that the job or the step around sets. */
  readonly env: Readonly<Record<string, string>>;
  /** What is told of each step. @default - nothing, as inside of an action */
  readonly records?: StepRecord[];
}

interface StepEnd {
  readonly isSuccess: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs steps one after the other; after one that failed only those whose condition says so. */
export async function runSteps(
  steps: readonly StepDefinition[],
  { contexts, env, records }: StepsScope,
  job: JobSession,
): Promise<StepsEnd> {
  const { signal } = job.settings;
  const ended: Record<string, Json> = {};
  let hasFailed = false;
  for (const step of steps) {
    const functions: Functions = {
      always: () => true,
      cancelled: () => signal.aborted,
      failure: () => hasFailed && !signal.aborted,
      hashFiles: (...patterns) => hashFiles(job.workspace, patterns),
      success: () => !hasFailed && !signal.aborted,
    };
    const around: Scope = {
      contexts: { ...contexts, steps: ended, env: { ...env, ...job.env } },
      functions,
    };
    const outcome = await runStep(step, around, { ...env }, job);
    if (outcome.result === "failure" || outcome.result === "cancelled") hasFailed = true;
    const { result, outputs } = outcome;
    if (step.id !== undefined) ended[step.id] = { outcome: result, conclusion: result, outputs };
    const named = step.name === undefined ? (step.uses ?? "run") : valueOf(step.name, around);
    records?.push({ name: textOf(named), outcome: result });
  }
  return { result: signal.aborted ? "cancelled" : hasFailed ? "failure" : "success", steps: ended };
}

async function runStep(
  step: StepDefinition,
  around: Scope,
  outer: Readonly<Record<string, string>>,
  job: JobSession,
): Promise<{ readonly result: Result; readonly outputs: Readonly<Record<string, string>> }> {
  // A condition reads the variables of its own step, too.
  const own = textsOf(step.env, around);
  const env = { ...outer, ...job.env, ...own };
  const scope: Scope = { ...around, contexts: { ...around.contexts, env } };
  if (!holds(step.if, scope)) return { result: "skipped", outputs: {} };
  job.say(`##[step] ${step.uses ?? textOf(valueOf(step.name ?? "run", scope))}`);
  const { isSuccess, outputs } =
    step.uses === undefined
      ? await runScript(step, scope, { ...outer, ...own }, job)
      : await runAction(step.uses, step, scope, { ...outer, ...own }, job);
  if (job.settings.signal.aborted) return { result: "cancelled", outputs };
  return { result: isSuccess ? "success" : "failure", outputs };
}

const SHELLS: Readonly<Record<string, readonly string[]>> = {
  "": ["-e"],
  bash: ["--noprofile", "--norc", "-eo", "pipefail"],
};
const MOST_SUMMARY = 1024 * 1024;

async function runScript(
  step: StepDefinition,
  scope: Scope,
  env: Readonly<Record<string, string>>,
  job: JobSession,
): Promise<StepEnd> {
  const options = SHELLS[step.shell ?? ""];
  if (options === undefined || step.run === undefined) throw new Error("not played: another shell");
  const folder = join(job.temporary, `step-${job.settings.server.forge.id()}`);
  mkdirSync(folder);
  const file = (name: string): string => join(folder, name);
  writeFileSync(file("script.sh"), textOf(valueOf(step.run, scope)));
  for (const name of ["output", "env", "path", "summary"]) writeFileSync(file(name), "");
  const { code } = await job.program("bash", [...options, file("script.sh")], {
    ...env,
    GITHUB_OUTPUT: file("output"),
    GITHUB_ENV: file("env"),
    GITHUB_PATH: file("path"),
    GITHUB_STEP_SUMMARY: file("summary"),
  });
  const summary = readFileSync(file("summary"), "utf8");
  if (summary.length > MOST_SUMMARY) job.say("the summary is too long, and left out");
  else job.settings.run.summary += summary;
  try {
    Object.assign(job.env, readOutputFile(file("env")));
    job.path.unshift(...readFileSync(file("path"), "utf8").split("\n").filter(Boolean));
    return { isSuccess: code === 0, outputs: readOutputFile(file("output")) };
  } catch (error) {
    job.say(String(error));
    return { isSuccess: false, outputs: {} };
  }
}

async function runAction(
  uses: string,
  step: StepDefinition,
  scope: Scope,
  env: Readonly<Record<string, string>>,
  job: JobSession,
): Promise<StepEnd> {
  const given = textsOf(step.with, scope);
  if (!uses.startsWith("./")) {
    const inputs = new ActionInputs(uses, given);
    const end = await standInOf(uses)(inputs, job);
    if (end.isSuccess) inputs.refuseUnread();
    return end;
  }
  // An action of the repository is taken from what is checked out.
  const path = ["action.yml", "action.yaml"].map((name) => join(job.workspace, uses, name));
  const file = path.find((each) => existsSync(each));
  if (file === undefined) throw new Error(`there is no action in ${uses}`);
  const action = readAction(uses, readFileSync(file, "utf8"));
  for (const name of Object.keys(given)) {
    if (!action.inputs.has(name)) throw new Error(`${uses} has no input ${name}`);
  }
  const inputs = Object.fromEntries(
    [...action.inputs].map(([name, { required, default: otherwise = "" }]) => {
      if (required && given[name] === undefined) throw new Error(`${uses} needs the input ${name}`);
      return [name, given[name] ?? textOf(valueOf(otherwise, scope))];
    }),
  );
  const { github = null } = scope.contexts;
  const { result } = await runSteps(action.steps, { contexts: { github, inputs }, env }, job);
  return { isSuccess: result === "success", outputs: {} };
}

/** Whether files are there, as a text that is empty where they are not; patterns are not played. */
function hashFiles(workspace: string, patterns: readonly Json[]): string {
  const found = patterns.map(textOf).filter((pattern) => {
    if (/[*?[\]!]/.test(pattern)) throw new Error(`hashFiles(${pattern}) is not played`);
    return existsSync(join(workspace, pattern));
  });
  return found.length === 0 ? "" : Buffer.from(found.join("\n")).toString("hex");
}

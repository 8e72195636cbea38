import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow,
} from "@actions/workflow-parser";
import { convertActionTemplate, parseAction } from "@actions/workflow-parser/actions/index";
import type { Step as ParsedStep } from "@actions/workflow-parser/model/workflow-template";
import { entriesOf, literal, literals, template } from "./template";
import type { Template } from "./template";

/** What an input of a workflow or action says of itself. */
export interface InputDefinition {
  readonly type: string;
  readonly required: boolean;
  readonly default?: Template;
}

/** A step of a job or of an action. */
export interface StepDefinition {
  readonly id?: string;
  readonly name?: Template;
  /** An expression. */
  readonly if: string;
  readonly env?: Template;
  readonly run?: Template;
  readonly shell?: string;
  readonly uses?: string;
  readonly with?: Template;
}

/** A job of a workflow. */
export interface JobDefinition {
  readonly id: string;
  readonly name: Template;
  readonly needs: readonly string[];
  /** An expression. */
  readonly if: string;
  /** @default - those of the workflow */
  readonly permissions?: Template;
  readonly environment?: Template;
  readonly concurrency?: Template;
  readonly outputs?: Template;
  readonly strategy?: Template;
  readonly env?: Template;
  readonly steps: readonly StepDefinition[];
  /** A workflow that is called in the place of steps. */
  readonly uses?: string;
  readonly with?: Template;
  readonly inheritsSecrets: boolean;
}

/** When a workflow runs. */
export interface EventDefinition {
  readonly branches?: readonly string[];
  readonly types?: readonly string[];
  readonly workflows?: readonly string[];
  readonly inputs: ReadonlyMap<string, InputDefinition>;
}

/** A workflow. */
export interface WorkflowDefinition {
  readonly path: string;
  readonly name: string;
  readonly on: ReadonlyMap<string, EventDefinition>;
  readonly permissions?: Template;
  readonly concurrency?: Template;
  readonly jobs: readonly JobDefinition[];
}

/** An action that consists of steps. */
export interface ActionDefinition {
  readonly inputs: ReadonlyMap<string, InputDefinition>;
  readonly steps: readonly StepDefinition[];
}

const WORKFLOW_KEYS = ["name", "on", "permissions", "concurrency", "jobs"];
const JOB_KEYS = [
  ...["name", "needs", "if", "runs-on", "timeout-minutes", "permissions", "environment"],
  ...["concurrency", "outputs", "strategy", "env", "steps", "uses", "with", "secrets"],
];
const STEP_KEYS = ["id", "name", "if", "env", "run", "shell", "uses", "with"];
/** Keys of what starts a workflow. */
const EVENT_KEYS: Readonly<Record<string, readonly string[]>> = {
  push: ["branches"],
  pull_request: ["types"],
  workflow_run: ["workflows", "types"],
  workflow_dispatch: ["inputs"],
  workflow_call: ["inputs"],
};

/** Reads a workflow with GitHub's own parser, which checks it. What the player does not know is an exception. */
export async function readWorkflow(path: string, content: string): Promise<WorkflowDefinition> {
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  if (value === undefined) throw refused(path, context.errors.getErrors());
  const { errors, jobs } = await convertWorkflowTemplate(context, value);
  if (errors !== undefined) throw refused(path, errors);
  const entries = entriesOf(template(value), WORKFLOW_KEYS, path);
  const jobEntries = entries.get("jobs") as ReadonlyMap<string, Template>;
  return {
    path,
    name: literal(entries.get("name")) ?? path,
    on: events(entries.get("on"), path),
    ...only(entries, ["permissions", "concurrency"]),
    jobs: jobs.map((job): JobDefinition => {
      const id = job.id.value;
      const place = `${path}: ${id}`;
      const keys = entriesOf(jobEntries.get(id), JOB_KEYS, place);
      const secrets = literal(keys.get("secrets"));
      if (secrets !== undefined && secrets !== "inherit") {
        throw new Error(`${place}: secrets: ${secrets} is not played`);
      }
      if (job.type === "job" && keys.get("runs-on") !== "ubuntu-latest") {
        throw new Error(`${place}: only ubuntu-latest is played`);
      }
      const uses = literal(keys.get("uses"));
      return {
        id,
        name: keys.get("name") ?? id,
        needs: literals(keys.get("needs")),
        if: job.if.expression,
        ...only(keys, ["permissions", "environment", "concurrency", "outputs", "strategy", "env"]),
        ...only(keys, ["with"]),
        steps: job.type === "job" ? stepsOf(keys.get("steps"), job.steps, place) : [],
        ...(uses === undefined ? {} : { uses }),
        inheritsSecrets: secrets === "inherit",
      };
    }),
  };
}

/** Reads an action of steps, likewise. */
export function readAction(path: string, content: string): ActionDefinition {
  const { context, value } = parseAction({ name: path, content }, new NoOperationTraceWriter());
  if (value === undefined) throw refused(path, context.errors.getErrors());
  const { runs } = convertActionTemplate(context, value);
  const errors = context.errors.getErrors();
  if (errors.length > 0) throw refused(path, errors);
  if (runs.using !== "composite") throw new Error(`${path}: ${runs.using} is not played`);
  const entries = entriesOf(template(value), ["name", "description", "inputs", "runs"], path);
  const run = entriesOf(entries.get("runs"), ["using", "steps"], path);
  return {
    inputs: inputs(entries.get("inputs"), path),
    steps: stepsOf(run.get("steps"), runs.steps, path),
  };
}

function events(value: Template | undefined, path: string): WorkflowDefinition["on"] {
  const known = [...Object.keys(EVENT_KEYS), "schedule"];
  return new Map(
    [...entriesOf(value, known, `${path}: on`)].map(
      ([event, settings]): [string, EventDefinition] => {
        if (settings === null || event === "schedule") return [event, { inputs: new Map() }];
        const keys = entriesOf(settings, EVENT_KEYS[event] ?? [], `${path}: on: ${event}`);
        const lists = ["branches", "types", "workflows"].flatMap((key) =>
          keys.has(key) ? [[key, literals(keys.get(key))]] : [],
        );
        return [
          event,
          {
            ...(Object.fromEntries(lists) as object),
            inputs: inputs(keys.get("inputs"), `${path}: on: ${event}`),
          },
        ];
      },
    ),
  );
}

function inputs(value: Template | undefined, place: string): ReadonlyMap<string, InputDefinition> {
  if (value === undefined) return new Map();
  return new Map(
    [...(value as ReadonlyMap<string, Template>)].map(([name, definition]) => {
      const known = ["description", "type", "required", "default"];
      const keys = entriesOf(definition, known, `${place}: input ${name}`);
      return [
        name,
        {
          type: literal(keys.get("type")) ?? "string",
          required: keys.get("required") === true,
          ...only(keys, ["default"]),
        },
      ];
    }),
  );
}

function stepsOf(
  value: Template | undefined,
  parsed: readonly ParsedStep[],
  place: string,
): StepDefinition[] {
  return (value as readonly Template[]).map((each, index) => {
    const keys = entriesOf(each, STEP_KEYS, `${place}: step ${index + 1}`);
    const step = parsed[index];
    if (step === undefined || !("run" in step || "uses" in step)) {
      throw new Error(`${place}: step ${index + 1} is not played`);
    }
    const texts = ["id", "shell", "uses"].flatMap((key) =>
      keys.has(key) ? [[key, literal(keys.get(key))]] : [],
    );
    return {
      if: step.if.expression,
      ...(Object.fromEntries(texts) as object),
      ...only(keys, ["name", "env", "run", "with"]),
    };
  });
}

function only<Key extends string>(
  entries: ReadonlyMap<string, Template>,
  keys: readonly Key[],
): Partial<Record<Key, Template>> {
  const found = keys.flatMap((key) => {
    const value = entries.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(found) as Partial<Record<Key, Template>>;
}

function refused(path: string, errors: readonly object[]): Error {
  const messages = errors.map((error) =>
    "Message" in error ? error.Message : "message" in error ? error.message : error,
  );
  return new Error(`GitHub refuses ${path}: ${messages.map(String).join("; ")}`);
}

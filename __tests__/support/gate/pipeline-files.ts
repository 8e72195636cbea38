import { parse } from "yaml";
import { pipelineFiles } from "../../../lib/pipelines/pipeline-files";
import type { PipelineFile } from "../../../lib/pipelines/pipeline-file";
import { pipelineSettings } from "../../../lib/pipelines/pipeline-settings";
import type { PipelineSettings } from "../../../lib/pipelines/pipeline-settings";
import { checkMap } from "../project";

/** A value of YAML, to look into. */
export type Yaml = Readonly<Record<string, unknown>>;

/** The settings of the pipeline of a map that must be free of errors. */
export function settingsOf(mapText: string): PipelineSettings {
  const { plan, diagnostics } = checkMap(mapText);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  const settings = pipelineSettings(plan);
  if (settings === undefined) throw new Error("the map has no pipeline");
  return settings;
}

/** The files of a pipeline, as texts and as values. */
export class PipelineFolder {
  readonly files: readonly PipelineFile[];

  constructor(mapText: string) {
    this.files = pipelineFiles(settingsOf(mapText));
  }

  /** The text of a file. */
  text(path: string): string {
    const file = this.files.find((each) => each.path === path);
    if (file === undefined) throw new Error(`there is no ${path}`);
    return file.text;
  }

  /** The value of a file. */
  value(path: string): Yaml {
    return parse(this.text(path)) as Yaml;
  }

  /** Every script of all files with its place. */
  scripts(): { readonly at: string; readonly script: string }[] {
    return this.files.flatMap(({ path, text }) => scriptsIn(parse(text), path));
  }

  /** The script of a step of a workflow by the step's name. */
  step(path: string, job: string, name: string): string {
    const jobs = this.value(path).jobs as Readonly<
      Record<string, { readonly steps: readonly Yaml[] }>
    >;
    const step = jobs[job]?.steps.find((each) => each.name === name);
    if (typeof step?.run !== "string") throw new Error(`there is no script ${name} in ${path}`);
    return step.run;
  }
}

const SCRIPT_KEYS = new Set(["run", "script", "before_script", "after_script"]);

function scriptsIn(value: unknown, at: string): { at: string; script: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = `${at}: ${key}`;
    if (!SCRIPT_KEYS.has(key)) return scriptsIn(inner, place);
    const texts = Array.isArray(inner) ? inner : [inner];
    return texts.flatMap((text) => (typeof text === "string" ? [{ at: place, script: text }] : []));
  });
}

import { pipelineMap } from "../../lib/plan/support/pipeline-map";
import { FakeGithub } from "./fake-github";
import { PipelineFolder } from "./pipeline-files";
import type { Yaml } from "./pipeline-files";
import type { ShellFolder, ShellResult } from "./shell-folder";

const files = new PipelineFolder(pipelineMap());
const GATE = ".github/workflows/trustwheel-gate.yaml";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Yaml;
}

const { judge } = files.value(GATE).jobs as { readonly judge: { readonly steps: readonly Step[] } };

const STACK = '{"stack":"shop","text":"{}"}\n';

export interface Played {
  readonly results: Readonly<Record<string, ShellResult>>;
  /** What the steps put out. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Files in the folder `marks`. */
  readonly marks: string;
}

/**
 * Plays the job that judges as the runner does: each step with the environment that it names, and with what
 * others put out. The repository is the folder `upstream`, the clone `work`.
 *
 * @param tree what the head's own job uploaded, as lines of JSON
 */
export function playGate(folder: ShellFolder, base: string, head: string, tree = STACK): Played {
  const github = new FakeGithub(folder);
  const run = "repos/upstream/actions/runs/42/artifacts?name=trustwheel-head";
  folder.write("head.jsonl", tree);
  folder.run("zip -q head.zip head.jsonl");
  github.answer(run, { artifacts: [{ id: 9, size_in_bytes: 10, expired: false }] });
  github.file("repos/upstream/actions/artifacts/9/zip", "head.zip");
  const outputs: Record<string, string> = {};
  const expressions = (): Readonly<Record<string, string>> => ({
    "github.token": "a-token",
    "github.event.workflow_run.head_sha": head,
    "github.event.workflow_run.id": "42",
    "needs.begin.outputs.base": base,
    "needs.begin.outputs.own": "true",
    "steps.head.outputs.merged": outputs.merged ?? "",
    "steps.judge.outputs.outcome": outputs.outcome ?? "",
  });
  const evaluated = (text: string): string =>
    text.replace(/\$\{\{ (.*?) \}\}/g, (_, name: string) => {
      const value = expressions()[name];
      if (value === undefined) throw new Error(`${name} is not known`);
      return value;
    });
  const results: Record<string, ShellResult> = {};
  for (const { name = "", uses = "", run: script, env = {}, with: inputs } of judge.steps) {
    if (uses.startsWith("actions/checkout@")) {
      const ref = evaluated(String(inputs?.ref));
      const url = `file://${folder.path}/upstream`;
      folder.run(
        `git clone --quiet --no-checkout ${url} work && cd work && git checkout --quiet ${ref}`,
      );
    }
    if (script === undefined) continue;
    const known = Object.entries(env).map(([key, text]): [string, string] => [
      key,
      evaluated(text),
    ]);
    const result = folder.run(`cd work\n${script}`, {
      ...Object.fromEntries(known),
      GITHUB_SERVER_URL: `file://${folder.path}`,
      GITHUB_REPOSITORY: "upstream",
      GITHUB_OUTPUT: `${folder.path}/output`,
      GITHUB_STEP_SUMMARY: `${folder.path}/summary`,
      npm_config_cache: `${folder.path}/cache`,
      npm_config_offline: "true",
    });
    results[name] = result;
    for (const line of (folder.read("output") ?? "").split("\n")) {
      const [key = "", value = ""] = line.split(/=(.*)/);
      if (key !== "") outputs[key] = value;
    }
    if (result.code !== 0) break;
  }
  return { results, outputs, marks: folder.run("ls -A marks").output };
}

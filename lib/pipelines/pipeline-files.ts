import { atlantisFiles, RETIRED_ATLANTIS_FILES } from "./atlantis/atlantis-files";
import { githubFiles, RETIRED_GITHUB_FILES } from "./github/github-files";
import { gitlabFiles } from "./gitlab/gitlab-files";
import type { PipelineFile, PipelineHost } from "./pipeline-file";
import type { PipelineSettings } from "./pipeline-settings";

/** What runs the pipeline of a map, as `trustwheel ci` calls it. */
export function pipelineHost({ runner }: PipelineSettings): PipelineHost {
  return runner.kind === "githubActions" ? "github" : runner.kind;
}

/** The files of a pipeline, by what runs it. */
export function pipelineFiles(settings: PipelineSettings): PipelineFile[] {
  const { runner } = settings;
  switch (runner.kind) {
    case "githubActions":
      return githubFiles({ ...settings, runner });
    case "gitlab":
      return gitlabFiles({ ...settings, runner });
    case "atlantis":
      return atlantisFiles({ ...settings, runner });
  }
}

/** Files that earlier versions wrote, by what runs the pipeline: left there, they would go on running. */
export const RETIRED_FILES: Readonly<Record<PipelineHost, readonly string[]>> = {
  github: RETIRED_GITHUB_FILES,
  gitlab: [],
  atlantis: RETIRED_ATLANTIS_FILES,
};

import type { PipelineFile } from "../pipeline-file";
import { applyStacksWorkflow } from "./apply-stacks-workflow";
import { applyWorkflow } from "./apply-workflow";
import { driftWorkflow } from "./drift-workflow";
import { gateWorkflow } from "./gate-workflow";
import type { GithubSettings } from "./github-settings";
import { planStacksWorkflow } from "./plan-stacks-workflow";
import { reviewWorkflow } from "./review-workflow";
import { setupAction } from "./setup-action";

/** The workflows of a pipeline on GitHub, and the action that they share. */
export function githubFiles(settings: GithubSettings): PipelineFile[] {
  return [
    setupAction(),
    applyStacksWorkflow(settings),
    applyWorkflow(settings),
    driftWorkflow(settings),
    gateWorkflow(settings),
    planStacksWorkflow(settings),
    reviewWorkflow(),
  ];
}

/** Files that earlier versions wrote: they ran the program of a pull request with rights. */
export const RETIRED_GITHUB_FILES: readonly string[] = [
  ".github/workflows/trustwheel-comment.yaml",
  ".github/workflows/trustwheel-plan.yaml",
];

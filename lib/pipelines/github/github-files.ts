import type { PipelineFile } from "../pipeline-file";
import { applyStacksWorkflow } from "./apply-stacks-workflow";
import { applyWorkflow } from "./apply-workflow";
import { commentWorkflow } from "./comment-workflow";
import { driftWorkflow } from "./drift-workflow";
import type { GithubSettings } from "./github-settings";
import { planStacksWorkflow } from "./plan-stacks-workflow";
import { planWorkflow } from "./plan-workflow";
import { reviewWorkflow } from "./review-workflow";
import { setupAction } from "./setup-action";

/** The workflows of a pipeline on GitHub, and the action that they share. */
export function githubFiles(settings: GithubSettings): PipelineFile[] {
  return [
    setupAction(),
    applyStacksWorkflow(settings),
    applyWorkflow(settings),
    commentWorkflow(),
    driftWorkflow(settings),
    planStacksWorkflow(settings),
    planWorkflow(settings),
    reviewWorkflow(),
  ];
}

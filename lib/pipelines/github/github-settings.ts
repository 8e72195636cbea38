import type { PipelineRunner } from "../../account-map/model/pipeline-runner";
import type { PipelineSettings } from "../pipeline-settings";

/** Settings of a pipeline that GitHub Actions run. */
export type GithubSettings = PipelineSettings<Extract<PipelineRunner, { kind: "githubActions" }>>;

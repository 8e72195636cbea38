import type { PipelineRunner } from "../../account-map/model/pipeline-runner";
import type { PipelineSettings } from "../pipeline-settings";

/** Settings of a pipeline that GitLab CI runs. */
export type GitlabSettings = PipelineSettings<Extract<PipelineRunner, { kind: "gitlab" }>>;

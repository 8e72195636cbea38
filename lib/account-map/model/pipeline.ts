import type { RoleName } from "../../iam/identifier";
import type { Account, RoleSettings, PrincipalEntry } from "./account-map";
import type { Path } from "../../source/yaml/yaml-source";

/** The pipeline that plans and applies what the map says, with the two roles that it assumes. */
export interface Pipeline {
  /** Where the two roles are made. */
  readonly account: Account;
  readonly runner: PipelineRunner;
  /** Entered by runs for changes that are only proposed. */
  readonly plan: PipelineRole;
  /** Entered by runs that carry a change out. */
  readonly apply: PipelineRole;
  /** Name of the role of every account that a plan reads with; its path is `/`. */
  readonly accountPlanRole: RoleName;
  /** Most accounts that are planned or applied at once. */
  readonly maxParallel: number;
  readonly at: Path;
}

/** One of the two roles that a pipeline assumes. */
export interface PipelineRole {
  readonly settings: RoleSettings;
  readonly waysIn: readonly PrincipalEntry[];
}

/** What runs the pipeline. */
export type PipelineRunner =
  | { readonly kind: "githubActions"; readonly branch: string; readonly environment: string }
  | {
      readonly kind: "gitlab";
      readonly branch: string;
      readonly environment: string;
      /** What the tokens of jobs are made out to. */
      readonly audience: string;
    }
  | {
      readonly kind: "atlantis";
      /** As the server calls it, with its host. */
      readonly repository: string;
      readonly branch: string;
    };

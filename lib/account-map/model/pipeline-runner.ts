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

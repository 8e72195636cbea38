/** A map with a pipeline, as a value; changes are put on top of the keys at the top. */
export function pipelineMap(changes: Readonly<Record<string, unknown>> = {}): string {
  const map = {
    organizations: { ours: { id: "o-exampleorg1" } },
    defaults: { deploymentRole: "trustwheel-deployment", rolePath: "/access/" },
    state: { s3: { bucket: "example-org-states", region: "eu-central-1" } },
    pipeline: PIPELINE,
    accounts: {
      tools: { id: "111111111111" },
      shop: { id: "222222222222" },
    },
    spokes: {
      auditor: {
        accounts: { keys: ["shop"] },
        principals: { auditor: { user: { account: "tools", name: "auditor" } } },
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
      },
    },
    ...changes,
  };
  return JSON.stringify(map, undefined, 1);
}

/** The pipeline of the map. */
export const PIPELINE = {
  account: "tools",
  githubActions: { repository: "example-org/platform" },
};

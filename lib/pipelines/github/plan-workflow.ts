import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { checkRoom, FULL_MATRICES } from "../shell/matrices";
import { STRICT } from "../shell/plan-stack";
import { RESULT_TABLE } from "../shell/results";
import type { GithubSettings } from "./github-settings";
import { matrixJobIds, matrixJobs } from "./matrix-jobs";
import { CHECKOUT, downloadResults, setUp } from "./steps";

/** The file, in which deployments look for approved reviews. */
export const PLAN_WORKFLOW = "trustwheel-plan.yaml";

/** Steps of a job that ends a run with a table of its stacks. */
export function tableSteps(): Readonly<Record<string, unknown>>[] {
  return [
    downloadResults("trustwheel-result"),
    {
      name: "Table",
      env: { EXPECTED: "${{ needs.affected.outputs.matrices || '[]' }}", RESULTS: "results" },
      run: `${RESULT_TABLE} | tee table.md >> "$GITHUB_STEP_SUMMARY"\n`,
    },
  ];
}

/** Plans every affected stack of a pull request of the repository itself. */
export function planWorkflow(settings: GithubSettings): PipelineFile {
  const about = [
    "Plans every stack that a pull request affects. Forks get no token, so it runs for branches of this",
    "repository alone. What it plans is run with a role that reads the managed roles and the states.",
  ];
  const jobs = {
    prefix: "plan",
    count: settings.matrices,
    workflow: "trustwheel-plan-stacks.yaml",
    permissions: { contents: "read", "id-token": "write" },
    inOrder: false,
    secrets: settings.hcpHost !== undefined,
  };
  const affected = `${STRICT}
MATRICES="$(npx trustwheel affected --base "$BASE" --format matrix | ${FULL_MATRICES})"
${checkRoom(settings.matrices, "github")}
echo "matrices=$MATRICES" >> "$GITHUB_OUTPUT"
`;
  return pipelineFile("github", `.github/workflows/${PLAN_WORKFLOW}`, about, {
    name: "trustwheel plan",
    on: { pull_request: { branches: [settings.runner.branch] } },
    permissions: {},
    concurrency: {
      group: "trustwheel-plan-${{ github.event.pull_request.number }}",
      "cancel-in-progress": true,
    },
    jobs: {
      affected: {
        if: "github.event.pull_request.head.repo.full_name == github.repository",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 15,
        permissions: { contents: "read" },
        outputs: { matrices: "${{ steps.affected.outputs.matrices }}" },
        steps: [
          CHECKOUT,
          setUp(false),
          {
            name: "Affected stacks",
            id: "affected",
            env: { BASE: "${{ github.event.pull_request.base.sha }}" },
            run: affected,
          },
        ],
      },
      ...matrixJobs(jobs),
      table: {
        needs: ["affected", ...matrixJobIds(jobs)],
        if: "always() && needs.affected.result == 'success'",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: {},
        steps: tableSteps(),
      },
    },
  });
}

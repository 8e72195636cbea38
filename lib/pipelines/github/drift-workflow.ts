import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { ALL_MATRICES, checkRoom } from "../shell/matrices";
import { STRICT } from "../shell/plan-stack";
import type { GithubSettings } from "./github-settings";
import { matrixJobIds, matrixJobs } from "./matrix-jobs";
import { CHECKOUT, setUp, tableSteps } from "./steps";

const LABEL = "trustwheel-drift";

/** One issue, found by its label: opened, kept up to date, and closed once nothing differs. */
const REPORT = `${STRICT}
differing="$(grep '^|' table.md | grep -c -vE '^\\| (stack|---)|\\| unchanged \\|$' || true)"
issue="$(gh issue list --repo "$GITHUB_REPOSITORY" --label ${LABEL} --state open --json number --jq '.[0].number // empty')"
if [ "$differing" -eq 0 ]; then
  if [ -n "$issue" ]; then
    gh issue close "$issue" --repo "$GITHUB_REPOSITORY" --comment "No more drift: $RUN_URL"
  fi
  exit 0
fi
{
  echo "These accounts differ from the map or could not be planned ($RUN_URL):"
  echo
  grep -vE '\\| unchanged \\|$' table.md | head -n 500 || true
} > body.md
if [ -n "$issue" ]; then
  gh issue edit "$issue" --repo "$GITHUB_REPOSITORY" --body-file body.md
else
  gh label create ${LABEL} --repo "$GITHUB_REPOSITORY" --force
  gh issue create --repo "$GITHUB_REPOSITORY" --label ${LABEL} --title "Accounts differ from the map" --body-file body.md
fi
`;

/** Plans everything every night, and reports what differs in one issue. */
export function driftWorkflow(settings: GithubSettings): PipelineFile {
  const about = ["Plans every stack every night and reports drift in one issue."];
  const jobs = {
    prefix: "plan",
    count: settings.matrices,
    workflow: "trustwheel-plan-stacks.yaml",
    permissions: { contents: "read", "id-token": "write" },
    inOrder: false,
    secrets: settings.hcpHost !== undefined,
  };
  const all = `MATRICES="$(
${ALL_MATRICES})"
${checkRoom(settings.matrices, "github")}
echo "matrices=$MATRICES" >> "$GITHUB_OUTPUT"
`;
  return pipelineFile("github", ".github/workflows/trustwheel-drift.yaml", about, {
    name: "trustwheel drift",
    on: { schedule: [{ cron: "17 3 * * *" }], workflow_dispatch: null },
    permissions: {},
    concurrency: { group: "trustwheel-drift" },
    jobs: {
      affected: {
        if: `github.ref == 'refs/heads/${settings.runner.branch}'`,
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 15,
        permissions: { contents: "read" },
        outputs: { matrices: "${{ steps.all.outputs.matrices }}" },
        steps: [
          CHECKOUT,
          setUp(),
          { name: "List all stacks", id: "all", run: `${STRICT}\n${all}` },
        ],
      },
      ...matrixJobs(jobs),
      report: {
        needs: ["affected", ...matrixJobIds(jobs)],
        if: "always() && needs.affected.result == 'success'",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: { issues: "write" },
        steps: [
          ...tableSteps(),
          {
            name: "Report",
            env: {
              GH_TOKEN: "${{ github.token }}",
              RUN_URL:
                "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}",
            },
            run: REPORT,
          },
        ],
      },
    },
  });
}

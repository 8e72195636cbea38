import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { checkRoom, SINCE_BASE } from "../shell/matrices";
import { STRICT } from "../shell/plan-stack";
import type { GithubSettings } from "./github-settings";
import { matrixJobIds, matrixJobs } from "./matrix-jobs";
import { COMMIT_ARTIFACT, GATE_FILE, GATE_JOB } from "./gate/names";
import { CHECKOUT, setUp, tableSteps } from "./steps";

/**
 * What is deployed is everything since the last deployment that succeeded: a run that waited for this one
 * may have been dropped, and another may have failed. Until one has succeeded it is everything that there is:
 * an earlier commit is no base, as nobody knows what was deployed of it.
 */
const BASE = `${STRICT}
last="$(gh api "repos/$GITHUB_REPOSITORY/actions/workflows/trustwheel-apply.yaml/runs?branch=$BRANCH&status=success&per_page=1" \\
  --jq '.workflow_runs[0].head_sha // empty')"
base="\${GIVEN:-$last}"
if [ -z "$base" ]; then
  echo "no deployment has succeeded yet: every stack is deployed"
elif ! git merge-base --is-ancestor "$base" HEAD; then
  echo "the base $base is not an ancestor of the commit to deploy: start the deployment by hand with a base" >&2
  exit 1
fi
echo "base=$base" >> "$GITHUB_OUTPUT"
`;

/** Commits to look for approvals of where nothing has been deployed yet: each takes a call or more. */
const FIRST_COMMITS = 100;

/**
 * The gate runs that passed the merged pull requests, newest first, each with the commit it was
 * about: `RUN:COMMIT`. A run is found by an artifact that names the commit. Any workflow can upload one of
 * that name, so it counts only from a run of the gate's own workflow, which GitHub takes from the default
 * branch, and only if the job that decides passed the commit.
 */
const GATE_RUNS = `${STRICT}
runs=""
since=("$BASE..HEAD")
if [ -z "$BASE" ]; then since=(--max-count=${FIRST_COMMITS} HEAD); fi
for commit in $(git rev-list --first-parent "\${since[@]}"); do
  heads="$(gh api "repos/$GITHUB_REPOSITORY/commits/$commit/pulls" |
    jq -r --arg branch "$BRANCH" '.[] | select(.merged_at != null and .base.ref == $branch) | .head.sha')"
  for head in $heads; do
    candidates="$(gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=${COMMIT_ARTIFACT}-$head&per_page=100" |
      jq -r '[.artifacts[] | select(.expired | not) | .workflow_run.id] | unique | reverse | .[]')"
    for run in $candidates; do
      from="$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$run" | jq -r '"\\(.event) \\(.path)"')"
      if [ "$from" != "workflow_run ${GATE_FILE}" ]; then continue; fi
      decided="$(gh api --paginate "repos/$GITHUB_REPOSITORY/actions/runs/$run/jobs?per_page=100" |
        jq -rs '[.[].jobs[] | select(.name == "${GATE_JOB}") | .conclusion] | join(" ")')"
      if [ "$decided" = success ]; then runs="$runs $run:$head"; fi
    done
  done
done
echo "runs=$runs" >> "$GITHUB_OUTPUT"
`;

/** Deploys what was merged, in waves. */
export function applyWorkflow(settings: GithubSettings): PipelineFile {
  const { branch } = settings.runner;
  const about = [
    "Deploys what was merged, in waves: plans every affected stack again, and applies the plan if its review equals",
    "the approved one of the pull request. The environment asks for approvals.",
  ];
  const jobs = {
    prefix: "wave",
    count: settings.waves,
    workflow: "trustwheel-apply-stacks.yaml",
    permissions: { actions: "read", contents: "read", "id-token": "write" },
    inOrder: true,
    secrets: settings.hcpHost !== undefined,
    with: {
      "gate-runs": "${{ needs.affected.outputs.gate-runs }}",
      approved: "${{ inputs.approved || '' }}",
    },
  };
  const affected = `${STRICT}
${SINCE_BASE}
MATRICES="$(npx trustwheel affected "\${since[@]}" --format matrix | jq -c .waves)"
${checkRoom(settings.waves, "github")}
echo "matrices=$MATRICES" >> "$GITHUB_OUTPUT"
`;
  return pipelineFile("github", ".github/workflows/trustwheel-apply.yaml", about, {
    name: "trustwheel apply",
    on: {
      push: { branches: [branch] },
      workflow_dispatch: {
        inputs: {
          approved: {
            description: "Digests of the reviews that you approve, from the failed deployment",
            type: "string",
            default: "",
          },
          base: {
            description:
              "Last deployed commit (default: that of the last successful deployment; if there is none, every stack is deployed)",
            type: "string",
            default: "",
          },
        },
      },
    },
    permissions: {},
    concurrency: { group: "trustwheel-apply", "cancel-in-progress": false },
    jobs: {
      affected: {
        if: `github.ref == 'refs/heads/${branch}'`,
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 15,
        permissions: { actions: "read", contents: "read", "pull-requests": "read" },
        outputs: {
          matrices: "${{ steps.affected.outputs.matrices }}",
          "gate-runs": "${{ steps.gate-runs.outputs.runs }}",
        },
        steps: [
          CHECKOUT,
          setUp(),
          {
            name: "Find the base",
            id: "base",
            env: {
              GH_TOKEN: "${{ github.token }}",
              BRANCH: branch,
              GIVEN: "${{ inputs.base || '' }}",
            },
            run: BASE,
          },
          {
            name: "List affected stacks",
            id: "affected",
            env: { BASE: "${{ steps.base.outputs.base }}" },
            run: affected,
          },
          {
            name: "Find the gate runs that passed them",
            id: "gate-runs",
            env: {
              GH_TOKEN: "${{ github.token }}",
              BASE: "${{ steps.base.outputs.base }}",
              BRANCH: branch,
            },
            run: GATE_RUNS,
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

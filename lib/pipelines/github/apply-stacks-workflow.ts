import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { COMPARE_REVIEWS } from "../shell/compare-reviews";
import { APPLY_PLAN, PLAN_DEPLOYING, REVIEW_PLAN, STRICT } from "../shell/plan-stack";
import { HOLD_BACK, WRITE_RESULT } from "../shell/results";
import type { GithubSettings } from "./github-settings";
import { MATRIX_INPUT, STACK_ENV, strategy } from "./plan-stacks-workflow";
import { assumeRole, CHECKOUT, downloadResults, env, setUp, stateToken, upload } from "./steps";

/** The newest run of the gate that planned this stack for a merged change comes first. */
const FETCH_APPROVED = `${STRICT}
for each in $GATE_RUNS; do
  rm -rf approved
  run="\${each%%:*}"
  if gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "trustwheel-approved-\${each#*:}-$STACK" --dir approved; then
    echo "approved in run $run"
    break
  fi
done
`;

/** Applies the stacks of a wave, each only if its plan is the approved one. */
export function applyStacksWorkflow(settings: GithubSettings): PipelineFile {
  const about = [
    "Applies stacks, one job each: plans the stack again, compares the review of that plan with the approved one,",
    "and applies exactly that plan if they are equal. Called by the deployment.",
  ];
  const changed = "hashFiles(format('{0}/changes', matrix.directory)) != ''";
  return pipelineFile("github", ".github/workflows/trustwheel-apply-stacks.yaml", about, {
    name: "trustwheel apply stacks",
    on: {
      workflow_call: {
        inputs: {
          ...MATRIX_INPUT,
          "gate-runs": {
            description: "Gate runs that passed the merged changes, each with its commit",
            type: "string",
            required: true,
          },
          wave: { description: "Position of the wave, from 1", type: "number", required: true },
          approved: {
            description: "Digests of reviews approved by a person",
            type: "string",
            required: true,
          },
        },
      },
    },
    permissions: {},
    jobs: {
      apply: {
        name: "apply ${{ matrix.stack }}",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 45,
        environment: settings.runner.environment,
        permissions: { actions: "read", contents: "read", "id-token": "write" },
        strategy: strategy(settings),
        env: { ...STACK_ENV, RESULTS: "earlier", WAVE: "${{ inputs.wave }}" },
        steps: [
          CHECKOUT,
          setUp({ terraform: true }),
          {
            name: "Fetch the approved review",
            env: { GH_TOKEN: "${{ github.token }}", GATE_RUNS: "${{ inputs.gate-runs }}" },
            run: FETCH_APPROVED,
          },
          { ...downloadResults("trustwheel-result"), name: "Fetch the results of earlier waves" },
          { name: "Move them aside", run: 'mkdir -p results && mv results "$RESULTS"' },
          assumeRole(settings.applyRoleArn, settings),
          { name: "Plan again", ...env(stateToken(settings)), run: PLAN_DEPLOYING },
          { name: "Review", id: "review", run: REVIEW_PLAN },
          { name: "Hold back after failures", id: "hold", if: changed, run: HOLD_BACK },
          {
            name: "Compare with the approved review",
            id: "compare",
            env: { APPROVED: "approved/review.json", APPROVED_DIGESTS: "${{ inputs.approved }}" },
            run: COMPARE_REVIEWS,
          },
          {
            name: "Apply",
            id: "apply",
            if: changed,
            ...env(stateToken(settings)),
            run: APPLY_PLAN,
          },
          {
            name: "Result",
            if: "always()",
            env: {
              PLANNED: "${{ steps.review.outcome }}",
              HELD: "${{ steps.hold.outcome }}",
              COMPARED: "${{ steps.compare.outcome }}",
              APPLIED: "${{ steps.apply.outcome }}",
            },
            run: WRITE_RESULT,
          },
          { if: "always()", ...upload("trustwheel-result-${{ matrix.stack }}", "results", 7) },
        ],
      },
    },
  });
}

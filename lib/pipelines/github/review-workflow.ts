import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { STRICT } from "../shell/plan-stack";
import { CHECKOUT, setUp, upload } from "./steps";
import { uses } from "./actions";

/** Names that the workflow of comments refers to. */
export const REVIEW_WORKFLOW = "trustwheel review";
export const COMMENT_ARTIFACT = "trustwheel-comment";

/** The review's exit code is kept: whatever it is, people are to see what was found. */
const REVIEW = `${STRICT}
mkdir -p comment report
code=0
npx trustwheel review --base "$BASE" --format markdown --output comment/review.md --report report/review.html || code=$?
if [ "$code" -le 1 ]; then
  npx trustwheel review --base "$BASE" --format json --output report/review.json || [ "$?" -eq 1 ]
  echo "outcome=$(jq -r .gate.outcome report/review.json)" >> "$GITHUB_OUTPUT"
  echo "teams=$(jq -c "$TEAMS" report/review.json)" >> "$GITHUB_OUTPUT"
fi
echo "code=$code" >> "$GITHUB_OUTPUT"
if [ -f comment/review.md ]; then cat comment/review.md >> "$GITHUB_STEP_SUMMARY"; fi
printf '%s\\n' "$NUMBER" > comment/number
`;

/** The names of those who must approve, as names of environments can say them: teams, or anybody. */
const TEAMS = `if .gate.outcome != "approval" then [] else
  [.gate.missing[] | gsub("[^A-Za-z0-9_.-]"; "-")] | if length == 0 then ["anybody"] else . end end`;

/** A change that waits for an approval is none that went wrong: other jobs wait for it. */
const JUDGE = `${STRICT}
if [ "$CODE" -gt 1 ] || { [ "$OUTCOME" != merge ] && [ "$OUTCOME" != approval ]; }; then
  echo "the review ended with exit code $CODE: see the job summary" >&2
  exit 1
fi
`;

/** An environment that nobody made is made by GitHub when a job names it, and lets everything pass. */
const GUARDED = `${STRICT}
reviewers="$(gh api "repos/$GITHUB_REPOSITORY/environments/$ENVIRONMENT" \\
  --jq '[.protection_rules[]? | select(.type == "required_reviewers") | .reviewers[]?] | length')"
if [ "\${reviewers:-0}" -eq 0 ]; then
  echo "the environment $ENVIRONMENT has no required reviewers: nobody has approved anything" >&2
  exit 1
fi
`;

const PASS = `${STRICT}
if [ "$REVIEW" != success ]; then
  echo "the review found what does not pass" >&2
  exit 1
fi
if [ "$OUTCOME" != merge ] && [ "$APPROVAL" != success ]; then
  echo "not everybody who must has approved: $TEAMS" >&2
  exit 1
fi
`;

/** Environments of this name, one a team, have those as required reviewers who approve changes of access. */
const APPROVAL_ENVIRONMENT = "trustwheel-approval-${{ matrix.team }}";

/** Checks, synthesizes, proves and reviews a pull request, also of a fork, without credentials. */
export function reviewWorkflow(): PipelineFile {
  const about = [
    "Checks, synthesizes, proves and reviews what a pull request changes. It has no credentials and no",
    "secrets, so it runs for forks too. Another workflow posts the comment. Where a rule of the map asks for an",
    "approval, a job for each team waits for it; `gate` is the check that is to be required.",
  ];
  return pipelineFile("github", ".github/workflows/trustwheel-review.yaml", about, {
    name: REVIEW_WORKFLOW,
    on: { pull_request: null },
    permissions: { contents: "read" },
    concurrency: {
      group: "trustwheel-review-${{ github.event.pull_request.number }}",
      "cancel-in-progress": true,
    },
    jobs: {
      review: {
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 30,
        outputs: {
          outcome: "${{ steps.review.outputs.outcome }}",
          teams: "${{ steps.review.outputs.teams }}",
        },
        steps: [
          CHECKOUT,
          setUp(false),
          { name: "Check", run: "npx trustwheel check --format github" },
          { name: "Prove", run: "npx trustwheel prove" },
          { name: "Pipeline files are those of the map", run: "npx trustwheel ci github --check" },
          {
            name: "Review",
            id: "review",
            if: "!cancelled()",
            env: {
              BASE: "${{ github.event.pull_request.base.sha }}",
              NUMBER: "${{ github.event.pull_request.number }}",
              TEAMS,
            },
            run: REVIEW,
          },
          {
            if: "!cancelled()",
            uses: uses("uploadArtifact"),
            with: { name: COMMENT_ARTIFACT, path: "comment", "retention-days": 7 },
          },
          { if: "!cancelled()", ...upload("trustwheel-report", "report", 30) },
          {
            name: "Judge",
            env: {
              CODE: "${{ steps.review.outputs.code }}",
              OUTCOME: "${{ steps.review.outputs.outcome }}",
            },
            run: JUDGE,
          },
        ],
      },
      approval: {
        name: "approval of ${{ matrix.team }}",
        needs: ["review"],
        if: "needs.review.outputs.outcome == 'approval'",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: { actions: "read" },
        environment: APPROVAL_ENVIRONMENT,
        strategy: {
          "fail-fast": false,
          matrix: { team: "${{ fromJSON(needs.review.outputs.teams) }}" },
        },
        steps: [
          {
            name: "Somebody is asked",
            env: { GH_TOKEN: "${{ github.token }}", ENVIRONMENT: APPROVAL_ENVIRONMENT },
            run: GUARDED,
          },
        ],
      },
      gate: {
        needs: ["review", "approval"],
        if: "always()",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: {},
        steps: [
          {
            name: "Pass",
            env: {
              REVIEW: "${{ needs.review.result }}",
              OUTCOME: "${{ needs.review.outputs.outcome }}",
              APPROVAL: "${{ needs.approval.result }}",
              TEAMS: "${{ needs.review.outputs.teams }}",
            },
            run: PASS,
          },
        ],
      },
    },
  });
}

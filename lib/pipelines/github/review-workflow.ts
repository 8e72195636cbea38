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
echo "code=$code" >> "$GITHUB_OUTPUT"
if [ -f comment/review.md ]; then cat comment/review.md >> "$GITHUB_STEP_SUMMARY"; fi
printf '%s\\n' "$NUMBER" > comment/number
`;

const JUDGE = `${STRICT}
if [ "$CODE" -ne 0 ]; then
  echo "the review ended with exit code $CODE: see the job summary" >&2
  exit "$CODE"
fi
`;

/** Checks, synthesizes, proves and reviews a pull request, also of a fork, without credentials. */
export function reviewWorkflow(): PipelineFile {
  const about = [
    "Checks, synthesizes, proves and reviews what a pull request changes. It has no credentials and no",
    "secrets, so it runs for forks too. Another workflow posts the comment.",
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
            env: { CODE: "${{ steps.review.outputs.code }}" },
            run: JUDGE,
          },
        ],
      },
    },
  });
}

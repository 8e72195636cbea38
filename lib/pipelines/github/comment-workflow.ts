import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { STRICT } from "../shell/plan-stack";
import { COMMENT_ARTIFACT, REVIEW_WORKFLOW } from "./review-workflow";

/** First line of the comment, by which it is found again. */
const MARK = "<!-- trustwheel-review -->";
/** Most bytes of the artifact, packed. */
const MOST_BYTES = 1_048_576;
/** Most characters of a review; GitHub takes 65,536 of a comment. */
const MOST_CHARACTERS = 65_000;

const FETCH = `${STRICT}
artifact="$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$RUN_ID/artifacts" \\
  --jq '[.artifacts[] | select(.name == "${COMMENT_ARTIFACT}" and .size_in_bytes <= ${MOST_BYTES}) | .id][0] // empty')"
if [ -z "$artifact" ]; then
  echo "the review has left no comment of at most ${MOST_BYTES} bytes" >&2
  exit 1
fi
gh run download "$RUN_ID" --repo "$GITHUB_REPOSITORY" --name ${COMMENT_ARTIFACT} --dir comment
`;

/** The artifact comes from code of the pull request: it may say what it likes, but only about itself. */
const VALIDATE = `${STRICT}
for file in comment/number comment/review.md; do
  if [ ! -f "$file" ] || [ -L "$file" ]; then
    echo "$file is no file" >&2
    exit 1
  fi
done
number="$(head -c 20 comment/number)"
if ! [[ "$number" =~ ^[1-9][0-9]{0,9}$ ]]; then
  echo "that is no number of a pull request" >&2
  exit 1
fi
if [ "$(gh api "repos/$GITHUB_REPOSITORY/pulls/$number" --jq .head.sha)" != "$HEAD_SHA" ]; then
  echo "pull request $number is not at the reviewed commit $HEAD_SHA" >&2
  exit 1
fi
if [ "$(LC_ALL=C.UTF-8 wc -m < comment/review.md)" -gt ${MOST_CHARACTERS} ]; then
  echo "the review is longer than ${MOST_CHARACTERS} characters" >&2
  exit 1
fi
echo "number=$number" >> "$GITHUB_OUTPUT"
`;

const POST = `${STRICT}
{
  echo '${MARK}'
  if [ "$HEAD_REPOSITORY" != "$GITHUB_REPOSITORY" ]; then
    echo '> This comes from a fork: the review was written by the code of the pull request.'
    echo
  fi
  cat comment/review.md
} > body.md
comment="$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" \\
  --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("${MARK}"))) | .id' | head -n 1)"
if [ -n "$comment" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" --field body=@body.md --silent
else
  gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --field body=@body.md --silent
fi
`;

/** Posts the review as a comment, one for each pull request, and never runs anything of the pull request. */
export function commentWorkflow(): PipelineFile {
  const about = [
    "Posts what the review has written, as one comment that is kept up to date. It may write comments, so it",
    "checks nothing out and runs nothing of the pull request.",
  ];
  return pipelineFile("github", ".github/workflows/trustwheel-comment.yaml", about, {
    name: "trustwheel comment",
    on: { workflow_run: { workflows: [REVIEW_WORKFLOW], types: ["completed"] } },
    permissions: {},
    jobs: {
      comment: {
        if: "github.event.workflow_run.event == 'pull_request'",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: { actions: "read", "pull-requests": "write" },
        env: { GH_TOKEN: "${{ github.token }}" },
        steps: [
          {
            name: "Fetch",
            env: { RUN_ID: "${{ github.event.workflow_run.id }}" },
            run: FETCH,
          },
          {
            name: "Validate",
            id: "validate",
            env: { HEAD_SHA: "${{ github.event.workflow_run.head_sha }}" },
            run: VALIDATE,
          },
          {
            name: "Post",
            env: {
              NUMBER: "${{ steps.validate.outputs.number }}",
              HEAD_REPOSITORY: "${{ github.event.workflow_run.head_repository.full_name }}",
            },
            run: POST,
          },
        ],
      },
    },
  });
}

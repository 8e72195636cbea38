import { STRICT } from "../../shell/plan-stack";
import { COMMENT_MARK } from "./judge";
import { JUDGED } from "./names";

/**
 * Posts the review to each pull request that is still at the reviewed commit, as one comment that is kept up
 * to date. Reads `PULLS` and `HEAD_SHA`.
 */
export const POST_COMMENT = `${STRICT}
for number in $(jq -r '.[].number' <<< "$PULLS"); do
  if [ "$(gh api "repos/$GITHUB_REPOSITORY/pulls/$number" --jq .head.sha)" != "$HEAD_SHA" ]; then
    echo "pull request $number is no longer at $HEAD_SHA"
    continue
  fi
  comment="$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$number/comments" \\
    --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("${COMMENT_MARK}"))) | .id' | head -n 1)"
  if [ -n "$comment" ]; then
    gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" --field body=@${JUDGED}/review.md --silent
  else
    gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$number/comments" --field body=@${JUDGED}/review.md --silent
  fi
done
`;

import { STRICT } from "../../shell/plan-stack";
import { SET_STATUS } from "./status";

/**
 * Finds what to review without reading the pull request's text: the commit is the event's, the pull requests
 * are those open ones into the branch that are at this commit now, and the base is the branch as it is.
 * A run for an earlier commit, or for a pull request into another branch, finds none and ends here. Where
 * there is one, the status waits until the gate has decided, also if the commit had passed before.
 */
export const FIND_PULL_REQUESTS = `${STRICT}
pulls="$(gh api --method GET --paginate "repos/$GITHUB_REPOSITORY/pulls" -f state=open -f base="$BRANCH" -f per_page=100 |
  jq -cs --arg head "$HEAD_SHA" --arg branch "$BRANCH" --arg repository "$GITHUB_REPOSITORY" '
    [add[]? | select(.head.sha == $head and .base.ref == $branch)
      | {number, author: .user.login, own: (.head.repo.full_name == $repository)}]')"
own="$(jq 'any(.[]; .own)' <<< "$pulls")"
base="$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)"
{
  echo "pulls=$pulls"
  echo "base=$base"
  echo "own=$own"
} >> "$GITHUB_OUTPUT"
if [ "$pulls" = '[]' ]; then
  echo "no open pull request into $BRANCH is at $HEAD_SHA"
  exit 0
fi
STATE=pending
DESCRIPTION="waiting for the review or an approval"
${SET_STATUS}
`;

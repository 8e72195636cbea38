import { STRICT } from "../../shell/plan-stack";

/** Environments of this name, one a team, have the people who approve access changes as required reviewers. */
export const APPROVAL_ENVIRONMENT = "trustwheel-approval-${{ matrix.team }}";

/**
 * GitHub creates a missing environment when a job names it, without any protection. So the environment must
 * have reviewers, and one of them, not the author of the pull request, must have approved this run: an
 * administrator who bypasses the environment has not approved. Reads `ENVIRONMENT` and `PULLS`.
 */
export const GUARDED = `${STRICT}
reviewers="$(gh api "repos/$GITHUB_REPOSITORY/environments/$ENVIRONMENT" \\
  --jq '[.protection_rules[]? | select(.type == "required_reviewers") | .reviewers[]?] | length')"
if [ "\${reviewers:-0}" -eq 0 ]; then
  echo "the environment $ENVIRONMENT has no required reviewers, so nobody approved" >&2
  exit 1
fi
approved="$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID/approvals" |
  jq -r --arg environment "$ENVIRONMENT" --argjson pulls "$PULLS" '
    [.[] | select(.state == "approved" and any(.environments[]; .name == $environment)) | .user.login]
    - [$pulls[].author] | unique | join(", ")')"
if [ -z "$approved" ]; then
  echo "nobody except the author approved in the environment $ENVIRONMENT" >&2
  exit 1
fi
echo "approved by $approved"
`;

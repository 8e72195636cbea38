import { STRICT } from "../../shell/plan-stack";

/** Environments of this name, one a team, have those as required reviewers who approve changes of access. */
export const APPROVAL_ENVIRONMENT = "trustwheel-approval-${{ matrix.team }}";

/**
 * An environment that nobody made is made by GitHub when a job names it, and lets everything pass. So it
 * must have reviewers, one of them must have approved this run, and not as the author of the pull request:
 * an administrator who passes by the environment has not approved. Reads `ENVIRONMENT` and `PULLS`.
 */
export const GUARDED = `${STRICT}
reviewers="$(gh api "repos/$GITHUB_REPOSITORY/environments/$ENVIRONMENT" \\
  --jq '[.protection_rules[]? | select(.type == "required_reviewers") | .reviewers[]?] | length')"
if [ "\${reviewers:-0}" -eq 0 ]; then
  echo "the environment $ENVIRONMENT has no required reviewers: nobody has approved anything" >&2
  exit 1
fi
approved="$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID/approvals" |
  jq -r --arg environment "$ENVIRONMENT" --argjson pulls "$PULLS" '
    [.[] | select(.state == "approved" and any(.environments[]; .name == $environment)) | .user.login]
    - [$pulls[].author] | unique | join(", ")')"
if [ -z "$approved" ]; then
  echo "nobody but the author has approved in the environment $ENVIRONMENT" >&2
  exit 1
fi
echo "approved by $approved"
`;

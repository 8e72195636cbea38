import { STRICT } from "../../shell/plan-stack";
import { uses } from "../actions";
import type { Step } from "../steps";
import { GATE_CONTEXT } from "./names";

/**
 * The environment of the jobs that set the status. It can hold the key of a GitHub App, so that no other
 * workflow of the repository can set the same status in its name.
 */
export const STATUS_ENVIRONMENT = "trustwheel-gate";

/** The token that sets the status: the App's if there is one, else the job's. */
export const STATUS_TOKEN = "${{ steps.app.outputs.token || github.token }}";

/** Creates a token of the App that can only set statuses of this repository. */
export const APP_TOKEN: Step = {
  name: "Create the App token",
  id: "app",
  if: "vars.TRUSTWHEEL_APP_ID != ''",
  uses: uses("appToken"),
  with: {
    "app-id": "${{ vars.TRUSTWHEEL_APP_ID }}",
    "private-key": "${{ secrets.TRUSTWHEEL_APP_KEY }}",
    "permission-statuses": "write",
  },
};

/** What every job that sets the status needs. The commit comes from the event, which GitHub writes. */
export const STATUS_ENV = {
  HEAD_SHA: "${{ github.event.workflow_run.head_sha }}",
  RUN_URL: "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}",
};

/** Sets the status of a commit. Reads `HEAD_SHA`, `RUN_URL`, `STATUS_TOKEN`, `STATE` and `DESCRIPTION` (at most 140 characters). */
export const SET_STATUS = `GH_TOKEN="$STATUS_TOKEN" gh api --method POST "repos/$GITHUB_REPOSITORY/statuses/$HEAD_SHA" --silent \\
  -f context='${GATE_CONTEXT}' -f state="$STATE" -f description="$DESCRIPTION" -f target_url="$RUN_URL"`;

/**
 * Decides on the commit. Reads the results of the jobs `JUDGE` and `APPROVAL`, and `OUTCOME` and
 * `TEAMS` of the review. Only two ways lead to success; everything else fails.
 */
export const DECIDE = `${STRICT}
STATE=failure
if [ "$JUDGE" != success ]; then DESCRIPTION="the review could not be completed"
elif [ "$OUTCOME" = merge ]; then
  STATE=success
  DESCRIPTION="passes"
elif [ "$OUTCOME" = approval ] && [ "$APPROVAL" = success ]; then
  STATE=success
  DESCRIPTION="passes: every required team approved"
elif [ "$OUTCOME" = approval ]; then DESCRIPTION="needs approval"
elif [ "$OUTCOME" = block ]; then DESCRIPTION="blocked by a gate rule"
else DESCRIPTION="the review could not be completed"
fi
${SET_STATUS}
echo "$DESCRIPTION"
if [ "$STATE" != success ]; then
  echo "teams that must approve: $TEAMS" >&2
  exit 1
fi
`;

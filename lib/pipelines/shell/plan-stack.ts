/** Begins every script: an error, an unset variable and a failing part of a pipe end it. */
export const STRICT = "set -euo pipefail";

/** Terraform, or what `TERRAFORM_BINARY_NAME` names instead, as for CDKTF: `tofu`. */
export const TERRAFORM = '"${TERRAFORM_BINARY_NAME:-terraform}"';

/**
 * Initializes a stack. Reads `DIRECTORY`. It installs what the lock file pins; without one, which the
 * review reports, any matching version.
 */
const INIT = `cd "$DIRECTORY"
lock=()
if [ -f .terraform.lock.hcl ]; then lock=(-lockfile=readonly); fi
${TERRAFORM} init -input=false -no-color "\${lock[@]}"`;

/** 0 is no change and 2 is a change; everything else went wrong. */
const PLAN_CODE = `if [ "$code" -ne 0 ] && [ "$code" -ne 2 ]; then exit "$code"; fi
${TERRAFORM} show -json plan.tfplan > plan.json`;

/**
 * Plans a stack with the role of its account that only reads, without a lock. Reads `DIRECTORY`, `ACCOUNT`,
 * `PARTITION` and `ACCOUNT_PLAN_ROLE`; leaves `plan.tfplan` and `plan.json` in the stack's folder.
 */
export const PLAN_READING = `${STRICT}
${INIT}
role="arn:$PARTITION:iam::$ACCOUNT:role/$ACCOUNT_PLAN_ROLE"
code=0
${TERRAFORM} plan -input=false -no-color -lock=false -detailed-exitcode -out=plan.tfplan \\
  -var "deployment_role_arn=$role" || code=$?
${PLAN_CODE}
`;

/** Plans a stack with its deployment role, to apply the plan afterwards. Reads `DIRECTORY`; leaves the same files. */
export const PLAN_DEPLOYING = `${STRICT}
${INIT}
code=0
${TERRAFORM} plan -input=false -no-color -lock-timeout=5m -detailed-exitcode -out=plan.tfplan || code=$?
${PLAN_CODE}
`;

/**
 * Reviews a plan, which must be of the stacks in `cdktf.out`, with the map in `PROJECT`: for a pull request both
 * are its own data, next to the program of the base. Records whether the plan changes anything. Reads `DIRECTORY`
 * and `PROJECT`, the working folder by default; leaves `review.json` in the stack's folder, and `changes` next to
 * it if there are some. Gate results are no error here: the pull request had them.
 */
export const REVIEW_PLAN = `${STRICT}
code=0
npx trustwheel -C "\${PROJECT:-.}" review --plan "$PWD/$DIRECTORY/plan.json" --head-dir "$PWD/cdktf.out/stacks" \\
  --format json --output "$PWD/$DIRECTORY/review.json" || code=$?
if [ "$code" -gt 1 ]; then exit "$code"; fi
changes="$(jq '[.resource_changes[]?.change.actions[]? | select(. != "no-op" and . != "read")]
  + [.output_changes[]?.actions[]? | select(. != "no-op")] | length' "$DIRECTORY/plan.json")"
rm -f "$DIRECTORY/changes"
if [ "$changes" -gt 0 ]; then echo "$changes" > "$DIRECTORY/changes"; fi
`;

/** Applies the plan of a stack that was made with its deployment role. Reads `DIRECTORY`. */
export const APPLY_PLAN = `${STRICT}
cd "$DIRECTORY"
${TERRAFORM} apply -input=false -no-color plan.tfplan
`;

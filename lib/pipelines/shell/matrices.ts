import { MOST_JOBS } from "../pipeline-settings";
import { STRICT } from "./plan-stack";

const CHUNKS = `[range(0; length; ${MOST_JOBS}) as $start | {include: .[$start:$start + ${MOST_JOBS}]}]`;

/** Puts the stacks of waves, whose order means nothing to a plan, into full matrices: standard input to standard output. */
export const FULL_MATRICES = `jq -c '[.waves[].include[]] | ${CHUNKS}'`;

/** Prints all synthesized stacks in matrices. */
export const ALL_MATRICES = `${STRICT}
for file in cdktf.out/stacks/*/cdk.tf.json; do
  directory="$(dirname "$file")"
  jq -c --arg directory "$directory" --arg stack "$(basename "$directory")" \\
    '{stack: $stack, account: .provider.aws[0].allowed_account_ids[0], directory: $directory}' "$file"
done | jq -cs '${CHUNKS}'
`;

/**
 * The option of `trustwheel affected` for what a deployment is of: what differs from the commit `BASE`, or
 * everything, if that is empty or consists of zeros, as GitLab says where a branch is new and where a person
 * starts a pipeline (docs.gitlab.com/ci/variables/predefined_variables: CI_COMMIT_BEFORE_SHA). Leaves `since`.
 */
export const SINCE_BASE = `since=(--base "$BASE")
if [[ "$BASE" =~ ^0*$ ]]; then since=(--all); fi`;

/** Refuses more matrices than the pipeline has jobs for. Reads \`MATRICES\`. */
export function checkRoom(most: number, host: string): string {
  return `if [ "$(jq length <<< "$MATRICES")" -gt ${most} ]; then
  echo "this needs $(jq length <<< "$MATRICES") matrices, the pipeline has ${most}: run npx trustwheel ci ${host}" >&2
  exit 1
fi`;
}

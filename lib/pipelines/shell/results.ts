import { STRICT } from "./plan-stack";

/**
 * Stops a stack whose plan names an account, or is named by one, that an earlier wave failed in: a trust
 * policy must not outlive the role that it names, nor be created before it. Other failures stop no stack. Reads
 * `DIRECTORY`, `ACCOUNT`, `WAVE` and the results in `RESULTS`.
 */
export const HOLD_BACK = `${STRICT}
mkdir -p "$RESULTS"
names="$(grep -oE '[0-9]{12}' "$DIRECTORY/plan.json" | sort -u || true)"
blocking=""
for file in "$RESULTS"/*.json; do
  if [ ! -f "$file" ]; then continue; fi
  if jq -e --argjson wave "$WAVE" \\
    '.wave < $wave and .outcome != "applied" and .outcome != "unchanged"' "$file" > /dev/null; then
    other="$(jq -r .account "$file")"
    if jq -e --arg account "$ACCOUNT" '.names == null or (.names | index($account))' "$file" > /dev/null ||
      grep -qx "$other" <<< "$names"; then
      blocking="$blocking $(jq -r .stack "$file")"
    fi
  fi
done
if [ -n "$blocking" ]; then
  echo "held back because these stacks failed:$blocking"
  exit 1
fi
`;

/**
 * Writes the result of a stack. Reads `STACK`, `ACCOUNT`, `DIRECTORY`, the outcomes of the steps in
 * `PLANNED`, `HELD`, `COMPARED` and `APPLIED` (empty where there is no such step), `WAVE` (1 where there are none) and `RESULT`, the file.
 */
export const WRITE_RESULT = `${STRICT}
mkdir -p "$(dirname "$RESULT")"
names=null
for file in "$DIRECTORY/cdk.tf.json" "$DIRECTORY/plan.json"; do
  if [ ! -f "$file" ]; then continue; fi
  names="$( (grep -oE '[0-9]{12}' "$file" || true) | sort -u | jq -Rs 'split("\\n") | map(select(. != ""))')"
done
if [ "$PLANNED" != success ]; then outcome="not planned"
elif [ ! -f "$DIRECTORY/changes" ]; then outcome="unchanged"
elif [ "\${HELD:-success}" != success ]; then outcome="held back"
elif [ "\${COMPARED:-success}" != success ]; then outcome="differs from what was approved"
elif [ -z "\${APPLIED:-}" ]; then outcome="changes"
elif [ "$APPLIED" = success ]; then outcome="applied"
else outcome="failed"
fi
jq -n --arg stack "$STACK" --arg account "$ACCOUNT" --argjson wave "\${WAVE:-1}" --arg outcome "$outcome" --argjson names "$names" \\
  '{stack: $stack, account: $account, wave: $wave, outcome: $outcome, names: $names}' > "$RESULT"
`;

/**
 * Prints a table of all expected stacks with their results. Reads `RESULTS`, a folder,
 * and `EXPECTED`, the matrices.
 */
export const RESULT_TABLE = `${STRICT}
mkdir -p "$RESULTS"
find "$RESULTS" -name '*.json' -exec cat {} + | jq -rs --argjson expected "$EXPECTED" '
  (map({key: .stack, value: .outcome}) | from_entries) as $outcomes
  | [$expected[].include[] | {stack, account, outcome: ($outcomes[.stack] // "no result")}]
  | if length == 0 then "No stack is affected."
    else ("| stack | account | outcome |", "| --- | --- | --- |",
      (sort_by(.outcome == "unchanged", .stack)[] | "| \\(.stack) | \\(.account) | \\(.outcome) |"))
    end'`;

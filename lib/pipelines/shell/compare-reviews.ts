import { STRICT } from "./plan-stack";

/**
 * Compares the review of a plan with the approved one, as values, without the result of the gate. Reads `DIRECTORY`, `APPROVED`, a file that
 * need not exist, and `APPROVED_DIGESTS`, digests that a person approved by hand. If they differ, it says what to
 * approve: a digest stands for that review of that plan. What is unknown is never equal.
 */
export const COMPARE_REVIEWS = `${STRICT}
access='del(.gate)'
if [ ! -f "$DIRECTORY/changes" ]; then
  echo "nothing to apply"
  exit 0
fi
jq -S "$access" "$DIRECTORY/review.json" > "$DIRECTORY/review.sorted.json"
if [ -f "$APPROVED" ]; then jq -S "$access" "$APPROVED" > "$DIRECTORY/approved.sorted.json"; fi
jq -S "[.resource_changes, .output_changes]" "$DIRECTORY/plan.json" > "$DIRECTORY/plan.sorted.json"
digest="$(cat "$DIRECTORY/review.sorted.json" "$DIRECTORY/plan.sorted.json" | sha256sum | cut -c1-64)"
for given in \${APPROVED_DIGESTS:-}; do
  if [ "$given" = "$digest" ]; then
    echo "approved by hand: $digest"
    exit 0
  fi
done
unknown="$(jq '[.changes[]? | select(.kind == "unknown" or .change == "unknown")] | length' "$DIRECTORY/review.json")"
if [ "$unknown" -eq 0 ] && [ -f "$APPROVED" ] &&
  cmp -s "$DIRECTORY/approved.sorted.json" "$DIRECTORY/review.sorted.json"; then
  echo "equals the approved review"
  exit 0
fi
if [ "$unknown" -gt 0 ]; then
  echo "the review has unknown changes, so an equal review proves nothing:"
  cat "$DIRECTORY/review.sorted.json"
elif [ -f "$APPROVED" ]; then
  echo "the plan differs from what was approved:"
  diff -u --label approved --label planned "$DIRECTORY/approved.sorted.json" "$DIRECTORY/review.sorted.json" || true
else
  echo "nobody approved a review of this stack:"
  cat "$DIRECTORY/review.sorted.json"
fi
echo "to approve it, start the deployment again and approve this digest: $digest"
exit 1
`;

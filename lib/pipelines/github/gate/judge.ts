import { checkRoom, FULL_MATRICES } from "../../shell/matrices";
import { STRICT } from "../../shell/plan-stack";
import { HEAD_TREE } from "../../shell/head";
import { JUDGED } from "./names";

/** First line of the comment, by which it is found again. */
export const COMMENT_MARK = "<!-- trustwheel-review -->";

/** The sides of the comparison: revisions, and besides what the program of the pull request synthesized. */
const SIDES = `sides=(--base "$BASE" --head "$MERGED")
if [ -d ${HEAD_TREE} ]; then sides+=(--head-dir ${HEAD_TREE}); fi`;

/**
 * Reviews what a merge would give, with the program of the base, which reads the head as data. Where that
 * cannot be done, because the map has errors or is refuted, the comment says why: every line of it is indented, which GitHub shows as it is. Reads
 * `BASE`, `MERGED` and `TEAMS`.
 */
export const JUDGE = `${STRICT}
${SIDES}
rm -rf ${JUDGED}
mkdir ${JUDGED}
code=0
npx --no-install trustwheel review "\${sides[@]}" --format markdown \\
  --output ${JUDGED}/review.md --report ${JUDGED}/review.html 2> problems.txt || code=$?
if [ "$code" -le 1 ] && [ -f ${JUDGED}/review.md ]; then
  npx --no-install trustwheel review "\${sides[@]}" --format json --output ${JUDGED}/review.json 2>> problems.txt || [ "$?" -eq 1 ]
fi
sed 's/^/| /' problems.txt
if [ -f ${JUDGED}/review.json ]; then
  echo "outcome=$(jq -r .gate.outcome ${JUDGED}/review.json)" >> "$GITHUB_OUTPUT"
  echo "teams=$(jq -c "$TEAMS" ${JUDGED}/review.json)" >> "$GITHUB_OUTPUT"
else
  rm -f ${JUDGED}/review.md ${JUDGED}/review.html
  {
    echo '${COMMENT_MARK}'
    echo "### Access review failed: the gate does not pass"
    echo
    tr -d '\\000-\\010\\013-\\037' < problems.txt | head -c 20000 | sed 's/^/    /'
  } > ${JUDGED}/review.md
fi
cat ${JUDGED}/review.md >> "$GITHUB_STEP_SUMMARY"
`;

/** The names of those who must approve, as names of environments can say them: teams, or anybody. */
export const TEAMS = `if .gate.outcome != "approval" then [] else
  [.gate.missing[] | gsub("[^A-Za-z0-9_.-]"; "-")] | if length == 0 then ["anybody"] else . end end`;

/**
 * Lists the stacks to plan, and writes what is planned: the stacks as the gate read them. Nothing is planned
 * for a fork, nor of a change that is blocked.
 * Reads `BASE`, `MERGED`, `OUTCOME` and `OWN`.
 */
export function plannedStacks(matrices: number): string {
  return `${STRICT}
if [ "$OWN" != true ] || { [ "$OUTCOME" != merge ] && [ "$OUTCOME" != approval ]; }; then
  echo "matrices=[]" >> "$GITHUB_OUTPUT"
  exit 0
fi
${SIDES}
if ! MATRICES="$(npx --no-install trustwheel affected "\${sides[@]}" --plannable planned-tree --format matrix | ${FULL_MATRICES})"; then
  echo "nothing is planned: the review says what is unknown"
  rm -rf planned-tree
  MATRICES='[]'
fi
${checkRoom(matrices, "github")}
echo "matrices=$MATRICES" >> "$GITHUB_OUTPUT"
`;
}

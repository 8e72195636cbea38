import {
  HEAD_FILE,
  HEAD_TREE,
  MERGE_HEAD,
  MOST_UNPACKED,
  PACK_HEAD,
  programChanges,
  UNPACK_HEAD,
} from "../shell/head";
import { STRICT } from "../shell/plan-stack";

/** The job of a merge request that hands on what its own program synthesized. */
export const HEAD_JOB = "trustwheel head";
/** Name of the commit status. */
const GATE_STATUS = "trustwheel/gate";
/** First line of the comment, by which it is found again. */
const MARK = "<!-- trustwheel-review -->";

/** Calls GitLab with the gate's token, which no other program gets. */
const API = `project="$CI_API_V4_URL/projects/$CI_PROJECT_ID"
api() { curl --silent --show-error --fail --header "PRIVATE-TOKEN: $TRUSTWHEEL_TOKEN" "$@"; }
`;

/**
 * Lists the merge requests to judge, one line of JSON each: all open ones into the branch, or the one that a
 * webhook is about. A webhook can only choose among them: everything else is asked of GitLab. What the gate
 * does itself makes webhooks, too, which start nothing. Reads `TRUSTWHEEL_TOKEN` and `TRIGGER_PAYLOAD`.
 */
const LIST = `self="$(api "$CI_API_V4_URL/user" | jq .id)"
only=null
if [ -n "\${TRIGGER_PAYLOAD:-}" ] && [ -f "$TRIGGER_PAYLOAD" ]; then
  if jq -e --argjson self "$self" '.user.id == $self' "$TRIGGER_PAYLOAD" > /dev/null; then exit 0; fi
  only="$(jq '.object_attributes.iid | if type == "number" then . else null end' "$TRIGGER_PAYLOAD")"
fi
page=1
while [ -n "$page" ]; do
  api --get "$project/merge_requests" --data state=opened --data-urlencode "target_branch=$CI_COMMIT_BRANCH" \\
    --data per_page=100 --data "page=$page" --dump-header headers.txt > page.json
  jq -c --argjson only "$only" --arg branch "$CI_COMMIT_BRANCH" '.[]
    | select(.target_branch == $branch and ($only == null or .iid == $only))
    | {iid, sha, author: .author.id}' page.json >> merge-requests.jsonl
  page="$(tr -d '\\r' < headers.txt | sed -n 's/^x-next-page: *//Ip')"
done
`;

/**
 * The teams of the map that have approved: those that are an approval rule of the project, by its name, which
 * a merge request cannot change, and whose approvers other than the author gave as many approvals as it asks
 * for. Where the project has no rules, there are none. Reads `IID` and `AUTHOR`.
 */
const APPROVED_TEAMS = `rules="$(api "$project/approval_rules?per_page=100" || echo '[]')"
approvals="$(api "$project/merge_requests/$IID/approvals" || echo '{}')"
mapfile -t teams < <(jq -rn --argjson rules "$rules" --argjson approvals "$approvals" --argjson author "$AUTHOR" '
  [$approvals.approved_by[]?.user.id | select(. != $author)] as $given
  | $rules[]? | .approvals_required as $required
  | select($required > 0 and ([.eligible_approvers[]?.id | select(IN($given[]))] | unique | length) >= $required)
  | .name')
`;

/** Takes what the program of the merge request synthesized, as data; reads `IID` and `HEAD_SHA`. */
const FETCH_TREE = `work="$(mktemp -d)"
pipeline="$(api "$project/merge_requests/$IID/pipelines" |
  jq -r --arg sha "$HEAD_SHA" --argjson id "$CI_PROJECT_ID" '[.[] | select(.sha == $sha and .project_id == $id)][0].id // empty')"
job=
if [ -n "$pipeline" ]; then
  job="$(api "$project/pipelines/$pipeline/jobs?per_page=100" |
    jq -r '[.[] | select(.name == "${HEAD_JOB}" and .status == "success" and (.artifacts_file != null))][0].id // empty')"
fi
if [ -n "$job" ] && api --location "$project/jobs/$job/artifacts/${HEAD_FILE}" > "$work/fetched"; then
  head -c ${MOST_UNPACKED + 1} "$work/fetched" > "$work/${HEAD_FILE}"
  ${UNPACK_HEAD.replaceAll("\n", "\n  ").trimEnd()}
fi
`;

/**
 * Judges one merge request with the program of the base, which gets no token. Leaves `judged/review.md`, and
 * `judged/review.json` with the verdict. Reads `BASE`, `IID`, `HEAD_SHA` and `AUTHOR`.
 */
const JUDGE = `${STRICT}
${API}rm -rf ${HEAD_TREE} judged
mkdir judged
git fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head origin "$HEAD_SHA"
${MERGE_HEAD}${FETCH_TREE}${APPROVED_TEAMS}options=(--base "$BASE" --head "$merged")
if [ -d ${HEAD_TREE} ]; then options+=(--head-dir ${HEAD_TREE}); fi
if [ "\${#teams[@]}" -gt 0 ]; then options+=(--approved-by "\${teams[@]}"); fi
for format in markdown json; do
  file="judged/review.\${format/markdown/md}"
  env -u TRUSTWHEEL_TOKEN npx --no-install trustwheel review "\${options[@]}" --format "$format" --output "$file" || [ "$?" -eq 1 ]
done
`;

/**
 * Publishes the verdict: as commit status, by approving or unapproving, and in a comment.
 * The approval names the commit: GitLab refuses it if the merge request has moved on. Reads `CODE` of the
 * script before, whose output is in `problems.txt`.
 */
const VERDICT = `${STRICT}
${API}state=failed
description="the review could not be completed"
if [ "$CODE" -eq 0 ] && [ -f judged/review.json ]; then
  case "$(jq -r .gate.outcome judged/review.json)" in
    merge) state=success description="passes" ;;
    approval) description="needs approval$(jq -r '.gate.missing | if length == 0 then "" else " by " + join(", ") end' judged/review.json)" ;;
    block) description="blocked by a gate rule" ;;
  esac
fi
if [ ! -f judged/review.md ]; then
  mkdir -p judged
  {
    echo '${MARK}'
    echo "### Access review failed: the gate does not pass"
    echo
    tr -d '\\000-\\010\\013-\\037' < problems.txt | head -c 20000 | sed 's/^/    /'
  } > judged/review.md
fi
merge_request="$project/merge_requests/$IID"
self="$(api "$CI_API_V4_URL/user" | jq .id)"
approved() { api "$merge_request/approvals" | jq -e --argjson self "$self" 'any(.approved_by[]?; .user.id == $self)' > /dev/null; }
api --request POST "$project/statuses/$HEAD_SHA" --data-urlencode "name=${GATE_STATUS}" --data "state=$state" \\
  --data-urlencode "description=$description" --data-urlencode "target_url=$CI_JOB_URL" > /dev/null
if [ "$state" = success ]; then
  if ! approved; then api --request POST "$merge_request/approve" --data "sha=$HEAD_SHA" > /dev/null; fi
elif approved; then
  api --request POST "$merge_request/unapprove" > /dev/null
fi
note="$(api "$merge_request/notes?per_page=100" |
  jq -r --argjson self "$self" '[.[] | select(.author.id == $self and (.body | startswith("${MARK}")))][0].id // empty')"
if [ -n "$note" ]; then
  api --request PUT "$merge_request/notes/$note" --data-urlencode body@judged/review.md > /dev/null
else
  api --request POST "$merge_request/notes" --data-urlencode body@judged/review.md > /dev/null
fi
echo "!$IID: $description"
`;

/** Lists what is to be judged. */
export const LIST_MERGE_REQUESTS = `${STRICT}
${API}rm -f merge-requests.jsonl
touch merge-requests.jsonl
${LIST}`;

/** Judges all of them; each is processes of its own, so that none stops the others. */
export const JUDGE_MERGE_REQUESTS = `${STRICT}
export BASE="$CI_COMMIT_SHA"
failed=0
while read -r each; do
  IID="$(jq .iid <<< "$each")"
  HEAD_SHA="$(jq -r .sha <<< "$each")"
  AUTHOR="$(jq .author <<< "$each")"
  export IID HEAD_SHA AUTHOR
  CODE=0
  bash /dev/fd/3 3<<'JUDGE_SCRIPT' > problems.txt 2>&1 < /dev/null || CODE=$?
${JUDGE}JUDGE_SCRIPT
  sed 's/^/| /' problems.txt
  export CODE
  bash /dev/fd/3 3<<'VERDICT_SCRIPT' < /dev/null || failed=1
${VERDICT}VERDICT_SCRIPT
done < merge-requests.jsonl
exit "$failed"
`;

/** Runs the program of a merge request if it changes, without permissions, and packs its output. */
export const HEAD_STACKS = `${STRICT}
if ${programChanges('"$CI_MERGE_REQUEST_DIFF_BASE_SHA"')}; then
  npm ci --ignore-scripts --no-audit --no-fund
  npm run synth
  ${PACK_HEAD.replaceAll("\n", "\n  ").trimEnd()}
else
  echo "only data changes: the gate uses the program of the base"
fi
`;

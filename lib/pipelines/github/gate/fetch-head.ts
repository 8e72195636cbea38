import { STRICT } from "../../shell/plan-stack";
import { HEAD_ARTIFACT, HEAD_FILE, HEAD_TREE } from "./names";

/**
 * Fetches the commit of the pull request as objects of git, and makes of it and the base the commit that a
 * merge would give, as an object, too. Nothing of it is checked out, so no hook, filter, link or program of
 * it comes to be on the disk. Reads `BASE`, `HEAD_SHA` and the token, which does not stay.
 */
export const FETCH_HEAD = `${STRICT}
GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GH_TOKEN" | base64 | tr -d '\\n')"
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader" GIT_CONFIG_VALUE_0
git fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head \\
  "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "$HEAD_SHA"
if ! tree="$(git merge-tree --write-tree "$BASE" "$HEAD_SHA")"; then
  echo "$HEAD_SHA cannot be merged into $BASE without a conflict, or has no history in common with it" >&2
  exit 1
fi
merged="$(git -c user.name=trustwheel -c user.email=trustwheel@localhost -c commit.gpgSign=false \\
  commit-tree "$tree" -p "$BASE" -p "$HEAD_SHA" -m "What a merge of $HEAD_SHA would give")"
echo "merged=$merged" >> "$GITHUB_OUTPUT"
`;

/** Most bytes of the artifact, packed and unpacked: 10,000 stacks are some 200 MB. */
const MOST_PACKED = 128 * 1024 * 1024;
const MOST_UNPACKED = 1024 * 1024 * 1024;

/**
 * Takes the stacks that the program of the pull request synthesized, as data: one file of JSON lines, read
 * out of the archive without unpacking a path or a link, with a limit of its size. Names of stacks are
 * letters, digits, \`-\` and \`_\`; none comes twice. Without an artifact there is no folder. Reads \`RUN_ID\`.
 */
export const FETCH_HEAD_TREE = `${STRICT}
artifact="$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$RUN_ID/artifacts?name=${HEAD_ARTIFACT}" \\
  --jq '[.artifacts[] | select(.expired | not)][0] // empty | "\\(.id) \\(.size_in_bytes)"')"
if [ -z "$artifact" ]; then
  echo "there is no artifact ${HEAD_ARTIFACT}"
  exit 0
fi
read -r id size <<< "$artifact"
if [ "$size" -gt ${MOST_PACKED} ]; then
  echo "the artifact has $size bytes, at most ${MOST_PACKED} are read" >&2
  exit 1
fi
work="$(mktemp -d)"
gh api "repos/$GITHUB_REPOSITORY/actions/artifacts/$id/zip" > "$work/head.zip"
if [ "$(unzip -Z1 "$work/head.zip")" != ${HEAD_FILE} ]; then
  echo "the artifact is not one file ${HEAD_FILE}" >&2
  exit 1
fi
{ unzip -p "$work/head.zip" ${HEAD_FILE} || true; } | head -c ${MOST_UNPACKED + 1} > "$work/head.jsonl"
if [ "$(wc -c < "$work/head.jsonl")" -gt ${MOST_UNPACKED} ]; then
  echo "the artifact has more than ${MOST_UNPACKED} bytes when unpacked" >&2
  exit 1
fi
jq -r 'if type == "object" and (.stack | type) == "string" and (.text | type) == "string"
    and (.stack | test("\\\\A[A-Za-z0-9][A-Za-z0-9_-]{0,99}\\\\z"))
  then [.stack, (.text | @base64)] | @tsv
  else error("a line is not a stack with a name and a text") end' "$work/head.jsonl" > "$work/head.tsv"
mkdir -p ${HEAD_TREE}/stacks
while IFS=$'\\t' read -r stack text; do
  mkdir "${HEAD_TREE}/stacks/$stack"
  base64 -d <<< "$text" > "${HEAD_TREE}/stacks/$stack/cdk.tf.json"
done < "$work/head.tsv"
`;

/** Packs what was synthesized into that file: one line of JSON a stack. */
export const PACK_HEAD = `${STRICT}
for file in cdktf.out/stacks/*/cdk.tf.json; do
  jq -cn --arg stack "$(basename "$(dirname "$file")")" --rawfile text "$file" '{$stack, $text}'
done > ${HEAD_FILE}
`;

import { STRICT } from "../../shell/plan-stack";
import { HEAD_FILE, MERGE_HEAD, MOST_UNPACKED, UNPACK_HEAD } from "../../shell/head";
import { HEAD_ARTIFACT } from "./names";

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
${MERGE_HEAD}echo "merged=$merged" >> "$GITHUB_OUTPUT"
`;

/** Most bytes of the artifact, packed. */
const MOST_PACKED = 128 * 1024 * 1024;

/**
 * Takes the stacks that the program of the pull request synthesized, as data: one file, read out of the
 * archive without unpacking a path or a link, with a limit of its size. Without an artifact there is no
 * folder. Reads `RUN_ID`.
 */
export const FETCH_HEAD_TREE = `${STRICT}
artifact="$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$RUN_ID/artifacts?name=${HEAD_ARTIFACT}" \\
  --jq '[.artifacts[] | select(.expired | not)][0] // empty | "\\(.id) \\(.size_in_bytes)"')"
if [ -z "$artifact" ]; then
  echo "no artifact ${HEAD_ARTIFACT}"
  exit 0
fi
read -r id size <<< "$artifact"
if [ "$size" -gt ${MOST_PACKED} ]; then
  echo "the artifact has $size bytes, the limit is ${MOST_PACKED}" >&2
  exit 1
fi
work="$(mktemp -d)"
gh api "repos/$GITHUB_REPOSITORY/actions/artifacts/$id/zip" > "$work/head.zip"
if [ "$(unzip -Z1 "$work/head.zip")" != ${HEAD_FILE} ]; then
  echo "the artifact must be one file ${HEAD_FILE}" >&2
  exit 1
fi
{ unzip -p "$work/head.zip" ${HEAD_FILE} || true; } | head -c ${MOST_UNPACKED + 1} > "$work/${HEAD_FILE}"
${UNPACK_HEAD}`;

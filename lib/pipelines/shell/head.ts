/** The one file that a job without permissions passes on: what the program of the head synthesized, as JSON lines. */
export const HEAD_FILE = "head.jsonl";
/** Folder that it is unpacked to. */
export const HEAD_TREE = "head-tree";

/** Most bytes of that file: 10,000 stacks are some 200 MB. */
export const MOST_UNPACKED = 1024 * 1024 * 1024;

/** What is data or read only by people, as Git patterns: everything else can be a part of the program. */
export const NO_PROGRAM: readonly string[] = [
  "accounts.yaml",
  "policies/**/*.json",
  "imports/*.tf",
  ...["md", "adoc", "rst", "png", "jpg", "jpeg", "gif", "svg"].map((ending) => `**/*.${ending}`),
];

/** Whether more than data changes from `BASE` to `HEAD`: a condition. It only saves work; nothing relies on it. */
export function programChanges(base: string): string {
  const left = NO_PROGRAM.map((pattern) => `':(exclude,top,glob)${pattern}'`).join(" ");
  return `! git diff --quiet ${base} HEAD -- ':(top)' ${left}`;
}

/** Packs what was synthesized: one line of JSON a stack. */
export const PACK_HEAD = `for file in cdktf.out/stacks/*/cdk.tf.json; do
  jq -cn --arg stack "$(basename "$(dirname "$file")")" --rawfile text "$file" '{$stack, $text}'
done > ${HEAD_FILE}
`;

/**
 * Unpacks such a file, `$work/${HEAD_FILE}`, as data: no path and no link is followed. Names of stacks are
 * letters, digits, `-` and `_`; none comes twice.
 */
export const UNPACK_HEAD = `if [ "$(wc -c < "$work/${HEAD_FILE}")" -gt ${MOST_UNPACKED} ]; then
  echo "the unpacked artifact has more than ${MOST_UNPACKED} bytes" >&2
  exit 1
fi
jq -r 'if type == "object" and (.stack | type) == "string" and (.text | type) == "string"
    and (.stack | test("\\\\A[A-Za-z0-9][A-Za-z0-9_-]{0,99}\\\\z"))
  then [.stack, (.text | @base64)] | @tsv
  else error("a line is not a stack with a name and a text") end' "$work/${HEAD_FILE}" > "$work/head.tsv"
mkdir -p ${HEAD_TREE}/stacks
while IFS=$'\\t' read -r stack text; do
  mkdir "${HEAD_TREE}/stacks/$stack"
  base64 -d <<< "$text" > "${HEAD_TREE}/stacks/$stack/cdk.tf.json"
done < "$work/head.tsv"
`;

/**
 * Makes the commit that a merge of `HEAD_SHA` into `BASE` would give, as objects of git: `$merged`. Nothing
 * is checked out.
 */
export const MERGE_HEAD = `if ! tree="$(git merge-tree --write-tree "$BASE" "$HEAD_SHA")"; then
  echo "$HEAD_SHA can't be merged into $BASE: it conflicts, or shares no history with it" >&2
  exit 1
fi
merged="$(git -c user.name=trustwheel -c user.email=trustwheel@localhost -c commit.gpgSign=false \\
  commit-tree "$tree" -p "$BASE" -p "$HEAD_SHA" -m "Merge of $HEAD_SHA, for its review")"
`;

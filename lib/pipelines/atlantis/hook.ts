import { MERGE_HEAD } from "../shell/head";
import { STRICT } from "../shell/plan-stack";

/**
 * What a hook of the server does before it plans: in a folder outside of the clone, the program of the base
 * reviews what a merge of the pull request would give, as data, and writes the stacks that are safe to plan
 * over whatever the pull request has committed in their place, with the projects of just these. A record of
 * them goes where no commit can write. Nothing of the pull request runs.
 *
 * @param repository with its host: `github.com/example-org/platform`
 */
export function hook(repository: string, branch: string): string {
  return `${STRICT}
if [ "\${COMMAND_NAME:-plan}" = apply ]; then exit 0; fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
rm -f "$DIR/.git/trustwheel"
git clone --quiet --no-tags --single-branch --branch ${branch} "https://${repository}.git" "$work/base"
cd "$work/base"
git fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head "$DIR" "$HEAD_COMMIT"
BASE="$(git rev-parse HEAD)"
HEAD_SHA="$HEAD_COMMIT"
${MERGE_HEAD}npm ci --ignore-scripts --no-audit --no-fund
sides=(--base "$BASE" --head "$merged")
npx --no-install trustwheel review "\${sides[@]}" --format json --output "$work/review.json" || [ "$?" -eq 1 ]
if [ ! -f "$work/review.json" ] || [ "$(jq -r .gate.outcome "$work/review.json")" = block ]; then
  npx --no-install trustwheel review "\${sides[@]}" || true
  echo "gate: blocked, or the change includes the program: nothing is planned" >&2
  exit 1
fi
npx --no-install trustwheel affected "\${sides[@]}" --plannable "$work/planned" --format matrix > "$work/affected.json"
rm -rf "$DIR/cdktf.out" "$DIR/atlantis.yaml"
mkdir -p "$DIR/cdktf.out/stacks" "$work/planned/stacks"
cp -R "$work/planned/stacks/." "$DIR/cdktf.out/stacks/"
jq '{version: 3, parallel_plan: true, parallel_apply: true, abort_on_execution_order_fail: true,
  projects: [.waves | to_entries[] | .key as $wave | .value.include[]
    | {name: .stack, dir: .directory, execution_order_group: $wave,
       autoplan: {enabled: true, when_modified: ["../../../**/*"]}}]}' "$work/affected.json" > "$DIR/atlantis.yaml"
cd "$DIR"
{
  echo "$HEAD_COMMIT"
  find cdktf.out/stacks -type f -exec sha256sum {} +
} > .git/trustwheel
`;
}

/**
 * Refuses to plan or apply what the hook did not write: another folder, another commit, or files next to the
 * stack. It also stops a server that continues after a failed hook.
 */
export const CHECK_STACK = `${STRICT}
record="$(git rev-parse --show-toplevel)/.git/trustwheel"
if [ ! -f "$record" ] || [ "$(head -n 1 "$record")" != "$HEAD_COMMIT" ]; then
  echo "this commit has not passed the gate: see the hook of the server" >&2
  exit 1
fi
stack="$(git rev-parse --show-prefix)"
for file in $(find . -maxdepth 1 \\( -name '*.tf' -o -name '*.tf.json' -o -name '*.tofu' -o -name '*.tofu.json' -o -name '.terraform.lock.hcl' -o -name '*.tfvars' -o -name '*.tfvars.json' \\) | sort); do
  if ! grep -qxF "$(sha256sum "$file" | cut -d ' ' -f 1)  $stack\${file#./}" "$record"; then
    echo "$stack\${file#./} is not what the gate read" >&2
    exit 1
  fi
done
if ! grep -qF "  \${stack}cdk.tf.json" "$record"; then
  echo "$stack is not a stack that the gate read" >&2
  exit 1
fi
`;

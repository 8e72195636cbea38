import type { ShellFolder } from "./shell-folder";

/**
 * A `gh` that answers from values, with the filters of the script applied by jq as GitHub's own program
 * does. What is not known is not found. What would be written goes to `writes`, one line each.
 */
export class FakeGithub {
  constructor(private readonly folder: ShellFolder) {
    folder.program("gh", PROGRAM);
    folder.write("api/none", "");
  }

  /** Answers requests for a path, with its query. */
  answer(path: string, value: unknown): void {
    this.folder.write(`api/${fileOf(path)}`, JSON.stringify(value));
  }

  /** Answers requests for a path with the bytes of a file, which is below the folder. */
  file(path: string, name: string): void {
    this.folder.run(`cp ${JSON.stringify(name)} "api/${fileOf(path)}"`);
  }

  /** What would have been written. */
  writes(): string[] {
    return (this.folder.read("writes") ?? "").split("\n").filter((line) => line !== "");
  }
}

function fileOf(path: string): string {
  return path.replace(/[^A-Za-z0-9.-]/g, "_");
}

const PROGRAM = `
here="$(cd "$(dirname "$0")/.." && pwd)"
filter= path= method=GET fields=
[ "$1" = api ] || { echo "gh $1 is not known" >&2; exit 1; }
shift
while [ $# -gt 0 ]; do
  case "$1" in
    --jq) filter="$2"; shift 2 ;;
    --method) method="$2"; shift 2 ;;
    -f | --field) fields="$fields $2"; shift 2 ;;
    --paginate | --silent) shift ;;
    *) path="$1"; shift ;;
  esac
done
if [ "$method" != GET ]; then
  echo "$method $path$fields token=$GH_TOKEN" >> "$here/writes"
  exit 0
fi
file="$here/api/$(sed 's/[^A-Za-z0-9.-]/_/g' <<< "$path")"
if [ ! -f "$file" ]; then
  echo "gh: Not Found (HTTP 404): $path" >&2
  exit 1
fi
if [ -n "$filter" ]; then jq -r "$filter" "$file"; else cat "$file"; fi
`;

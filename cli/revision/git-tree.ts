import { isUtf8 } from "node:buffer";
import { posix } from "node:path";
import { gitBytes } from "./git";
import type { UsageProblem } from "../system/usage-problem";

/** A file of a commit. */
export interface GitEntry {
  /** From the top of the repository; what is no UTF-8 begins with U+FFFD. */
  readonly path: string;
  /** The path as git has it. */
  readonly bytes: Buffer;
  readonly mode: string;
  /** Id of its content. */
  readonly id: string;
}

const SYMBOLIC_LINK = "120000";
const SUBMODULE = "160000";
/** Links after another. */
const MOST_LINKS = 20;
/** Content that is asked for at once, bytes. */
const BATCH = 64 * 1024 * 1024;

/** The files of a commit, read from git's objects: no filter, no attribute and no hook takes part. */
export class GitTree {
  private constructor(
    readonly root: string,
    readonly commit: string,
    readonly entries: ReadonlyMap<string, GitEntry>,
  ) {}

  /** @param root any folder of the repository */
  static read(root: string, commit: string): GitTree | UsageProblem {
    const listed = gitBytes(root, ["ls-tree", "-r", "-z", "--full-tree", commit]);
    if (!listed.ok) {
      return {
        problem: `the files of ${commit} cannot be listed: ${listed.stderr}`,
        help: "`git fsck` shows whether the clone is complete",
      };
    }
    const entries = new Map<string, GitEntry>();
    for (const bytes of splitAtNul(listed.stdout)) {
      const entry = entryOf(bytes);
      if (entries.has(entry.path)) {
        return { problem: `${commit} has ${entry.path} twice: Git creates no such commit` };
      }
      entries.set(entry.path, entry);
    }
    return new GitTree(root, commit, entries);
  }

  /** The file that a path leads to, through links inside of the tree; `outside` where one leads out of it. */
  resolve(path: string, links = 0): GitEntry | "outside" | undefined {
    const parts = path.split("/");
    for (let length = 1; length <= parts.length; length += 1) {
      const entry = this.entries.get(parts.slice(0, length).join("/"));
      if (entry?.mode !== SYMBOLIC_LINK) continue;
      if (links >= MOST_LINKS) return undefined;
      const target = this.content(entry).toString("utf8");
      const rest = parts.slice(length);
      const next = posix.normalize(posix.join(posix.dirname(entry.path), target, ...rest));
      if (posix.isAbsolute(target) || next === ".." || next.startsWith("../")) return "outside";
      return this.resolve(next.replace(/\/$/, ""), links + 1);
    }
    const entry = this.entries.get(path);
    return entry === undefined || entry.mode === SUBMODULE ? undefined : entry;
  }

  /** The content of a file. */
  content(entry: GitEntry): Buffer {
    return this.contents([entry]).get(entry.id) ?? Buffer.alloc(0);
  }

  /** The contents of files, by id. A clone that lacks one of them is an exception. */
  contents(wanted: readonly GitEntry[]): ReadonlyMap<string, Buffer> {
    const ids = [...new Set(wanted.filter(({ mode }) => mode !== SUBMODULE).map(({ id }) => id))];
    const contents = new Map<string, Buffer>();
    for (const batch of batches(sizesOf(this.root, ids))) {
      const { ok, stdout, stderr } = gitBytes(
        this.root,
        ["cat-file", "--batch"],
        `${batch.join("\n")}\n`,
      );
      if (!ok) throw new Error(`git cat-file failed: ${stderr}`);
      let offset = 0;
      for (const id of batch) {
        const end = stdout.indexOf(0x0a, offset);
        const size = Number(stdout.toString("latin1", offset, end).split(" ")[2]);
        contents.set(id, stdout.subarray(end + 1, end + 1 + size));
        offset = end + 1 + size + 1;
      }
    }
    return contents;
  }
}

function entryOf(bytes: Buffer): GitEntry {
  const tab = bytes.indexOf(0x09);
  const [mode = "", , id = ""] = bytes.toString("latin1", 0, tab).split(" ");
  return { ...pathOf(bytes.subarray(tab + 1)), mode, id };
}

/** A path that git printed, as text that no other path has. */
export function pathOf(bytes: Buffer): { readonly path: string; readonly bytes: Buffer } {
  const path = isUtf8(bytes) ? bytes.toString("utf8") : `\ufffd${bytes.toString("latin1")}`;
  return { path, bytes };
}

/** The parts of an answer with `-z`. */
export function splitAtNul(answer: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let end = answer.indexOf(0); end !== -1; end = answer.indexOf(0, start)) {
    parts.push(answer.subarray(start, end));
    start = end + 1;
  }
  return parts;
}

interface Sized {
  readonly id: string;
  readonly size: number;
}

function sizesOf(root: string, ids: readonly string[]): Sized[] {
  if (ids.length === 0) return [];
  const { ok, stdout, stderr } = gitBytes(
    root,
    ["cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)"],
    `${ids.join("\n")}\n`,
  );
  if (!ok) throw new Error(`git cat-file failed: ${stderr}`);
  return stdout
    .toString("latin1")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [id = "", type, size] = line.split(" ");
      if (type !== "blob") throw new Error(`the clone lacks the object ${id}`);
      return { id, size: Number(size) };
    });
}

function* batches(objects: readonly Sized[]): Generator<string[]> {
  let batch: string[] = [];
  let total = 0;
  for (const { id, size } of objects) {
    if (batch.length > 0 && total + size > BATCH) {
      yield batch;
      [batch, total] = [[], 0];
    }
    batch.push(id);
    total += size;
  }
  if (batch.length > 0) yield batch;
}

import { git } from "./git";
import type { UsageProblem } from "../system/usage-problem";

/** A revision to compare. */
export interface Revision {
  /** As it was named. */
  readonly ref: string;
  /** Id of the commit. */
  readonly commit: string;
  /** Folder of the project in the repository, such as `infra/access/`; empty at its top. */
  readonly prefix: string;
  /** The top of the repository's working tree. */
  readonly top: string;
}

/**
 * Finds a revision in the repository of a folder.
 *
 * @param side what it is, for messages
 */
export function findRevision(
  root: string,
  ref: string,
  side: "base" | "head",
): Revision | UsageProblem {
  const inside = git(root, "rev-parse", "--show-prefix");
  const top = git(root, "rev-parse", "--show-toplevel");
  if (!inside.ok || !top.ok) {
    return {
      problem: `the ${side} cannot be found: ${firstLine(inside.stderr || top.stderr)}`,
      help: "run this in a git checkout, or compare folders with `--base-dir` and `--head-dir`",
    };
  }
  const several = refsNamed(root, ref);
  if (several.length > 1) {
    return {
      problem: `\`${ref}\` is ambiguous: ${several.join(", ")}`,
      help: `write the one you mean, for example \`--${side} ${several.at(-1) ?? ""}\``,
    };
  }
  const commit = git(
    root,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  );
  if (!commit.ok) return notFound(root, ref);
  return { ref, commit: commit.stdout, prefix: inside.stdout, top: top.stdout };
}

/**
 * How many commits of a base a head does not have: they show as changes the other way round.
 *
 * @param head another revision; `undefined` for the working tree
 */
export function missingFrom(root: string, base: Revision, head: Revision | undefined): number {
  const behind = git(root, "rev-list", "--count", `${head?.commit ?? "HEAD"}..${base.commit}`);
  return behind.ok ? Number(behind.stdout) : 0;
}

/** What git takes a name for, the first one first: a tag hides the branch that is meant. */
const PLACES: readonly ((name: string) => string)[] = [
  (name) => `refs/${name}`,
  (name) => `refs/tags/${name}`,
  (name) => `refs/heads/${name}`,
  (name) => `refs/remotes/${name}`,
  (name) => `refs/remotes/${name}/HEAD`,
];

/** The references that a name can mean, if they are not all the same commit. */
function refsNamed(root: string, ref: string): readonly string[] {
  const name = /^[^~^:@{]*/.exec(ref)?.[0] ?? "";
  if (name === "" || name === "HEAD" || name.startsWith("refs/")) return [];
  const found = PLACES.flatMap((place) => {
    const full = place(name);
    const { ok, stdout } = git(
      root,
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${full}^{commit}`,
    );
    return ok ? [{ full, commit: stdout }] : [];
  });
  // A name may also be the beginning of a commit's id.
  const abbreviated = /^[0-9a-f]{4,64}$/.test(name) ? commitsFrom(root, name) : [];
  const all = [...abbreviated.map((commit) => ({ full: commit, commit })), ...found];
  return new Set(all.map(({ commit }) => commit)).size > 1 ? all.map(({ full }) => full) : [];
}

/** Commits whose id begins so. */
function commitsFrom(root: string, start: string): string[] {
  const { ok, stdout } = git(root, "rev-parse", `--disambiguate=${start}`);
  if (!ok) return [];
  return stdout
    .split("\n")
    .filter((id) => id !== "" && git(root, "cat-file", "-t", id).stdout === "commit");
}

function notFound(root: string, ref: string): UsageProblem {
  const shallow = git(root, "rev-parse", "--is-shallow-repository").stdout === "true";
  const branch = ref.replace(/^origin\//, "");
  if (shallow) {
    return {
      problem: `there is no revision \`${ref}\` in this clone, which is shallow`,
      help:
        `\`git fetch --depth=1 origin ${branch}:refs/remotes/origin/${branch}\`, ` +
        "or check out with the full history (`fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab)",
    };
  }
  const remote = git(root, "rev-parse", "--verify", "--quiet", `refs/remotes/origin/${ref}`).ok;
  return {
    problem: `there is no revision \`${ref}\` in this clone`,
    help: remote
      ? `did you mean \`origin/${ref}\`?`
      : `\`git fetch origin ${branch}\`, or name another branch, tag or commit`,
  };
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line !== "") ?? "git said nothing";
}

import { git } from "./git";
import type { UsageProblem } from "./usage-problem";

/** A revision to compare with. */
export interface BaseRevision {
  /** As it was named. */
  readonly ref: string;
  /** Id of the commit. */
  readonly commit: string;
  /** Folder of the project in the repository, such as `infra/access/`; empty at its top. */
  readonly prefix: string;
  /** Commits of the base that the working tree does not have: they show as changes the other way round. */
  readonly missing: number;
  /** Whether the working tree has changes that are not committed. */
  readonly dirty: boolean;
}

/** Finds a revision in the repository of a folder. */
export function findBaseRevision(root: string, ref: string): BaseRevision | UsageProblem {
  const inside = git(root, "rev-parse", "--show-prefix");
  if (!inside.ok) {
    return {
      problem: `the base cannot be found: ${firstLine(inside.stderr)}`,
      help: "run this in a git checkout, or compare folders with `--base-dir` and `--head-dir`",
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
  const behind = git(root, "rev-list", "--count", `HEAD..${commit.stdout}`);
  const status = git(root, "status", "--porcelain", "--untracked-files=normal", "--", ".");
  return {
    ref,
    commit: commit.stdout,
    prefix: inside.stdout,
    missing: behind.ok ? Number(behind.stdout) : 0,
    dirty: status.stdout !== "",
  };
}

function notFound(root: string, ref: string): UsageProblem {
  const shallow = git(root, "rev-parse", "--is-shallow-repository").stdout === "true";
  const branch = ref.replace(/^origin\//, "");
  if (shallow) {
    return {
      problem: `there is no revision \`${ref}\` in this clone, which is shallow`,
      help:
        `\`git fetch --depth=1 origin ${branch}:refs/remotes/origin/${branch}\`, ` +
        "or check out with the whole history (`fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab)",
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

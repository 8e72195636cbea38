import { pathPattern } from "./path-pattern";

/**
 * What a file of the repository is to a change:
 *
 * - `data`: read as text, and never run: the account map, the documents and the files that it names. The base's
 *   program can synthesize the head's data.
 * - `program`: runs, says what runs, or may be read by what runs. A file that is not known counts as one.
 * - `idle`: decides nothing and deploys nothing.
 */
export type FileRole = "data" | "program" | "idle";

/** What is known of the project that files belong to. */
export interface ProjectLayout {
  /** Folder of the project in the repository, such as `infra/access/`; empty at its top. */
  readonly prefix: string;
  /** Whether trustwheel's own program makes the Terraform. A program of the user's may read any file. */
  readonly ownProgram: boolean;
  /** Files that the account map names, from the top of the repository. @default - none */
  readonly named?: ReadonlySet<string>;
}

/**
 * Tells what a file is.
 *
 * @param path from the top of the repository, with `/`
 */
export function fileRole(path: string, { prefix, ownProgram, named }: ProjectLayout): FileRole {
  if (!isPlainPath(path) || matches(path, PROGRAM)) return "program";
  const below = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
  if (below !== undefined && DATA.some((pattern) => pattern.test(below))) return "data";
  // Of what a map names, only what nothing would run as code.
  if (named?.has(path) === true && path.endsWith(".xml")) return "data";
  if (matches(path, IDLE)) return "idle";
  // Our own program reads nothing outside of the project, and no tests.
  return ownProgram && (below === undefined || matches(below, TESTS)) ? "idle" : "program";
}

/** Data that no comparison of Terraform shows: it says which resources are taken over, or is given to a proof. */
export function isUnseenData(path: string, { prefix }: ProjectLayout): boolean {
  const below = path.startsWith(prefix) ? path.slice(prefix.length) : "";
  return UNSEEN_DATA.some((pattern) => pattern.test(below));
}

/**
 * Whether a file lies where only tools write: nobody may commit anything there, as it would be taken for what a
 * tool made itself. What only keeps a folder in git is none.
 *
 * @param path from the top of the repository
 */
export function isToolFile(path: string, { prefix }: ProjectLayout): boolean {
  if (/(?:^|\/)\.(?:gitignore|gitkeep|keep)$/.test(path)) return false;
  const below = path.startsWith(prefix) ? path.slice(prefix.length) : "";
  return matches(below, PROJECT_TOOL_FOLDERS) || matches(path, PACKAGE_CACHES);
}

/** Whether every part of a path is a name: none of `.`, `..` or `.git`, which lead elsewhere. */
export function isPlainPath(path: string): boolean {
  return path
    .split("/")
    .every(
      (part) =>
        part !== "" && !/^(?:\.{1,2}|\.git|git~\d+)[. ]*$/i.test(part) && !STRANGE.test(part),
    );
}

/** What no name has that is typed: control characters, backslashes, what was no UTF-8. */
// eslint-disable-next-line no-control-regex
const STRANGE = /[\u0000-\u001f\u007f\\\ufffd]|[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/;

function matches(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => compiled(pattern).test(path));
}

const COMPILED = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const found = COMPILED.get(pattern) ?? pathPattern(pattern);
  COMPILED.set(pattern, found);
  return found;
}

/** In the folder of the project. */
const PROJECT_TOOL_FOLDERS: readonly string[] = ["/.trustwheel/", "/cdktf.out/", "/.terraform/"];
/** In any folder: packages may be installed above the project. */
const PACKAGE_CACHES: readonly string[] = ["node_modules/.cache/"];

/** In any folder: hosts, package managers, Node.js, Terraform and git look for these themselves. */
export const PROGRAM: readonly string[] = [
  "node_modules/",
  ".trustwheel/",
  "cdktf.out/",
  ".terraform/",
  // Pipelines.
  ".github/",
  ".gitlab/",
  ".gitlab-ci*",
  ".atlantis/",
  "atlantis.yaml",
  "atlantis.yml",
  ".circleci/",
  ".buildkite/",
  ".azure-pipelines/",
  "azure-pipelines*",
  "bitbucket-pipelines.yml",
  "Jenkinsfile*",
  // Who must approve.
  "CODEOWNERS",
  // Git.
  ".gitmodules",
  ".gitattributes",
  ".gitignore",
  ".lfsconfig",
  ".husky/",
  ".githooks/",
  // Packages.
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "bun.lock*",
  ".npmrc",
  ".yarnrc*",
  ".yarn/",
  ".pnpmfile*",
  // Node.js, TypeScript and what starts them.
  "tsconfig*.json",
  ".node-version",
  ".nvmrc",
  ".tool-versions",
  "mise.toml",
  ".env*",
  "Makefile",
  "Dockerfile*",
  // CDKTF and Terraform.
  "cdktf*.json",
  ".terraform.lock.hcl",
  ".terraformrc",
  "terraform.rc",
  ".terraform-version",
  ".opentofu-version",
];

/** In the folder of the project. */
export const PROJECT_DATA: readonly string[] = ["/accounts.yaml", "/policies/", "/imports/"];

/** In the folder of the project, and only these: a script beside the documents is none of them. */
const UNSEEN_DATA = [/^imports\/[^/]+\.tf$/, /^control-policies[^/]*\.json$/];
const DATA = [/^accounts\.yaml$/, /^policies\/(?:[^/]+\/)*[^/]+\.json$/, ...UNSEEN_DATA];

/** Read by people alone. */
export const IDLE: readonly string[] = [
  "*.md",
  "*.adoc",
  "*.rst",
  "*.png",
  "*.jpg",
  "*.jpeg",
  "*.gif",
  "*.svg",
  "README",
  "CHANGELOG",
  "LICENSE",
  "NOTICE",
];

/** In the folder of the project. */
const TESTS: readonly string[] = ["/__tests__/", "/test/", "/tests/", "*.test.*", "*.spec.*"];

import { anyNamed, everyOne, isOpen, isPattern, isPinned } from "./breadth";
import type { Breadth, TestedClaims } from "./breadth";

/*
 * Subjects of GitHub Actions: `repo:OWNER/REPOSITORY:CONTEXT`. Source: GitHub documentation, OpenID Connect
 * reference; IAM User Guide, id_roles_create_for-idp_oidc.
 */

/** Who else a subject of GitHub Actions trusts; `undefined` if it names one repository and what runs there. */
export function githubBreadth(subject: string, claims: TestedClaims): Breadth | undefined {
  const { owner, name, context } = takenApart(subject, claims) ?? {};
  if (name === undefined) return undefined;
  const contexts = contextBreadth(context, claims);
  const whose = owner === undefined ? "the owner" : `\`${owner}\``;
  if (isPattern(name) && !pinsRepository(claims)) {
    const where = contexts === undefined ? "" : `, on ${contexts}`;
    return {
      others: `${everyOne("repository", whose, name)}${where}`,
      help: `write \`repo:${owner ?? "OWNER"}/REPOSITORY:environment:NAME\`, with protection rules for the environment`,
    };
  }
  return contexts === undefined
    ? undefined
    : ofContext(contexts, owner === undefined || isPattern(name) ? undefined : `${owner}/${name}`);
}

/** Who else the repository of a way in trusts: those whose names match a pattern. */
export function repositoryBreadth(
  owner: string,
  name: string,
  claims: TestedClaims,
): Breadth | undefined {
  if (!isPattern(name) || pinsRepository(claims)) return undefined;
  return {
    others: everyOne("repository", `\`${owner}\``, name),
    help: "name each repository",
  };
}

/** Who else what runs in a repository trusts, by the part of the subject behind the repository. */
export function runBreadth(
  context: string,
  repository: string,
  claims: TestedClaims,
): Breadth | undefined {
  const contexts = contextBreadth(context, claims);
  return contexts === undefined ? undefined : ofContext(contexts, repository);
}

function ofContext(contexts: string, repository: string | undefined): Breadth {
  const pullRequest = contexts === PULL_REQUEST;
  const how = pullRequest
    ? " before a review"
    : contexts.startsWith("any environment")
      ? ", by an environment without protection rules"
      : "";
  return {
    others: `${contexts} of ${repository === undefined ? "the repository" : `\`${repository}\``}: whoever can push a branch there can assume the role${how}`,
    help: pullRequest
      ? "name a branch or an environment, or let the role only read and accept the finding"
      : "name a protected branch, or an environment with protection rules",
  };
}

const PULL_REQUEST = "any pull request";

interface GithubSubject {
  /** @default - only a claim names it */
  readonly owner?: string;
  readonly name: string;
  /** What follows the repository. @default - nothing, so that no run has the subject */
  readonly context?: string;
}

/** `undefined` for other forms, which an organization can define, and for an open owner: rule OI-05. */
function takenApart(subject: string, claims: TestedClaims): GithubSubject | undefined {
  const [, owned] = /^repository_owner(?:_id)?:([^:*?]+)(?:$|:)/.exec(subject) ?? [];
  if (owned !== undefined) return { owner: owned, name: "*", context: "*" };
  const [, owner = "*", rest = ""] = /^repo:([^/:]+)\/(.*)$/s.exec(subject) ?? [];
  if (isPattern(owner)) {
    const open = /^[^/:]*\*$/.test(subject.replace(/^repo:/, ""));
    return open && pinsOwner(claims) ? { name: "*", context: "*" } : undefined;
  }
  const colon = rest.indexOf(":");
  const name = withoutId(colon < 0 ? rest : rest.slice(0, colon));
  if (colon >= 0) return { owner: withoutId(owner), name, context: rest.slice(colon + 1) };
  // The wildcard at the end of a repository stands for what follows it, too.
  return { owner: withoutId(owner), name, ...(rest.endsWith("*") ? { context: "*" } : {}) };
}

/** Whether only runs of one owner, or of one of its repositories, pass. */
export function pinsOwner(claims: TestedClaims): boolean {
  return isPinned(claims, "repository_owner_id", "repository_id", "repository", "enterprise_id");
}

/** A name of the immutable form without its id (rule OI-08). */
function withoutId(name: string): string {
  return name.replace(/@\d+$/, "");
}

function pinsRepository(claims: TestedClaims): boolean {
  return isPinned(claims, "repository", "repository_id") || pinsWorkflow(claims);
}

/** Whether only a workflow file of some version can run: what it does is reviewed where it is. */
function pinsWorkflow(claims: TestedClaims): boolean {
  const files = claims.get("job_workflow_ref") ?? [];
  return files.length > 0 && files.every((file) => /^[^*?]+@[^*?]/.test(file));
}

function contextBreadth(context: string | undefined, claims: TestedClaims): string | undefined {
  if (context === undefined || pinsRun(claims)) return undefined;
  const [, type = "", name = ""] =
    /^(environment:|ref:refs\/heads\/|ref:refs\/tags\/)(.*)$/s.exec(context) ?? [];
  if (type !== "") {
    if (!isOpen(name)) return undefined;
    if (type === "environment:") {
      return anyNamed("environment", name);
    }
    return anyNamed(type === "ref:refs/heads/" ? "branch" : "tag", name);
  }
  if (/^(?:pull_request|ref:refs\/pull\/)/.test(context)) return PULL_REQUEST;
  // A wildcard stands before what kind of run is meant is told.
  const known = context.search(/[*?]/) < 0 ? context : context.slice(0, context.search(/[*?]/));
  if (known === context) return undefined;
  if (/^ref:(?:r|$)/.test(known)) return "any branch or tag";
  if (!CONTEXTS.some((each) => each.startsWith(known))) return undefined;
  const all = known === "" ? context : "*";
  return /^\*+$/.test(all)
    ? "any branch, tag, environment or pull request"
    : `any branch, tag, environment or pull request that matches \`${all}\``;
}

const CONTEXTS = ["environment:", "ref:refs/heads/", "pull_request"];

function pinsRun(claims: TestedClaims): boolean {
  const refs = claims.get("ref") ?? [];
  const named = refs.length > 0 && refs.every((ref) => /^refs\/(?:heads|tags)\/[^*?]/.test(ref));
  return named || isPinned(claims, "environment", "actor", "actor_id") || pinsWorkflow(claims);
}

import { isGithubIssuer } from "../github-issuer";
import { anyNamed, everyOne, isOpen, isPattern, isPinned } from "./breadth";
import type { Breadth, TestedClaims } from "./breadth";
import { githubBreadth } from "./github-breadth";
import { labelledSubject } from "./labelled-subject";

/**
 * Who else a subject trusts, besides one workload that is meant: whoever can make a branch, a repository or a project
 * of a name that matches. Known for issuers that document how their subjects are written; `undefined` for others, and
 * for a subject that is narrow, such as one with the branches `release/*`.
 *
 * @param issuer without its scheme, in lower case
 * @param subject may hold `*` and `?`
 * @param claims what else the token must say
 */
export function whoElse(
  issuer: string,
  subject: string,
  claims: TestedClaims,
): Breadth | undefined {
  return BREADTHS.find(({ of }) => of(issuer, subject))?.breadth(subject, claims, issuer);
}

interface IssuerBreadth {
  readonly of: (issuer: string, subject: string) => boolean;
  readonly breadth: (subject: string, claims: TestedClaims, issuer: string) => Breadth | undefined;
}

const BREADTHS: readonly IssuerBreadth[] = [
  { of: (issuer) => isGithubIssuer(issuer), breadth: githubBreadth },
  // GitLab, ID token payload; also of servers that somebody hosts.
  { of: (_issuer, subject) => subject.startsWith("project_path:"), breadth: gitlabBreadth },
  // HashiCorp, workload identity tokens.
  {
    of: (issuer) => /^app\.(?:eu\.)?terraform\.io$/.test(issuer),
    breadth: terraformBreadth,
  },
  // Buildkite, OIDC in Buildkite Pipelines.
  {
    of: (issuer) => /^agent\.(?:[^./]+\.)?buildkite\.[^./]+$/.test(issuer),
    breadth: buildkiteBreadth,
  },
  // CircleCI, OpenID Connect tokens.
  { of: (issuer) => issuer.startsWith("oidc.circleci.com/org/"), breadth: circleBreadth },
  // Atlassian, integrate Bitbucket Pipelines with resource servers using OIDC.
  { of: (issuer) => issuer.startsWith("api.bitbucket.org/"), breadth: bitbucketBreadth },
  // Vercel, OIDC federation reference.
  { of: (issuer) => /^oidc\.vercel\.com(?:\/|$)/.test(issuer), breadth: vercelBreadth },
  // Kubernetes, service accounts; EKS User Guide, IAM roles for service accounts.
  {
    of: (_issuer, subject) => subject.startsWith("system:serviceaccount:"),
    breadth: kubernetesBreadth,
  },
];

const PUSHES = ": whoever can push there can assume the role";

function gitlabBreadth(subject: string, claims: TestedClaims, issuer: string): Breadth | undefined {
  const read = labelledSubject(subject, ["project_path:", ":ref_type:", ":ref:"]);
  const path = read?.values.get("project_path:");
  if (read === undefined || path === undefined) return undefined;
  const help =
    "write `project_path:GROUP/PROJECT:ref_type:branch:ref:BRANCH`, with a protected branch";
  const [group = ""] = path.split("/");
  if (isPattern(path) && !isPinned(claims, "project_id")) {
    // Of an issuer that everyone can use, an open group is an error: rule OI-04.
    if (isPattern(group) && issuer === "gitlab.com") return undefined;
    const own = isPattern(group) ? "the server" : `\`${group}\``;
    const pattern = path === `${group}/*` ? "*" : path;
    return { others: everyOne("project", own, pattern), help };
  }
  if (claims.get("ref_protected")?.join() === "true") return undefined;
  const type = read.values.get(":ref_type:");
  const ref = read.values.get(":ref:");
  const project = isPattern(path) ? "the project" : `\`${path}\``;
  if (ref === undefined) {
    return read.isOpen ? { others: `any branch or tag of ${project}${PUSHES}`, help } : undefined;
  }
  if (isOpen(ref)) {
    return { others: `${anyNamed(refWord(type), ref)} of ${project}${PUSHES}`, help };
  }
  return type !== undefined && isPattern(type)
    ? { others: `a tag as well as a branch \`${ref}\` of ${project}${PUSHES}`, help }
    : undefined;
}

function refWord(type: string | undefined): string {
  return type === "branch" || type === "tag" ? type : "branch or tag";
}

function terraformBreadth(subject: string): Breadth | undefined {
  const labels = ["organization:", ":project:", ":workspace:", ":run_phase:"];
  const read = labelledSubject(subject, labels);
  const organization = read?.values.get("organization:");
  if (read === undefined || organization === undefined || isPattern(organization)) return undefined;
  // The name of a workspace is unique in its organization, whatever its project.
  const workspace = read.values.get(":workspace:");
  if (workspace === undefined ? !read.isOpen : !isPattern(workspace)) return undefined;
  const project = read.values.get(":project:") ?? "*";
  const inProject = isPattern(project) ? "" : `\`${project}\` in `;
  return {
    others: everyOne("workspace", `${inProject}\`${organization}\``, workspace ?? "*"),
    help: "write `organization:ORGANIZATION:project:PROJECT:workspace:WORKSPACE:run_phase:apply`",
  };
}

function buildkiteBreadth(subject: string, claims: TestedClaims): Breadth | undefined {
  const read = labelledSubject(subject, ["organization:", ":pipeline:", ":ref:", ":commit:"]);
  const organization = read?.values.get("organization:");
  if (read === undefined || organization === undefined || isPattern(organization)) return undefined;
  const help = "write `organization:ORGANIZATION:pipeline:PIPELINE:ref:refs/heads/BRANCH:*`";
  const pipeline = read.values.get(":pipeline:");
  const pinned = isPinned(claims, "pipeline_id", "pipeline_slug");
  if (!pinned && (pipeline === undefined ? read.isOpen : isPattern(pipeline))) {
    return { others: everyOne("pipeline", `\`${organization}\``, pipeline ?? "*"), help };
  }
  if (isPinned(claims, "build_branch")) return undefined;
  const ref = read.values.get(":ref:");
  const name = ref?.replace(/^refs\/(?:heads|tags)\//, "");
  if (name === undefined ? !read.isOpen : !isOpen(name)) return undefined;
  const of = pipeline === undefined || isPattern(pipeline) ? "the pipeline" : `\`${pipeline}\``;
  const word = /^refs\/(head|tag)s\//.exec(ref ?? "")?.[1];
  const what = word === undefined ? "branch or tag" : word === "head" ? "branch" : "tag";
  return { others: `${anyNamed(what, name ?? "*")} of ${of}${PUSHES}`, help };
}

function circleBreadth(subject: string, claims: TestedClaims): Breadth | undefined {
  const read = labelledSubject(subject, ["org/", "/project/", "/user/"]);
  if (read === undefined || isPinned(claims, "oidc.circleci.com/project-id")) return undefined;
  const project = read.values.get("/project/");
  if (project === undefined ? !read.isOpen : !isPattern(project)) return undefined;
  return {
    others: everyOne("project", "the organization", project ?? "*"),
    help: "write `org/ORGANIZATION-ID/project/PROJECT-ID/user/*`",
  };
}

function bitbucketBreadth(subject: string): Breadth | undefined {
  return isOpen(subject)
    ? {
        others: everyOne("repository", "the workspace", "*"),
        help: "write `{REPOSITORY-UUID}*:*`, or with the environment `{REPOSITORY-UUID}:{ENVIRONMENT-UUID}:*`",
      }
    : undefined;
}

function vercelBreadth(subject: string): Breadth | undefined {
  const read = labelledSubject(subject, ["owner:", ":project:", ":environment:"]);
  const owner = read?.values.get("owner:");
  if (read === undefined || owner === undefined || isPattern(owner)) return undefined;
  const help = "write `owner:TEAM:project:PROJECT:environment:production`";
  const project = read.values.get(":project:");
  if (project === undefined ? read.isOpen : isPattern(project)) {
    return { others: everyOne("project", `\`${owner}\``, project ?? "*"), help };
  }
  const environment = read.values.get(":environment:");
  if (environment === undefined ? !read.isOpen : !isOpen(environment)) return undefined;
  const of = `\`${owner}/${project ?? ""}\``;
  return {
    others: `${anyNamed("environment", environment ?? "*")} of ${of}, also previews of any branch`,
    help,
  };
}

function kubernetesBreadth(subject: string): Breadth | undefined {
  const read = labelledSubject(subject, ["system:serviceaccount:", ":"]);
  const namespace = read?.values.get("system:serviceaccount:") ?? "";
  const account = read?.values.get(":");
  const help = "write `system:serviceaccount:NAMESPACE:NAME`";
  if (isOpen(namespace)) {
    const named = account === undefined || isOpen(account) ? "" : ` \`${account}\``;
    const pattern = isPattern(namespace) ? namespace : "*";
    return { others: `the service accounts${named} of ${anyNamed("namespace", pattern)}`, help };
  }
  if (account === undefined ? !subject.endsWith("*") : !isOpen(account)) return undefined;
  return { others: `${anyNamed("service account", account ?? "*")} of \`${namespace}\``, help };
}

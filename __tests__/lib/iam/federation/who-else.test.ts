import { whoElse } from "../../../../lib/iam/federation/subjects/who-else";

const GITHUB = "token.actions.githubusercontent.com";

function others(
  issuer: string,
  subject: string,
  claims: Readonly<Record<string, string>> = {},
): string | undefined {
  const tested = new Map(Object.entries(claims).map(([claim, value]) => [claim, [value]]));
  return whoElse(issuer, subject, tested)?.others;
}

const EVERY = "every repository of `o`";
const ANY = "any branch, tag, environment or pull request";
const PUSH = "whoever can push a branch there can assume the role";

describe("a subject of GitHub Actions that trusts others", () => {
  test.each([
    ["repo:o/*", `${EVERY}, including future ones, on ${ANY}`],
    ["repo:o/r*", `${EVERY} that matches \`r*\`, including future ones, on ${ANY}`],
    ["repo:o@12/*", `${EVERY}, including future ones, on ${ANY}`],
    ["repo:o/*:ref:refs/heads/main", `${EVERY}, including future ones`],
    ["repo:o/*:pull_request", `${EVERY}, including future ones, on any pull request`],
    ["repo:o/a-?:environment:prod", `${EVERY} that matches \`a-?\`, including future ones`],
    ["repository_owner:o", `${EVERY}, including future ones, on ${ANY}`],
    ["repo:o/r:*", `${ANY} of \`o/r\`: ${PUSH}`],
    ["repo:o@12/r@34:*", `${ANY} of \`o/r\`: ${PUSH}`],
    ["repo:o/r:*main", `${ANY} that matches \`*main\` of \`o/r\`: ${PUSH}`],
    ["repo:o/r:ref:*", `any branch or tag of \`o/r\`: ${PUSH}`],
    ["repo:o/r:ref:refs/*", `any branch or tag of \`o/r\`: ${PUSH}`],
    ["repo:o/r:ref:refs/heads/*", `any branch of \`o/r\`: ${PUSH}`],
    ["repo:o/r:ref:refs/heads/*/main", `any branch that matches \`*/main\` of \`o/r\`: ${PUSH}`],
    ["repo:o/r:ref:refs/tags/*", `any tag of \`o/r\`: ${PUSH}`],
    [
      "repo:o/r:environment:*",
      `any environment of \`o/r\`: ${PUSH}, by an environment without protection rules`,
    ],
    ["repo:o/r:pull_request", `any pull request of \`o/r\`: ${PUSH} before a review`],
    ["repo:o/r:ref:refs/pull/*", `any pull request of \`o/r\`: ${PUSH} before a review`],
  ])("%s", (subject, expected) => {
    expect(others(GITHUB, subject)).toBe(expected);
    expect(others(`${GITHUB}/enterprise`, subject)).toBe(expected);
  });

  test.each([
    "repo:o/r:ref:refs/heads/main",
    "repo:o/r:ref:refs/heads/release/*",
    "repo:o/r:ref:refs/heads/infra/team/*",
    "repo:o/r:ref:refs/tags/v*",
    "repo:o/r:environment:prod-*",
    "repo:o@12345678/r@1234567890:ref:refs/heads/dev",
    "repo:o/r",
    "repo:o*/r:ref:refs/heads/main",
    "job_workflow_ref:o/ci/.github/workflows/x.yml@refs/heads/main",
  ])("%s is narrow, or an error of its own", (subject) => {
    expect(others(GITHUB, subject)).toBeUndefined();
  });

  test.each<[string, Record<string, string>, boolean]>([
    ["repo:o/r:*", { ref: "refs/heads/main" }, false],
    ["repo:o/r:*", { ref: "refs/heads/*" }, true],
    ["repo:o/r:*", { environment: "prod" }, false],
    ["repo:o/r:pull_request", { actor: "robot" }, false],
    ["repo:o/*", { repository: "o/r" }, true],
    ["repo:o/*", { repository: "o/r", environment: "prod" }, false],
    ["repo:o/*", { environment: "prod" }, true],
    ["repo:o/*", { job_workflow_ref: "o/ci/.github/workflows/x.yml@refs/heads/main" }, false],
    ["repo:o/*", { job_workflow_ref: "o/ci/.github/workflows/x.yml@*" }, true],
    ["repo:*", { repository_owner_id: "12" }, true],
    ["repo:*", {}, false],
  ])("%s beside %j: %s", (subject, claims, found) => {
    expect(others(GITHUB, subject, claims) !== undefined).toBe(found);
  });
});

describe("a subject of another issuer that trusts others", () => {
  const pushes = "whoever can push there can assume the role";
  test.each([
    [
      "gitlab.com",
      "project_path:g/*:ref_type:branch:ref:main",
      "every project of `g`, including future ones",
    ],
    [
      "gitlab.example.com",
      "project_path:g/s/*",
      "every project of `g` that matches `g/s/*`, including future ones",
    ],
    ["gitlab.example.com", "project_path:*", "every project of the server, including future ones"],
    ["gitlab.com", "project_path:g/p:*", `any branch or tag of \`g/p\`: ${pushes}`],
    ["gitlab.com", "project_path:g/p:ref_type:branch:ref:*", `any branch of \`g/p\`: ${pushes}`],
    [
      "gitlab.com",
      "project_path:g/p:ref_type:*:ref:main",
      `a tag as well as a branch \`main\` of \`g/p\`: ${pushes}`,
    ],
    ["app.terraform.io", "organization:o:*", "every workspace of `o`, including future ones"],
    [
      "app.terraform.io",
      "organization:o:project:p:workspace:*:run_phase:apply",
      "every workspace of `p` in `o`, including future ones",
    ],
    [
      "app.terraform.io",
      "organization:o:project:*:workspace:app-*:run_phase:*",
      "every workspace of `o` that matches `app-*`, including future ones",
    ],
    ["agent.buildkite.com", "organization:o:*", "every pipeline of `o`, including future ones"],
    ["agent.buildkite.com", "organization:o:pipeline:p:*", `any branch or tag of \`p\`: ${pushes}`],
    [
      "agent.buildkite.com",
      "organization:o:pipeline:p:ref:refs/heads/*",
      `any branch of \`p\`: ${pushes}`,
    ],
    [
      "oidc.circleci.com/org/1",
      "org/1/project/*",
      "every project of the organization, including future ones",
    ],
    [
      "api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc",
      "*",
      "every repository of the workspace, including future ones",
    ],
    [
      "oidc.vercel.com/o",
      "owner:o:project:*:environment:production",
      "every project of `o`, including future ones",
    ],
    [
      "oidc.vercel.com/o",
      "owner:o:project:p:environment:*",
      "any environment of `o/p`, also previews of any branch",
    ],
    [
      "oidc.eks.eu-west-1.amazonaws.com/id/1",
      "system:serviceaccount:*:deployer",
      "the service accounts `deployer` of any namespace",
    ],
    [
      "oidc.eks.eu-west-1.amazonaws.com/id/1",
      "system:serviceaccount:shop:*",
      "any service account of `shop`",
    ],
    ["k8s.example.com", "system:serviceaccount:*", "the service accounts of any namespace"],
  ])("%s %s", (issuer, subject, expected) => {
    expect(others(issuer, subject)).toBe(expected);
  });

  test.each<[string, string, Record<string, string>?]>([
    ["gitlab.com", "project_path:g/p:ref_type:branch:ref:release-*"],
    ["gitlab.com", "project_path:*"],
    ["gitlab.com", "project_path:g/p:*", { ref_protected: "true" }],
    ["gitlab.com", "project_path:g/*:ref_type:branch:ref:main", { project_id: "1" }],
    ["app.terraform.io", "organization:o:project:*:workspace:w:run_phase:*"],
    ["app.terraform.io", "organization:*"],
    ["agent.buildkite.com", "organization:o:pipeline:p:ref:refs/heads/main:*"],
    ["agent.buildkite.com", "organization:o:pipeline:p:*", { build_branch: "main" }],
    ["oidc.circleci.com/org/1", "org/1/project/2/user/*"],
    ["oidc.circleci.com/org/1", "org/1/*", { "oidc.circleci.com/project-id": "2" }],
    ["api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc", "{1}*:*"],
    ["oidc.vercel.com/o", "owner:o:project:p:environment:production"],
    ["k8s.example.com", "system:serviceaccount:shop:web-*"],
    ["id.example.com", "*"],
  ])("%s %s %j is narrow, or its issuer is not known", (issuer, subject, claims = {}) => {
    expect(others(issuer, subject, claims)).toBeUndefined();
  });
});

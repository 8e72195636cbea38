import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import { NO_CONTROL_POLICIES } from "../../../../lib/access/decide/control-policies";
import { decideCall } from "../../../../lib/access/decide/decide-call";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { checkMap } from "../../../support/project";
import { PIPELINE, pipelineMap } from "../support/pipeline-map";

const GITHUB = "token.actions.githubusercontent.com";
const PLAN = "arn:aws:iam::111111111111:role/access/trustwheel-plan";
const APPLY = "arn:aws:iam::111111111111:role/access/trustwheel-apply";

/** Which of the two roles of a synthesized map a token opens. */
function opened(
  mapText: string,
  issuer: string,
  claims: Readonly<Record<string, string>>,
): readonly string[] {
  const { plan, diagnostics } = checkMap(mapText);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
  const world = {
    graph: readAccessGraph(stacks).graph,
    accounts: new Map(),
    controls: NO_CONTROL_POLICIES,
  };
  const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
  const keys = Object.fromEntries(
    Object.entries({ aud: "sts.amazonaws.com", ...claims }).map(([claim, value]) => [
      `${issuer}:${claim}`,
      value,
    ]),
  );
  return [PLAN, APPLY].filter((roleArn) => {
    const { decision } = decideCall(world, {
      caller: { kind: "web-identity", provider },
      roleArn,
      time: "2026-06-30T12:00:00Z",
      keys,
    });
    expect(decision).not.toBe("unknown");
    return decision === "allowed";
  });
}

describe("tokens of GitHub", () => {
  const repository = "repo:example-org/platform";

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "a pull request does nothing",
      { sub: `${repository}:pull_request`, ref: "refs/pull/7/merge" },
      [],
    ],
    [
      "the branch plans, for the gate and every night",
      { sub: `${repository}:ref:refs/heads/main`, ref: "refs/heads/main" },
      [PLAN],
    ],
    [
      "the environment on the branch applies",
      { sub: `${repository}:environment:production`, ref: "refs/heads/main" },
      [APPLY],
    ],
    [
      "the environment on another branch does nothing",
      { sub: `${repository}:environment:production`, ref: "refs/heads/feature" },
      [],
    ],
    [
      "the environment in a pull request does nothing",
      { sub: `${repository}:environment:production`, ref: "refs/pull/7/merge" },
      [],
    ],
    [
      "another environment does nothing",
      { sub: `${repository}:environment:staging`, ref: "refs/heads/main" },
      [],
    ],
    [
      "another branch does nothing",
      { sub: `${repository}:ref:refs/heads/feature`, ref: "refs/heads/feature" },
      [],
    ],
    [
      "a tag that is called like the branch does nothing",
      { sub: `${repository}:environment:production`, ref: "refs/tags/main" },
      [],
    ],
    [
      "a fork does nothing",
      { sub: "repo:somebody/platform:pull_request", ref: "refs/pull/7/merge" },
      [],
    ],
    [
      "another repository of the organization does nothing",
      { sub: "repo:example-org/platform-two:environment:production", ref: "refs/heads/main" },
      [],
    ],
    [
      "a token for another audience does nothing",
      { aud: "https://github.com/example-org", sub: `${repository}:pull_request`, ref: "x" },
      [],
    ],
  ])("%s", (_name, claims, roles) => {
    expect(opened(pipelineMap(), GITHUB, claims)).toEqual(roles);
  });

  test("a subject with ids is asked for where the repository has such", () => {
    const githubActions = {
      ...PIPELINE.githubActions,
      subject: "immutable",
      ownerId: "1234",
      repositoryId: "5678",
    };
    const map = pipelineMap({ pipeline: { ...PIPELINE, githubActions } });
    const withIds = "repo:example-org@1234/platform@5678";
    const branch = "ref:refs/heads/main";
    expect(opened(map, GITHUB, { sub: `${withIds}:${branch}`, ref: "x" })).toEqual([PLAN]);
    expect(opened(map, GITHUB, { sub: `${repository}:${branch}`, ref: "x" })).toEqual([]);
  });
});

describe("tokens of GitLab", () => {
  const project = "project_path:example-org/platform";
  const map = pipelineMap({
    identityProviders: { gitlab: { oidc: { url: "https://gitlab.com" } } },
    pipeline: {
      account: "tools",
      gitlab: { project: "example-org/platform", provider: "gitlab", projectId: "5678" },
    },
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "another branch does nothing",
      { sub: `${project}:ref_type:branch:ref:feature`, project_id: "5678" },
      [],
    ],
    [
      "the deployed branch plans and applies",
      { sub: `${project}:ref_type:branch:ref:main`, project_id: "5678" },
      [PLAN, APPLY],
    ],
    ["a tag does nothing", { sub: `${project}:ref_type:tag:ref:main`, project_id: "5678" }, []],
    [
      "a project that took over the path does nothing",
      { sub: `${project}:ref_type:branch:ref:main`, project_id: "9999" },
      [],
    ],
    [
      "a fork does nothing",
      { sub: "project_path:somebody/platform:ref_type:branch:ref:main", project_id: "9999" },
      [],
    ],
  ])("%s", (_name, claims, roles) => {
    expect(opened(map, "gitlab.com", claims)).toEqual(roles);
  });
});

test("what is synthesized for a pipeline is proved to let in nobody else", () => {
  const { map, plan } = checkMap(pipelineMap());
  if (map === undefined || plan === undefined) throw new Error("the map was refused");
  const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
  const proof = provePlan({ plan, accounts: accountDirectory(map.accounts.values()), stacks });
  expect(proof.problems).toEqual([]);
  expect([proof.verdict, proof.roles, proof.edges]).toEqual(["proved", 3, 3]);
});

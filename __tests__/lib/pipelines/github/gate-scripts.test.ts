import { FakeGithub } from "../../../support/gate/fake-github";
import { PipelineFolder } from "../../../support/gate/pipeline-files";
import { ShellFolder } from "../../../support/gate/shell-folder";
import { pipelineMap } from "../../plan/support/pipeline-map";

const files = new PipelineFolder(pipelineMap());
const GATE = ".github/workflows/trustwheel-gate.yaml";
const step = (job: string, name: string): string => files.step(GATE, job, name);

const SHA = "a".repeat(40);
const BASE = "b".repeat(40);
const REPOSITORY = "example-org/platform";

let folder: ShellFolder;
let github: FakeGithub;

beforeEach(() => {
  folder = new ShellFolder();
  github = new FakeGithub(folder);
});
afterEach(() => {
  folder.remove();
});

const STATUS = {
  GITHUB_REPOSITORY: REPOSITORY,
  HEAD_SHA: SHA,
  RUN_URL: "https://example.com/run",
  GH_TOKEN: "reads",
  STATUS_TOKEN: "sets",
};

const status = (state: string, description: string): string =>
  `POST repos/${REPOSITORY}/statuses/${SHA} context=trustwheel / gate state=${state} description=${description} target_url=https://example.com/run token=sets`;

describe("which pull requests are judged", () => {
  const pull = (number: number, more: Readonly<Record<string, unknown>> = {}): unknown => ({
    number,
    user: { login: `author-${number}` },
    head: { sha: SHA, repo: { full_name: REPOSITORY } },
    base: { ref: "main" },
    ...more,
  });

  function found(pulls: readonly unknown[]): Readonly<Record<string, unknown>> {
    github.answer(`repos/${REPOSITORY}/pulls`, pulls);
    github.answer(`repos/${REPOSITORY}/git/ref/heads/main`, { object: { sha: BASE } });
    const output = `${folder.path}/output`;
    const { code } = folder.run(step("begin", "Find pull requests"), {
      ...STATUS,
      BRANCH: "main",
      GITHUB_OUTPUT: output,
    });
    const lines = (folder.read("output") ?? "").split("\n").filter((line) => line !== "");
    const entries = lines.map((line): [string, unknown] => {
      const [name = "", value = ""] = line.split(/=(.*)/);
      return [name, name === "base" ? value : JSON.parse(value)];
    });
    return { code, ...Object.fromEntries(entries) };
  }

  test("the open ones into the branch that are at the commit of the event, and the branch as it is", () => {
    expect(found([pull(7), pull(8, { head: { sha: "c".repeat(40), repo: null } })])).toEqual({
      code: 0,
      base: BASE,
      own: true,
      pulls: [{ number: 7, author: "author-7", own: true }],
    });
    expect(github.writes()).toEqual([status("pending", "waiting for the review or an approval")]);
  });

  test("all that are at one commit, each with its author; a fork is not the repository's own", () => {
    const fork = { head: { sha: SHA, repo: { full_name: "somebody/platform" } } };
    const gone = { head: { sha: SHA, repo: null } };
    expect(found([pull(7, fork), pull(8), pull(9, gone)])).toMatchObject({
      own: true,
      pulls: [
        { number: 7, author: "author-7", own: false },
        { number: 8, author: "author-8", own: true },
        { number: 9, author: "author-9", own: false },
      ],
    });
    folder.write("output", "");
    expect(found([pull(7, fork)])).toMatchObject({ own: false });
  });

  test.each([
    ["none at an earlier commit, as of a run that is started again", []],
    ["none into another branch", [pull(7, { base: { ref: "release" } })]],
  ])("%s: no status is set", (_, pulls) => {
    expect(found(pulls)).toMatchObject({ code: 0, own: false, pulls: [] });
    expect(github.writes()).toEqual([]);
  });

  test("none where GitHub does not answer: the job fails", () => {
    const output = `${folder.path}/output`;
    const env = { ...STATUS, BRANCH: "main", GITHUB_OUTPUT: output };
    expect(folder.run(step("begin", "Find pull requests"), env).code).not.toBe(0);
    expect(folder.read("output")).toBeUndefined();
  });
});

describe("what the status says", () => {
  const decide = step("gate", "Decide");

  test.each([
    ["success", "merge", "skipped", "success", "passes"],
    ["success", "approval", "success", "success", "passes: every required team approved"],
    ["success", "approval", "failure", "failure", "needs approval"],
    ["success", "approval", "skipped", "failure", "needs approval"],
    ["success", "approval", "cancelled", "failure", "needs approval"],
    ["success", "block", "skipped", "failure", "blocked by a gate rule"],
    ["success", "block", "success", "failure", "blocked by a gate rule"],
    ["success", "", "skipped", "failure", "the review could not be completed"],
    ["success", "anything", "success", "failure", "the review could not be completed"],
    ["failure", "merge", "success", "failure", "the review could not be completed"],
    ["cancelled", "merge", "success", "failure", "the review could not be completed"],
    ["skipped", "", "skipped", "failure", "the review could not be completed"],
  ])("judged: %s, outcome %s, approval %s: %s", (JUDGE, OUTCOME, APPROVAL, state, description) => {
    const env = { ...STATUS, JUDGE, OUTCOME, APPROVAL, TEAMS: '["security"]' };
    expect(folder.run(decide, env).code).toBe(state === "success" ? 0 : 1);
    expect(github.writes()).toEqual([status(state, description)]);
  });
});

describe("an approval", () => {
  const ENVIRONMENT = "trustwheel-approval-security";
  const guarded = step("approval", "Check that a reviewer approved");
  const env = {
    ENVIRONMENT,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_RUN_ID: "42",
    PULLS: '[{"number":7,"author":"alice"},{"number":8,"author":"bob"}]',
  };
  const approval = (login: string, state = "approved", name = ENVIRONMENT): unknown => ({
    state,
    user: { login },
    environments: [{ name }],
  });

  function asked(reviewers: readonly unknown[], approvals: readonly unknown[]): string {
    github.answer(`repos/${REPOSITORY}/environments/${ENVIRONMENT}`, {
      protection_rules: [{ type: "branch_policy" }, { type: "required_reviewers", reviewers }],
    });
    github.answer(`repos/${REPOSITORY}/actions/runs/42/approvals`, approvals);
    const { code, output } = folder.run(guarded, env);
    return `${code}: ${output}`;
  }

  const TEAM = [{ type: "Team" }];

  test("counts where somebody else than an author gave it", () => {
    expect(asked(TEAM, [approval("carol"), approval("alice")])).toBe("0: approved by carol\n");
  });

  test("counts nothing where the environment asks nobody", () => {
    expect(asked([], [approval("carol")])).toBe(
      `1: the environment ${ENVIRONMENT} has no required reviewers, so nobody approved\n`,
    );
  });

  test.each([
    ["the author gave it", [approval("alice")]],
    [
      "authors of several pull requests at this commit gave it",
      [approval("alice"), approval("bob")],
    ],
    ["an administrator passed by", []],
    ["it was refused", [approval("carol", "rejected")]],
    ["it is one of another environment", [approval("carol", "approved", "production")]],
  ])("counts nothing where %s", (_, approvals) => {
    expect(asked(TEAM, approvals)).toBe(
      `1: nobody except the author approved in the environment ${ENVIRONMENT}\n`,
    );
  });

  test("counts nothing where GitHub does not answer", () => {
    expect(folder.run(guarded, env).code).toBe(1);
  });
});

describe("the comment", () => {
  const post = step("comment", "Comment");
  const MARK = "<!-- trustwheel-review -->";
  const env = {
    GITHUB_REPOSITORY: REPOSITORY,
    HEAD_SHA: SHA,
    GH_TOKEN: "comments",
    PULLS: '[{"number":7},{"number":8}]',
  };

  function posted(heads: Readonly<Record<number, string>>, comments: readonly unknown[]): string[] {
    for (const [number, sha] of Object.entries(heads)) {
      github.answer(`repos/${REPOSITORY}/pulls/${number}`, { head: { sha } });
      github.answer(`repos/${REPOSITORY}/issues/${number}/comments`, comments);
    }
    expect(folder.run(post, env).code).toBe(0);
    return github.writes();
  }

  test("goes to each pull request that is still at the commit", () => {
    expect(posted({ 7: SHA, 8: "c".repeat(40) }, [])).toEqual([
      `POST repos/${REPOSITORY}/issues/7/comments body=@judged/review.md token=comments`,
    ]);
  });

  test("is kept up to date, but not in the comment of a person", () => {
    const body = `${MARK}\nold`;
    const comments = [
      { id: 1, user: { login: "alice" }, body },
      { id: 2, user: { login: "github-actions[bot]" }, body: "other" },
      { id: 3, user: { login: "github-actions[bot]" }, body },
    ];
    expect(posted({ 7: SHA, 8: SHA }, comments)).toEqual(
      [3, 3].map(
        (id) =>
          `PATCH repos/${REPOSITORY}/issues/comments/${id} body=@judged/review.md token=comments`,
      ),
    );
  });
});

describe("the approved reviews that a deployment looks for", () => {
  const script = files.step(
    ".github/workflows/trustwheel-apply.yaml",
    "affected",
    "Find the gate runs that passed them",
  );
  const run = { event: "workflow_run", path: GATE };
  const jobs = (conclusion: string): unknown => ({
    jobs: [
      { name: "judge", conclusion: "success" },
      { name: "gate", conclusion },
    ],
  });

  function runs(base = BASE): string {
    folder.program("git", "echo merged");
    const output = `${folder.path}/output`;
    const env = {
      GITHUB_REPOSITORY: REPOSITORY,
      BASE: base,
      BRANCH: "main",
      GITHUB_OUTPUT: output,
    };
    expect(folder.run(script, env).code).toBe(0);
    return folder.read("output") ?? "";
  }

  beforeEach(() => {
    const head = { sha: SHA };
    const base = { ref: "main" };
    github.answer(`repos/${REPOSITORY}/commits/merged/pulls`, [
      { merged_at: "2026-01-01", head, base },
      { merged_at: null, head: { sha: "open" }, base },
      { merged_at: "2026-01-01", head: { sha: "elsewhere" }, base: { ref: "release" } },
    ]);
    const artifact = (id: number, expired = false): unknown => ({ expired, workflow_run: { id } });
    github.answer(
      `repos/${REPOSITORY}/actions/artifacts?name=trustwheel-gate-of-${SHA}&per_page=100`,
      { artifacts: [artifact(1), artifact(2), artifact(3), artifact(4), artifact(5, true)] },
    );
    github.answer(`repos/${REPOSITORY}/actions/runs/1`, run);
    github.answer(`repos/${REPOSITORY}/actions/runs/1/jobs?per_page=100`, jobs("success"));
    github.answer(`repos/${REPOSITORY}/actions/runs/2`, { ...run, event: "pull_request" });
    github.answer(`repos/${REPOSITORY}/actions/runs/2/jobs?per_page=100`, jobs("success"));
    github.answer(`repos/${REPOSITORY}/actions/runs/3`, {
      ...run,
      path: ".github/workflows/other.yaml",
    });
    github.answer(`repos/${REPOSITORY}/actions/runs/3/jobs?per_page=100`, jobs("success"));
    github.answer(`repos/${REPOSITORY}/actions/runs/4`, run);
    github.answer(`repos/${REPOSITORY}/actions/runs/4/jobs?per_page=100`, jobs("failure"));
  });

  test("come from runs of the gate that let the commit pass, and from no other workflow", () => {
    expect(runs()).toBe(`runs= 1:${SHA}\n`);
  });

  test("come newest first", () => {
    github.answer(`repos/${REPOSITORY}/actions/runs/4/jobs?per_page=100`, jobs("success"));
    expect(runs()).toBe(`runs= 4:${SHA} 1:${SHA}\n`);
  });

  test("are looked for since the last deployment, and in a limited history where there was none", () => {
    const asked = (): string[] =>
      (folder.read("calls") ?? "").split("\n").filter((line) => line.startsWith("git "));
    runs();
    expect(asked()).toEqual([`git rev-list --first-parent ${BASE}..HEAD`]);
    folder.write("calls", "");
    folder.write("output", "");
    expect(runs("")).toBe(`runs= 1:${SHA}\n`);
    expect(asked()).toEqual(["git rev-list --first-parent --max-count=100 HEAD"]);
  });

  test("are fetched by the name of commit and stack", () => {
    folder.program(
      "gh",
      'case "$*" in *" 2 "*) mkdir approved; echo {} > approved/review.json;; *) exit 1;; esac',
    );
    const fetch = files.step(
      ".github/workflows/trustwheel-apply-stacks.yaml",
      "apply",
      "Fetch the approved review",
    );
    const env = {
      GATE_RUNS: ` 3:${SHA} 2:${BASE} 1:${SHA}`,
      STACK: "shop",
      GITHUB_REPOSITORY: REPOSITORY,
    };
    expect(folder.run(fetch, env)).toEqual({ code: 0, output: "approved in run 2\n" });
    expect(folder.read("calls")?.trim().split("\n")).toEqual([
      `gh run download 3 --repo ${REPOSITORY} --name trustwheel-approved-${SHA}-shop --dir approved`,
      `gh run download 2 --repo ${REPOSITORY} --name trustwheel-approved-${BASE}-shop --dir approved`,
    ]);
  });
});

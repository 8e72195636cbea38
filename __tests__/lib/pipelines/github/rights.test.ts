import { NO_PROGRAM } from "../../../../lib/pipelines/shell/head";
import { fileRole } from "../../../../lib/review/safeguards/file-role";
import { PipelineFolder } from "../../../support/gate/pipeline-files";
import type { Yaml } from "../../../support/gate/pipeline-files";
import { pipelineMap } from "../../plan/support/pipeline-map";

/*
 * Reads the workflows as values: what every job may do, what it checks out and what it runs. A job that has
 * any right runs nothing of a pull request, and a job that can write runs no program at all.
 */

const FOLDER = ".github/workflows";
const hcp = { hcp: { organization: "example-org" } };

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

interface Placed {
  readonly workflow: string;
  readonly on: Yaml;
  readonly id: string;
  readonly job: Job;
}

function jobsIn(folder: PipelineFolder): Placed[] {
  return folder.files
    .filter(({ path }) => path.startsWith(FOLDER))
    .flatMap(({ path }) => {
      const { on, jobs } = folder.value(path) as { on: Yaml; jobs: Readonly<Record<string, Job>> };
      const workflow = path.slice(FOLDER.length + 1).replace(".yaml", "");
      return Object.entries(jobs).map(([id, job]) => ({ workflow, on, id, job }));
    });
}

const REVIEW = "trustwheel-review";

function withoutComments(text: string): string {
  return text.replace(/^#.*$/gm, "");
}

test("what a pull request's own job takes for no part of the program is none", () => {
  const layout = { prefix: "", ownProgram: true };
  for (const pattern of NO_PROGRAM) {
    const path = pattern.replaceAll("**", "folder").replaceAll("*", "name");
    expect([path, fileRole(path, layout) === "program"]).toEqual([path, false]);
  }
});

describe.each([
  ["plain", pipelineMap()],
  ["a state in HCP Terraform", pipelineMap({ state: hcp })],
])("the jobs of a map: %s", (_, map) => {
  const folder = new PipelineFolder(map);
  const jobs = jobsIn(folder);
  const own = jobs.filter(({ workflow }) => workflow === REVIEW);
  const trusted = jobs.filter(({ workflow }) => workflow !== REVIEW);
  const scripts = (each: readonly Placed[]): { at: string; run: string; env: Step["env"] }[] =>
    each.flatMap(({ workflow, id, job }) =>
      (job.steps ?? []).flatMap(({ run, env, name = "" }) =>
        run === undefined ? [] : [{ at: `${workflow}/${id}/${name}`, run, env }],
      ),
    );

  test("one workflow is the pull request's own, and it has nothing", () => {
    const events = new Map(jobs.map(({ workflow, on }) => [workflow, Object.keys(on)]));
    expect(Object.fromEntries(events)).toEqual({
      "trustwheel-apply": ["push", "workflow_dispatch"],
      "trustwheel-apply-stacks": ["workflow_call"],
      "trustwheel-drift": ["schedule", "workflow_dispatch"],
      "trustwheel-gate": ["workflow_run"],
      "trustwheel-plan-stacks": ["workflow_call"],
      [REVIEW]: ["pull_request"],
    });
    expect(folder.value(`${FOLDER}/${REVIEW}.yaml`).permissions).toEqual({ contents: "read" });
    expect(own.map(({ job }) => [job.permissions, job.environment, job.uses])).toEqual([
      [undefined, undefined, undefined],
    ]);
    expect(withoutComments(folder.text(`${FOLDER}/${REVIEW}.yaml`))).not.toMatch(
      /secrets|github\.token|id-token|GH_TOKEN|role-to-assume|: write|vars\./,
    );
  });

  test("the head's program runs there only if it changes, and uploads one file", () => {
    const [{ job } = { job: {} as Job }] = own;
    const steps = job.steps ?? [];
    const unconditional = steps.filter((step) => step.if === undefined);
    expect(unconditional.map(({ name, uses }) => name ?? uses?.split("@")[0])).toEqual([
      "actions/checkout",
      "Check whether the program changes",
    ]);
    const changed = "steps.changes.outputs.program == 'true'";
    expect(steps.filter((step) => step.if !== undefined && step.if !== changed)).toEqual([]);
    const uploads = steps.filter(({ uses }) => uses?.includes("upload-artifact") === true);
    expect(uploads.map((step) => [step.with?.name, step.with?.path])).toEqual([
      ["trustwheel-head", "head.jsonl"],
    ]);
  });

  test("every workflow begins without rights, and every other job says what it needs", () => {
    for (const { workflow } of trusted) {
      expect(folder.value(`${FOLDER}/${workflow}.yaml`).permissions).toEqual({});
    }
    const rights = trusted.map(({ workflow, id, job }) => [
      `${workflow}/${id}`,
      Object.entries(job.permissions ?? {})
        .map(([what, access]) => `${what}: ${access}`)
        .join(", "),
    ]);
    expect(Object.fromEntries(rights)).toEqual({
      "trustwheel-apply/affected": "actions: read, contents: read, pull-requests: read",
      "trustwheel-apply/table": "",
      ...Object.fromEntries(
        [1, 2, 3, 4].map((wave) => [
          `trustwheel-apply/wave-${wave}`,
          "actions: read, contents: read, id-token: write",
        ]),
      ),
      "trustwheel-apply-stacks/apply": "actions: read, contents: read, id-token: write",
      "trustwheel-drift/affected": "contents: read",
      "trustwheel-drift/plan-1": "contents: read, id-token: write",
      "trustwheel-drift/report": "issues: write",
      "trustwheel-gate/approval": "actions: read",
      "trustwheel-gate/begin": "contents: read, pull-requests: read, statuses: write",
      "trustwheel-gate/comment": "pull-requests: write",
      "trustwheel-gate/gate": "statuses: write",
      "trustwheel-gate/judge": "actions: read, contents: read",
      "trustwheel-gate/plan-1": "contents: read, id-token: write",
      "trustwheel-gate/table": "",
      "trustwheel-plan-stacks/plan": "contents: read, id-token: write",
    });
  });

  test("what is checked out is the base: never a commit of the event", () => {
    const refs = trusted.flatMap(({ workflow, id, job }) =>
      (job.steps ?? [])
        .filter(({ uses }) => uses?.startsWith("actions/checkout@") === true)
        .map((step) => [`${workflow}/${id}`, step.with?.ref, step.with?.["persist-credentials"]]),
    );
    expect(refs).toEqual([
      ["trustwheel-apply-stacks/apply", undefined, false],
      ["trustwheel-apply/affected", undefined, false],
      ["trustwheel-drift/affected", undefined, false],
      ["trustwheel-gate/judge", "${{ needs.begin.outputs.base }}", false],
      ["trustwheel-plan-stacks/plan", "${{ inputs.ref }}", false],
    ]);
    const gate = jobs.find(({ workflow, id }) => workflow === "trustwheel-gate" && id === "plan-1");
    expect(gate?.job.with?.ref).toBe("${{ needs.begin.outputs.base }}");
    const base = folder.step(`${FOLDER}/trustwheel-gate.yaml`, "begin", "Find pull requests");
    expect(base.match(/^base=.*$/gm)).toEqual([
      'base="$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)"',
    ]);
  });

  test("no script brings files of a commit to the disk", () => {
    const brings =
      /\bgit\b[^\n]*\b(?:checkout|switch|restore|worktree|reset|clone|pull|merge(?!-)|cherry-pick|apply|am|stash|archive|submodule|checkout-index|read-tree)\b/;
    expect(scripts(trusted).filter(({ run }) => brings.test(run))).toEqual([]);
  });

  test("no script runs a file by its path, fetches a program or runs scripts of packages", () => {
    const runs =
      /(?:^|[\s;|&(])(?:\.\/|bash |sh |source |\. (?=[/~"$a-z])|eval |node |python|curl |wget |pip |npm (?!ci --ignore-scripts)|npm ci(?! --ignore-scripts)|npx --yes|gh (?:pr checkout|extension|alias))/m;
    expect(scripts(trusted).filter(({ run }) => runs.test(run))).toEqual([]);
    const action = folder.text(".github/actions/trustwheel/action.yaml");
    expect(action.match(/npm [^\n]*/g)).toEqual([
      "npm ci --ignore-scripts --no-audit --no-fund",
      "npm run synth",
    ]);
  });

  test("a job that can write, set a status or is guarded by a team runs no program and checks nothing out", () => {
    const writing = trusted.filter(
      ({ job: { permissions = {}, environment = "" } }) =>
        environment.startsWith("trustwheel-") ||
        Object.entries(permissions).some(
          ([what, access]) => access === "write" && what !== "id-token",
        ),
    );
    expect(writing.map(({ workflow, id }) => `${workflow}/${id}`)).toEqual([
      "trustwheel-drift/report",
      "trustwheel-gate/begin",
      "trustwheel-gate/comment",
      "trustwheel-gate/approval",
      "trustwheel-gate/gate",
    ]);
    const actions = writing.flatMap(({ job }) =>
      (job.steps ?? []).flatMap(({ uses = "" }) => uses),
    );
    expect(
      new Set(actions.map((used) => used.split("@")[0]).filter((used) => used !== "")),
    ).toEqual(new Set(["actions/create-github-app-token", "actions/download-artifact"]));
    const programs = /\b(?:npm|npx|node|terraform|tofu|make|python3?)\b/;
    expect(scripts(writing).filter(({ run }) => programs.test(run))).toEqual([]);
  });

  test("the program of the base gets no token where it reads a pull request", () => {
    const judge = scripts(jobs.filter(({ id }) => id === "judge"));
    const programs = judge.filter(({ run }) => /\b(?:npm|npx)\b/.test(run));
    expect(programs.map(({ at }) => at)).toEqual([
      "trustwheel-gate/judge/Install",
      "trustwheel-gate/judge/Review",
      "trustwheel-gate/judge/Select the stacks to plan",
    ]);
    expect(programs.filter(({ env }) => JSON.stringify(env ?? {}).includes("token"))).toEqual([]);
  });

  test("a stack of a pull request is planned as the gate read it, with the program of the base", () => {
    const plan = jobs.find(({ workflow }) => workflow === "trustwheel-plan-stacks")?.job;
    const steps = plan?.steps ?? [];
    expect(
      steps
        .slice(0, 4)
        .map(({ name, uses, if: when, with: inputs }) => [
          name ?? uses?.split("@")[0],
          when,
          inputs,
        ]),
    ).toEqual([
      [
        "actions/checkout",
        undefined,
        { ref: "${{ inputs.ref }}", "fetch-depth": 0, "persist-credentials": false },
      ],
      [
        "./.github/actions/trustwheel",
        undefined,
        { terraform: true, synth: "${{ inputs.tree == '' }}" },
      ],
      ["Fetch the stacks", "inputs.tree != ''", { name: "${{ inputs.tree }}", path: "cdktf.out" }],
      ["Assume the role", undefined, expect.anything()],
    ]);
    const gate = jobs.find(({ workflow, id }) => workflow === "trustwheel-gate" && id === "plan-1");
    expect(gate?.job.with).toMatchObject({ tree: "trustwheel-planned-tree" });
    // Else the file that pins the providers is left out: its name begins with a dot.
    const judge = jobs.find(({ id }) => id === "judge")?.job.steps as readonly {
      readonly with?: { readonly name?: string };
    }[];
    expect(judge.find((step) => step.with?.name === "trustwheel-planned-tree")?.with).toEqual({
      name: "trustwheel-planned-tree",
      path: "planned-tree",
      "retention-days": 7,
      overwrite: true,
      "if-no-files-found": "ignore",
      "include-hidden-files": true,
    });
    // The job that reads the pull request lists them, and only those of the repository's own branches.
    const planned = folder.step(
      `${FOLDER}/trustwheel-gate.yaml`,
      "judge",
      "Select the stacks to plan",
    );
    expect(planned).toContain("--plannable planned-tree");
    expect(gate?.job.if).toContain("fromJSON(needs.judge.outputs.matrices || '[]')[0]");
  });

  test("what the gate knows of a pull request comes from GitHub, and not from what it uploads", () => {
    const text = folder.text(`${FOLDER}/trustwheel-gate.yaml`);
    const events = [...text.matchAll(/github\.event\.[a-z_.]+/g)].map(([name]) => name);
    expect([...new Set(events)].sort()).toEqual([
      "github.event.workflow_run.conclusion",
      "github.event.workflow_run.event",
      "github.event.workflow_run.head_sha",
      "github.event.workflow_run.id",
    ]);
    expect(text).not.toContain("pull_requests");
  });

  test("no cache is read where a change is judged", () => {
    expect(folder.files.filter(({ text }) => withoutComments(text).includes("cache"))).toEqual([]);
  });
});

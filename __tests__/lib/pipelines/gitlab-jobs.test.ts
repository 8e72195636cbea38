import { PipelineFolder } from "../../support/gate/pipeline-files";
import { ShellFolder } from "../../support/gate/shell-folder";
import { pipelineMap } from "../plan/support/pipeline-map";

interface Job {
  readonly script?: readonly string[];
  readonly trigger?: unknown;
  readonly extends?: string;
  readonly stage?: string;
  readonly needs?: readonly string[];
  readonly rules?: readonly { readonly if: string }[];
  readonly id_tokens?: unknown;
  readonly environment?: { readonly name: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly resource_group?: string;
}

type Jobs = Readonly<Record<string, Job>>;

const folder = new PipelineFolder(
  pipelineMap({
    identityProviders: { gitlab: { oidc: { url: "https://gitlab.com" } } },
    pipeline: {
      account: "tools",
      gitlab: { project: "example-org/platform", provider: "gitlab", projectId: "1" },
      maxParallel: 2,
    },
  }),
);
const parent = folder.value(".gitlab/trustwheel.yml") as Jobs;
const stacks = folder.value(".gitlab/trustwheel-stacks.yml") as Jobs;
const BUILT_IN_STAGES = [".pre", "build", "test", "deploy", ".post"];

/** A job with what it takes over from those that it extends. */
function resolved(name: string, jobs: Jobs): Job {
  const job = jobs[name];
  if (job === undefined) throw new Error(`there is no job ${name}`);
  return job.extends === undefined ? job : { ...resolved(job.extends, jobs), ...job };
}

/** The child pipeline that the parent makes of waves. */
function child(mode: string, waves: readonly (readonly string[])[]): Jobs & { stages: string[] } {
  const shell = new ShellFolder();
  const include = (names: readonly string[]): unknown =>
    names.map((stack) => ({
      stack,
      account: "222222222222",
      directory: `cdktf.out/stacks/${stack}`,
    }));
  shell.write(
    "matrix.json",
    JSON.stringify({ waves: waves.map((names) => ({ include: include(names) })) }),
  );
  shell.program("npx", "cat matrix.json");
  const script = resolved("trustwheel stacks", parent).script?.join("\n") ?? "";
  const { code, output } = shell.run(script, { MODE: mode, BASE: "main" });
  expect({ code, output }).toEqual({ code: 0, output: "" });
  const text = shell.read("trustwheel-child.json") ?? "";
  shell.remove();
  return JSON.parse(text) as Jobs & { stages: string[] };
}

function jobNames(pipeline: Jobs): string[] {
  return Object.keys(pipeline).filter((key) => !["include", "stages"].includes(key));
}

describe("the jobs of the pipeline that is included", () => {
  const names = Object.keys(parent).filter((name) => !name.startsWith("."));

  test("each have a script or a trigger, a stage that is always there, and needs that exist", () => {
    expect(names).toEqual([
      "trustwheel head",
      "trustwheel gate",
      "trustwheel stacks",
      "trustwheel run",
    ]);
    for (const name of names) {
      const job = resolved(name, parent);
      expect((job.script?.length ?? 0) > 0 || job.trigger !== undefined).toBe(true);
      expect(BUILT_IN_STAGES).toContain(job.stage);
      expect((job.needs ?? []).filter((need) => !names.includes(need))).toEqual([]);
    }
  });
});

describe("a pipeline of stacks", () => {
  test("only plans on a schedule, at most so many at once", () => {
    const pipeline = child("drift", [["a", "b"], ["c"]]);
    expect(jobNames(pipeline)).toEqual(["report", "review a", "review b", "review c"]);
    expect(["a", "b", "c"].map((name) => pipeline[`review ${name}`]?.resource_group)).toEqual([
      "trustwheel-review-0",
      "trustwheel-review-1",
      "trustwheel-review-0",
    ]);
    expect(pipeline["review b"]?.variables).toEqual({
      STACK: "b",
      ACCOUNT: "222222222222",
      DIRECTORY: "cdktf.out/stacks/b",
    });
  });

  test("reviews everything and then applies wave by wave after the merge", () => {
    const pipeline = child("apply", [["a", "b"], ["c"]]);
    expect(pipeline.stages).toEqual(["review", "wave-1", "wave-2", "report"]);
    const stageOf = (name: string): unknown => resolved(name, { ...stacks, ...pipeline }).stage;
    expect(Object.fromEntries(jobNames(pipeline).map((name) => [name, stageOf(name)]))).toEqual({
      "review a": "review",
      "review b": "review",
      "review c": "review",
      "apply a": "wave-1",
      "apply b": "wave-1",
      "apply c": "wave-2",
      report: "report",
    });
    expect(pipeline["apply c"]?.variables?.WAVE).toBe("2");
  });

  test("extends only jobs that are there", () => {
    const pipeline = child("apply", [["a"]]);
    for (const name of jobNames(pipeline)) {
      expect(resolved(name, { ...stacks, ...pipeline }).script?.length).toBeGreaterThan(0);
    }
  });

  test("is never empty, which GitLab would refuse", () => {
    expect(jobNames(child("apply", []))).toEqual(["nothing to do"]);
  });

  test("enters with the role that its job is for, and only applying stands in the environment", () => {
    const role = "arn:aws:iam::111111111111:role/access/trustwheel";
    const [review, apply] = [stacks[".trustwheel-review"], stacks[".trustwheel-apply"]];
    expect(review?.variables?.AWS_ROLE_ARN).toBe(`${role}-plan`);
    expect(apply?.variables?.AWS_ROLE_ARN).toBe(`${role}-apply`);
    expect([review?.environment, apply?.environment]).toEqual([undefined, { name: "production" }]);
    expect(apply?.id_tokens).toEqual({ AWS_TOKEN: { aud: "sts.amazonaws.com" } });
    expect(stacks[".trustwheel-report"]?.id_tokens).toBeUndefined();
  });
});

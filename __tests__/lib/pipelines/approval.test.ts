import { PipelineFolder } from "../../support/pipeline-files";
import { ShellFolder } from "../../support/shell-folder";
import { pipelineMap } from "../plan/support/pipeline-map";

const github = new PipelineFolder(pipelineMap());
const step = (job: string, name: string): string =>
  github.step(".github/workflows/trustwheel-review.yaml", job, name);

let folder: ShellFolder;

beforeEach(() => {
  folder = new ShellFolder();
});
afterEach(() => {
  folder.remove();
});

describe("the job of the review", () => {
  test.each([
    ["passes what may be merged", "0", "merge", 0],
    ["passes on to those who approve", "1", "approval", 0],
    ["ends where a rule blocks", "1", "block", 1],
    ["ends where the review could not be made", "2", "", 1],
    ["ends where nothing was judged", "0", "", 1],
    ["ends where the review could not be made, whatever else there is", "2", "merge", 1],
  ])("%s", (_, CODE, OUTCOME, code) => {
    expect(folder.run(step("review", "Judge"), { CODE, OUTCOME }).code).toBe(code);
  });
});

describe("an approval", () => {
  const guarded = step("approval", "Somebody is asked");
  const env = {
    ENVIRONMENT: "trustwheel-approval-security",
    GITHUB_REPOSITORY: "example-org/platform",
  };

  test("counts where the environment asks somebody", () => {
    folder.program("gh", "echo 1");
    expect(folder.run(guarded, env).code).toBe(0);
    expect(folder.read("calls")).toContain(
      "gh api repos/example-org/platform/environments/trustwheel-approval-security --jq ",
    );
  });

  test("counts nothing where the environment asks nobody", () => {
    folder.program("gh", "echo 0");
    const { code, output } = folder.run(guarded, env);
    expect([code, output]).toEqual([
      1,
      "the environment trustwheel-approval-security has no required reviewers: nobody has approved anything\n",
    ]);
  });

  test("counts nothing where the environment cannot be read", () => {
    folder.program("gh", "exit 1");
    expect(folder.run(guarded, env).code).toBe(1);
  });
});

describe("the required check", () => {
  test.each([
    ["passes what needs no approval", "success", "merge", "skipped", 0],
    ["passes what was approved", "success", "approval", "success", 0],
    ["ends where the review did", "failure", "merge", "skipped", 1],
    ["ends where the review was left out", "skipped", "", "skipped", 1],
    ["ends where somebody refused", "success", "approval", "failure", 1],
    ["ends where nobody was asked", "success", "approval", "skipped", 1],
    ["ends where nothing was judged", "success", "", "skipped", 1],
  ])("%s", (_, REVIEW, OUTCOME, APPROVAL, code) => {
    const env = { REVIEW, OUTCOME, APPROVAL, TEAMS: '["security"]' };
    expect(folder.run(step("gate", "Pass"), env).code).toBe(code);
  });
});

test("the teams that must approve become names of environments", () => {
  const gate = { outcome: "approval", missing: ["example-org/security", "Platform team"] };
  folder.write("gate.json", JSON.stringify({ gate }));
  folder.program("npx", 'while [ "$1" != --output ]; do shift; done; cp gate.json "$2"; exit 1');
  const file = github.value(".github/workflows/trustwheel-review.yaml") as {
    jobs: { review: { steps: { name?: string; env?: Record<string, string> }[] } };
  };
  const { env = {} } = file.jobs.review.steps.find(({ name }) => name === "Review") ?? {};
  const output = `${folder.path}/output`;
  const run = (): number | null =>
    folder.run(step("review", "Review"), {
      BASE: "main",
      NUMBER: "7",
      TEAMS: env.TEAMS ?? "",
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: `${folder.path}/summary`,
    }).code;
  expect(run()).toBe(0);
  expect(folder.read("output")).toBe(
    'outcome=approval\nteams=["example-org-security","Platform-team"]\ncode=1\n',
  );
  folder.write("gate.json", JSON.stringify({ gate: { outcome: "approval", missing: [] } }));
  folder.write("output", "");
  expect(run()).toBe(0);
  expect(folder.read("output")).toBe('outcome=approval\nteams=["anybody"]\ncode=1\n');
});

test.each(["trust", "permissions", "boundary"])(
  "a review whose %s could not be compared equals no other, not even its like",
  (kind) => {
    const compare = github.step(
      ".github/workflows/trustwheel-apply-stacks.yaml",
      "apply",
      "Compare with the approved review",
    );
    const review = JSON.stringify({ changes: [{ kind, change: "unknown" }] });
    folder.write("stack/changes", "1\n");
    folder.write("stack/review.json", review);
    folder.write("stack/plan.json", "{}");
    folder.write("approved.json", review);
    const env = { DIRECTORY: "stack", APPROVED: "approved.json", APPROVED_DIGESTS: "" };
    const { code, output } = folder.run(compare, env);
    expect(code).toBe(1);
    expect(output).toContain("the review holds what could not be judged");
  },
);

test("OpenTofu runs in the place of Terraform where a variable says so", () => {
  const plan = github.step(".github/workflows/trustwheel-plan-stacks.yaml", "plan", "Plan");
  folder.write("stack/cdk.tf.json", "{}");
  folder.program("tofu", "true");
  const env = {
    DIRECTORY: "stack",
    ACCOUNT: "222222222222",
    PARTITION: "aws",
    ACCOUNT_PLAN_ROLE: "reader",
    TERRAFORM_BINARY_NAME: "tofu",
  };
  expect(folder.run(plan, env).code).toBe(0);
  expect(
    folder
      .read("calls")
      ?.split("\n")
      .map((line) => line.split(" ", 2).join(" ")),
  ).toEqual(["tofu init", "tofu plan", "tofu show", ""]);
});

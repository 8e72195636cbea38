import { PipelineFolder } from "../../support/gate/pipeline-files";
import { ShellFolder } from "../../support/gate/shell-folder";
import { pipelineMap } from "../plan/support/pipeline-map";

const github = new PipelineFolder(pipelineMap());
const step = (job: string, name: string): string =>
  github.step(".github/workflows/trustwheel-gate.yaml", job, name);

let folder: ShellFolder;

beforeEach(() => {
  folder = new ShellFolder();
});
afterEach(() => {
  folder.remove();
});

test("the teams that must approve become names of environments", () => {
  const gate = { outcome: "approval", missing: ["example-org/security", "Platform team"] };
  folder.write("gate.json", JSON.stringify({ gate }));
  folder.program(
    "npx",
    'while [ "$1" != --output ]; do shift; done; cp gate.json "$2"; touch judged/review.md; exit 1',
  );
  const file = github.value(".github/workflows/trustwheel-gate.yaml") as {
    jobs: { judge: { steps: { name?: string; env?: Record<string, string> }[] } };
  };
  const { env = {} } = file.jobs.judge.steps.find(({ name }) => name === "Review") ?? {};
  const output = `${folder.path}/output`;
  const run = (): number | null =>
    folder.run(step("judge", "Review"), {
      BASE: "main",
      MERGED: "merged",
      TEAMS: env.TEAMS ?? "",
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: `${folder.path}/summary`,
    }).code;
  expect(run()).toBe(0);
  expect(folder.read("output")).toBe(
    'outcome=approval\nteams=["example-org-security","Platform-team"]\n',
  );
  folder.write("gate.json", JSON.stringify({ gate: { outcome: "approval", missing: [] } }));
  folder.write("output", "");
  expect(run()).toBe(0);
  expect(folder.read("output")).toBe('outcome=approval\nteams=["anybody"]\n');
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
    expect(output).toContain("the review has unknown changes");
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

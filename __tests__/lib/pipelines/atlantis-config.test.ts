import { PipelineFolder } from "../../support/pipeline-files";
import { ShellFolder } from "../../support/shell-folder";
import { pipelineMap } from "../plan/support/pipeline-map";

interface Step {
  readonly run?: string;
  readonly multienv?: string;
}

const folder = new PipelineFolder(
  pipelineMap({
    pipeline: {
      account: "tools",
      atlantis: { repository: "github.com/example-org/platform", role: "atlantis" },
    },
    hubs: {
      first: {
        account: "tools",
        principals: { bot: { user: { name: "bot" } } },
        trustMode: "roleArn",
      },
    },
    spokes: {
      auditor: {
        hubs: ["first"],
        accounts: { keys: ["shop"] },
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
      },
    },
  }),
);
const repository = folder.value("atlantis.yaml");
const server = folder.value(".atlantis/repos.yaml") as {
  readonly repos: readonly Readonly<Record<string, unknown>>[];
  readonly workflows: {
    readonly trustwheel: Readonly<Record<"plan" | "apply", { readonly steps: readonly Step[] }>>;
  };
};

test("every account is a project, and those that others depend on come first", () => {
  expect(repository).toMatchObject({
    version: 3,
    abort_on_execution_order_fail: true,
    projects: [
      { name: "shop", dir: "cdktf.out/stacks/shop", execution_order_group: 1 },
      { name: "tools", dir: "cdktf.out/stacks/tools", execution_order_group: 0 },
    ],
  });
});

test("the repository cannot choose its workflow, and its branch is written as a pattern", () => {
  expect(folder.text("atlantis.yaml")).not.toContain("workflow:");
  expect(server.repos).toMatchObject([
    {
      id: "github.com/example-org/platform",
      branch: "/^main$/",
      workflow: "trustwheel",
      allowed_overrides: [],
      allow_custom_workflows: false,
      apply_requirements: ["approved", "mergeable", "undiverged"],
    },
  ]);
});

test("plans and applies enter roles of their own", () => {
  const { plan, apply } = server.workflows.trustwheel;
  const role = "arn:aws:iam::111111111111:role/access/trustwheel";
  expect(plan.steps[0]?.multienv).toContain(`${role}-plan `);
  expect(apply.steps[0]?.multienv).toContain(`${role}-apply `);
});

test("one saved plan is made with the role that reads and applied with the deployment role", () => {
  const shell = new ShellFolder();
  const deployment = "arn:aws:iam::222222222222:role/ops/trustwheel-deployment";
  const text = { variable: { deployment_role_arn: { default: deployment } } };
  shell.write("cdk.tf.json", JSON.stringify(text));
  shell.program("terraform", "");
  const { plan, apply } = server.workflows.trustwheel;
  const scripts = [...plan.steps, ...apply.steps].flatMap(({ run }) =>
    run?.includes("deployment_role_arn") === true ? [run] : [],
  );
  for (const script of scripts) {
    expect(shell.run(script, { PLANFILE: "saved.tfplan" })).toEqual({ code: 0, output: "" });
  }
  expect(shell.read("calls")?.split("\n")).toEqual([
    "terraform plan -input=false -no-color -lock=false -out=saved.tfplan -var deployment_role_arn=arn:aws:iam::222222222222:role/trustwheel-account-plan",
    `terraform apply -input=false -no-color -var deployment_role_arn=${deployment} saved.tfplan`,
    "",
  ]);
  shell.remove();
});

test("the credentials are handed on as the server takes them", () => {
  const shell = new ShellFolder();
  shell.program("aws", "printf 'KEY\\tSECRET\\tTOKEN\\n'");
  const multienv = server.workflows.trustwheel.plan.steps[0]?.multienv ?? "";
  expect(shell.run(multienv, { PULL_NUM: "7" }).output).toBe(
    "AWS_ACCESS_KEY_ID=KEY,AWS_SECRET_ACCESS_KEY=SECRET,AWS_SESSION_TOKEN=TOKEN",
  );
  shell.remove();
});

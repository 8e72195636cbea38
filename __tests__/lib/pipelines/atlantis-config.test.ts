import { PipelineFolder } from "../../support/gate/pipeline-files";
import { ShellFolder } from "../../support/gate/shell-folder";
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
const server = folder.value(".atlantis/repos.yaml") as {
  readonly repos: readonly Readonly<Record<string, unknown>>[];
  readonly workflows: {
    readonly trustwheel: Readonly<Record<"plan" | "apply", { readonly steps: readonly Step[] }>>;
  };
};

test("the repository cannot choose its workflow or its projects, and its branch is written as a pattern", () => {
  expect(folder.files.map(({ path }) => path)).toEqual([".atlantis/repos.yaml"]);
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
  expect(plan.steps[1]?.multienv).toContain(`${role}-plan `);
  expect(apply.steps[1]?.multienv).toContain(`${role}-apply `);
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
  const multienv = server.workflows.trustwheel.plan.steps[1]?.multienv ?? "";
  expect(shell.run(multienv, { PULL_NUM: "7" }).output).toBe(
    "AWS_ACCESS_KEY_ID=KEY,AWS_SECRET_ACCESS_KEY=SECRET,AWS_SESSION_TOKEN=TOKEN",
  );
  shell.remove();
});

describe("the hook", () => {
  const hook = (server.repos[0]?.pre_workflow_hooks as readonly Step[])[0]?.run ?? "";
  const check = server.workflows.trustwheel.plan.steps[0]?.run ?? "";
  let shell: ShellFolder;

  beforeEach(() => {
    shell = new ShellFolder();
    shell.program("npm", "true");
    shell.program("npx", PROGRAM);
    shell.write("gate.json", '{"gate":{"outcome":"approval"}}');
    const git = "git -c user.name=a -c user.email=a@example.com";
    const made = shell.run(`set -e
      git init -q -b main upstream && cd upstream
      echo base > accounts.yaml && git add . && ${git} commit -qm base
      git clone -q . ../clone && cd ../clone && git checkout -qb change
      echo head > accounts.yaml
      mkdir -p cdktf.out/stacks/evil && echo '{"data":{"external":{}}}' > cdktf.out/stacks/evil/cdk.tf.json
      printf 'version: 3\nprojects: [{ dir: evil, workflow: evil }]\n' > atlantis.yaml
      git add --all --force . && ${git} commit -qm head`);
    expect(made).toEqual({ code: 0, output: "" });
  });
  afterEach(() => {
    shell.remove();
  });

  /** The program of the base: says where it ran, and writes what is to be planned. */
  const PROGRAM = `here="$(dirname "$0")/.."
cat accounts.yaml >> "$here/ran-in"
git cat-file blob "$7:accounts.yaml" > "$here/head"
case "$3" in
  affected)
    mkdir -p "$9/stacks/shop" && echo '{"good":1}' > "$9/stacks/shop/cdk.tf.json"
    echo '{"waves":[{"include":[{"stack":"shop","account":"1","directory":"cdktf.out/stacks/shop"}]}]}' ;;
  *) while [ $# -gt 0 ]; do if [ "$1" = --output ]; then cp "$here/gate.json" "$2"; fi; shift; done ;;
esac`;

  function played(more: Readonly<Record<string, string>> = {}): { code: number | null } {
    return shell.run(`cd clone\n${hook}`, {
      DIR: `${shell.path}/clone`,
      HEAD_COMMIT: shell.run("git -C clone rev-parse HEAD").output.trim(),
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.file://${shell.path}/upstream.insteadOf`,
      GIT_CONFIG_VALUE_0: "https://github.com/example-org/platform.git",
      ...more,
    });
  }

  function checked(stack: string): { code: number | null; output: string } {
    const HEAD_COMMIT = shell.run("git -C clone rev-parse HEAD").output.trim();
    return shell.run(`cd clone/cdktf.out/stacks/${stack} || exit 9\n${check}`, { HEAD_COMMIT });
  }

  test("judges outside of the clone, and leaves only what the base's program wrote", () => {
    expect(played()).toEqual({ code: 0, output: "" });
    expect(shell.read("ran-in")).toBe("base\nbase\n");
    expect(shell.read("head")).toBe("head\n");
    expect(shell.run("cd clone && find cdktf.out -type f").output).toBe(
      "cdktf.out/stacks/shop/cdk.tf.json\n",
    );
    expect(JSON.parse(shell.read("clone/atlantis.yaml") ?? "")).toMatchObject({
      projects: [{ name: "shop", dir: "cdktf.out/stacks/shop", execution_order_group: 0 }],
    });
    expect(checked("shop")).toEqual({ code: 0, output: "" });
  });

  test("takes back what it let pass, once the base no longer does", () => {
    expect(played().code).toBe(0);
    shell.write("gate.json", '{"gate":{"outcome":"block"}}');
    expect(played().code).toBe(1);
    expect(checked("shop").code).toBe(1);
  });

  test("leaves an apply what was planned", () => {
    expect(played({ COMMAND_NAME: "apply" })).toEqual({ code: 0, output: "" });
    expect(shell.read("calls")).toBeUndefined();
    expect(shell.read("clone/cdktf.out/stacks/evil/cdk.tf.json")).toBeDefined();
  });

  test.each([
    ["is blocked", '{"gate":{"outcome":"block"}}'],
    ["could not be reviewed", undefined],
  ])("lets nothing be planned of a change that %s, also where the server goes on", (_, gate) => {
    if (gate === undefined) shell.run("rm gate.json");
    else shell.write("gate.json", gate);
    expect(played().code).not.toBe(0);
    expect(checked("evil")).toMatchObject({
      code: 1,
      output: "this commit has not passed the gate: see the hook of the server\n",
    });
  });

  test.each([
    [
      "another folder",
      "mkdir cdktf.out/stacks/evil && echo {} > cdktf.out/stacks/evil/x.txt",
      "evil",
      "cdktf.out/stacks/evil/ is not a stack that the gate read\n",
    ],
    [
      "another text",
      "echo {} > cdktf.out/stacks/shop/cdk.tf.json",
      "shop",
      "cdktf.out/stacks/shop/cdk.tf.json is not what the gate read\n",
    ],
    [
      "a file beside it",
      "echo > cdktf.out/stacks/shop/more.tf",
      "shop",
      "cdktf.out/stacks/shop/more.tf is not what the gate read\n",
    ],
    [
      "variables beside it",
      "echo > cdktf.out/stacks/shop/a.auto.tfvars",
      "shop",
      "cdktf.out/stacks/shop/a.auto.tfvars is not what the gate read\n",
    ],
    [
      "a later commit",
      "git -c user.name=a -c user.email=a@b commit -q --allow-empty -m later",
      "shop",
      "this commit has not passed the gate: see the hook of the server\n",
    ],
  ])("is checked again before planning and applying: %s", (_, script, stack, output) => {
    played();
    shell.run(`cd clone && ${script}`);
    expect(checked(stack)).toEqual({ code: 1, output });
  });

  test("is checked before any credentials are there", () => {
    const { plan, apply } = server.workflows.trustwheel;
    expect([plan.steps[0]?.run, apply.steps[0]?.run]).toEqual([check, check]);
    expect(check).toContain("this commit has not passed the gate");
  });
});

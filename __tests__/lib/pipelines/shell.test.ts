import { spawnSync } from "node:child_process";
import { PipelineFolder } from "../../support/gate/pipeline-files";
import { ShellFolder } from "../../support/gate/shell-folder";
import { pipelineMap } from "../plan/support/pipeline-map";

const FOLDER = ".github/workflows";
const github = new PipelineFolder(pipelineMap());
const gitlab = new PipelineFolder(
  pipelineMap({
    identityProviders: { gitlab: { oidc: { url: "https://gitlab.com" } } },
    pipeline: {
      account: "tools",
      gitlab: { project: "example-org/platform", provider: "gitlab", projectId: "1" },
      maxParallel: 2,
    },
  }),
);
const atlantis = new PipelineFolder(
  pipelineMap({
    pipeline: {
      account: "tools",
      atlantis: { repository: "github.com/example-org/platform", role: "atlantis" },
    },
  }),
);

const step = (workflow: string, job: string, name: string): string =>
  github.step(`${FOLDER}/trustwheel-${workflow}.yaml`, job, name);

const STACK = {
  STACK: "shop",
  ACCOUNT: "222222222222",
  DIRECTORY: "cdktf.out/stacks/shop",
  PARTITION: "aws",
  ACCOUNT_PLAN_ROLE: "trustwheel-account-plan",
  RESULT: "results/shop.json",
  RESULTS: "earlier",
  WAVE: "2",
};

const CHANGE = JSON.stringify({
  resource_changes: [{ change: { actions: ["update"] } }],
  prior_state: "arn:aws:iam::333333333333:role/hub",
});
const NO_CHANGE = JSON.stringify({ resource_changes: [{ change: { actions: ["no-op"] } }] });

let folder: ShellFolder;

beforeEach(() => {
  folder = new ShellFolder();
  folder.write("cdktf.out/stacks/shop/cdk.tf.json", "{}");
});
afterEach(() => {
  folder.remove();
});

/** Terraform that plans with this exit code, and shows this plan. */
function terraform(code: number, plan: string): void {
  folder.write("shown.json", plan);
  folder.program(
    "terraform",
    `case "$1" in plan) exit ${code};; show) cat ${JSON.stringify(`${folder.path}/shown.json`)};; esac`,
  );
}

describe("every script", () => {
  const scripts = [...github.scripts(), ...gitlab.scripts(), ...atlantis.scripts()];

  test("ends at the first error, where it has several lines", () => {
    const loose = scripts.filter(
      ({ script }) =>
        script.trimEnd().includes("\n") && !/^(?:set -euo pipefail|code=0|if \[ -n)/.test(script),
    );
    expect(loose).toEqual([]);
    expect(scripts.length).toBeGreaterThan(30);
  });

  const missing = spawnSync("shellcheck", ["--version"]).error !== undefined;
  (missing ? test.skip : test)("has no fault that shellcheck knows", () => {
    const different = [...new Set(scripts.map(({ script }) => script))];
    for (const [index, script] of different.entries()) folder.write(`scripts/${index}`, script);
    const files = different.map((_script, index) => `scripts/${index}`);
    const { stdout, status } = spawnSync("shellcheck", ["--shell=bash", "--format=gcc", ...files], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  });
});

describe("planning with a role that reads", () => {
  const plan = step("plan-stacks", "plan", "Plan");

  test("names the role of the account, and takes no lock", () => {
    terraform(2, CHANGE);
    expect(folder.run(plan, STACK).code).toBe(0);
    expect(folder.read("calls")?.split("\n")).toEqual([
      "terraform init -input=false -no-color",
      "terraform plan -input=false -no-color -lock=false -detailed-exitcode -out=plan.tfplan -var deployment_role_arn=arn:aws:iam::222222222222:role/trustwheel-account-plan",
      "terraform show -json plan.tfplan",
      "",
    ]);
    expect(folder.read("cdktf.out/stacks/shop/plan.json")).toBe(CHANGE);
  });

  test("installs what the lock file pins", () => {
    terraform(0, NO_CHANGE);
    folder.write("cdktf.out/stacks/shop/.terraform.lock.hcl", "");
    expect(folder.run(plan, STACK).code).toBe(0);
    expect(folder.read("calls")).toContain("init -input=false -no-color -lockfile=readonly");
  });

  test("fails where Terraform fails", () => {
    terraform(1, CHANGE);
    expect(folder.run(plan, STACK).code).toBe(1);
    expect(folder.read("calls")).not.toContain("show");
  });
});

describe("the review of a plan", () => {
  const review = step("plan-stacks", "plan", "Review");

  test.each([
    ["a change", CHANGE, 0, "1\n"],
    ["a change that the gate would stop", CHANGE, 1, "1\n"],
    ["no change", NO_CHANGE, 0, undefined],
    ["a changed output", '{"output_changes":{"a":{"actions":["create"]}}}', 0, "1\n"],
    ["a read data source", '{"resource_changes":[{"change":{"actions":["read"]}}]}', 0, undefined],
  ])("%s", (_name, plan, code, changes) => {
    folder.program("npx", `exit ${code}`);
    folder.write("cdktf.out/stacks/shop/plan.json", plan);
    expect(folder.run(review, STACK).code).toBe(0);
    expect(folder.read("cdktf.out/stacks/shop/changes")).toBe(changes);
  });

  test("holds it against the stacks that were planned and their map, not against those of the base", () => {
    folder.program("npx", "");
    folder.write("cdktf.out/stacks/shop/plan.json", CHANGE);
    expect(folder.run(review, { ...STACK, PROJECT: "cdktf.out/project" }).code).toBe(0);
    const stacks = `${folder.path}/cdktf.out/stacks`;
    expect(folder.read("calls")).toBe(
      `npx trustwheel -C cdktf.out/project review --plan ${stacks}/shop/plan.json ` +
        `--head-dir ${stacks} --format json --output ${stacks}/shop/review.json\n`,
    );
  });

  test("that cannot be made is a failure", () => {
    folder.program("npx", "exit 2");
    folder.write("cdktf.out/stacks/shop/plan.json", CHANGE);
    expect(folder.run(review, STACK).code).toBe(2);
  });
});

describe("comparing with the approved review", () => {
  const compare = step("apply-stacks", "apply", "Compare with the approved review");
  const env = { ...STACK, APPROVED: "approved/review.json", APPROVED_DIGESTS: "" };

  function compared(
    approved: string | undefined,
    planned: string,
    digests = "",
    plan = CHANGE,
  ): string {
    folder.write("cdktf.out/stacks/shop/changes", "1\n");
    folder.write("cdktf.out/stacks/shop/review.json", planned);
    folder.write("cdktf.out/stacks/shop/plan.json", plan);
    if (approved !== undefined) folder.write("approved/review.json", approved);
    const { code, output } = folder.run(compare, { ...env, APPROVED_DIGESTS: digests });
    return `${code}: ${output}`;
  }

  test("lets an equal one pass, whatever the order of its keys and however it was judged", () => {
    const approved = '{"changes":[{"a":1,"b":2}],"version":1,"gate":{"outcome":"approval"}}';
    const planned = '{"version":1,"changes":[{"b":2,"a":1}],"gate":{"outcome":"merge"}}';
    expect(compared(approved, planned)).toBe("0: equals the approved review\n");
  });

  test("stops one that differs, shows the difference and says what to approve", () => {
    const said = compared('{"changes":[]}', '{"changes":[{"kind":"trust"}]}');
    expect(said).toMatch(/^1: the plan differs from what was approved:\n--- approved/);
    expect(said).toContain('+      "kind": "trust"');
    expect(said).toMatch(/approve this digest: [0-9a-f]{64}\n$/);
  });

  test("stops one that holds what could not be judged, even where it is equal", () => {
    const unknown = '{"changes":[{"kind":"unknown","reason":"x"}]}';
    expect(compared(unknown, unknown)).toMatch(/^1: the review has unknown changes/);
  });

  test("stops one that nobody approved", () => {
    expect(compared(undefined, '{"changes":[{}]}')).toMatch(/^1: nobody approved a review/);
  });

  test("lets pass what a person approved by its digest, and nothing else", () => {
    const planned = '{"changes":[{"kind":"trust"}]}';
    const digest = /digest: (\S+)/.exec(compared(undefined, planned))?.[1] ?? "";
    expect(compared(undefined, planned, `${"0".repeat(64)} ${digest}`)).toBe(
      `0: approved by hand: ${digest}\n`,
    );
    expect(compared(undefined, '{"changes":[]}', digest)).toMatch(/^1: nobody approved/);
    const other = CHANGE.replace("update", "delete");
    expect(compared(undefined, planned, digest, other)).toMatch(/^1: nobody approved/);
  });

  test("has nothing to compare where nothing changes", () => {
    expect(folder.run(compare, env)).toEqual({ code: 0, output: "nothing to apply\n" });
  });
});

describe("holding back after failures", () => {
  const hold = step("apply-stacks", "apply", "Hold back after failures");

  function held(result: Readonly<Record<string, unknown>>): string {
    folder.write("cdktf.out/stacks/shop/plan.json", CHANGE);
    folder.write(
      "earlier/hub.json",
      JSON.stringify({ stack: "hub", wave: 1, names: [], ...result }),
    );
    const { code, output } = folder.run(hold, STACK);
    return `${code}: ${output}`;
  }

  test.each([
    ["a stack whose account the plan names", { account: "333333333333", outcome: "failed" }],
    [
      "a stack whose plan names the account",
      { account: "444444444444", outcome: "failed", names: ["222222222222"] },
    ],
    [
      "a stack of which nothing is known",
      { account: "444444444444", outcome: "failed", names: null },
    ],
    ["a stack that was held back itself", { account: "333333333333", outcome: "held back" }],
  ])("waits for %s", (_name, result) => {
    expect(held(result)).toBe("1: held back because these stacks failed: hub\n");
  });

  test.each([
    ["one that succeeded", { account: "333333333333", outcome: "applied" }],
    ["one in which nothing changed", { account: "333333333333", outcome: "unchanged" }],
    ["a failed one that has nothing to do with it", { account: "444444444444", outcome: "failed" }],
    ["a failed one of its own wave", { account: "333333333333", outcome: "failed", wave: 2 }],
  ])("does not wait for %s", (_name, result) => {
    expect(held(result)).toBe("0: ");
  });

  test("does not wait where nothing came before", () => {
    folder.write("cdktf.out/stacks/shop/plan.json", CHANGE);
    expect(folder.run(hold, STACK)).toEqual({ code: 0, output: "" });
  });
});

describe("the result of a stack", () => {
  const result = step("apply-stacks", "apply", "Result");
  const steps = (
    planned: string,
    held = "",
    compared = "",
    applied = "",
  ): Record<string, string> => ({
    PLANNED: planned,
    HELD: held,
    COMPARED: compared,
    APPLIED: applied,
  });

  test.each([
    ["applied", steps("success", "success", "success", "success"), true],
    ["failed", steps("success", "success", "success", "failure"), true],
    ["differs from what was approved", steps("success", "success", "failure", "skipped"), true],
    ["held back", steps("success", "failure", "skipped", "skipped"), true],
    ["unchanged", steps("success", "skipped", "success", "skipped"), false],
    ["not planned", steps("failure", "skipped", "skipped", "skipped"), false],
    ["not planned", steps("skipped", "skipped", "skipped", "skipped"), false],
    ["changes", steps("success"), true],
  ])("is: %s", (outcome, env, changes) => {
    if (changes) folder.write("cdktf.out/stacks/shop/changes", "1\n");
    folder.write("cdktf.out/stacks/shop/plan.json", CHANGE);
    expect(folder.run(result, { ...STACK, ...env }).code).toBe(0);
    expect(JSON.parse(folder.read("results/shop.json") ?? "")).toEqual({
      stack: "shop",
      account: "222222222222",
      wave: 2,
      outcome,
      names: ["333333333333"],
    });
  });

  test("names what the stack names where it could not be planned", () => {
    folder.write("cdktf.out/stacks/shop/cdk.tf.json", '"444444444444"');
    folder.run(result, { ...STACK, ...steps("failure") });
    expect(JSON.parse(folder.read("results/shop.json") ?? "")).toMatchObject({
      names: ["444444444444"],
    });
  });
});

describe("the table at the end", () => {
  const table = step("apply", "table", "Table");

  function tableOf(matrices: unknown): string | undefined {
    const summary = `${folder.path}/summary.md`;
    const env = {
      EXPECTED: JSON.stringify(matrices),
      RESULTS: "results",
      GITHUB_STEP_SUMMARY: summary,
    };
    expect(folder.run(table, env)).toEqual({ code: 0, output: "" });
    expect(folder.read("table.md")).toBe(folder.read("summary.md"));
    return folder.read("summary.md");
  }

  test("has every stack, those that were left as they are last", () => {
    folder.write("results/b.json", '{"stack":"b","outcome":"failed"}');
    folder.write("results/a.json", '{"stack":"a","outcome":"unchanged"}');
    const include = (...stacks: string[]): unknown => ({
      include: stacks.map((stack) => ({ stack, account: "222222222222" })),
    });
    expect(tableOf([include("a", "b"), include("c")])).toBe(
      [
        "| stack | account | outcome |",
        "| --- | --- | --- |",
        "| b | 222222222222 | failed |",
        "| c | 222222222222 | no result |",
        "| a | 222222222222 | unchanged |",
        "",
      ].join("\n"),
    );
  });

  test("says where there is nothing", () => {
    expect(tableOf([])).toBe("No stack is affected.\n");
  });
});

describe("matrices", () => {
  const jobs = (count: number): unknown[] =>
    Array.from({ length: count }, (_, index) => ({
      stack: `s${index}`,
      account: "1",
      directory: `d${index}`,
    }));

  function matrices(
    workflow: string,
    waves: unknown,
    env = {},
  ): { code: number | null; out: string } {
    folder.write("waves.json", JSON.stringify({ waves }));
    folder.program("npx", "cat waves.json");
    const script =
      workflow === "gate"
        ? step("gate", "judge", "Select the stacks to plan")
        : step(workflow, "affected", "List affected stacks");
    const output = `${folder.path}/output`;
    const judged = { MERGED: "merged", OUTCOME: "merge", OWN: "true" };
    const { code } = folder.run(script, { BASE: "main", GITHUB_OUTPUT: output, ...judged, ...env });
    return { code, out: folder.read("output") ?? "" };
  }

  test("of plans are full, whatever the waves", () => {
    const [first, second] = [jobs(255), jobs(1)];
    const { out } = matrices("gate", [{ include: first }, { include: second }]);
    expect(JSON.parse(out.replace("matrices=", ""))).toEqual([{ include: [...first, ...second] }]);
  });

  test("of deployments are the waves", () => {
    const waves = [{ include: jobs(1) }, { include: jobs(2) }];
    const { out } = matrices("apply", waves);
    expect(JSON.parse(out.replace("matrices=", ""))).toEqual(waves);
    expect(folder.read("calls")).toBe("npx trustwheel affected --base main --format matrix\n");
  });

  test("of plans are of the stacks that are safe to plan", () => {
    matrices("gate", []);
    expect(folder.read("calls")).toBe(
      "npx --no-install trustwheel affected --base main --head merged --plannable planned-tree --format matrix\n",
    );
  });

  test.each([
    ["of a fork", { OWN: "false" }],
    ["of a change that is blocked", { OUTCOME: "block" }],
    ["of a change that could not be reviewed", { OUTCOME: "" }],
  ])("of plans are none %s", (_name, env) => {
    expect(matrices("gate", [{ include: jobs(1) }], env)).toEqual({
      code: 0,
      out: "matrices=[]\n",
    });
    expect(folder.read("calls")).toBeUndefined();
  });

  test("of plans are none where the stacks could not be compared, which is no verdict", () => {
    folder.program("npx", "mkdir planned-tree; exit 2");
    const env = { BASE: "main", MERGED: "merged", OUTCOME: "approval", OWN: "true" };
    const output = `${folder.path}/output`;
    const script = step("gate", "judge", "Select the stacks to plan");
    expect(folder.run(script, { ...env, GITHUB_OUTPUT: output }).code).toBe(0);
    expect(folder.read("output")).toBe("matrices=[]\n");
    expect(folder.run("test -e planned-tree").code).toBe(1);
  });

  test("of plans are made for a change that waits for an approval", () => {
    expect(matrices("gate", [{ include: jobs(1) }], { OUTCOME: "approval" }).out).toContain("s0");
  });

  test("may be none", () => {
    expect(matrices("gate", [])).toEqual({ code: 0, out: "matrices=[]\n" });
  });

  test("that the pipeline has no room for are refused", () => {
    expect(matrices("gate", [{ include: jobs(257) }])).toEqual({ code: 1, out: "" });
    const waves = Array.from({ length: 5 }, () => ({ include: jobs(1) }));
    expect(matrices("apply", waves)).toEqual({ code: 1, out: "" });
  });

  test("are not made of what could not be compared", () => {
    folder.program("npx", "exit 2");
    const script = step("apply", "affected", "List affected stacks");
    const output = `${folder.path}/output`;
    expect(folder.run(script, { BASE: "main", GITHUB_OUTPUT: output }).code).toBe(2);
    expect(folder.read("output")).toBeUndefined();
  });

  test("of every night hold all stacks", () => {
    const text = (id: string): string =>
      JSON.stringify({ provider: { aws: [{ allowed_account_ids: [id] }] } });
    folder.write("cdktf.out/stacks/shop/cdk.tf.json", text("222222222222"));
    folder.write("cdktf.out/stacks/tools/cdk.tf.json", text("111111111111"));
    const script = step("drift", "affected", "List all stacks");
    const output = `${folder.path}/output`;
    expect(folder.run(script, { GITHUB_OUTPUT: output })).toEqual({ code: 0, output: "" });
    const directory = "cdktf.out/stacks";
    expect(JSON.parse(folder.read("output")?.replace("matrices=", "") ?? "")).toEqual([
      {
        include: [
          { stack: "shop", account: "222222222222", directory: `${directory}/shop` },
          { stack: "tools", account: "111111111111", directory: `${directory}/tools` },
        ],
      },
    ]);
  });
});

describe("the report of drift", () => {
  const report = step("drift", "report", "Report");
  const env = { GITHUB_REPOSITORY: "example-org/platform", RUN_URL: "https://example.com/run" };
  const table = (...outcomes: string[]): string =>
    ["| stack | account | outcome |", "| --- | --- | --- |"]
      .concat(outcomes.map((outcome, index) => `| s${index} | 222222222222 | ${outcome} |`))
      .join("\n");

  function calls(issue: string, text: string): string[] {
    folder.write("table.md", `${text}\n`);
    folder.program("gh", `case "$2" in list) echo "${issue}";; esac`);
    expect(folder.run(report, env).code).toBe(0);
    return (folder.read("calls") ?? "")
      .split("\n")
      .filter((line) => !/list|label create|^$/.test(line));
  }

  test("opens an issue with what differs alone", () => {
    expect(calls("", table("changes", "unchanged", "not planned"))[0]).toMatch(/^gh issue create /);
    expect(folder.read("body.md")).toContain("| s0 | 222222222222 | changes |");
    expect(folder.read("body.md")).toContain("| s2 | 222222222222 | not planned |");
    expect(folder.read("body.md")).not.toContain("unchanged");
  });

  test("keeps the open one up to date", () => {
    expect(calls("12", table("changes"))[0]).toMatch(/^gh issue edit 12 /);
  });

  test("closes it once nothing differs", () => {
    expect(calls("12", table("unchanged"))[0]).toMatch(/^gh issue close 12 /);
  });

  test("does nothing where nothing differs", () => {
    expect(calls("", table("unchanged", "unchanged"))).toEqual([]);
  });
});

describe("what a deployment is of", () => {
  const affected = step("apply", "affected", "List affected stacks");
  const parent = gitlab.value(".gitlab/trustwheel.yml") as Readonly<
    Record<string, { readonly script: readonly string[] }>
  >;
  const onGitlab = parent["trustwheel stacks"]?.script.join("\n") ?? "";

  test.each([
    ["GitHub", affected, "a1b2c3", "--base a1b2c3"],
    ["GitHub", affected, "", "--all"],
    ["GitLab", onGitlab, "a1b2c3", "--base a1b2c3"],
    // What GitLab says where a branch is new, or where a person starts the pipeline.
    ["GitLab", onGitlab, "0".repeat(40), "--all"],
  ])("on %s", (_, script, base, option) => {
    folder.program("npx", `echo '{"waves":[]}'`);
    const env = { MODE: "apply", GITHUB_OUTPUT: `${folder.path}/output` };
    expect(folder.run(script, { ...env, BASE: base }).code).toBe(0);
    expect(folder.read("calls")).toBe(`npx trustwheel affected ${option} --format matrix\n`);
  });
});

describe("the base of a deployment", () => {
  const base = step("apply", "affected", "Find the base");

  function based(last: string, env: Readonly<Record<string, string>>): string {
    folder.program("gh", `echo "${last}"`);
    folder.program("git", '[ "$3" != unknown ]');
    const output = `${folder.path}/output`;
    const repository = { GITHUB_REPOSITORY: "example-org/platform", BRANCH: "main" };
    const { code } = folder.run(base, { ...repository, GITHUB_OUTPUT: output, ...env });
    return `${code}: ${folder.read("output") ?? ""}`;
  }

  test("is the last successful deployment, unless a person names one", () => {
    expect(based("last", { GIVEN: "" })).toBe("0: base=last\n");
    folder.write("output", "");
    expect(based("last", { GIVEN: "given" })).toBe("0: base=given\n");
  });

  test("is none until a deployment has succeeded: then everything is deployed", () => {
    expect(based("", { GIVEN: "" })).toBe("0: base=\n");
  });

  test("is not guessed after a push by force", () => {
    expect(based("unknown", { GIVEN: "" })).toBe("1: ");
    expect(based("last", { GIVEN: "unknown" })).toBe("1: ");
  });
});

describe("jobs of GitLab", () => {
  const jobs = gitlab.value(".gitlab/trustwheel-stacks.yml") as Readonly<
    Record<string, { readonly script: readonly string[] }>
  >;
  const script = (job: string): string => jobs[job]?.script.join("\n") ?? "";
  const env = {
    ...STACK,
    APPROVED: "approved/shop/review.json",
    RESULT: "results/shop.json",
    RESULTS: "results",
  };

  function outcome(job: string): unknown {
    return (
      (JSON.parse(folder.read("results/shop.json") ?? "null") as { outcome?: unknown } | null)
        ?.outcome ?? job
    );
  }

  beforeEach(() => {
    folder.program(
      "npx",
      'while [ $# -gt 1 ]; do if [ "$1" = --output ]; then echo "{}" > "$2"; fi; shift; done',
    );
  });

  test("apply what was approved", () => {
    terraform(2, CHANGE);
    folder.write("approved/shop/review.json", "{}");
    expect(folder.run(script(".trustwheel-apply"), env).code).toBe(0);
    expect(folder.read("calls")).toContain("terraform apply -input=false -no-color plan.tfplan");
    expect(outcome("apply")).toBe("applied");
  });

  test("apply nothing that differs", () => {
    terraform(2, CHANGE);
    folder.write("approved/shop/review.json", '{"changes":[{}]}');
    expect(folder.run(script(".trustwheel-apply"), env).code).toBe(1);
    expect(folder.read("calls")).not.toContain("terraform apply");
    expect(outcome("apply")).toBe("differs from what was approved");
  });

  test("apply nothing where Terraform cannot plan", () => {
    terraform(1, CHANGE);
    expect(folder.run(script(".trustwheel-apply"), env).code).toBe(1);
    expect(outcome("apply")).toBe("not planned");
  });

  test("keep the review of a plan for whoever approves it", () => {
    terraform(2, CHANGE);
    expect(folder.run(script(".trustwheel-review"), env).code).toBe(0);
    expect(folder.read("approved/shop/review.json")).toBe("{}\n");
    expect(outcome("review")).toBe("changes");
  });

  test.each([
    ["apply", { results: "applied" }, 0],
    ["apply", { results: "unchanged" }, 0],
    ["apply", { results: "failed" }, 1],
    ["apply", { reviewed: "unchanged" }, 1],
    ["drift", { reviewed: "not planned" }, 1],
    ["drift", { reviewed: "unchanged" }, 0],
    ["drift", { reviewed: "changes" }, 1],
  ])("report of %s: %o ends with %i", (mode, results, code) => {
    for (const [where, result] of Object.entries(results)) {
      folder.write(
        `${where}/shop.json`,
        JSON.stringify({ stack: "shop", account: "2", outcome: result }),
      );
    }
    expect(folder.run(script(".trustwheel-report"), { MODE: mode }).code).toBe(code);
  });
});

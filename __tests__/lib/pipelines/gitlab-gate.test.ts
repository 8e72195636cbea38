import { PipelineFolder } from "../../support/gate/pipeline-files";
import { ShellFolder } from "../../support/gate/shell-folder";
import { pipelineMap } from "../plan/support/pipeline-map";

interface Job {
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly rules?: readonly { readonly if: string }[];
  readonly id_tokens?: unknown;
}

const files = new PipelineFolder(
  pipelineMap({
    identityProviders: { gitlab: { oidc: { url: "https://gitlab.com" } } },
    pipeline: {
      account: "tools",
      gitlab: { project: "example-org/platform", provider: "gitlab", projectId: "1" },
    },
  }),
);
const jobs = files.value(".gitlab/trustwheel.yml") as Readonly<Record<string, Job>>;
const [list = "", judge = ""] = jobs["trustwheel gate"]?.script ?? [];
const SHA = "a".repeat(40);

let folder: ShellFolder;

beforeEach(() => {
  folder = new ShellFolder();
  folder.program("curl", CURL);
  folder.program(
    "git",
    'case "$*" in fetch*) ;; merge-tree*) echo tree ;; *commit-tree*) echo merged ;; *) exit 9 ;; esac',
  );
  review({ outcome: "merge", missing: [] });
  answer("user", { id: 99 });
});
afterEach(() => {
  folder.remove();
});

/** Answers from files, and keeps what is written. */
const CURL = `
here="$(cd "$(dirname "$0")/.." && pwd)"
method=GET url= data=
while [ $# -gt 0 ]; do
  case "$1" in
    --request) method="$2"; shift 2 ;;
    --data | --data-urlencode) data="$data $2"; shift 2 ;;
    --header) shift 2 ;;
    --dump-header) : > "$2"; shift 2 ;;
    --*) shift ;;
    *) url="$1"; shift ;;
  esac
done
path="\${url#https://gitlab.example/api/v4/}"
path="\${path#projects/1/}"
if [ "$method" != GET ]; then echo "$method $path$data" >> "$here/writes"; exit 0; fi
file="$here/api/$(sed 's/[^A-Za-z0-9.-]/_/g' <<< "$path")"
[ -f "$file" ] || { echo "curl: (22) 404" >&2; exit 22; }
cat "$file"
`;

function answer(path: string, value: unknown): void {
  folder.write(`api/${path.replace(/[^A-Za-z0-9.-]/g, "_")}`, JSON.stringify(value));
}

/** What the program of the base says, and what it was asked and given. */
function review(gate: unknown, code = 0): void {
  folder.write("gate.json", JSON.stringify({ gate }));
  folder.program(
    "npx",
    `echo "token=\${TRUSTWHEEL_TOKEN:-none} tree=$(ls head-tree/stacks 2> /dev/null)" >> "$(dirname "$0")/../given"
while [ "$1" != --output ]; do shift; done
case "$2" in *.json) cp "$(dirname "$0")/../gate.json" "$2" ;; *) echo reviewed > "$2" ;; esac
exit ${code}`,
  );
}

const ENV = {
  CI_API_V4_URL: "https://gitlab.example/api/v4",
  CI_PROJECT_ID: "1",
  CI_COMMIT_BRANCH: "main",
  CI_COMMIT_SHA: "base",
  CI_JOB_URL: "https://gitlab.example/job",
  TRUSTWHEEL_TOKEN: "a-token",
};

const request = (iid: number, more: Readonly<Record<string, unknown>> = {}): unknown => ({
  iid,
  sha: SHA,
  target_branch: "main",
  author: { id: 7 },
  ...more,
});

const writes = (): string[] =>
  (folder.read("writes") ?? "").split("\n").filter((line) => line !== "");

describe("the merge requests that are judged", () => {
  function listed(payload?: unknown): unknown[] {
    answer("merge_requests", [request(1), request(2), request(3, { target_branch: "release" })]);
    if (payload !== undefined) folder.write("payload", JSON.stringify(payload));
    const env = payload === undefined ? ENV : { ...ENV, TRIGGER_PAYLOAD: `${folder.path}/payload` };
    expect(folder.run(list, env)).toEqual({ code: 0, output: "" });
    return (folder.read("merge-requests.jsonl") ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line): unknown => JSON.parse(line));
  }
  const known = (iid: number): unknown => ({ iid, sha: SHA, author: 7 });

  test("are all open ones into the branch", () => {
    expect(listed()).toEqual([known(1), known(2)]);
  });

  test("are the one that a webhook is about, as GitLab knows it", () => {
    const attributes = { iid: 2, last_commit: { id: "forged" }, target_branch: "main" };
    expect(listed({ user: { id: 5 }, object_attributes: attributes })).toEqual([known(2)]);
  });

  test.each([
    ["a webhook is about none of them", { object_attributes: { iid: 3 } }],
    ["the gate itself was the reason", { user: { id: 99 }, object_attributes: { iid: 1 } }],
  ])("are none where %s", (_, payload) => {
    expect(listed(payload)).toEqual([]);
  });

  test("are all where a webhook says something else", () => {
    expect(listed({ object_attributes: { iid: "1; id" } })).toEqual([known(1), known(2)]);
  });
});

describe("the verdict", () => {
  function judged(): { code: number | null; output: string } {
    folder.write("merge-requests.jsonl", `${JSON.stringify({ iid: 1, sha: SHA, author: 7 })}\n`);
    return folder.run(judge, ENV);
  }
  const status = (state: string, description: string): string =>
    `POST statuses/${SHA} name=trustwheel/gate state=${state} description=${description} target_url=https://gitlab.example/job`;
  const NOTE = "POST merge_requests/1/notes body@judged/review.md";

  beforeEach(() => {
    answer("merge_requests/1/pipelines", []);
    answer("merge_requests/1/approvals", { approved_by: [] });
    answer("merge_requests/1/notes?per_page=100", []);
  });

  test("approves the commit that was judged, and no other", () => {
    expect(judged().code).toBe(0);
    expect(writes()).toEqual([
      status("success", "passes"),
      `POST merge_requests/1/approve sha=${SHA}`,
      NOTE,
    ]);
    expect(folder.read("calls")).toContain(
      "npx --no-install trustwheel review --base base --head merged --format json --output judged/review.json\n",
    );
    expect(folder.read("given")).toBe("token=none tree=\ntoken=none tree=\n");
  });

  test("takes an earlier approval back where it no longer passes", () => {
    answer("merge_requests/1/approvals", { approved_by: [{ user: { id: 99 } }] });
    review({ outcome: "block", missing: [] }, 1);
    expect(judged().code).toBe(0);
    expect(writes()).toEqual([
      status("failed", "blocked by a gate rule"),
      "POST merge_requests/1/unapprove",
      NOTE,
    ]);
  });

  test.each([
    [
      "it waits for teams",
      { outcome: "approval", missing: ["a", "b"] },
      1,
      "needs approval by a, b",
    ],
    ["it waits for anybody", { outcome: "approval", missing: [] }, 1, "needs approval"],
    ["the review says something else", { outcome: "x" }, 0, "the review could not be completed"],
    ["the review fails", { outcome: "merge" }, 2, "the review could not be completed"],
  ])("does not approve where %s", (_, gate, code, description) => {
    review(gate, code);
    judged();
    expect(writes()).toEqual([status("failed", description), NOTE]);
  });

  test("does not approve where the commit cannot be fetched, and says why", () => {
    folder.program("git", "echo no such commit >&2; exit 1");
    expect(judged().output).toContain("| no such commit\n");
    expect(writes()).toEqual([status("failed", "the review could not be completed"), NOTE]);
    expect(folder.read("judged/review.md")).toBe(
      "<!-- trustwheel-review -->\n### Access review failed: the gate does not pass\n\n    no such commit\n",
    );
  });

  test("keeps its own comment up to date", () => {
    const body = "<!-- trustwheel-review -->";
    answer("merge_requests/1/notes?per_page=100", [
      { id: 4, author: { id: 7 }, body },
      { id: 5, author: { id: 99 }, body },
    ]);
    judged();
    expect(writes().at(-1)).toBe("PUT merge_requests/1/notes/5 body@judged/review.md");
  });

  test("of one does not stop the others", () => {
    folder.program(
      "git",
      `case "$*" in fetch*bad*) exit 1 ;; merge-tree*) echo tree ;; *commit-tree*) echo merged ;; esac`,
    );
    for (const path of ["pipelines", "approvals", "notes?per_page=100"]) {
      answer(`merge_requests/2/${path}`, path === "approvals" ? {} : []);
    }
    const each = [
      { iid: 1, sha: "bad", author: 7 },
      { iid: 2, sha: SHA, author: 7 },
    ];
    folder.write("merge-requests.jsonl", each.map((one) => `${JSON.stringify(one)}\n`).join(""));
    folder.run(judge, ENV);
    expect(writes()).toContain(`POST merge_requests/2/approve sha=${SHA}`);
    expect(writes()).not.toContain("POST merge_requests/1/approve sha=bad");
  });

  test.each([
    ["a team whose approvers approved", [5], ["security"]],
    ["no team by its author", [7], []],
    ["no team by somebody else", [8], []],
    ["no team of whose approvers too few approved", [6], []],
    ["both where all approved", [5, 6, 61], ["security", "two of us"]],
  ])("knows %s", (_, given, teams) => {
    answer("approval_rules?per_page=100", [
      { name: "security", approvals_required: 1, eligible_approvers: [{ id: 5 }, { id: 7 }] },
      { name: "two of us", approvals_required: 2, eligible_approvers: [{ id: 6 }, { id: 61 }] },
      { name: "nobody", approvals_required: 0, eligible_approvers: [{ id: 5 }] },
    ]);
    answer("merge_requests/1/approvals", {
      approved_by: given.map((id) => ({ user: { id } })),
    });
    judged();
    const call =
      (folder.read("calls") ?? "").split("\n").find((line) => line.startsWith("npx")) ?? "";
    const named = teams.length === 0 ? "" : ` --approved-by ${teams.join(" ")}`;
    expect(call).toBe(
      `npx --no-install trustwheel review --base base --head merged${named} --format markdown --output judged/review.md`,
    );
  });

  test("takes what the merge request's own job synthesized as data, and only of its commit", () => {
    answer("merge_requests/1/pipelines", [
      { id: 30, sha: "other", project_id: 1 },
      { id: 31, sha: SHA, project_id: 2 },
      { id: 32, sha: SHA, project_id: 1 },
    ]);
    answer("pipelines/32/jobs?per_page=100", [
      { id: 40, name: "trustwheel head", status: "failed", artifacts_file: {} },
      { id: 41, name: "trustwheel head", status: "success", artifacts_file: {} },
    ]);
    answer("jobs/41/artifacts/head.jsonl", { stack: "shop", text: "{}" });
    judged();
    expect(folder.read("given")).toBe("token=none tree=shop\ntoken=none tree=shop\n");
    expect(folder.read("calls")).toContain("--head merged --head-dir head-tree");
  });

  test("does not approve what brings a name that leads elsewhere", () => {
    answer("merge_requests/1/pipelines", [{ id: 32, sha: SHA, project_id: 1 }]);
    answer("pipelines/32/jobs?per_page=100", [
      { id: 41, name: "trustwheel head", status: "success", artifacts_file: {} },
    ]);
    answer("jobs/41/artifacts/head.jsonl", { stack: "../../x", text: "{}" });
    judged();
    expect(writes()[0]).toBe(status("failed", "the review could not be completed"));
  });
});

describe("what runs for a merge request", () => {
  test("is one job, without a token, and never on the branch; the rest runs on the branch alone", () => {
    const conditions = Object.fromEntries(
      Object.entries(jobs)
        .filter(([name]) => !name.startsWith("."))
        .map(([name, { rules }]) => [name, rules?.map((rule) => rule.if)]),
    );
    const onBranch = '$CI_COMMIT_BRANCH == "main"';
    const deployed = [
      `$CI_PIPELINE_SOURCE == "schedule" && $TRUSTWHEEL != "gate" && ${onBranch}`,
      `$CI_PIPELINE_SOURCE != "schedule" && $CI_PIPELINE_SOURCE != "trigger" && $TRUSTWHEEL != "gate" && ${onBranch}`,
    ];
    expect(conditions).toEqual({
      "trustwheel head": ['$CI_PIPELINE_SOURCE == "merge_request_event"'],
      "trustwheel gate": [
        `${onBranch} && ($CI_PIPELINE_SOURCE == "trigger" || $TRUSTWHEEL == "gate")`,
      ],
      "trustwheel stacks": deployed,
      "trustwheel run": deployed,
    });
    expect(JSON.stringify(jobs["trustwheel head"])).not.toMatch(/TOKEN|id_tokens|AWS/);
    expect(Object.values(jobs).filter(({ id_tokens: tokens }) => tokens !== undefined)).toEqual([]);
  });

  test("is no program where the gate runs: nothing is checked out, and no script of a package runs", () => {
    const scripts = files
      .scripts()
      .filter(({ at }) => !at.includes("trustwheel head"))
      .map(({ script }) => script);
    expect(
      scripts.filter((script) =>
        /\bgit (?:checkout|switch|worktree|reset|pull|clone|submodule)/.test(script),
      ),
    ).toEqual([]);
    expect(
      scripts.filter((script) => /npm (?:ci|install)(?! --ignore-scripts)/.test(script)),
    ).toEqual([]);
    expect(list + judge).not.toContain("npm run");
  });

  test.each([
    ["only the map", ["accounts.yaml"], false],
    ["documents and texts", ["policies/a/b.json", "docs/x.md", "imports/1.tf"], false],
    ["a script beside documents", ["policies/a.ts"], true],
    ["a lock file", ["accounts.yaml", "package-lock.json"], true],
    ["a text that npm reads", [".npmrc"], true],
  ])("runs the head's program only if it changes: %s", (_, changed, runs) => {
    folder.run("rm bin/git");
    const git = "git -c user.name=a -c user.email=a@example.com";
    folder.run(`git init -q -b main && ${git} commit -q --allow-empty -m base`);
    for (const name of changed) folder.write(name, "x");
    folder.run(`git add ${changed.join(" ")} && ${git} commit -q -m head`);
    folder.program(
      "npm",
      '[ "$1" != run ] || { mkdir -p cdktf.out/stacks/a; echo {} > cdktf.out/stacks/a/cdk.tf.json; }',
    );
    const script = jobs["trustwheel head"]?.script?.join("\n") ?? "";
    expect(folder.run(script, { CI_MERGE_REQUEST_DIFF_BASE_SHA: "HEAD^" }).code).toBe(0);
    expect(folder.read("head.jsonl")).toBe(runs ? '{"stack":"a","text":"{}\\n"}\n' : undefined);
  });
});

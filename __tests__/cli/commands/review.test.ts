import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GitProject } from "../../support/projects/git-project";
import { planOfStack } from "../../support/plans/plan-of-stack";
import { synthesizeMap } from "../../support/project";

/** A map with a hub, its spoke in two accounts, and rules for its review. */
function mapWith({ externalId = "deploy-1", rule = "block: true", user = "bot" } = {}): string {
  return `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111", unit: /Infrastructure }
  prod: { id: "222222222222", unit: /Workloads/Prod }
  test: { id: "333333333333", unit: /Workloads/Test }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot:
        user: { name: ${user}, create: true }
        mfa: true
spokes:
  deployer:
    hubs: [bots]
    accounts: { units: [/Workloads/**] }
    externalId: ${externalId}
    permissions: { managed: [ReadOnlyAccess] }
review:
  rules:
    production:
      on: [widened]
      in: [/Workloads/Prod]
      ${rule}
`;
}

/** The same spoke, entered by anybody of an account that nobody knows, too. */
const OPEN = mapWith().replace(
  "    permissions:",
  `    principals:
      vendor:
        foreignAccount: { id: "444444444444", role: scanner, reason: a contract with the vendor }
        externalId: vendor-1
        grant: declared
    permissions:`,
);

const project = new GitProject();
let base = "";

beforeAll(() => {
  project.write("accounts.yaml", mapWith());
  base = project.commit("the base");
});

beforeEach(() => {
  project.git("checkout", "--quiet", "--force", base);
});

afterAll(() => {
  project.remove();
});

interface Json {
  readonly hasChanges: boolean;
  readonly changes: readonly { readonly kind: string }[];
  readonly gate: { readonly outcome: string; readonly rules: readonly { readonly name: string }[] };
}

async function json(...args: readonly string[]): Promise<Json & { readonly code: number }> {
  const { code, stdout, stderr } = await project.run("review", "--format", "json", ...args);
  if (stdout === "") throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Json), code };
}

describe("trustwheel review", () => {
  test("of a working tree that is the base finds nothing, and lets it pass", async () => {
    const { code, hasChanges, changes, gate } = await json("--base", base);
    expect({ code, hasChanges, changes, gate }).toEqual({
      code: 0,
      hasChanges: false,
      changes: [],
      gate: { outcome: "merge", rules: [], missing: [] },
    });
  });

  test("says what widens, and exits with 1 and the name of the rule", async () => {
    project.write("accounts.yaml", OPEN);
    const { code, stdout, stderr } = await project.run("review", "--base", base);
    expect(code).toBe(1);
    expect(stdout).toContain("`scanner` in `444444444444` (not in the map)");
    expect(stdout).toContain("rule `production`: blocked");
    expect(stderr).toBe(
      "note: the working tree has uncommitted changes; the review includes them\n",
    );
  });

  test("judges by the rules of the base, and reports that they were changed", async () => {
    project.write("accounts.yaml", OPEN.replace("block: true", "merge: true"));
    const { code, gate, changes } = await json("--base", base);
    expect(code).toBe(1);
    expect(gate.outcome).toBe("block");
    expect(gate.rules.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["production", "default: safeguard-changed"]),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: "safeguard", what: "gate-rule", name: "production" }),
    );
  });

  test("lets a change pass once all teams have approved", async () => {
    project.write("accounts.yaml", mapWith({ rule: "approval: [security]" }));
    const asked = project.commit("an approval is asked for");
    project.write("accounts.yaml", OPEN.replace("block: true", "approval: [security]"));
    const waiting = await json("--base", asked);
    const approved = await json("--base", asked, "--approved-by", "security");
    expect([waiting.code, waiting.gate.outcome]).toEqual([1, "approval"]);
    expect([approved.code, approved.gate.outcome]).toEqual([0, "merge"]);
  });

  test("writes the report and the comment to files, and nothing to standard output", async () => {
    project.write("accounts.yaml", OPEN);
    const args = [
      "--format",
      "markdown",
      "--output",
      "cdktf.out/c.md",
      "--report",
      "cdktf.out/r.html",
    ];
    project.write("cdktf.out/.keep", "");
    const { code, stdout } = await project.run("review", "--base", base, ...args);
    expect([code, stdout]).toEqual([1, ""]);
    const text = (name: string): string =>
      readFileSync(join(project.folder, "cdktf.out", name), "utf8");
    expect(text("c.md")).toMatch(/^<!-- trustwheel-review -->\n/);
    expect(text("r.html")).toMatch(/^<!doctype html>/i);
  });

  test("compares folders, by default rules where no base is named", async () => {
    const write = (name: string, map: string): void => {
      for (const [stack, text] of synthesizeMap(map).tree.stacks) {
        project.write(`cdktf.out/${name}/stacks/${stack}/cdk.tf.json`, text);
      }
    };
    write("one", mapWith());
    write("two", OPEN);
    const folders = ["--base-dir", "cdktf.out/one", "--head-dir", "cdktf.out/two"];
    expect((await json(...folders)).gate.outcome).toBe("approval");
    expect((await json(...folders, "--base", base)).gate.outcome).toBe("block");
    const same = await json("--base-dir", "cdktf.out/one", "--head-dir", "cdktf.out/one");
    expect([same.code, same.hasChanges]).toEqual([0, false]);
  });
});

describe("trustwheel review of a first hub", () => {
  test("shows what a map of accounts alone gains", async () => {
    const accounts = mapWith().slice(0, mapWith().indexOf("hubs:"));
    project.write("accounts.yaml", accounts);
    const empty = project.commit("accounts alone");
    project.write("accounts.yaml", mapWith());
    const { changes, gate } = await json("--base", empty);
    expect(gate.outcome).toBe("approval");
    expect(changes.filter(({ kind }) => kind === "unknown")).toEqual([]);
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: "edge",
        direction: "gained",
        to: "arn:aws:iam::111111111111:role/bots-hub",
      }),
    );
  });
});

describe("trustwheel review of plans", () => {
  function plans(map: string): string[] {
    return [...synthesizeMap(map).tree.stacks].map(([stack, text]) => {
      project.write(`cdktf.out/${stack}.json`, planOfStack(text));
      return `cdktf.out/${stack}.json`;
    });
  }

  test("shows what Terraform is going to make", async () => {
    const { code, changes } = await json("--base", base, "--plan", ...plans(mapWith()));
    expect(code).toBe(1);
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: "existence",
        what: "role",
        direction: "gained",
        arn: "arn:aws:iam::222222222222:role/deployer",
      }),
    );
  });

  describe("with a boundary that is made elsewhere", () => {
    const policies = (actions: string) => ({
      ceiling: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":${actions},"Resource":"*"}]}`,
    });
    const before = policies('["sts:*", "s3:*"]');
    const bounded = mapWith().replace(
      "    role: bots-hub\n",
      "$&    permissionsBoundary: { existing: limits, document: ceiling }\n",
    );
    const boundaryChanges = async (...args: readonly string[]) => {
      const { changes } = await json(...args);
      return changes.filter(({ kind }) => kind === "boundary" || kind === "unknown");
    };
    const unchanged = (): string[] =>
      [...synthesizeMap(bounded, before).tree.stacks].map(([stack, text]) => {
        const plan = JSON.parse(planOfStack(text)) as {
          resource_changes: { change: { actions: string[]; before: unknown; after: unknown } }[];
        };
        for (const { change } of plan.resource_changes) {
          change.actions = ["no-op"];
          change.before = change.after;
        }
        project.write(`cdktf.out/${stack}.json`, JSON.stringify(plan));
        return `cdktf.out/${stack}.json`;
      });
    let boundedBase = "";

    beforeAll(() => {
      project.write("accounts.yaml", bounded);
      project.write("policies/ceiling.json", before.ceiling);
      boundedBase = project.commit("a boundary");
    });

    beforeEach(() => {
      project.git("checkout", "--quiet", "--force", boundedBase);
    });

    test("finds no change where its text stays, with a base and without one", async () => {
      expect(await boundaryChanges("--base", boundedBase, "--plan", ...unchanged())).toEqual([]);
      expect(await boundaryChanges("--plan", ...unchanged())).toEqual([]);
    });

    test("shows a change of the text that the map says, which the policies do not feel", async () => {
      project.write("policies/ceiling.json", policies('["sts:*", "s3:*", "sqs:*"]').ceiling);
      expect(await boundaryChanges("--base", boundedBase, "--plan", ...unchanged())).toEqual([
        expect.objectContaining({ kind: "boundary", change: "equivalent" }),
      ]);
    });
  });

  test("refuses plans of another revision", async () => {
    const { code, stdout, stderr } = await project.run("review", "--plan", ...plans(OPEN));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      "the plans are not of this working tree:\n  the planned trust policy of arn:aws:iam::222222222222:role/deployer differs from the synthesized one\n",
    );
    expect(stderr).toContain("= help: plan each stack of this revision once");
  });

  test("holds plans against the folder that is deployed, which the program of a project may have changed", async () => {
    for (const [stack, text] of synthesizeMap(OPEN).tree.stacks) {
      project.write(`cdktf.out/deployed/stacks/${stack}/cdk.tf.json`, text);
    }
    const folder = ["--head-dir", "cdktf.out/deployed"];
    expect((await json("--plan", ...plans(OPEN), ...folder)).code).toBe(1);
    const { code, stderr } = await project.run("review", "--plan", ...plans(mapWith()), ...folder);
    expect(code).toBe(2);
    expect(stderr).toContain("the plans are not of this working tree:\n");
  });

  test("refuses two plans of one account", async () => {
    const files = plans(mapWith());
    project.write(
      "cdktf.out/again.json",
      readFileSync(join(project.folder, "cdktf.out/prod.json"), "utf8"),
    );
    const { code, stderr } = await project.run(
      "review",
      "--plan",
      ...files,
      "cdktf.out/again.json",
    );
    expect(code).toBe(2);
    expect(stderr).toContain(
      "account 222222222222 has 2 plans: cdktf.out/prod.json, cdktf.out/again.json",
    );
  });

  test.each([
    ["a plan that is cut off", '{"format_version": "1.2", "planned_'],
    ["a file that is no plan", "resource {}\n"],
  ])("refuses %s", async (_, text) => {
    project.write("cdktf.out/broken.json", text);
    const { code, stdout, stderr } = await project.run("review", "--plan", "cdktf.out/broken.json");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("cdktf.out/broken.json");
  });
});

describe("a review that cannot be made", () => {
  async function refused(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await project.run("review", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    return stderr;
  }

  test("needs something to compare with", async () => {
    expect(await refused()).toBe(
      "no base to compare with\n  = help: `--base origin/main` for a revision, or `--base-dir FOLDER` for existing output\n",
    );
  });

  test("a base that does not exist", async () => {
    expect(await refused("--base", "mian")).toBe(
      "there is no revision `mian` in this clone\n  = help: `git fetch origin mian`, or name another branch, tag or commit\n",
    );
  });

  test("a base that looks like an option of git", async () => {
    expect(await refused("--base", "--help")).toContain("there is no revision `--help`");
  });

  test("a base that does not synthesize", async () => {
    project.write("accounts.yaml", mapWith({ externalId: "x" }));
    const broken = project.commit("an external ID that is too short");
    project.write("accounts.yaml", mapWith());
    const text = await refused("--base", broken);
    expect(text).toContain(`the base ${broken} does not synthesize:\n`);
    expect(text).toContain("accounts.yaml:");
    expect(text).toContain(`= help: fix ${broken} first, or name an older base that synthesizes`);
    expect(existsSync(join(project.folder, ".trustwheel"))).toBe(false);
  });

  test("a working tree that does not synthesize is a finding", async () => {
    project.write("accounts.yaml", mapWith({ externalId: "x" }));
    const { code, stdout, stderr } = await project.run("review", "--base", base);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("accounts.yaml:");
  });

  test("a shallow clone", async () => {
    project.commit("one more");
    const clone = mkdtempSync(join(tmpdir(), "trustwheel-shallow-"));
    try {
      project.git("branch", "--force", "main");
      project.git(
        "clone",
        "--quiet",
        "--depth=1",
        "--branch=main",
        `file://${project.folder}`,
        clone,
      );
      const { code, stdout, stderr } = await project.runIn(clone, "review", "--base", base);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(`there is no revision \`${base}\` in this clone, which is shallow`);
      expect(stderr).toContain("`git fetch --depth=1 origin");
    } finally {
      rmSync(clone, { recursive: true });
    }
  });

  test("a folder that is no checkout", async () => {
    const outside = mkdtempSync(join(tmpdir(), "trustwheel-outside-"));
    try {
      cpSync(join(project.folder, "accounts.yaml"), join(outside, "accounts.yaml"));
      const { code, stderr } = await project.runIn(outside, "review", "--base", "main");
      expect(code).toBe(2);
      expect(stderr).toContain("the base cannot be found: fatal: not a git repository");
      expect(stderr).toContain("--base-dir");
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test("a folder without stacks", async () => {
    project.write("cdktf.out/empty/.keep", "");
    const text = await refused("--base-dir", "cdktf.out/empty", "--head-dir", "cdktf.out/empty");
    expect(text).toContain("cdktf.out/empty: cannot be read: it has no `*.tf.json` files");
  });

  test("an output that cannot be written", async () => {
    const text = await refused("--base", base, "--output", "nowhere/review.md");
    expect(text).toBe("nowhere/review.md cannot be written: there is no such file\n");
  });
});

describe("trustwheel affected", () => {
  test("lists the stacks that changed, as text, JSON and a matrix", async () => {
    project.write("accounts.yaml", mapWith({ externalId: "deploy-2" }));
    const text = await project.run("affected", "--base", base);
    expect(text.stdout).toBe(
      "wave 1: 2 stacks\n  prod (222222222222) changed\n  test (333333333333) changed\n",
    );
    const { stdout } = await project.run("affected", "--base", base, "--format", "matrix");
    expect(JSON.parse(stdout)).toMatchObject({
      waves: [
        { include: [{ stack: "prod", directory: "cdktf.out/stacks/prod" }, { stack: "test" }] },
      ],
    });
  });

  test("says that none is affected", async () => {
    expect(await project.run("affected", "--base", base)).toEqual({
      code: 0,
      stdout: "no stack is affected\n",
      stderr: "",
    });
  });
});

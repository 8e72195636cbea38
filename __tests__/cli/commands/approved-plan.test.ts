import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { planOfStack } from "../../support/plans/plan-of-stack";
import { GitProject } from "../../support/projects/git-project";

/* A pull request's plan is reviewed next to the map of the base, and again next to its own once it is merged. */

const project = new GitProject();
afterAll(() => {
  project.remove();
});

type Map = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const BASE = {
  organizations: { ours: { id: "o-exampleorg1", root: "r-ex01" } },
  defaults: { deploymentRole: "trustwheel-deployment", rolePath: "/access/" },
  state: { s3: { bucket: "example-org-states", region: "eu-central-1" } },
  pipeline: { account: "tools", githubActions: { repository: "example-org/platform" } },
  accounts: { tools: { id: "111111111111" }, shop: { id: "222222222222", unit: "/Shop" } },
  hubs: {
    automation: {
      account: "tools",
      principals: { bot: { user: { name: "bot" }, grant: "declared" } },
    },
  },
  spokes: {
    reader: {
      hubs: ["automation"],
      accounts: { keys: ["shop"] },
      permissions: { managed: ["job-function/ViewOnlyAccess"] },
    },
  },
};

const auditor = (more: Readonly<Record<string, unknown>> = {}): Map => ({
  spokes: {
    ...BASE.spokes,
    auditor: {
      hubs: ["automation"],
      accounts: { keys: ["shop"] },
      permissions: { managed: ["SecurityAudit"] },
      ...more,
    },
  },
});

const CHANGES: Readonly<Record<string, Map>> = {
  "a spoke": auditor(),
  "an account with its spoke": {
    ...auditor({ accounts: { keys: ["shop", "bank"] } }),
    accounts: { ...BASE.accounts, bank: { id: "333333333333" } },
  },
  "an account that a spoke trusts": {
    ...auditor({ principals: { other: { role: { account: "bank", name: "other" } } } }),
    accounts: { ...BASE.accounts, bank: { id: "333333333333" } },
  },
  "a foreign account that a spoke trusts": auditor({
    hubs: undefined,
    principals: {
      vendor: {
        foreignAccount: { id: "999999999999", reason: "audits what the shop does" },
        externalId: "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        grant: "declared",
      },
    },
  }),
  "another unit of an account": {
    accounts: { ...BASE.accounts, shop: { id: "222222222222", unit: "/Bank" } },
    ...auditor(),
  },
  "another name of an account": {
    accounts: { ...BASE.accounts, shop: { id: "222222222222", name: "The shop" } },
    ...auditor(),
  },
};

test.each(Object.entries(CHANGES))("%s: both reviews are equal", async (_, change) => {
  const write = (map: object): void => {
    project.write("accounts.yaml", JSON.stringify(map));
  };
  write(BASE);
  const base = project.commit("base");
  write({ ...BASE, ...change });
  const head = project.commit("head");
  // The gate works in the base, and hands on what is safe to plan.
  project.git("checkout", "--quiet", "--detach", base);
  const sides = ["--base", base, "--head", head, "--plannable", "cdktf.out"];
  expect(await project.run("affected", ...sides)).toMatchObject({ code: 0, stderr: "" });
  const folder = join(project.folder, "cdktf.out", "stacks");
  const reviewed = async (stack: string, ...from: readonly string[]): Promise<unknown> => {
    const plan = join(folder, stack, "plan.json");
    const options = ["--plan", plan, "--head-dir", folder, "--format", "json"];
    const { stdout, stderr } = await project.run(...from, "review", ...options);
    if (stdout === "") return stderr;
    const { gate: _gate, ...rest } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    return rest;
  };
  const stacks = readdirSync(folder);
  expect(stacks.length).toBeGreaterThan(0);
  const approved = new Map<string, unknown>();
  for (const stack of stacks) {
    const text = readFileSync(join(folder, stack, "cdk.tf.json"), "utf8");
    project.write(`cdktf.out/stacks/${stack}/plan.json`, planOfStack(text));
    approved.set(stack, await reviewed(stack, "-C", join(project.folder, "cdktf.out", "project")));
  }
  // The deployment works in what was merged.
  project.git("checkout", "--quiet", "--detach", head);
  for (const stack of stacks) {
    const review = await reviewed(stack);
    expect(review).toMatchObject({ version: 2 });
    expect({ stack, review: approved.get(stack) }).toEqual({ stack, review });
  }
  rmSync(join(project.folder, "cdktf.out"), { recursive: true });
});

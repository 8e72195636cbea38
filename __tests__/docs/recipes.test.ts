import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../constructs/synthesize";
import { accountDirectory } from "../../lib/access/account-directory";
import { provePlan } from "../../lib/access/proof/prove-plan";
import { checkMap, ROOT } from "../support/project";
import type { PolicyTexts } from "../support/project";

interface Recipe {
  readonly title: string;
  readonly map: string;
  readonly policies: PolicyTexts;
}

/** The recipes of the page: each has one map, and its documents under their file names. */
const RECIPES: readonly Recipe[] = readFileSync(join(ROOT, "docs", "recipes.md"), "utf8")
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [title = ""] = section.split("\n");
    const [, map = ""] = /```yaml\n([^`]*)```/.exec(section) ?? [];
    const documents = [...section.matchAll(/`policies\/([\w-]+)\.json`:\n\n```json\n([^`]*)```/g)];
    return {
      title,
      map,
      policies: Object.fromEntries(documents.map(([, name = "", json = ""]) => [name, json])),
    };
  });

/** Who can assume which role, in the order of the map: nothing else is declared. */
const ACCESS: Readonly<Record<string, readonly string[]>> = {
  "Read-only access everywhere for a team": [
    "engineers -> people in identity",
    "people -> reader in shop-prod",
    "people -> reader in shop-test",
  ],
  "A GitHub pipeline that deploys": [
    "production -> pipeline in tools",
    "pipeline -> deployer in shop-prod",
  ],
  "A vendor's scanner": ["vendor -> scanner in shop-prod", "vendor -> scanner in data-prod"],
  "A backup role in every account": [
    "service -> backup in shop-prod",
    "service -> backup in data-prod",
  ],
  "Break-glass access": [
    "responders -> break-glass in security",
    "break-glass -> emergency in shop-prod",
  ],
  "An instance that reads another account's bucket": [
    "instance-profile -> reporting-instance in data",
    "reporting-instance -> reporting-orders in shop",
  ],
  "A database login through IAM": [
    "task -> reports in tools",
    "reports -> database-login in data-prod",
  ],
  "Jobs on a schedule": [
    "function -> nightly in tools",
    "nightly -> cleaner in sandbox-one",
    "nightly -> cleaner in sandbox-two",
  ],
};

describe("docs/recipes.md", () => {
  test("lists every recipe at its top, and no other", () => {
    expect(RECIPES.map(({ title }) => title)).toEqual(Object.keys(ACCESS));
  });

  test.each(RECIPES)("$title: has no finding, gives this access, and is proved", (recipe) => {
    const { map, policies, title } = recipe;
    const { map: read, plan, diagnostics } = checkMap(map, policies);
    expect(diagnostics.filter(({ accepted }) => accepted === undefined)).toEqual([]);
    if (read === undefined || plan === undefined) throw new Error(title);
    const access = plan.edges.map(({ from, to, toAccount }) => {
      const caller = from.kind === "role" ? from.role.name : from.wayIn.key;
      return `${caller} -> ${to.name} in ${toAccount.key}`;
    });
    expect([...access].sort()).toEqual([...(ACCESS[title] ?? [])].sort());
    const { verdict } = provePlan({
      plan,
      accounts: accountDirectory(read.accounts.values()),
      stacks: [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text })),
    });
    expect(verdict).toBe("proved");
  });
});

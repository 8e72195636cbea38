import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findingsOf, ROOT, synthesizeMap } from "../support/project";
import { walkMap } from "../support/projects/readme-walk";

const text = readFileSync(join(ROOT, "README.md"), "utf8");

/** Where the commands about access are run. */
const ACCESS = "needs credentials; run in __tests__/access/readme.access.ts";

/** Commands that need what a test run has not, and what that is. */
const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci && npm run synth": "installs anew; CI runs it on a clean checkout",
  "npm test": "is this very run",
  "npm run cdktf -- diff workload": "needs credentials",
  "npm run cdktf -- deploy '*' --parallelism 4": "needs credentials",
  "npx trustwheel review --base origin/main --report review.html":
    "needs a remote; run in a repository of its own in __tests__/cli/commands/review.test.ts",
  "npx trustwheel init": "writes a repository; run in __tests__/cli/commands/init.test.ts",
  "npx trustwheel onboard --key shop-stage --id 181818181818 --ou /Workloads/Test":
    "changes the map; run in __tests__/cli/commands/onboard.test.ts",
  "npx trustwheel sync --check": "needs credentials; run in __tests__/cli/commands/sync.test.ts",
  "npx trustwheel offboard shop-stage":
    "changes the map; run in __tests__/cli/commands/offboard.test.ts",
  "npx trustwheel offboard shop-stage --finish":
    "changes the map; run in __tests__/cli/commands/offboard.test.ts",
  "npx trustwheel rename hub automation deployment":
    "changes the map; run in __tests__/cli/commands/rename.test.ts",
  "npx trustwheel adopt details.json roles.json":
    "changes the map; run in __tests__/cli/commands/adopt.test.ts",
  "npx trustwheel bootstrap": "writes files; run in __tests__/cli/commands/bootstrap.test.ts",
  "trustwheel exec reader@shop-prod -- aws s3 ls": ACCESS,
  "trustwheel profiles --from sso-engineer --write": ACCESS,
  "trustwheel credentials reader@shop-prod": ACCESS,
  "trustwheel run reader --units '/Workloads/**' --output out -- ./report.sh {account.key}": ACCESS,
  "trustwheel why deployer@shop-prod": ACCESS,
  "npx trustwheel doctor": "needs credentials; run in __tests__/cli/commands/doctor.test.ts",
};

/** Commands that are run here, in the order of the README. */
const RUN = ["npx trustwheel check", "npm run synth"];

describe("README.md", () => {
  test("shows no command that is neither run here nor known to need more", () => {
    expect(
      commands().filter((command) => !RUN.includes(command) && NOT_RUN[command] === undefined),
    ).toEqual([]);
    expect(RUN.filter((command) => !commands().includes(command))).toEqual([]);
  });

  test.each(RUN)("runs %s", (command) => {
    const outdir = mkdtempSync(join(tmpdir(), "trustwheel-readme-"));
    try {
      const env = { ...process.env, CDKTF_OUTDIR: outdir };
      const { status, stderr } = spawnSync("sh", ["-c", command], {
        cwd: ROOT,
        env,
        encoding: "utf8",
      });
      expect({ status, stderr: stderr.replace(/^npm warn.*\n/gm, "") }).toEqual({
        status: 0,
        stderr: "",
      });
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });

  test("walks with a map that has no findings and makes what it says", () => {
    const map = walkMap();
    expect(findingsOf(map)).toBe("");
    const stacks = synthesizeMap(map);
    expect(stacks.resource("tools", "aws_iam_user", "user-inspector").name).toBe("inspector");
    expect(stacks.resource("workload", "aws_iam_role", "spoke-inspected").name).toBe("inspected");
    expect(JSON.stringify(stacks.trust("workload", "spoke-inspected"))).toContain(
      "first-inspection",
    );
  });

  test("shows the trust statement that its own map gives", () => {
    const [, map = ""] = /```yaml\n(hubs:\n[^`]*)```/.exec(text) ?? [];
    const [, statement = ""] = /```json\n([^`]*)```/.exec(text) ?? [];
    const stacks = synthesizeMap(
      `
organizations: { ours: { id: o-exampleorg1 } }
accounts:
  shared-services: { id: "555555555555" }
  shop-prod: { id: "777777777777", unit: /Workloads/Prod }
${map}`,
      { "deploy-services": readFileSync(join(ROOT, "policies", "deploy-services.json"), "utf8") },
    );
    expect(stacks.trust("shop-prod", "spoke-deployer").Statement).toEqual([JSON.parse(statement)]);
  });

  test("tells for each command that is not run here where it is run, and that is there", () => {
    const named = Object.values(NOT_RUN).flatMap((why) => /__tests__\/\S+/.exec(why) ?? []);
    expect(named.filter((file) => !exists(file))).toEqual([]);
  });

  test("links only to files that exist", () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = ""]) => link);
    const missing = links.filter((link) => !link.startsWith("http") && !exists(link));
    expect(missing).toEqual([]);
  });
});

function commands(): string[] {
  const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)```/gm)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/ +#.*$/, "").trim())
    .filter((line) => line !== "");
}

function exists(file: string): boolean {
  return spawnSync("test", ["-e", join(ROOT, file)]).status === 0;
}

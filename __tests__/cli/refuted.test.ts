import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../main";

const MAP = `
organizations: { ours: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  build: { account: tools, principals: { bot: { user: { name: bot, create: true } } } }
spokes:
  deployer: { hubs: [build], accounts: { keys: [shop] }, permissions: { managed: [job-function/ViewOnlyAccess] } }
`;

describe("a synthesis whose proof is refuted", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "trustwheel-refuted-"));
    mkdirSync(join(folder, "policies"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const synth = (map: string): { code: number; stdout: string; stderr: string } => {
    writeFileSync(join(folder, "accounts.yaml"), map);
    const output = { stdout: "", stderr: "" };
    const code = main(folder, join(folder, "cdktf.out"), {
      stdout: (text) => {
        output.stdout += text;
      },
      stderr: (text) => {
        output.stderr += text;
      },
      color: false,
      errorColor: false,
    });
    return { code, ...output };
  };

  test("writes nothing, says why, and ends with exit code 1", () => {
    const { code, stdout, stderr } = synth(
      `${MAP}assertions:\n  - never: { from: "tools/*", to: "shop/*" }\n`,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("[proof-refuted]");
    expect(stderr).toContain("arn:aws:iam::222222222222:role/deployer");
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  test("is not one where the assertion holds", () => {
    const { code } = synth(`${MAP}assertions:\n  - never: { from: "shop/*", to: "tools/*" }\n`);
    expect(code).toBe(0);
    expect(existsSync(join(folder, "cdktf.out", "manifest.json"))).toBe(true);
  });
});

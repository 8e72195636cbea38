import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synth as synthesize } from "../../cli/commands/synth";

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
    const code = synthesize(folder, join(folder, "cdktf.out"), {
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

  describe("with Terraform that nobody proved", () => {
    const EVIL = 'resource "aws_iam_role" "evil" {\n  name = "evil"\n}\n';
    const write = (name: string, text: string): void => {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    };

    test.each(["evil.tf", "evil.tofu", "evil.tofu.json", "override.tf.json", "imports.tf"])(
      "is refused where %s lies beside a stack",
      (name) => {
        expect(synth(MAP).code).toBe(0);
        write(`cdktf.out/stacks/shop/${name}`, EVIL);
        const { code, stdout, stderr } = synth(MAP);
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toContain(`cdktf.out/stacks/shop/${name}: is Terraform next to`);
        expect(stderr).toContain("[unproved-terraform]");
      },
    );

    test("is refused where a file of imports holds more", () => {
      write("imports/222222222222.tf", EVIL);
      const { code, stderr } = synth(MAP);
      expect(code).toBe(1);
      expect(stderr).toContain("imports/222222222222.tf: has more than import blocks");
      expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
    });

    test("is not what import blocks are", () => {
      const imports = 'import {\n  to = aws_iam_role.spoke-deployer\n  id = "deployer"\n}\n';
      write("imports/222222222222.tf", imports);
      expect(synth(MAP).code).toBe(0);
      expect(readFileSync(join(folder, "cdktf.out/stacks/shop/imports.tf"), "utf8")).toBe(imports);
      expect(synth(MAP).code).toBe(0);
    });
  });
});

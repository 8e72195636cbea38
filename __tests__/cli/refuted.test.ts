import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandProject } from "../support/projects/command-project";
import type { CommandResult } from "../support/projects/command-project";

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
  let project: CommandProject;
  beforeEach(() => {
    project = new CommandProject();
  });
  afterEach(() => {
    project.remove();
  });

  const synth = (map: string): Promise<CommandResult> => {
    project.write("accounts.yaml", map);
    return project.run(["synth"]);
  };

  test("writes nothing, says why, and ends with exit code 1", async () => {
    const { code, stdout, stderr } = await synth(
      `${MAP}assertions:\n  - never: { from: "tools/*", to: "shop/*" }\n`,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("[proof-refuted]");
    expect(stderr).toContain("arn:aws:iam::222222222222:role/deployer");
    expect(existsSync(join(project.folder, "cdktf.out"))).toBe(false);
  });

  test("is not one where the assertion holds", async () => {
    const { code } = await synth(
      `${MAP}assertions:\n  - never: { from: "shop/*", to: "tools/*" }\n`,
    );
    expect(code).toBe(0);
    expect(existsSync(join(project.folder, "cdktf.out", "manifest.json"))).toBe(true);
  });

  describe("with Terraform that nobody proved", () => {
    const EVIL = 'resource "aws_iam_role" "evil" {\n  name = "evil"\n}\n';
    test.each(["evil.tf", "evil.tofu", "evil.tofu.json", "override.tf.json", "imports.tf"])(
      "is refused where %s lies beside a stack",
      async (name) => {
        expect((await synth(MAP)).code).toBe(0);
        project.write(`cdktf.out/stacks/shop/${name}`, EVIL);
        const { code, stdout, stderr } = await synth(MAP);
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toContain(`cdktf.out/stacks/shop/${name}: is Terraform next to`);
        expect(stderr).toContain("[unproved-terraform]");
      },
    );

    test("is refused where a file of imports holds more", async () => {
      project.write("imports/222222222222.tf", EVIL);
      const { code, stderr } = await synth(MAP);
      expect(code).toBe(1);
      expect(stderr).toContain("imports/222222222222.tf: has more than import blocks");
      expect(existsSync(join(project.folder, "cdktf.out"))).toBe(false);
    });

    test("is not what import blocks are", async () => {
      const imports = 'import {\n  to = aws_iam_role.spoke-deployer\n  id = "deployer"\n}\n';
      project.write("imports/222222222222.tf", imports);
      expect((await synth(MAP)).code).toBe(0);
      expect(project.read("cdktf.out/stacks/shop/imports.tf")).toBe(imports);
      expect((await synth(MAP)).code).toBe(0);
    });
  });
});

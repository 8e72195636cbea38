import { existsSync } from "node:fs";
import { CommandProject } from "../../support/projects/command-project";

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
});

afterEach(() => {
  project.remove();
});

describe("trustwheel import", () => {
  test("needs the role to read the accounts with", async () => {
    project.write("accounts.yaml", 'accounts: { tools: { id: "111111111111" } }\n');
    const { code, stderr } = await project.run(["import"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--role <name>");
  });

  test("takes no map with errors", async () => {
    project.write("accounts.yaml", "accounts: { tools: { id: 1 } }\n");
    const { code, stderr } = await project.run(["import", "--role", "Auditor"]);
    expect(code).toBe(1);
    expect(stderr).toContain("already has errors");
    expect(existsSync("imports")).toBe(false);
  });
});

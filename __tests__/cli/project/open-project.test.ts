import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandProject } from "../../support/projects/command-project";

const MAP = `organizations: { ours: { id: o-exampleorg1 } }
accounts: { tools: { id: "111111111111" } }
identityProviders:
  okta: { saml: { metadata: okta.xml }, create: true }
hubs:
  people:
    account: tools
    principals: { engineers: { permissionSet: { name: Engineer } } }
`;

/** Commands that read the map of the folder, each with what it needs to get there. */
const COMMANDS: readonly (readonly string[])[] = [
  ["synth"],
  ["prove"],
  ["can", "people@tools", "people@tools"],
  ["who-can", "people@tools"],
  ["reach", "people@tools"],
  ["explain", "people@tools"],
  ["sync", "organization.json"],
  ["ci", "github"],
  ["bootstrap"],
  ["doctor"],
  ["onboard", "--key", "shop", "--id", "222222222222", "--unit", "/", "--yes"],
  ["offboard", "tools", "--yes"],
  ["rename", "hub", "people", "persons", "--yes"],
  ["adopt", "details.json", "--yes"],
  ["review", "--base-dir", "before"],
];

describe("a project that cannot be opened", () => {
  let project: CommandProject;
  let outside = "";
  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), "trustwheel-outside-"));
    project = new CommandProject();
    project.write("before/tools/cdk.tf.json", '{ "resource": {} }');
    project.write("organization.json", '{ "Accounts": [] }');
    project.write("details.json", "{}");
  });
  afterEach(() => {
    project.remove();
    rmSync(outside, { recursive: true });
  });

  test.each(COMMANDS)("is told by %s: no map", async (...args) => {
    const { code, stdout, stderr } = await project.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("accounts.yaml: cannot be read: there is no such file");
    expect(stderr).toContain("[unreadable-file]");
  });

  test.each(COMMANDS.filter(([name]) => name !== "review"))(
    "is told by %s: no map of the name that --map says",
    async (...args) => {
      project.write("accounts.yaml", "accounts: {}\n");
      for (const line of [
        [...args, "--map", "other.yaml"],
        ["-m", "other.yaml", ...args],
      ]) {
        const { code, stderr } = await project.run(line);
        expect(code).toBe(2);
        expect(stderr).toContain("other.yaml: cannot be read: there is no such file");
      }
    },
  );

  test.each(COMMANDS)("is told by %s: a link leads out of it", async (...args) => {
    project.write("accounts.yaml", MAP);
    writeFileSync(
      join(outside, "okta.xml"),
      `<EntityDescriptor>${" ".repeat(1000)}</EntityDescriptor>`,
    );
    symlinkSync(join(outside, "okta.xml"), join(project.folder, "okta.xml"));
    const { code, stdout, stderr } = await project.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("okta.xml: cannot be read: ");
    expect(stderr).not.toContain("accounts.yaml");
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test.each(COMMANDS)("is told by %s: a map with errors", async (...args) => {
    project.write("accounts.yaml", "accounts: { tools: { id: 1 } }\n");
    const { code, stdout, stderr } = await project.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("accounts.yaml:1:");
  });
});

import { CommandProject } from "../../support/projects/command-project";

describe("trustwheel explain ID", () => {
  let project: CommandProject;
  beforeAll(() => {
    // There is no map here: a finding is explained anywhere.
    project = new CommandProject();
  });
  afterAll(() => {
    project.remove();
  });

  test("says what must hold, shows an input with its output, and says why and where", async () => {
    const { code, stdout, stderr } = await project.run(["explain", "file-outside"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("file-outside: a file that the map names is below the map's folder\n");
    expect(stdout).toContain("  accounts.yaml:\n");
    expect(stdout).toContain("      saml: { metadata: ../okta.xml }\n");
    expect(stdout).toMatch(/ {2}output:\n {4}accounts\.yaml:\d+:\d+: .*\[file-outside\]\n/);
    expect(stdout).toContain("A file outside is not reviewed with the map");
    expect(stdout).toContain("  page: docs/rules.md#file-outside\n");
  });

  test("takes an id in any case, of a rule, a finding of a review and one without an example", async () => {
    expect((await project.run(["explain", "id-01"])).stdout).toMatch(/^ID-01: /);
    expect((await project.run(["explain", "review-widened"])).stdout).toMatch(/^review-widened: /);
    expect((await project.run(["explain", "proof-unknown"])).stdout).not.toContain("output:");
  });

  test("lists all, a line each", async () => {
    const listed = await project.run(["explain", "--list"]);
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(/^ID-01 {2,}an account ID is /m);
    expect((await project.run(["explain", "rules"])).stdout).toBe(listed.stdout);
    const json = await project.run(["explain", "--list", "--format", "json"]);
    const { findings } = JSON.parse(json.stdout) as { findings: { id: string }[] };
    expect(findings).toHaveLength(listed.stdout.trim().split("\n").length);
  });

  test("gives a program the same, with the address", async () => {
    const { stdout } = await project.run(["explain", "chain-step", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      id: "chain-step",
      documentation: "docs/rules.md#chain-step",
      example: expect.stringContaining("steps: [{ hub: robots }, { spoke: reader }]") as string,
    });
  });

  test.each([
    [["explain", "ID-001"], "error: there is no finding 'ID-001'; did you mean 'ID-01'?"],
    [
      ["explain", "chainstep"],
      "error: there is no finding 'chainstep'; did you mean 'chain-step'?",
    ],
    [["explain"], "error: missing argument: the ID of a finding, or a role; `--list` lists all"],
    [
      ["explain", "--list", "ID-01"],
      "error: option '--list' lists all findings and takes no argument",
    ],
  ])("%j is wrong usage", async (args, message) => {
    const { code, stdout, stderr } = await project.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(message);
  });
});

import { existsSync, readdirSync } from "node:fs";
import { version } from "../../package.json";
import { CommandProject, answers } from "../support/command-project";

const ANSWERS = [
  "--organization-id",
  "o-exampleorg1",
  "--management-id",
  "111111111111",
  "--account",
  "identity=222222222222",
  "--region",
  "eu-central-1",
];
const PIPELINE = ["--state-bucket", "example-org-states", "--github", "example-org/platform"];

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
});

afterEach(() => {
  project.remove();
});

function everything(): string[] {
  return readdirSync(".", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(/^\.\//, ""))
    .sort();
}

/** Runs the commands that the README of a new repository names, and what else must pass in it. */
async function isSound(): Promise<void> {
  expect(await project.run(["check"])).toMatchObject({ code: 0, stderr: "" });
  expect(await project.run(["synth"])).toMatchObject({ code: 0, stderr: "" });
  const { code, stdout } = await project.run(["prove"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^proved: /);
}

describe("trustwheel init", () => {
  test("writes a repository in which everything passes", async () => {
    const { code, stdout, stderr } = await project.run(["init", ...ANSWERS, "--yes"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(everything()).toEqual([
      ".gitignore",
      "README.md",
      "accounts.yaml",
      "cdktf.json",
      "package.json",
      "policies/access-boundary.json",
      "policies/read-logs.json",
    ]);
    expect(stdout).toContain("npx trustwheel bootstrap --caller ARN_OF_YOUR_ROLE");
    await isSound();
    expect(project.read("accounts.yaml").split("\n")[0]).toBe(
      "# yaml-language-server: $schema=node_modules/trustwheel/schema/accounts.schema.json",
    );
    expect(JSON.parse(project.read("package.json"))).toMatchObject({
      private: true,
      dependencies: { trustwheel: version },
    });
    expect(JSON.parse(project.read("cdktf.json"))).toMatchObject({ app: "npx trustwheel synth" });
  });

  test("can be bootstrapped, by a deployment role that is no administrator", async () => {
    await project.run(["init", ...ANSWERS, "--yes"]);
    const caller = "arn:aws:iam::111111111111:role/platform-admin";
    const { code, stdout } = await project.run(["bootstrap", "--caller", caller]);
    expect(code).toBe(0);
    expect(stdout).not.toContain("is administrator");
    expect(stdout).not.toContain("Note");
    expect(JSON.parse(project.read("bootstrap/accounts/identity/main.tf.json"))).toMatchObject({
      resource: { aws_iam_policy: { "boundary-access-boundary": { path: "/access/" } } },
    });
  });

  test("writes the pipeline too, as `trustwheel ci` would", async () => {
    const { code } = await project.run(["init", ...ANSWERS, ...PIPELINE, "--yes"]);
    expect(code).toBe(0);
    expect(existsSync(".github/workflows/trustwheel-plan.yaml")).toBe(true);
    expect(await project.run(["ci", "github", "--check"])).toMatchObject({ code: 0 });
    await isSound();
  });

  test("takes the accounts of an organization", async () => {
    project.write(
      "organization.json",
      JSON.stringify({
        Accounts: [
          { Id: "111111111111", Name: "Management", State: "ACTIVE", JoinedMethod: "INVITED" },
          { Id: "222222222222", Name: "Identity", State: "ACTIVE", JoinedMethod: "CREATED" },
          { Id: "333333333333", Name: "Shop Prod", State: "ACTIVE", JoinedMethod: "CREATED" },
          { Id: "444444444444", Name: "Gone", State: "CLOSED", JoinedMethod: "CREATED" },
        ].map((account) => ({
          ...account,
          Arn: `arn:aws:organizations::111111111111:account/o-exampleorg1/${account.Id}`,
        })),
      }),
    );
    const args = ["init", "--organization-file", "organization.json", "--region", "eu-central-1"];
    const { code, stderr } = await project.run([...args, "--yes"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const map = project.read("accounts.yaml");
    expect(map).toContain("    id: o-exampleorg1\n");
    expect(map).toContain('  shop-prod:\n    id: "333333333333"\n    name: Shop Prod\n');
    expect(map).not.toContain("444444444444");
    await isSound();
  });

  test("asks for what it is not told", async () => {
    const { code } = await project.run(
      ["init"],
      answers({
        "Organization id": "o-exampleorg1",
        "Id of the management": "111111111111",
        "First account": "identity=222222222222",
        Region: "eu-central-1",
        Write: true,
      }),
    );
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).toContain("permissionSet: { name: AdministratorAccess }");
    await isSound();
  });

  test.each(["accounts.yaml", ".gitignore", "policies/read-logs.json"])(
    "writes nothing where %s is there already",
    async (file) => {
      project.write(file, "mine\n");
      const { code, stderr } = await project.run(["init", ...ANSWERS, "--yes"]);
      expect(code).toBe(2);
      expect(stderr).toContain(`there already: ${file}; nothing is written`);
      expect(everything()).toEqual([file]);
      expect(project.read(file)).toBe("mine\n");
    },
  );

  test("writes into another folder", async () => {
    const { stdout } = await project.run(["init", ...ANSWERS, "--dir", "new", "--yes"]);
    expect(stdout).toContain("cd new");
    expect(JSON.parse(project.read("new/package.json"))).toMatchObject({ name: "new" });
  });

  test("tells what it would write", async () => {
    const { code, stdout } = await project.run(["init", ...ANSWERS, "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(0, 2)).toEqual(["would be written to .:", "  accounts.yaml"]);
    expect(everything()).toEqual([]);
  });

  test("writes nothing where nobody said yes", async () => {
    expect(await project.run(["init", ...ANSWERS])).toMatchObject({ code: 2 });
    const refused = await project.run(["init", ...ANSWERS], answers({ Write: false }));
    expect(refused).toMatchObject({ code: 1, stderr: "nothing is written\n" });
    expect(everything()).toEqual([]);
  });

  test.each<[string, readonly string[], string]>([
    [
      "no answers, and nobody to ask",
      ["--yes"],
      "a first map needs --management-id ID and --account KEY=ID, and nobody can be asked here",
    ],
    [
      "an account without its key",
      ["--management-id", "111111111111", "--account", "222222222222", "--yes"],
      "write it as KEY=ID, such as shop-prod=111111111111",
    ],
    ["no region", [...ANSWERS, "--region", "moon-1", "--yes"], "AWS has no region \"moon-1\" that is known here"],
    [
      "a pipeline whose states are files",
      [...ANSWERS, "--github", "example-org/platform", "--yes"],
      "a pipeline starts without the files of earlier runs, so it needs a bucket for the states: `--state-bucket NAME`",
    ],
    [
      "a repository that is none",
      [...ANSWERS, "--github", "platform", "--yes"],
      "write it as OWNER/NAME",
    ],
  ])("refuses %s", async (_name, args, message) => {
    const { code, stderr } = await project.run(["init", ...args]);
    expect(code).toBe(2);
    expect(stderr.split("\n")[0]).toBe(message);
    expect(everything()).toEqual([]);
  });

  test("refuses one account under two keys", async () => {
    const args = [
      "init",
      "--management-id",
      "111111111111",
      "--account",
      "a=111111111111",
      "--yes",
    ];
    const { code, stderr } = await project.run(args);
    expect(code).toBe(1);
    expect(stderr).toContain("The map would not be sound, see above. Nothing is written.");
    expect(everything()).toEqual([]);
  });
});

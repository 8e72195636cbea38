import { existsSync, readdirSync } from "node:fs";
import { relative } from "node:path";
import { CommandProject, answers } from "../../support/projects/command-project";
import { ROOT } from "../../support/project";

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
      dependencies: { trustwheel: `file:${relative(project.folder, ROOT)}` },
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
    expect(existsSync(".github/workflows/trustwheel-gate.yaml")).toBe(true);
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
        "Organization ID": "o-exampleorg1",
        "ID of the management": "111111111111",
        "First account": "identity=222222222222",
        Region: "eu-central-1",
        Write: true,
      }),
    );
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).toContain("permissionSet: { name: AdministratorAccess }");
    await isSound();
  });

  test.each(["accounts.yaml", "policies/read-logs.json"])(
    "writes nothing where %s is there already",
    async (file) => {
      project.write(file, "mine\n");
      const { code, stderr } = await project.run(["init", ...ANSWERS, "--yes"]);
      expect(code).toBe(2);
      expect(stderr).toContain(`already exists: ${file}; nothing written`);
      expect(everything()).toEqual([file]);
      expect(project.read(file)).toBe("mine\n");
    },
  );

  test("writes into another folder", async () => {
    const { stdout } = await project.run(["init", ...ANSWERS, "--output", "new", "--yes"]);
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
    expect(refused).toMatchObject({ code: 1, stderr: "nothing written\n" });
    expect(everything()).toEqual([]);
  });

  test.each<[string, readonly string[], string]>([
    [
      "no answers, and nobody to ask",
      ["--yes"],
      "a first map needs --management-id ID and --account KEY=ID, and there is no terminal to ask on",
    ],
    [
      "an account without its key",
      ["--management-id", "111111111111", "--account", "222222222222", "--yes"],
      "write it as KEY=ID, for example shop-prod=111111111111",
    ],
    [
      "no region",
      [...ANSWERS, "--region", "moon-1", "--yes"],
      'AWS has no region "moon-1" that is known here',
    ],
    [
      "a pipeline whose states are files",
      [...ANSWERS, "--github", "example-org/platform", "--yes"],
      "a pipeline keeps no files between runs, so it needs a state bucket: `--state-bucket NAME`",
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
    expect(stderr).toContain("The map would not be valid (see above). Nothing written.");
    expect(everything()).toEqual([]);
  });
});

describe("trustwheel init in a folder that has files", () => {
  const PACKAGE = `{
    "name": "cloud-access",
    "scripts": { "check": "tsc" },
    "devDependencies": {
        "trustwheel": "file:trustwheel-0.1.0.tgz"
    }
}
`;

  test("adds to package.json and .gitignore what they lack, and leaves the rest as it is", async () => {
    project.write("package.json", PACKAGE);
    project.write(".gitignore", "node_modules\nstate/");
    project.write("README.md", "mine\n");
    project.write("package-lock.json", "{}\n");
    const { code, stdout, stderr } = await project.run(["init", ...ANSWERS, "--yes"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const text = project.read("package.json");
    expect(JSON.parse(text)).toEqual({
      name: "cloud-access",
      scripts: { check: "tsc", synth: "trustwheel synth", prove: "trustwheel prove" },
      devDependencies: {
        trustwheel: "file:trustwheel-0.1.0.tgz",
        "cdktf-cli": expect.stringMatching(/^\d/) as string,
      },
    });
    expect(text).toContain('    "name": "cloud-access",\n');
    expect(text).toContain('        "trustwheel": "file:trustwheel-0.1.0.tgz",\n');
    expect(project.read(".gitignore")).toBe(
      "node_modules\nstate/\ncdktf.out/\n.terraform/\n*.tfstate*\n.trustwheel/\n*.html\n",
    );
    expect(project.read("README.md")).toBe("mine\n");
    expect(stdout).toContain("  package.json (adds what is missing)\n");
    expect(stdout).toContain("  README.md stays as it is\n");
    await isSound();
  });

  test("refuses a package.json that is none, and writes nothing", async () => {
    project.write("package.json", "[]\n");
    const { code, stderr } = await project.run(["init", ...ANSWERS, "--yes"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "package.json is not a JSON object; nothing written\n",
    });
    expect(everything()).toEqual(["package.json"]);
  });

  test("takes trustwheel from where it is told", async () => {
    const source = "git+ssh://git@example.com/platform/trustwheel.git";
    await project.run(["init", ...ANSWERS, "--package", source, "--yes"]);
    expect(JSON.parse(project.read("package.json"))).toMatchObject({
      dependencies: { trustwheel: source },
    });
  });
});

describe("the account that people and the pipeline start from", () => {
  const organization = (...names: readonly string[]): void => {
    const Accounts = ["Management", ...names].map((Name, index) => {
      const Id = String(index + 1).repeat(12);
      const Arn = `arn:aws:organizations::111111111111:account/o-exampleorg1/${Id}`;
      const State = Name.startsWith("Old") ? "SUSPENDED" : "ACTIVE";
      return { Id, Name, Arn, State, JoinedMethod: Name === "Management" ? "INVITED" : "CREATED" };
    });
    project.write("o.json", JSON.stringify({ Accounts }));
  };
  const init = (...more: readonly string[]): ReturnType<CommandProject["run"]> =>
    project.run(["init", "--organization-file", "o.json", "--region", "eu-central-1", ...more]);

  test("is the one whose name says so, which is printed, with what is left out", async () => {
    organization("Payments Test", "Identity Test", "Shared Services", "Old Shop");
    const { code, stdout } = await init("--yes", ...PIPELINE);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "people start from the hub `people` in shared-services (444444444444)\n",
    );
    expect(stdout).toContain(
      "the pipeline of example-org/platform starts from shared-services (444444444444)\n",
    );
    expect(stdout).toContain("left out:\n  Old Shop (555555555555): it is suspended\n");
    const map = project.read("accounts.yaml");
    expect(map).toMatch(/people:\n {4}account: shared-services\n/);
    expect(map).toMatch(/pipeline:\n {2}account: shared-services\n/);
  });

  test("is never an account of some team: it must be named where no name says so", async () => {
    organization("Payments Test", "Shop");
    expect(await init("--yes")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "no account's name says that people and pipelines start there\n  = help: name one with `--account KEY`: `payments-test`, `shop`\n",
    });
    expect((await init("--yes", "--account", "shop")).code).toBe(0);
    expect(project.read("accounts.yaml")).toMatch(/people:\n {4}account: shop\n/);
  });

  test("is refused where the organization has no such account", async () => {
    organization("Payments Test", "Shop");
    const { code, stderr } = await init("--yes", "--account", "shpo");
    expect(code).toBe(2);
    expect(stderr).toContain("the organization has no account `shpo`; did you mean `shop`?");
  });

  test("is asked for where somebody sits there", async () => {
    organization("Payments Test", "Shop");
    const { code } = await project.run(
      ["init", "--organization-file", "o.json", "--region", "eu-central-1"],
      answers({ "Account that people": "shop", Write: true }),
    );
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).toMatch(/people:\n {4}account: shop\n/);
  });

  test("a region that AWS does not have is refused, with what was meant", async () => {
    const args = [...ANSWERS.slice(0, -1), "eu-centrl-1", "--yes"];
    const { code, stderr } = await project.run(["init", ...args]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'AWS has no region "eu-centrl-1" that is known here; did you mean eu-central-1?\n',
    );
  });
});

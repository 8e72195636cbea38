import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GitProject } from "../../support/projects/git-project";

const MAP = `accounts:
  hall: { id: "111111111111" }
  yard: { id: "222222222222" }
identityProviders:
  workforce: { saml: { metadata: data/workforce.xml }, create: true }
hubs:
  wardens:
    account: hall
    principals: { staff: { saml: { provider: workforce } } }
spokes:
  gate:
    hubs: [wardens]
    accounts: { keys: [yard] }
    permissions: { documents: [queue] }
`;
const QUEUE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }],
});
const METADATA = `<EntityDescriptor entityID="workforce">${"<!-- -->".repeat(200)}</EntityDescriptor>\n`;
const IMPORTS = `import {\n  to = aws_iam_role.gate\n  id = "gate"\n}\n`;

const project = new GitProject();
const elsewhere = mkdtempSync(join(tmpdir(), "trustwheel-elsewhere-"));
let base = "";

beforeAll(() => {
  project.write("accounts.yaml", MAP);
  project.write("policies/queue.json", QUEUE);
  project.write("data/workforce.xml", METADATA);
  project.write(".terraform.lock.hcl", "# none\n");
  project.write("imports/222222222222.tf", IMPORTS);
  base = project.commit("the base");
});

beforeEach(() => {
  project.git("checkout", "--quiet", "--force", base);
  project.git("clean", "--quiet", "--force", "-d", "-x");
  rmSync(elsewhere, { recursive: true });
  mkdirSync(elsewhere);
});

afterAll(() => {
  project.remove();
  rmSync(elsewhere, { recursive: true });
});

/** Puts a file or a folder of the project elsewhere, and a link in its place. */
function linkOut(name: string): void {
  const target = join(elsewhere, name.replaceAll("/", "-"));
  renameSync(join(project.folder, name), target);
  symlinkSync(target, join(project.folder, name));
}

const COMMANDS = [
  ["check"],
  ["check", "--format", "json"],
  ["synth"],
  ["prove"],
  ["can", "gate@yard", "gate@yard"],
  ["review", "--base", "BASE"],
  ["affected", "--base", "BASE"],
] as const;
const DATA = [
  ["accounts.yaml", "accounts.yaml"],
  ["policies/queue.json", "policies/queue.json"],
  ["policies", "policies"],
  ["imports/222222222222.tf", "imports/222222222222.tf"],
  ["data/workforce.xml", "data/workforce.xml"],
  ["data", "data/workforce.xml"],
  [".terraform.lock.hcl", ".terraform.lock.hcl"],
] as const;
const CASES = COMMANDS.flatMap((args) => DATA.map((data) => ({ args, data })));

describe("a data file that a symbolic link leads out of the project", () => {
  test.each(CASES)("is refused by $args: $data", async ({ args, data: [moved, told] }) => {
    linkOut(moved);
    const typed = args.map((each) => (each === "BASE" ? base : each));
    const { code, stdout, stderr } = await project.run(...typed);
    expect(code).toBe(2);
    const text = `${stdout}${stderr}`;
    const reason = "it is a symbolic link out of the project folder; put the file itself there";
    if (typed.includes("json")) {
      expect(JSON.parse(stdout)).toMatchObject({
        diagnostics: expect.arrayContaining([
          expect.objectContaining({
            rule: "unreadable-file",
            file: told,
            message: `cannot be read: ${reason}`,
          }),
        ]) as unknown,
      });
    } else {
      expect(text).toContain(`${told}: cannot be read: ${reason} [unreadable-file]\n`);
    }
    expect(text).not.toContain("seen from the folder of this file");
    expect(existsSync(join(project.folder, "cdktf.out"))).toBe(false);
  });

  test.each(COMMANDS.map((args) => ({ args })))(
    "a link within the project is followed by $args",
    async ({ args }) => {
      renameSync(join(project.folder, "policies/queue.json"), join(project.folder, "queue.json"));
      symlinkSync("../queue.json", join(project.folder, "policies/queue.json"));
      const { stderr, stdout } = await project.run(
        ...args.map((each) => (each === "BASE" ? base : each)),
      );
      expect(`${stdout}${stderr}`).not.toContain("symbolic link");
    },
  );

  test("a map that is named outside of the project is no link of it", async () => {
    writeFileSync(join(elsewhere, "map.yaml"), MAP);
    const { code, stderr } = await project.run("check", "--map", join(elsewhere, "map.yaml"));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

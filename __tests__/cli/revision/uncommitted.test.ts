import { GitProject } from "../../support/projects/git-project";

const MAP = `accounts:
  hall: { id: "111111111111" }
  yard: { id: "222222222222" }
hubs:
  wardens:
    account: hall
    principals: { porter: { user: { name: porter, create: true } } }
spokes:
  gate:
    hubs: [wardens]
    accounts: { keys: [yard] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;
const QUEUE =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}}';
const NOTE = "note: the working tree has uncommitted changes; the review includes them\n";

const project = new GitProject();
let base = "";

beforeAll(() => {
  project.write("accounts.yaml", MAP);
  project.write("cdktf.json", '{ "app": "npx trustwheel synth" }\n');
  project.write("README.md", "# Access\n");
  base = project.commit("the base");
});

beforeEach(() => {
  project.git("checkout", "--quiet", "--force", base);
  project.git("clean", "--quiet", "--force", "-d", "-x");
});

afterAll(() => {
  project.remove();
});

async function notes(): Promise<string> {
  const { code, stderr } = await project.run("review", "--base", base);
  expect(code).not.toBe(2);
  return stderr;
}

describe("the note that the working tree has uncommitted changes", () => {
  test.each([
    ["review.md", "# Review\n"],
    ["review.html", "<!doctype html>\n"],
    ["reports/review.html", "<!doctype html>\n"],
    ["review.json", "{}\n"],
    ["review.sarif", "{}\n"],
    ["review.txt", "no change\n"],
  ])("is not for an untracked report: %s", async (name, text) => {
    project.write(name, text);
    expect(await notes()).toBe("");
  });

  test("is not for a tracked file that decides nothing", async () => {
    project.write("README.md", "# Access to accounts\n");
    expect(await notes()).toBe("");
  });

  test.each([
    ["a tracked map", "accounts.yaml", `${MAP}# more\n`],
    ["an untracked document", "policies/new.json", QUEUE],
    ["an untracked program", "synth.ts", "export {};\n"],
    ["an untracked setting", "package.json", "{}\n"],
    ["an untracked pipeline", ".github/workflows/plan.yaml", "on: push\n"],
  ])("is for %s", async (_, name, text) => {
    project.write(name, text);
    expect((await project.run("review", "--base", base)).stderr).toContain(NOTE);
  });

  test("is for a tracked report that was changed, too: it is in the commit", async () => {
    project.write("review.html", "<!doctype html>\n");
    const committed = project.commit("a report");
    project.write("review.html", "<!doctype html><p>\n");
    const { stderr } = await project.run("review", "--base", committed);
    project.git("checkout", "--quiet", "--force", base);
    expect(stderr).toBe(NOTE);
  });
});

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ClonedProject } from "../support/projects/cloned-project";
import { synthesizeMap } from "../support/project";

/** Vendors are told apart by the safeguards of the base: one blocks a stranger, one keeps a user out. */
const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111", unit: /Infrastructure }
  prod: { id: "222222222222", unit: /Workloads/Prod }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot:
        user: { name: bot, create: true }
spokes:
  deployer:
    hubs: [bots]
    accounts: { units: [/Workloads/**] }
    externalId: deploy-1
    permissions: { documents: [queue] }
assertions:
  - only: { to: spoke deployer, from: hub bots }
review:
  rules:
    strangers:
      on: [foreign-principal]
      block: true
`;

const STRANGER = `    principals:
      stranger:
        foreignAccount: { id: "666666666666", role: stranger, reason: a contract that nobody signed }
        externalId: stranger-1
        grant: declared
`;

/** The change that every branch here makes: somebody who is not known gets in. */
const OPEN = MAP.replace("    permissions: { documents", `${STRANGER}$&`);

const QUEUE = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });

const FILES = {
  "accounts.yaml": MAP,
  "policies/queue.json": QUEUE("sqs:SendMessage"),
  ".gitignore": "node_modules/\ncdktf.out/\n.trustwheel/\n",
  "README.md": "# Access\n",
};

const project = new ClonedProject(FILES);
const base = project.git(join(project.home, "origin"), "rev-parse", "main");

afterAll(() => {
  project.remove();
});

afterEach(() => {
  expect(project.leftovers()).toEqual([]);
});

/** Reviews a branch that lets the stranger in and does something else, too. */
function reviewOf(forge: (folder: string) => void): ReturnType<ClonedProject["review"]> {
  const clone = project.propose((folder) => {
    project.write(folder, { "accounts.yaml": OPEN });
    forge(folder);
  });
  return project.review(clone, "--base", "origin/main");
}

const rulesOf = ({ gate }: ReturnType<ClonedProject["review"]>): readonly string[] =>
  gate.rules.filter(({ outcome }) => outcome === "block").map(({ name }) => name);

/** What is blocked without any forging: by the rule of the base, and by its assertion. */
const HONEST = ["default: broken-assertion", "strangers"];

test("a branch that lets a stranger in is blocked by the base's rule and assertion", () => {
  const review = reviewOf(() => undefined);
  expect([review.code, review.gate.outcome]).toEqual([1, "block"]);
  expect(rulesOf(review)).toEqual(HONEST);
  expect(review.changes.filter(({ kind }) => kind === "safeguard")).toEqual([]);
});

/** Stacks as the branch would like the base to be: with the stranger in it already. */
function openStacks(folder: string, below: string): void {
  const { stacks } = synthesizeMap(OPEN, { queue: QUEUE("sqs:SendMessage") }).tree;
  for (const [name, text] of stacks) {
    project.write(folder, { [`${below}/stacks/${name}/cdk.tf.json`]: text });
  }
}

describe("a branch cannot bring", () => {
  test("its own base, where earlier versions kept theirs", () => {
    const short = base.slice(0, 12);
    const review = reviewOf((folder) => {
      const forged = `.trustwheel/base/${short}`;
      openStacks(folder, `${forged}/cdktf.out`);
      project.write(folder, {
        [`${forged}/accounts.yaml`]: OPEN.replace("block: true", "merge: true"),
        [`${forged}/policies/queue.json`]: FILES["policies/queue.json"],
        [`.trustwheel/base/${short}.done`]: "",
      });
    });
    expect(review.code).toBe(1);
    expect(rulesOf(review)).toEqual([
      "default: broken-assertion",
      "default: committed files in a folder that only tools write",
      "strangers",
    ]);
  });

  test.each([
    [".trustwheel/anything"],
    ["cdktf.out/stacks/prod/cdk.tf.json"],
    ["node_modules/.cache/trustwheel/x.js"],
    [".terraform/modules/modules.json"],
  ])("a file where only tools write, even beside no change at all: %s", (file) => {
    const clone = project.propose((folder) => {
      project.write(folder, { [file]: "{}" });
    });
    const { code, stdout } = project.run(clone, "review", "--base", "origin/main");
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      `\`${file}\`: committed in a folder that only tools write, so nothing there can be trusted; remove them with \`git rm -r --cached\``,
    );
    expect(stdout).toContain("gate: blocked");
  });

  test("what only keeps a folder of a tool in git, which is none", () => {
    const clone = project.propose((folder) => {
      project.write(folder, { "cdktf.out/.gitignore": "*\n" });
    });
    expect(project.review(clone, "--base", "origin/main").changes.map(({ what }) => what)).toEqual([
      "program",
    ]);
  });

  test("its own gate rules", () => {
    const review = reviewOf((folder) => {
      project.write(folder, { "accounts.yaml": OPEN.replace("block: true", "merge: true") });
    });
    expect(rulesOf(review)).toEqual(HONEST);
    expect(review.changes).toContainEqual(
      expect.objectContaining({ kind: "safeguard", what: "gate-rule", name: "strangers" }),
    );
  });

  test("its own assertions", () => {
    const review = reviewOf((folder) => {
      project.write(folder, {
        "accounts.yaml": OPEN.replace(/assertions:\n.*\n/, ""),
      });
    });
    expect(rulesOf(review)).toEqual(HONEST);
    expect(review.changes).toContainEqual(
      expect.objectContaining({ kind: "safeguard", what: "assertion", direction: "lost" }),
    );
  });

  test("its own acknowledgements unseen", () => {
    const review = reviewOf((folder) => {
      project.write(folder, {
        "accounts.yaml": `${OPEN}acknowledgements:\n  - { rule: TG-01, at: spokes.deployer, reason: so that nobody looks at it }\n`,
      });
    });
    expect(rulesOf(review)).toEqual(HONEST);
    expect(review.changes).toContainEqual(
      expect.objectContaining({ kind: "safeguard", what: "acknowledgement", direction: "gained" }),
    );
  });

  test("its own documents for the base", () => {
    const review = reviewOf((folder) => {
      project.write(folder, { "policies/queue.json": QUEUE("sqs:*") });
    });
    expect(rulesOf(review)).toEqual(HONEST);
    expect(review.changes).toContainEqual(
      expect.objectContaining({
        kind: "permissions",
        change: "widened",
        identity: "arn:aws:iam::222222222222:role/deployer",
      }),
    );
  });

  test("settings, attributes, submodules and environments that are read by what reviews it", () => {
    const review = reviewOf((folder) => {
      project.write(folder, {
        ".gitattributes": "* text=auto filter=forge ident\naccounts.yaml export-ignore -diff\n",
        ".gitmodules": '[submodule "x"]\n\tpath = policies\n\turl = ../origin\n',
        ".gitconfig": "[alias]\n\tls-tree = !exit 0\n[core]\n\tfsmonitor = ./forge.sh\n",
        ".env": "CDKTF_OUTDIR=forged\nNODE_OPTIONS=--require ./forge.js\n",
        ".npmrc": "node-options=--require ./forge.js\n",
        "forge.js": "require('node:fs').writeFileSync('forged', '')",
      });
    });
    expect(rulesOf(review)).toEqual(HONEST);
    expect(review.changes).toContainEqual({
      kind: "safeguard",
      what: "program",
      direction: "gained",
      name: ".env, .gitattributes, .gitconfig, 3 more",
      files: [".env", ".gitattributes", ".gitconfig", ".gitmodules", ".npmrc", "forge.js"],
    });
  });

  test("a tag that is called like the base", () => {
    const clone = project.propose((folder) => {
      project.write(folder, { "accounts.yaml": OPEN });
    });
    project.git(clone, "tag", "origin/main", "HEAD");
    expect(project.run(clone, "review", "--base", "origin/main")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "`origin/main` is ambiguous: refs/tags/origin/main, refs/remotes/origin/main\n" +
        "  = help: write the one you mean, for example `--base refs/remotes/origin/main`\n",
    });
    expect(project.review(clone, "--base", "refs/remotes/origin/main").gate.outcome).toBe("block");
  });

  test("a tag that is called like the remote, whose name stands for its default branch", () => {
    const clone = project.propose((folder) => {
      project.write(folder, { "accounts.yaml": OPEN });
    });
    project.git(clone, "remote", "set-head", "origin", "main");
    expect(project.review(clone, "--base", "origin").gate.outcome).toBe("block");
    project.git(clone, "tag", "origin", "HEAD");
    expect(project.run(clone, "review", "--base", "origin")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "`origin` is ambiguous: refs/tags/origin, refs/remotes/origin/HEAD\n" +
        "  = help: write the one you mean, for example `--base refs/remotes/origin/HEAD`\n",
    });
  });

  test("another object for a commit of the base", () => {
    const clone = project.propose((folder) => {
      project.write(folder, { "accounts.yaml": OPEN });
    });
    project.git(clone, "replace", base, "HEAD");
    expect(rulesOf(project.review(clone, "--base", "origin/main"))).toEqual(HONEST);
  });
});

describe("data that leads out of the repository", () => {
  const secret = join(project.home, "secret.json");

  beforeAll(() => {
    writeFileSync(secret, QUEUE("sqs:SendMessage"));
  });

  test.each([
    ["a document", "policies/queue.json", ""],
    ["the map", "accounts.yaml", ""],
    ["a document by a path from the link", "policies/queue.json", "../../"],
  ])("%s is refused, with what to do", (_, name, up) => {
    const outside = join(project.home, `outside-${name.replace("/", "-")}`);
    writeFileSync(outside, project.read(join(project.home, "origin"), name));
    const clone = project.propose((folder) => {
      rmSync(join(folder, name));
      symlinkSync(up === "" ? outside : `${up}${basename(outside)}`, join(folder, name));
    });
    const reason =
      "cannot be read: it is a symbolic link out of the project folder; put the file itself there [unreadable-file]\n";
    expect(project.run(clone, "review", "--base", "origin/main")).toEqual({
      code: 2,
      stdout: "",
      stderr: `${name}: ${reason}`,
    });
    const head = project.git(clone, "rev-parse", "HEAD");
    project.git(clone, "checkout", "--quiet", "origin/main");
    const judged = project.run(clone, "review", "--base", "origin/main", "--head", head);
    expect(judged).toEqual({
      code: 2,
      stdout: "",
      stderr: `${name}: cannot be read: it is a symbolic link out of the repository; commit the file itself [unreadable-file]\n`,
    });
  });

  test("a folder of documents is refused", () => {
    const outside = join(project.home, "documents");
    mkdirSync(outside);
    writeFileSync(join(outside, "queue.json"), QUEUE("sqs:SendMessage"));
    const clone = project.propose((folder) => {
      rmSync(join(folder, "policies"), { recursive: true });
      symlinkSync(outside, join(folder, "policies"));
    });
    const { code, stderr } = project.run(clone, "review", "--base", "origin/main");
    expect(code).toBe(2);
    expect(stderr).toContain(
      "policies: cannot be read: it is a symbolic link out of the project folder; put the file itself there",
    );
  });

  test("a link inside of the repository is followed", () => {
    const clone = project.propose((folder) => {
      rmSync(join(folder, "policies/queue.json"));
      project.write(folder, { "shared/queue.json": QUEUE("sqs:*") });
      symlinkSync("../shared/queue.json", join(folder, "policies/queue.json"));
    });
    const head = project.git(clone, "rev-parse", "HEAD");
    const widened: unknown = expect.objectContaining({ kind: "permissions", change: "widened" });
    expect(project.review(clone, "--base", "origin/main").changes).toContainEqual(widened);
    const judged = project.review(clone, "--base", "origin/main", "--head", head);
    expect(judged.changes.map(({ kind }) => kind)).toContain("safeguard");
  });
});

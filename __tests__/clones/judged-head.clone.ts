import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClonedProject } from "../support/projects/cloned-project";
import { ROOT, synthesizeMap } from "../support/project";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  prod: { id: "222222222222" }
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
    accounts: { keys: [prod] }
    externalId: deploy-1
    permissions: { documents: [queue] }
`;

const queue = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });

const FILES = {
  "accounts.yaml": MAP,
  "policies/queue.json": queue("sqs:SendMessage"),
  "metadata.xml": `<!-- ${"read by nobody yet ".repeat(60)} -->`,
  ".gitignore": "node_modules/\ncdktf.out/\n",
};

/** Says where it runs, and that it is the base's, in a file beside the clones. */
const APP = `const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
fs.appendFileSync(process.env.TMPDIR + "/../ran.txt", "base " + [...fs.readdirSync("."), ...fs.readdirSync("policies")].sort().join(" ") + "\\n");
execFileSync(process.execPath, [${JSON.stringify(join(ROOT, "cli", "trustwheel.js"))}, "synth"], { stdio: "inherit" });
`;

const EVIL = `require("node:fs").writeFileSync(process.env.TMPDIR + "/../evil.txt", "");`;

describe.each([
  ["trustwheel itself", {}],
  ["a program of the user's", { "cdktf.json": '{"app":"node app.js"}', "app.js": APP }],
])("a head that is judged by %s", (name, own) => {
  const project = new ClonedProject({ ...FILES, ...own });
  const isOwn = name === "trustwheel itself";

  afterAll(() => {
    project.remove();
  });

  afterEach(() => {
    expect(project.leftovers()).toEqual([]);
    expect(existsSync(join(project.home, "evil.txt"))).toBe(false);
    expect(project.git(judge, "status", "--porcelain")).toBe("");
  });

  /** Where the judge runs: a checkout of the base. */
  const judge = project.clone("main");

  /** Makes a branch that the judge can see, and tells its commit. */
  function propose(change: (folder: string) => void): string {
    const clone = project.propose(change);
    project.git(judge, "fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
    return project.git(clone, "rev-parse", "HEAD");
  }

  function reviewOf(head: string, ...args: readonly string[]): ReturnType<ClonedProject["review"]> {
    return project.review(judge, "--base", "origin/main", "--head", head, ...args);
  }

  test("changes nothing where it is the base", () => {
    const { code, hasChanges, gate } = reviewOf("origin/main");
    expect([code, hasChanges, gate.outcome]).toEqual([0, false, "merge"]);
  });

  test("and changes data alone is synthesized by the base's program", () => {
    rmSync(join(project.home, "ran.txt"), { force: true });
    const head = propose((folder) => {
      project.write(folder, {
        "accounts.yaml": MAP.replace("documents: [queue]", "documents: [topic]"),
        "policies/topic.json": queue("sns:Publish"),
      });
      rmSync(join(folder, "policies/queue.json"));
    });
    const { code, changes, gate } = reviewOf(head);
    expect([code, gate.outcome]).toEqual([1, "approval"]);
    expect(changes).toEqual([
      expect.objectContaining({
        kind: "permissions",
        change: "changed",
        identity: "arn:aws:iam::222222222222:role/deployer",
      }),
    ]);
    if (isOwn) return;
    const files = (document: string): string =>
      `base .gitignore accounts.yaml app.js cdktf.json metadata.xml node_modules policies ${document}.json\n`;
    expect(project.read(project.home, "ran.txt")).toBe(files("queue") + files("topic"));
  });

  test("may name new metadata, which is data", () => {
    const head = propose((folder) => {
      project.write(folder, {
        "accounts.yaml": MAP.replace(
          "hubs:",
          `identityProviders:
  sso: { saml: { name: sso, metadata: saml/sso.xml }, create: true }
hubs:`,
        ).replace("      bot:\n", "      people:\n        saml: { provider: sso }\n      bot:\n"),
        "saml/sso.xml": `<EntityDescriptor>${"x".repeat(1200)}</EntityDescriptor>`,
      });
    });
    const { changes } = reviewOf(head);
    expect(changes.filter(({ kind }) => kind === "safeguard" || kind === "unknown")).toEqual([]);
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: "existence",
        what: "provider",
        arn: "arn:aws:iam::111111111111:saml-provider/sso",
      }),
    );
  });

  test("cannot name a file of the program as its data", () => {
    const head = propose((folder) => {
      project.write(folder, {
        "accounts.yaml": MAP.replace(
          "hubs:",
          `identityProviders:
  sso: { saml: { name: sso, metadata: metadata.xml }, create: true }
hubs:`,
        ),
        "metadata.xml": "changed".repeat(200),
      });
    });
    expect(reviewOf(head).changes).toContainEqual(
      expect.objectContaining({ what: "program", files: ["metadata.xml"] }),
    );
  });

  const RUNNING = {
    "its own program": { "cdktf.json": '{"app":"node evil.js"}', "evil.js": EVIL },
    "a script beside the documents": { "policies/index.js": EVIL },
    "a program in the place of the base's": {
      "app.js": EVIL,
      "cdktf.json": '{"app":"node app.js" }',
    },
    "filters and hooks": {
      ".gitattributes": "* filter=evil diff=evil merge=evil\n",
      ".githooks/post-checkout": "#!/bin/sh\nnode evil.js\n",
      "evil.js": EVIL,
    },
    "packages and their settings": {
      ".npmrc": "node-options=--require ./evil.js\n",
      "evil.js": EVIL,
      "node_modules/more/index.js": EVIL,
      "package-lock.json": "{}",
      "package.json": "{}",
    },
  };

  test.each(Object.entries(RUNNING).slice(0, isOwn ? 2 : undefined))(
    "and brings %s runs nothing of it, and is not known",
    (_, files) => {
      project.git(judge, "config", "filter.evil.clean", "node evil.js");
      project.git(judge, "config", "filter.evil.smudge", "node evil.js");
      const head = propose((folder) => {
        project.write(folder, { ...files, "accounts.yaml": MAP.replace("deploy-1", "deploy-2") });
      });
      const { code, changes, gate } = reviewOf(head);
      expect([code, gate.outcome]).toEqual([1, "block"]);
      expect(changes).toEqual([
        expect.objectContaining({ what: "program", files: Object.keys(files).sort() }),
        {
          kind: "unknown",
          subject: `the Terraform of ${head}`,
          reason:
            "the change touches the program that synthesizes it, which is not run here; run it in a job without credentials, and pass its output with `--head-dir`",
        },
      ]);
    },
  );

  test("whose names are no text is of the program", () => {
    const head = propose((folder) => {
      mkdirSync(join(folder, "policies"), { recursive: true });
      const file = Buffer.concat([
        Buffer.from(`${folder}/policies/a`),
        Buffer.from([0xff]),
        Buffer.from(".json"),
      ]);
      writeFileSync(file, queue("sqs:*"));
      project.write(folder, { "policies/a\nb.json": queue("sqs:*") });
    });
    expect(reviewOf(head).changes.map(({ kind, files }) => files ?? kind)).toEqual([
      ["policies/a\nb.json", "\ufffdpolicies/a\u00ff.json"],
      "unknown",
    ]);
  });

  describe("and whose program was run by somebody else", () => {
    const artifact = join(project.home, "artifact");
    const head = propose((folder) => {
      project.write(folder, {
        "evil.js": EVIL,
        "accounts.yaml": `${MAP}review: { rules: { all: { on: [widened], merge: true } } }\n`,
      });
    });

    beforeEach(() => {
      const open = MAP.replace("    externalId: deploy-1\n", "");
      const documents = { queue: queue("sqs:*") };
      for (const [stack, text] of synthesizeMap(open, documents).tree.stacks) {
        project.write(artifact, { [`stacks/${stack}/cdk.tf.json`]: text });
      }
    });

    afterEach(() => {
      rmSync(artifact, { recursive: true });
    });

    test("is compared by what that wrote, under the base's rules", () => {
      const { gate, changes } = reviewOf(head, "--head-dir", artifact);
      expect(gate.outcome).toBe("approval");
      expect(changes.map(({ kind, what }) => what ?? kind)).toEqual(
        expect.arrayContaining(["trust", "permissions", "program", "gate-rule"]),
      );
      expect(changes.filter(({ kind }) => kind === "unknown")).toEqual([]);
    });

    test("is refused where a link could lead elsewhere", () => {
      const elsewhere = join(project.home, "elsewhere");
      mkdirSync(elsewhere, { recursive: true });
      writeFileSync(join(elsewhere, "cdk.tf.json"), "{}");
      symlinkSync(elsewhere, join(artifact, "stacks/more"));
      const args = ["--base", "origin/main", "--head", head, "--head-dir", artifact];
      const { code, stdout, stderr } = project.run(judge, "review", ...args);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(
        `${artifact}/stacks/more: cannot be read: it is a symbolic link: its target can be another file by the time it is applied`,
      );
    });

    test("is refused where there is no such folder", () => {
      const args = ["--base", "origin/main", "--head", head, "--head-dir", "nowhere"];
      const { code, stderr } = project.run(judge, "review", ...args);
      expect(code).toBe(2);
      expect(stderr).toContain("nowhere: cannot be read: there is no such file");
    });
  });

  test("and changes data alone is not compared by what somebody says of it", () => {
    const head = propose((folder) => {
      project.write(folder, { "policies/queue.json": queue("sqs:*") });
    });
    const args = ["--base", "origin/main", "--head", head, "--head-dir", "nowhere"];
    const { code, stdout, stderr } = project.run(judge, "review", ...args);
    expect(code).toBe(1);
    expect(stdout).toContain("widens access");
    expect(stderr).toBe(
      "note: nowhere is not read: the change does not touch the program, so the base's program synthesizes it\n",
    );
  });

  test("and does not stand up to the checks ends with what they find", () => {
    const head = propose((folder) => {
      project.write(folder, { "accounts.yaml": MAP.replace("deploy-1", "x") });
    });
    const { code, stdout, stderr } = project.run(judge, "review", "--base", "main", "--head", head);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("accounts.yaml:16:");
  });

  test("and brings more than import blocks to import is refused", () => {
    const head = propose((folder) => {
      project.write(folder, {
        "imports/222222222222.tf": 'resource "aws_iam_role" "open" {}\n',
      });
    });
    const { code, stdout, stderr } = project.run(judge, "review", "--base", "main", "--head", head);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("imports/222222222222.tf: has more than import blocks");
  });

  test("and imports something says so, which no comparison shows", () => {
    const head = propose((folder) => {
      project.write(folder, {
        "imports/222222222222.tf": 'import {\n  to = aws_iam_role.deployer\n  id = "admin"\n}\n',
      });
    });
    const { gate, changes } = reviewOf(head);
    expect(changes).toEqual([
      {
        kind: "safeguard",
        what: "data",
        direction: "gained",
        name: "imports/222222222222.tf",
        files: ["imports/222222222222.tf"],
      },
    ]);
    expect(gate.outcome).toBe("approval");
  });

  test("and changes what only people read changes nothing", () => {
    const head = propose((folder) => {
      project.write(folder, { "README.md": "# Hello\n", "docs/picture.png": "x" });
    });
    expect(reviewOf(head)).toMatchObject({ code: 0, hasChanges: false });
  });

  test("lists the stacks that it affects, or that they are not known", () => {
    const data = propose((folder) => {
      project.write(folder, { "policies/queue.json": queue("sqs:*") });
    });
    const args = ["affected", "--base", "origin/main", "--head"];
    expect(project.run(judge, ...args, data)).toEqual({
      code: 0,
      stdout: "wave 1: 1 stack\n  prod (222222222222) changed\n",
      stderr: "",
    });
    const program = propose((folder) => {
      project.write(folder, { "evil.js": EVIL });
    });
    const unknown = project.run(judge, ...args, program);
    expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
    expect(unknown.stderr).toContain(`the Terraform of ${program}: cannot be read: `);
  });

  test.each([
    [["--head", "main"], "no base to compare with\n"],
    [["--base", "main", "--head", "nothing"], "there is no revision `nothing` in this clone\n"],
    [["--base", "main", "--head", "--help"], "there is no revision `--help` in this clone\n"],
  ])("needs revisions that are there: %j", (args, problem) => {
    const { code, stdout, stderr } = project.run(judge, "review", ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(problem);
  });
});

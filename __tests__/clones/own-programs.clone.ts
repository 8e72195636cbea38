import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClonedProject } from "../support/projects/cloned-project";
import { ROOT } from "../support/project";

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
    permissions: { managed: [ReadOnlyAccess] }
`;

/** A program that synthesizes as trustwheel does, then does something of its own with the folder \`out\`. */
const program = (more = ""): string => `const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const out = process.env.CDKTF_OUTDIR || "cdktf.out";
execFileSync(process.execPath, [${JSON.stringify(join(ROOT, "cli", "trustwheel.js"))}, "synth"], { stdio: "inherit" });
${more}
`;

/** Adds a role that everybody may assume to the stacks below a folder. */
const OPEN_ROLE = `const openRole = (folder) => {
  const file = path.join(folder, "stacks/prod/cdk.tf.json");
  const stack = JSON.parse(fs.readFileSync(file, "utf8"));
  stack.resource.aws_iam_role.open = {
    name: "open",
    assume_role_policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    }),
  };
  fs.writeFileSync(file, JSON.stringify(stack));
};
`;

const project = new ClonedProject({
  "accounts.yaml": MAP,
  "cdktf.json": '{"language":"typescript","app":"node app.js"}',
  "app.js": program(),
  ".gitignore": "node_modules/\ncdktf.out/\n",
});

afterAll(() => {
  project.remove();
});

afterEach(() => {
  expect(project.leftovers()).toEqual([]);
});

type Review = ReturnType<ClonedProject["review"]>;

const openRole = {
  kind: "existence",
  what: "role",
  direction: "gained",
  arn: "arn:aws:iam::222222222222:role/open",
};

const programChange = (...files: readonly string[]): object => ({
  kind: "safeguard",
  what: "program",
  direction: "edited",
  name: files.join(", "),
  files,
});

/** What a review says of the role, and of the program. */
function expectOpenRole(review: Review): void {
  expect([review.code, review.gate.outcome]).toEqual([1, "approval"]);
  expect(review.changes).toContainEqual(openRole);
  expect(review.changes).toContainEqual(programChange("app.js"));
  expect(review.gate.rules.map(({ name }) => name)).toEqual([
    "default: foreign-principal",
    "default: safeguard-changed",
    "default: widened",
  ]);
}

describe("each side is made by its own program", () => {
  const proposal = project.propose((folder) => {
    project.write(folder, { "app.js": program(`${OPEN_ROLE}openRole(out);`) });
  });

  test("the head's, of which the map says nothing", () => {
    expectOpenRole(project.review(proposal, "--base", "origin/main"));
    expect(existsSync(join(proposal, "cdktf.out"))).toBe(false);
  });

  test("and what it wrote to a folder before says the same", () => {
    const written = join(project.home, "written");
    mkdirSync(written);
    project.git(proposal, "status");
    const { code } = project.run(proposal, "synth", "--output", written);
    expect(code).toBe(0);
    const review = project.review(proposal, "--base", "origin/main", "--head-dir", written);
    expect(review.changes).toEqual([programChange("app.js")]);
  });

  test("the base's, where the head has none any more", () => {
    const back = project.propose((folder) => {
      project.write(folder, { "app.js": program() });
    }, "change-1");
    const review = project.review(back, "--base", "origin/change-1");
    expect(review.changes).toContainEqual({ ...openRole, direction: "lost" });
  });

  test("also for affected stacks", () => {
    expect(project.run(proposal, "affected", "--base", "origin/main")).toEqual({
      code: 0,
      stdout: "wave 1: 1 stack\n  prod (222222222222) changed\n",
      stderr: "",
    });
  });

  test("and a program that does nothing is no tree without stacks", () => {
    const idle = project.propose((folder) => {
      project.write(folder, { "app.js": "" });
    });
    expect(project.run(idle, "review", "--base", "origin/main")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "the working tree does not synthesize with its own program:\n" +
        "  `node app.js` wrote nothing to the folder that the variable CDKTF_OUTDIR names\n",
    });
  });

  test("nor is one that fails, whose words are shown", () => {
    const broken = project.propose((folder) => {
      project.write(folder, { "app.js": 'console.error("no such thing"); process.exit(7);' });
    });
    expect(project.run(broken, "review", "--base", "origin/main")).toEqual({
      code: 1,
      stdout: "",
      stderr: "the working tree does not synthesize with its own program:\n  no such thing\n",
    });
  });

  test.each([
    ["no JSON", "{", "cdktf.json cannot be read: "],
    ["no command", '{"app": 1}', "cdktf.json: `app` must be a command, got 1"],
  ])("settings that are %s are an error", (_, settings, problem) => {
    const clone = project.propose((folder) => {
      project.write(folder, { "cdktf.json": settings });
    });
    const { code, stdout, stderr } = project.run(clone, "review", "--base", "origin/main");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(problem);
    expect(stderr).toContain('it is JSON like `{ "app": "npx trustwheel synth" }`');
  });
});

describe("the head's program, while it runs", () => {
  /** What a program does to look as if its role had been there before. */
  const FORGERIES = {
    "the folders for temporary files": `for (const name of fs.readdirSync(process.env.TMPDIR)) {
  for (const part of ["output", "files/cdktf.out"]) {
    try { openRole(path.join(process.env.TMPDIR, name, part)); } catch {}
  }
}`,
    "the references": `execFileSync("git", ["update-ref", "refs/remotes/origin/main", "HEAD"]);`,
    "the objects": `fs.rmSync(".git/objects", { recursive: true, force: true });`,
    "its own program": `execFileSync("git", ["checkout", "--quiet", "origin/main", "--", "app.js"]);`,
    "the settings of git": `fs.appendFileSync(".git/config", "[core]\\n\\tfsmonitor = touch forged\\n\\thooksPath = .\\n[alias]\\n\\tls-tree = !true\\n");`,
    "the map": `fs.appendFileSync("accounts.yaml", "review: { rules: { all: { on: [widened], merge: true } } }\\n");`,
    "the caches of packages": `fs.mkdirSync("node_modules/.cache/trustwheel", { recursive: true });
fs.writeFileSync("node_modules/.cache/trustwheel/forged.js", "");`,
    "the folder that earlier versions kept bases in": `fs.mkdirSync(".trustwheel/base", { recursive: true });`,
  };

  test.each(Object.entries(FORGERIES))("cannot change what it is compared with: %s", (_, forge) => {
    const clone = project.propose((folder) => {
      project.write(folder, { "app.js": program(`${OPEN_ROLE}${forge}\nopenRole(out);`) });
    });
    expectOpenRole(project.review(clone, "--base", "origin/main"));
    expect(existsSync(join(clone, "forged"))).toBe(false);
  });

  test("finds no code of ours that is still to be loaded", () => {
    const trace = join(project.home, "loaded.js");
    const log = join(project.home, "loaded.txt");
    writeFileSync(
      trace,
      `const Module = require("node:module");
const fs = require("node:fs");
const load = Module.prototype.load;
if (process.argv.includes("review")) {
  Module.prototype.load = function (file) {
    if (fs.existsSync(${JSON.stringify(join(project.home, "ran"))})) fs.appendFileSync(${JSON.stringify(log)}, file + "\\n");
    return load.call(this, file);
  };
}`,
    );
    const clone = project.propose((folder) => {
      const mark = `fs.writeFileSync(${JSON.stringify(join(project.home, "ran"))}, "");`;
      project.write(folder, { "app.js": program(mark) });
    });
    const options = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = `--require ${trace}`;
    try {
      for (const format of ["text", "sarif"]) {
        rmSync(join(project.home, "ran"), { force: true });
        const args = ["--format", format, "--report", join(project.home, "report.html")];
        const { code } = project.run(clone, "review", "--base", "origin/main", ...args);
        expect(code).toBe(1);
      }
    } finally {
      if (options === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = options;
    }
    expect(existsSync(join(project.home, "report.html"))).toBe(true);
    const loaded = existsSync(log) ? project.read(project.home, "loaded.txt") : "";
    expect(loaded.split("\n").filter((each) => each !== "")).toEqual([]);
  });
});

describe("the base's program", () => {
  test("runs before the head's, on packages without their caches, in no repository", () => {
    const seen = join(project.home, "seen.txt");
    const base = project.propose((folder) => {
      project.write(folder, {
        "app.js": program(`fs.appendFileSync(${JSON.stringify(seen)}, JSON.stringify({
  inClone: process.cwd().includes("clone-"),
  git: fs.existsSync(".git"),
  cache: fs.existsSync("node_modules/.cache"),
  packages: fs.readdirSync("node_modules"),
}) + "\\n");`),
      });
    });
    mkdirSync(join(base, "node_modules/.cache"));
    writeFileSync(join(base, "node_modules/.cache/forged.js"), "");
    const { changes } = project.review(base, "--base", "HEAD");
    expect(changes).toEqual([]);
    const [first, second] = project
      .read(project.home, "seen.txt")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(first).toEqual({ inClone: false, git: false, cache: false, packages: ["trustwheel"] });
    expect(second).toMatchObject({ inClone: true, git: true, cache: true });
  });

  test("gets the files as git has them: no filter, attribute or hook takes part, and links stay", () => {
    const clone = project.propose((folder) => {
      project.write(folder, {
        ".gitattributes": "kept.txt filter=forge\nleft.txt export-ignore\n",
        ".githooks/post-checkout": "#!/bin/sh\ntouch forged\n",
        "kept.txt": "kept\n",
        "left.txt": "left\n",
        "odd name\u00e9 '$x'.txt": "odd\n",
        "app.js": program(`const text = (name) => fs.readFileSync(name, "utf8");
fs.writeFileSync(path.join(process.env.TMPDIR, "..", "files.txt"), [text("kept.txt"), text("left.txt"), text("odd name\u00e9 '$x'.txt"), fs.readlinkSync("link"), (fs.statSync("run.sh").mode & 0o111) !== 0].join("|"));`),
      });
      symlinkSync("kept.txt", join(folder, "link"));
      writeFileSync(join(folder, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/latin-`), Buffer.from([0xe9])]), "x");
    });
    project.git(clone, "config", "filter.forge.smudge", "sh -c 'touch forged; echo forged'");
    project.git(clone, "config", "core.hooksPath", ".githooks");
    expect(project.review(clone, "--base", "HEAD").changes).toEqual([]);
    expect(project.read(project.home, "files.txt")).toBe("kept\n|left\n|odd\n|kept.txt|true");
    expect(readdirSync(clone)).not.toContain("forged");
  });

  test("is not run for a head that does not stand up to the checks", () => {
    const clone = project.propose((folder) => {
      project.write(folder, { "accounts.yaml": MAP.replace("deploy-1", "x") });
    });
    const { code, stdout } = project.run(clone, "review", "--base", "origin/main");
    expect([code, stdout]).toEqual([1, ""]);
  });

  test("leaves nothing behind when the review is stopped", async () => {
    const base = project.propose((folder) => {
      project.write(folder, { "app.js": program("setTimeout(() => {}, 60_000);") });
    });
    const started = project.start(base, "review", "--base", "HEAD");
    const end = new Promise<NodeJS.Signals | null>((resolve) => {
      started.on("exit", (_, signal) => {
        resolve(signal);
      });
    });
    const isRunning = (): boolean =>
      project
        .leftovers()
        .some((name) => existsSync(join(project.temporary, name, "output/stacks/prod")));
    for (let wait = 0; !isRunning() && wait < 600; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(isRunning()).toBe(true);
    started.kill("SIGINT");
    expect(await end).toBe("SIGINT");
    expect(project.leftovers()).toEqual([]);
  });
});

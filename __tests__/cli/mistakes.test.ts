import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandProject } from "../support/projects/command-project";

const MAP = `organizations:
  ours: { id: o-exampleorg1 }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  robots:
    account: tools
    principals: { bot: { user: { name: bot, create: true } } }
spokes:
  reader:
    hubs: [robots]
    accounts: { keys: [shop] }
    access: read-only
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;

/** Every command that reads the map, with arguments that are right. */
const READERS: readonly (readonly string[])[] = [
  ["check"],
  ["synth"],
  ["prove"],
  ["can", "bot@tools", "assume", "robots@tools"],
  ["who-can", "assume", "reader@shop"],
  ["reach", "bot@tools"],
  ["explain", "reader@shop"],
  ["sync", "organization.json"],
  ["ci", "github"],
  ["bootstrap", "--caller", "arn:aws:iam::111111111111:role/admin"],
  ["doctor"],
  ["onboard", "--key", "mail", "--id", "333333333333", "--dry-run"],
  ["offboard", "shop", "--dry-run"],
  ["rename", "account", "shop", "store", "--dry-run"],
  ["adopt", "details.json"],
];

let project: CommandProject;
beforeEach(() => {
  project = new CommandProject();
});
afterEach(() => {
  project.remove();
});

async function failing(args: readonly string[]): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await project.run(args);
  expect(stdout).toBe("");
  return { code, said: stderr };
}

describe("every command that reads the map", () => {
  test.each(READERS)("says the same where there is none: %s %s", async (...args) => {
    expect(await failing(args)).toEqual({
      code: 2,
      said:
        "accounts.yaml: cannot be read: there is no such file [unreadable-file]\n" +
        " = help: run `npx trustwheel init` to start one, or name the map with `--map FILE`\n",
    });
  });

  test.each(READERS)("takes another map, by an absolute path as well: %s %s", async (...args) => {
    const { said } = await failing([...args, "--map", join(project.folder, "other.yaml")]);
    expect(said).toContain(`${project.folder}/other.yaml: cannot be read: there is no such file`);
  });

  test.each(READERS)("says that a map is UTF-16: %s %s", async (...args) => {
    writeFileSync("accounts.yaml", Buffer.from(`\uFEFF${MAP}`, "utf16le"));
    const { code, said } = await failing(args);
    expect(code).toBe(2);
    expect(said).toContain("it is not UTF-8 text, but UTF-16; save it as UTF-8");
  });

  test.each(READERS)("says that a map is a link to nothing: %s %s", async (...args) => {
    symlinkSync("../gone.yaml", "accounts.yaml");
    const { code, said } = await failing(args);
    expect(code).toBe(2);
    expect(said).toContain("cannot be read: it is a link to ../gone.yaml, which does not exist");
  });
});

const NO_ACCOUNT = "the map has no account `shpo`\n  = help: did you mean `shop`?\n";

describe("a mistyped name on the command line is wrong usage, with what was meant", () => {
  test.each<readonly [readonly string[], string]>([
    [["offboard", "shpo", "--yes"], NO_ACCOUNT],
    [["rename", "account", "shpo", "store", "--yes"], NO_ACCOUNT],
    [["doctor", "--account", "shpo"], NO_ACCOUNT],
    [["bootstrap", "--account", "shpo"], NO_ACCOUNT],
    [["can", "bot@tools", "reader@shpo"], NO_ACCOUNT],
    [["who-can", "reader@shpo"], NO_ACCOUNT],
    [["reach", "reader@shpo"], NO_ACCOUNT],
    [["explain", "reader@shpo"], NO_ACCOUNT],
    [
      ["rename", "hub", "robotss", "bots", "--yes"],
      "the map has no hub `robotss`\n  = help: did you mean `robots`?\n",
    ],
    [
      ["rename", "spoke", "raeder", "bots", "--yes"],
      "the map has no spoke `raeder`\n  = help: did you mean `reader`?\n",
    ],
    [
      ["rename", "chain", "nightly", "bots", "--yes"],
      "the map has no chain `nightly`\n  = help: it has none\n",
    ],
    [
      ["sync", "organization.json", "--organization", "our"],
      "the map has no organization `our`\n  = help: did you mean `ours`?\n",
    ],
    [
      ["who-can", "raeder@shop"],
      "there is no role `raeder@shop`\n  = help: did you mean `reader@shop`?\n",
    ],
    [["who-can", "reader"], "there is no role `reader`\n  = help: did you mean `reader@shop`?\n"],
    [["explain", "readr"], "there is no role `readr`\n  = help: did you mean `reader@shop`?\n"],
    [
      ["reach", "arn:aws:iam::222222222222:rle/reader"],
      "there is no role `arn:aws:iam::222222222222:rle/reader`\n  = help: did you mean `arn:aws:iam::222222222222:role/reader`?\n",
    ],
    [["chek"], "error: unknown command 'chek'\n(Did you mean check?)\n"],
    [["check", "--formt", "json"], "error: unknown option '--formt'\n(Did you mean --format?)\n"],
    [["can", "bot@tools"], "error: missing required argument 'role'\n"],
    [["can", "bot@tools", "assume"], "error: missing required argument 'role'\n"],
    [["can", "bot@tools", "assumes", "reader@shop"], "error: expected 'assume', got 'assumes'\n"],
    [
      ["who-can", "assume", "reader@shop", "robots@tools"],
      "error: one role is asked about, got 2\n",
    ],
  ])("%j", async (args, said) => {
    project.write("accounts.yaml", MAP);
    const outcome = await failing(args);
    expect(outcome.code).toBe(2);
    expect(outcome.said.replace("(add --help for the usage)\n", "")).toBe(said);
    expect(project.read("accounts.yaml")).toBe(MAP);
  });
});

describe("the options that every command has", () => {
  test("the word assume can be left out", async () => {
    project.write("accounts.yaml", MAP);
    const spoken = await project.run(["can", "bot@tools", "assume", "robots@tools"]);
    expect(spoken).toMatchObject({ code: 0, stderr: "" });
    expect(await project.run(["can", "bot@tools", "robots@tools"])).toEqual(spoken);
    expect(await project.run(["who-can", "reader@shop"])).toEqual(
      await project.run(["who-can", "assume", "reader@shop"]),
    );
  });

  test("-C works in a folder, before the command and after it", async () => {
    project.write("access/accounts.yaml", MAP);
    for (const args of [
      ["-C", "access", "check"],
      ["check", "-C", "access"],
    ]) {
      expect(await project.run(args)).toEqual({
        code: 0,
        stdout: "0 errors, 0 warnings, 0 accepted\n",
        stderr: "",
      });
      process.chdir(project.folder);
    }
    expect(await failing(["-C", "acess", "check"])).toEqual({
      code: 2,
      said: "error: '-C acess': there is no such file\n(add --help for the usage)\n",
    });
    expect((await failing(["-C", "access/accounts.yaml", "check"])).said).toContain(
      "it is not a folder",
    );
  });

  test("--map names another map for edits, too, and what is to be committed is that", async () => {
    project.write("maps/all.yaml", MAP);
    const args = ["--map", "maps/all.yaml", "offboard", "shop", "--yes"];
    const { code, stdout } = await project.run(args);
    expect(code).toBe(0);
    expect(stdout).toContain("git add maps/all.yaml && git commit");
    expect(project.read("maps/all.yaml")).toContain("state: leaving");
  });

  test("--json is --format json, and nothing where there is no such format", async () => {
    project.write("accounts.yaml", MAP);
    expect(await project.run(["check", "--json"])).toEqual(
      await project.run(["check", "--format", "json"]),
    );
    expect((await failing(["synth", "--json"])).said).toContain("'synth' has no JSON output");
    expect((await failing(["check", "--json", "--format", "sarif"])).said).toContain(
      "options '--json' and '--format' ask for two formats",
    );
  });

  test("--quiet prints problems only, asks nobody, and leaves what programs read", async () => {
    project.write("accounts.yaml", MAP);
    expect(await project.run(["check", "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await project.run(["-q", "synth"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await project.run(["check", "-q", "--json"])).stdout).toContain('"version": 1');
    expect(await failing(["-q", "can", "bot@tools", "reader@shop"])).toEqual({ code: 1, said: "" });
    const prompts = { input: jest.fn(), confirm: jest.fn() };
    const asked = await project.run(["-q", "offboard", "shop"], prompts);
    expect(asked.code).toBe(2);
    expect(prompts.confirm).not.toHaveBeenCalled();
    project.write("accounts.yaml", MAP.replace('"222222222222"', "222222222222"));
    const { code, said } = await failing(["check", "-q"]);
    expect(code).toBe(1);
    expect(said).toContain("[ID-01]");
  });

  test.each([
    ["init", ["init", "--map", "x.yaml"]],
    ["review", ["review", "--map", "x.yaml"]],
    ["affected", ["affected", "--map", "x.yaml"]],
  ])("--map is refused where it would say nothing: %s", async (name, args) => {
    expect((await failing(args)).said).toContain(`option '--map' is not for '${name}'`);
  });

  test("help shows them, and no empty list as a default", async () => {
    for (const [name = ""] of [...READERS, ["init"], ["review"], ["affected"]]) {
      const { code, stdout } = await project.run([name, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toContain("Global Options:");
      expect(stdout).not.toContain("(default: [])");
      expect(stdout).toContain("Examples:");
    }
  });
});

describe("a mistyped choice is wrong usage, with what was meant", () => {
  test.each<readonly [readonly string[], string, string]>([
    [["check", "--format", "jsn"], "--format", "json"],
    [["check", "--kind", "trsut"], "--kind", "trust"],
    [["prove", "-f", "JSON"], "--format", "json"],
    [["can", "bot@tools", "reader@shop", "--format=jsno"], "--format", "json"],
    [["review", "--base", "main", "--format", "markdwon"], "--format", "markdown"],
    [["affected", "--base", "main", "--format", "matrx"], "--format", "matrix"],
    [["bootstrap", "--format", "cloudfromation"], "--format", "cloudformation"],
    [["doctor", "--role", "aply"], "--role", "apply"],
    [["sync", "--from", "aws-cil"], "--from", "aws-cli"],
    [["ci", "githb"], "host", "github"],
    [["rename", "spok", "reader", "lister"], "kind", "spoke"],
    [["completion", "fihs"], "shell", "fish"],
  ])("%j", async (args, name, meant) => {
    const { code, said } = await failing(args);
    expect(code).toBe(2);
    expect(said).toMatch(/^error: .* is invalid\b.* Allowed choices are /);
    expect(said.split("\n")[0]).toContain(name);
    expect(said.split("\n")[1]).toBe(`(did you mean \`${meant}\`?)`);
  });

  test("nothing is guessed where no choice is near", async () => {
    const { code, said } = await failing(["check", "--format", "spreadsheet"]);
    expect(code).toBe(2);
    expect(said).toContain("argument 'spreadsheet' is invalid. Allowed choices are text, ");
    expect(said).not.toContain("did you mean");
  });
});

describe("texts with a byte order mark", () => {
  const POLICY =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

  test("are read alike in the map, its documents, and documents by name", async () => {
    mkdirSync("policies");
    project.write("accounts.yaml", `\uFEFF${MAP}`);
    project.write("policies/read.json", `\uFEFF${POLICY}`);
    expect((await project.run(["check"])).code).toBe(0);
    expect((await project.run(["check", "policies/read.json"])).code).toBe(0);
  });

  test("are told alike where they are UTF-16", async () => {
    mkdirSync("policies");
    project.write("accounts.yaml", MAP);
    writeFileSync("policies/read.json", Buffer.from(`\uFEFF${POLICY}`, "utf16le"));
    const why = "policies/read.json: cannot be read: it is not UTF-8 text, but UTF-16";
    expect((await failing(["check"])).said).toContain(why);
    expect((await failing(["check", "policies/read.json"])).said).toContain(why);
    expect((await failing(["sync", "policies/read.json"])).said).toContain(why);
  });
});

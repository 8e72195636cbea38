import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../cli/command-line";
import packageJson from "../../package.json";
import { ROOT } from "../support/project";
import { walkCommands, walkMap } from "../support/projects/readme-walk";

/** What README's walk runs before it needs an account, and what it runs then. */
const OFFLINE = ["npx trustwheel check", "npm run synth"];
const NEEDS_AWS = ["npm run cdktf -- diff workload", "npm run cdktf -- deploy '*' --parallelism 4"];

jest.setTimeout(120_000);

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function shell(cwd: string, command: string): Outcome {
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd,
    env: { ...env, NO_COLOR: "1", npm_config_update_notifier: "false" },
    encoding: "utf8",
  });
  return { status, stdout, stderr: stderr.replace(/^npm (?:warn|notice).*\n/gm, "") };
}

/** Everything that git would give somebody who clones. */
function clone(folder: string): void {
  const tracked = spawnSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" });
  for (const file of tracked.stdout.split("\0")) {
    const from = join(ROOT, file);
    if (file === "" || file.startsWith("__tests__/fixtures/") || !existsSync(from)) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(from, join(folder, file));
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
}

/** The files of the package, as npm would install them, beside the packages that it needs. */
function install(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  // A package's dependencies are beside it; ours are linked as they are.
  const home = join(modules, "trustwheel");
  const build = spawnSync(
    process.execPath,
    [
      join(ROOT, "node_modules", "typescript", "bin", "tsc"),
      ...["-p", "tsconfig.build.json", "--outDir", join(home, "dist")],
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (build.status !== 0) throw new Error(build.stdout);
  for (const name of [...packageJson.files.filter((each) => !/dist|\*/.test(each)), "docs"]) {
    cpSync(join(ROOT, name), join(home, name), { recursive: true });
  }
  cpSync(join(ROOT, "package.json"), join(home, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(home, "node_modules"));
  symlinkSync("../trustwheel/cli/trustwheel.js", join(modules, ".bin", "trustwheel"));
  const cdktf = join(ROOT, "node_modules", "cdktf-cli");
  symlinkSync(cdktf, join(modules, "cdktf-cli"));
  symlinkSync("../cdktf-cli/bundle/bin/cdktf", join(modules, ".bin", "cdktf"));
}

/** First words of the commands that a text tells somebody to type. */
function deadCommands(folder: string, text: string): string[] {
  const { name: own, scripts = {} } = existsSync(join(folder, "package.json"))
    ? (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
        name?: string;
        scripts?: Record<string, string>;
      })
    : {};
  const named = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name);
  const dead = named.filter((name) => !Object.hasOwn(scripts, name ?? ""));
  const bins = [...text.matchAll(/\bnpx (?:--no-install )?([\w-]+)/g)].map(([, name]) => name);
  return [
    ...dead.map((name) => `npm run ${name ?? ""}`),
    ...bins
      // npx runs what the package of the folder itself brings, too.
      .filter((name) => name !== own)
      .filter((name) => !existsSync(join(folder, "node_modules", ".bin", name ?? "")))
      .map((name) => `npx ${name ?? ""}`),
  ];
}

describe("README's quickstart", () => {
  const home = mkdtempSync(join(tmpdir(), "trustwheel-walk-"));
  const folder = (name: string): string => {
    mkdirSync(join(home, name));
    return join(home, name);
  };
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  test("run what is tested here, and what needs an account", () => {
    expect(walkCommands()).toEqual([...OFFLINE, ...NEEDS_AWS]);
  });

  describe("in a fresh clone, with its policies/ and the map replaced", () => {
    const cloned = folder("clone");
    beforeAll(() => {
      clone(cloned);
      writeFileSync(join(cloned, "accounts.yaml"), walkMap());
    });

    test("check finds nothing", () => {
      expect(existsSync(join(cloned, "policies", "access-boundary.json"))).toBe(true);
      expect(shell(cloned, "npx trustwheel check")).toEqual({
        status: 0,
        stdout: "0 errors, 0 warnings, 0 accepted\n",
        stderr: "",
      });
    });

    test("synth writes two stacks, and names only commands that are there", () => {
      const { status, stdout, stderr } = shell(cloned, "npm run synth");
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("proved: 2 roles");
      expect(existsSync(join(cloned, "cdktf.out", "stacks", "workload", "cdk.tf.json"))).toBe(true);
      expect(deadCommands(cloned, stdout)).toEqual([]);
    });

    test("as the app of CDKTF, synth leaves standard output to CDKTF", () => {
      const { app } = JSON.parse(readFileSync(join(cloned, "cdktf.json"), "utf8")) as {
        app: string;
      };
      expect(shell(cloned, `CDKTF_CONTEXT_JSON='{}' ${app}`)).toEqual({
        status: 0,
        stdout: "",
        stderr: "",
      });
    });
  });

  describe("in a repository that init made", () => {
    const made = folder("made");
    beforeAll(async () => {
      install(made);
      const args = ["--organization-id", "o-exampleorg1", "--management-id", "111111111111"];
      const more = ["--account", "identity=222222222222", "--region", "eu-central-1", "--yes"];
      const code = await run(["init", "--output", made, ...args, ...more], {
        stdout: () => undefined,
        stderr: (text) => process.stderr.write(text),
        color: false,
        errorColor: false,
      });
      expect(code).toBe(0);
    });

    test.each(OFFLINE)("%s works, and names only commands that are there", (command) => {
      const { status, stdout, stderr } = shell(made, command);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(deadCommands(made, stdout)).toEqual([]);
    });

    test("the map without the line of its boundary has no findings either", () => {
      const map = readFileSync(join(made, "accounts.yaml"), "utf8");
      const without = map.replace(/^ {2}permissionsBoundary:.*\n/m, "");
      expect(without).not.toBe(map);
      writeFileSync(join(made, "accounts.yaml"), without);
      const { status, stderr } = shell(made, "npx trustwheel check");
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      writeFileSync(join(made, "accounts.yaml"), map);
    });

    test("the map of the walk is checked and synthesized there, too", () => {
      writeFileSync(join(made, "accounts.yaml"), walkMap());
      // The boundary that init wrote is not used by this map, which is information.
      for (const command of OFFLINE) expect(shell(made, command).status).toBe(0);
    });
  });

  test("in a folder with nothing but the package and the map", () => {
    const bare = folder("bare");
    symlinkSync(join(home, "made", "node_modules"), join(bare, "node_modules"));
    writeFileSync(join(bare, "accounts.yaml"), walkMap());
    const checked = shell(bare, "npx trustwheel check");
    expect(checked).toEqual({
      status: 0,
      stdout: "0 errors, 0 warnings, 0 accepted\n",
      stderr: "",
    });
    const { status, stdout, stderr } = shell(bare, "npx trustwheel synth");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(deadCommands(bare, stdout)).toEqual([]);
    expect(stdout).toContain("terraform -chdir=cdktf.out/stacks/tools init");
  });
});

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { LOCK_FILE } from "../../../cli/project/output-folder";
import { readNamedFile, readProject } from "../../../cli/project/project-files";
import { accountDirectory } from "../../../lib/access/account-directory";
import { checkProject } from "../../../lib/check/check-project";
import type { AccountMap } from "../../../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { EmulatedAccounts } from "../emulated-aws/emulated-accounts";
import { startMoto } from "../emulated-aws/moto";
import type { Moto } from "../emulated-aws/moto";
import { ROOT } from "../project";
import { IamGate } from "../terraform/iam-gate";
import type { FoundProvider } from "../terraform/find-provider";
import { AwsFront } from "./aws-front";
import { bootstrapAccounts } from "./bootstrapped-accounts";
import { runProgram } from "./run-program";

/** The repository, as its pipeline's settings name it. */
export const REPOSITORY = "example-org/platform";

/** What a project is made of besides its map. */
export interface OrganizationSettings {
  /** Text of the map. */
  readonly map: string;
  /** Text of a map with all accounts that are ever to be there: the bootstrap has been applied to each. */
  readonly later: string;
  readonly provider: FoundProvider;
  /** Folder in which everything is, which is removed by its owner. */
  readonly folder: string;
  /** Working tree of the project. */
  readonly project: string;
}

/**
 * An emulated AWS whose accounts have what the bootstrap makes, behind a front that decides who gets which
 * role and a gate that decides what roles may do; and a project with the program of this checkout.
 */
export class PlayedOrganization {
  private constructor(
    readonly settings: OrganizationSettings,
    readonly accounts: EmulatedAccounts,
    readonly gate: IamGate,
    readonly front: AwsFront,
    /** Environment in which AWS is this one, and nothing is fetched. */
    readonly environment: Readonly<Record<string, string>>,
    private readonly moto: Moto,
  ) {}

  static async start(settings: OrganizationSettings): Promise<PlayedOrganization> {
    const { folder, project, provider } = settings;
    for (const [name, text] of Object.entries(projectFiles(settings.map))) {
      mkdirSync(dirname(join(project, name)), { recursive: true });
      writeFileSync(join(project, name), text);
    }
    makeTool(join(folder, "tool"));
    const moto = await startMoto();
    const accounts = new EmulatedAccounts(moto.url);
    writeFileSync(join(project, "accounts.yaml"), settings.later);
    const { map, plan } = readMap(project);
    writeFileSync(join(project, "accounts.yaml"), settings.map);
    const gate = new IamGate(moto.url, accounts, new Set());
    const front = new AwsFront({
      ...{ iam: await gate.start(), other: moto.url, accounts },
      accountIds: [...map.accounts.values()].map(({ id }) => id),
      directory: accountDirectory(map.accounts.values()),
    });
    await bootstrapAccounts({ map, plan }, accounts, moto);
    const url = await front.start();
    const environment = {
      ...provider.environment,
      AWS_ENDPOINT_URL: url,
      // The backend asks this one where it has a token of the job in a file.
      AWS_ENDPOINT_URL_STS: url,
      AWS_EC2_METADATA_DISABLED: "true",
      npm_config_cache: join(folder, "npm"),
      npm_config_offline: "true",
      npm_config_update_notifier: "false",
    };
    return new PlayedOrganization(settings, accounts, gate, front, environment, moto);
  }

  /** Puts the program next to a working folder, where the lock file says that it is. */
  readonly prepare = (besides: string): void => {
    symlinkSync(join(this.settings.folder, "tool"), join(besides, "tool"));
  };

  /** Runs the command line in a project's folder; it must succeed. */
  trustwheel(folder: string, ...args: readonly string[]): string {
    const program = join(ROOT, "cli", "trustwheel.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`trustwheel ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Applies the stack of an account as a person does who has every right, and tells what Terraform said. */
  async applyByHand(stack: string): Promise<string> {
    const { project, provider } = this.settings;
    this.trustwheel(project, "synth");
    const cwd = join(project, "cdktf.out", "stacks", stack);
    const env = {
      ...{ PATH: process.env.PATH ?? "", HOME: this.settings.folder, ...this.environment },
      ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" },
    };
    let said = "";
    for (const args of [["init"], ["apply", "-auto-approve"]]) {
      const all = [...args, "-input=false", "-no-color"];
      const { code, output } = await runProgram(provider.binary, all, { cwd, env });
      if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${output}`);
      said += output;
    }
    // What was installed is pinned from now on, as docs/account-map.md asks for.
    copyFileSync(join(cwd, LOCK_FILE), join(project, LOCK_FILE));
    return said;
  }

  async end(): Promise<void> {
    await this.front.stop();
    await this.gate.stop();
    await this.moto.stop();
    this.accounts.destroy();
  }
}

/** Reads the map of a project, which must be sound. */
export function readMap(folder: string): {
  readonly map: AccountMap;
  readonly plan: ResolvedAccess;
} {
  const { files } = readProject(folder);
  if (files === undefined) throw new Error("the project cannot be read");
  const read = checkProject({ ...files, readFile: (name) => readNamedFile(folder, name) });
  const { map, plan, diagnostics } = read;
  if (map === undefined || plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return { map, plan };
}

const TOOL = { name: "trustwheel", version: "1.0.0", bin: { trustwheel: "trustwheel.js" } };

/** A package with the program of this checkout. */
function makeTool(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(TOOL));
  const program = JSON.stringify(join(ROOT, "cli", "trustwheel.js"));
  writeFileSync(join(folder, "trustwheel.js"), `#!/usr/bin/env node\nrequire(${program});\n`);
  chmodSync(join(folder, "trustwheel.js"), 0o755);
}

function projectFiles(map: string): Readonly<Record<string, string>> {
  const dependencies = { trustwheel: "file:../tool" };
  const packages = {
    "": { name: "platform", dependencies },
    "../tool": TOOL,
    "node_modules/trustwheel": { resolved: "../tool", link: true },
  };
  const scripts = { synth: "trustwheel synth" };
  return {
    "accounts.yaml": map,
    ".gitignore": "node_modules/\ncdktf.out/\n",
    "package.json": JSON.stringify({ name: "platform", private: true, scripts, dependencies }),
    "package-lock.json": JSON.stringify({ name: "platform", lockfileVersion: 3, packages }),
  };
}

/** Edits a file in a folder: what is replaced must be there. */
export function edit(folder: string, name: string, from: string, to: string): void {
  const text = readFileSync(join(folder, name), "utf8");
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  writeFileSync(join(folder, name), text.replace(from, to));
}

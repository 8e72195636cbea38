import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Terraform, or what stands for it, and the AWS provider that it found. */
export interface FoundProvider {
  /** Name or path of the program. */
  readonly binary: string;
  /** First line of what it says of its version, such as `Terraform v1.11.4`. */
  readonly tool: string;
  /** Version of the AWS provider, such as `5.100.0`. */
  readonly version: string;
  /** What was written for the search, and what it installed: to be removed in the end. */
  readonly folder: string;
  /** Environment in which a program finds that provider and asks nobody else. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What was found, or why there is nothing to play with. */
export type ProviderSearch =
  { readonly found: FoundProvider } | { readonly missing: string; readonly help: string };

/** Versions that the suites take: those that a map can name. */
export const PROVIDER_RANGE = ">= 5.100, < 7";

const HOW_TO_GET_ONE =
  "On a machine that reaches a registry, write a mirror with `terraform providers mirror FOLDER` and set " +
  "TRUSTWHEEL_PROVIDER_MIRROR=FOLDER; or have Terraform find the provider by TF_CLI_CONFIG_FILE, an implied " +
  "mirror folder, TF_PLUGIN_CACHE_DIR or a registry";
const HOW_TO_GET_TERRAFORM =
  "Install Terraform 1.10 or later (developer.hashicorp.com/terraform/install), or OpenTofu 1.11 or later " +
  "(opentofu.org/docs/intro/install) and set TERRAFORM_BINARY_NAME=tofu";

/**
 * Has Terraform install the AWS provider by whatever way the machine has: a mirror that
 * `TRUSTWHEEL_PROVIDER_MIRROR` names, else what Terraform knows itself, which is its configuration, the implied
 * mirror folders, a plugin cache and the registry. What it installed is the mirror of all that is played.
 *
 * @param binary the program. @default - `TERRAFORM_BINARY_NAME`, else `terraform`
 */
export function findProvider(
  binary = process.env.TERRAFORM_BINARY_NAME ?? "terraform",
): ProviderSearch {
  const version = spawnSync(binary, ["version"], { encoding: "utf8" });
  if (version.status !== 0) {
    return { missing: `${binary} is not on the PATH`, help: HOW_TO_GET_TERRAFORM };
  }
  const [tool = ""] = version.stdout.split("\n");
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-provider-"));
  const aws = { source: "hashicorp/aws", version: PROVIDER_RANGE };
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: { aws } } }),
  );
  const host = registryOf(binary, folder);
  const named = process.env.TRUSTWHEEL_PROVIDER_MIRROR ?? "";
  // A cache has the layout of a mirror; without a registry Terraform itself finds nothing in it.
  const cache = process.env.TF_PLUGIN_CACHE_DIR ?? "";
  const mirrors = named === "" ? [undefined, ...(cache === "" ? [] : [cache])] : [named];
  let why: string | undefined;
  for (const mirror of mirrors) {
    const settings =
      mirror === undefined ? {} : { TF_CLI_CONFIG_FILE: configure(folder, mirror, host) };
    why = problemOfInit(binary, folder, settings);
    if (why === undefined) break;
  }
  if (why !== undefined) {
    rmSync(folder, { recursive: true });
    const where = named === "" ? "" : ` in TRUSTWHEEL_PROVIDER_MIRROR=${named}`;
    return {
      missing: `${tool} finds no provider hashicorp/aws ${PROVIDER_RANGE}${where}: ${why}`,
      help: HOW_TO_GET_ONE,
    };
  }
  const lock = readFileSync(join(folder, ".terraform.lock.hcl"), "utf8");
  const [, installed = ""] = /^ *version *= *"([^"]+)"/m.exec(lock) ?? [];
  const mirror = join(folder, ".terraform", "providers");
  return {
    found: {
      binary,
      tool,
      version: installed,
      folder,
      environment: { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: configure(folder, mirror, host) },
    },
  };
}

/** Title of the error of an installation; `undefined` where it succeeds. */
function problemOfInit(
  binary: string,
  folder: string,
  settings: Readonly<Record<string, string>>,
): string | undefined {
  const { status, stdout, stderr } = spawnSync(binary, ["init", "-input=false", "-no-color"], {
    cwd: folder,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", ...settings },
    encoding: "utf8",
  });
  if (status === 0) return undefined;
  return /Error: ([^\n]+)/.exec(`${stdout}${stderr}`)?.[1] ?? "it did not say why";
}

/** Writes a configuration by which nothing but a mirror is asked, and tells its file. */
function configure(folder: string, mirror: string, host: string): string {
  const file = join(folder, "mirror.tfrc");
  const path = JSON.stringify(mirrorOf(folder, mirror, host));
  writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
  );
  return file;
}

const PROVIDER = join("hashicorp", "aws");

/**
 * A mirror in which a program finds the provider under the registry that it asks. OpenTofu asks its own, whose
 * packages are those of HashiCorp: a mirror that was written for Terraform serves both.
 */
function mirrorOf(folder: string, mirror: string, host: string): string {
  if (!existsSync(mirror) || existsSync(join(mirror, host, PROVIDER))) return mirror;
  const other = readdirSync(mirror).find((each) => existsSync(join(mirror, each, PROVIDER)));
  if (other === undefined) return mirror;
  const source = join(mirror, other, PROVIDER);
  const own = join(folder, "mirror");
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const target = join(own, host, PROVIDER, entry.name);
    // Links are followed at the ends alone: packages, and folders of one platform.
    const ends = entry.isDirectory() ? readdirSync(join(source, entry.name)) : [""];
    for (const end of ends) {
      mkdirSync(dirname(join(target, end)), { recursive: true });
      symlinkSync(join(source, entry.name, end), join(target, end));
    }
  }
  return own;
}

/** The registry that a program asks for the provider. */
function registryOf(binary: string, folder: string): string {
  const { stdout } = spawnSync(binary, ["providers"], { cwd: folder, encoding: "utf8" });
  return /\[([^/\]\s]+)\/hashicorp\/aws\]/.exec(stdout)?.[1] ?? "";
}

import { warnOfSkipped } from "../support/skipped";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synth } from "../../cli/commands/synth";
import { ROOT } from "../support/project";

const BINARY = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
const found = spawnSync(BINARY, ["version"]).status === 0;

if (!found) {
  warnOfSkipped(
    "the stacks of the example, read by Terraform",
    `${BINARY} is not on the PATH. Install Terraform 1.10 or later (developer.hashicorp.com/terraform/install), ` +
      "or OpenTofu 1.11 or later (opentofu.org/docs/intro/install) and set TERRAFORM_BINARY_NAME=tofu",
  );
}

/**
 * Before it asks the registry for the provider, Terraform reads the whole configuration: names, addresses,
 * variables, backends, providers and their aliases. Without a registry that is as far as it gets.
 */
(found ? describe : describe.skip)("the stacks of the example, read by Terraform itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-terraform-"));
  const code = synth(ROOT, folder, {
    stdout: () => undefined,
    stderr: () => undefined,
    color: false,
    errorColor: false,
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("are synthesized", () => {
    expect(code).toBe(0);
  });

  test.each(readdirSync(join(folder, "stacks")))(
    "%s is a configuration without errors",
    (stack) => {
      const copy = mkdtempSync(join(tmpdir(), "trustwheel-stack-"));
      try {
        cpSync(join(folder, "stacks", stack), copy, { recursive: true });
        const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined };
        const args = ["init", "-backend=false", "-input=false", "-no-color"];
        const { status, stderr, stdout } = spawnSync(BINARY, args, {
          cwd: copy,
          env,
          encoding: "utf8",
        });
        const titles = [...`${stdout}${stderr}`.matchAll(/^(?:│ )?Error: (.*)$/gm)].map(
          ([, title]) => title,
        );
        const reached =
          titles.length === 1 && titles[0] === "Failed to query available provider packages";
        expect({ stack, sound: status === 0 || reached, titles: reached ? [] : titles }).toEqual({
          stack,
          sound: true,
          titles: [],
        });
      } finally {
        rmSync(copy, { recursive: true });
      }
    },
  );
});

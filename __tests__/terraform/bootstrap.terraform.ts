import { warnOfSkipped } from "../support/skipped";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  terraformBootstrap,
  terraformStateBucket,
  terraformText,
} from "../../lib/bootstrap/terraform-bootstrap";
import { bootstrapOf } from "../support/plans/bootstrap-of";

const BINARY = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
const found = spawnSync(BINARY, ["version"]).status === 0;

if (!found) warnOfSkipped("the bootstrap, read by Terraform", `${BINARY} is not on the PATH`);

/** As far as Terraform gets without a registry: everything but the provider's own schema is read before. */
(found ? describe : describe.skip)("the bootstrap, read by Terraform itself", () => {
  const { stacks, stateBucket } = bootstrapOf();
  const texts = [
    ...stacks.map(
      (stack) => [stack.account.key, terraformText(terraformBootstrap(stack))] as const,
    ),
    ...(stateBucket === undefined
      ? []
      : [["the bucket", terraformText(terraformStateBucket(stateBucket))] as const]),
  ];

  test.each(texts)(
    "%s is a configuration without errors",
    (_name, text) => {
      expect(errorsOf(text)).toEqual([]);
    },
    60_000,
  );

  test("a block that Terraform does not know is found", () => {
    const [first] = texts;
    if (first === undefined) throw new Error("there is no configuration");
    expect(errorsOf(first[1].replace('"variable"', '"varaible"'))).not.toEqual([]);
  }, 60_000);
});

/** Titles of the errors of a configuration, but that there is no registry. */
function errorsOf(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-bootstrap-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), text);
    const { stdout, stderr } = spawnSync(
      BINARY,
      ["init", "-backend=false", "-input=false", "-no-color"],
      {
        cwd: folder,
        env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined },
        encoding: "utf8",
      },
    );
    return [...`${stdout}${stderr}`.matchAll(/^(?:│ )?Error: (.*)$/gm)].flatMap(([, title = ""]) =>
      title === "Failed to query available provider packages" ? [] : [title],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

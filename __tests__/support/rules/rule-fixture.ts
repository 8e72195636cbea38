import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { printDiagnostics } from "../../../lib/diagnostics/print";
import { checkProject } from "../../../lib/check/check-project";
import type { CheckedProject } from "../../../lib/check/check-project";
import { checkTerraform } from "../../../lib/rules/terraform/check-terraform";
import { ROOT } from "../project";

/** Where the fixtures of rules lie: a folder for each id, with `broken/`, `broken.out` and `clean/`. */
export const RULE_FIXTURES = join(ROOT, "__tests__", "fixtures", "rules");

/** The moment at which fixtures are judged. */
const NOW = "2026-06-01T00:00:00Z";

/** A map in which nothing is wrong, for fixtures that are about documents alone. */
const PLAIN_MAP = 'accounts:\n  one:\n    id: "111111111111"\n';

/**
 * Checks a fixture: a folder with `accounts.yaml`, `policies/`, and `previous.json` where an earlier
 * synthesis matters; or one with `stacks/`, a tree of synthesized Terraform.
 */
export function checkFixture(folder: string): CheckedProject {
  const stackFolder = join(folder, "stacks");
  if (existsSync(stackFolder)) return checkTree(stackFolder);
  const policyFolder = join(folder, "policies");
  const names = existsSync(policyFolder) ? readdirSync(policyFolder).sort() : [];
  const previous = readIf(join(folder, "previous.json"));
  return checkProject({
    mapFile: "accounts.yaml",
    mapText: readIf(join(folder, "accounts.yaml")) ?? PLAIN_MAP,
    policies: new Map(
      names.map((name) => [
        name.replace(/\.json$/, ""),
        { file: `policies/${name}`, text: readFileSync(join(policyFolder, name), "utf8") },
      ]),
    ),
    readFile: (name) => readIf(join(folder, name)),
    now: NOW,
    ...(previous === undefined ? {} : { previous: () => previousOf(previous) }),
  });
}

function checkTree(folder: string): CheckedProject {
  const texts = new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [
        `stacks/${name}/cdk.tf.json`,
        readFileSync(join(folder, name, "cdk.tf.json"), "utf8"),
      ]),
  );
  return { diagnostics: checkTerraform(texts), texts };
}

/** What a person sees of a fixture. */
export function fixtureOutput(folder: string): string {
  const { diagnostics, texts } = checkFixture(folder);
  return printDiagnostics(diagnostics, { texts, color: false });
}

function previousOf(text: string): {
  accountIds: Map<string, string>;
  hasState: (id: string) => boolean;
  roleCounts: Map<string, number>;
} {
  const { accountIds, states, roles } = JSON.parse(text) as {
    accountIds: Record<string, string>;
    states: string[];
    roles?: Record<string, number>;
  };
  return {
    accountIds: new Map(Object.entries(accountIds)),
    hasState: (id) => states.includes(id),
    roleCounts: new Map(Object.entries(roles ?? {})),
  };
}

function readIf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

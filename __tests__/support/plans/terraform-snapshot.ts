import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import type { TerraformStack } from "cdktf";
import { stringify } from "yaml";
import { isObject } from "../../../lib/source/json-object";
import { unescapeTerraform } from "../../../lib/iam/policy-text";
import { plainStack } from "../../constructs/library/library-stack";
import { ROOT, synthesizeFolder } from "../project";
import type { SynthesizedStacks } from "../project";

const SEEDS = join(ROOT, "__tests__", "fixtures", "seeds");

/** Holds every variant of a seed against its snapshots, one a stack. */
export function snapshotSeed(seed: string): void {
  describe.each(readdirSync(join(SEEDS, seed)).sort())("%s", (variant) => {
    snapshotStacks(synthesizeFolder(join(SEEDS, seed, variant)), ["moved", "resource"]);
  });
}

/**
 * Holds stacks against their snapshots.
 *
 * @param blocks that are shown. @default - all
 */
export function snapshotStacks({ tree }: SynthesizedStacks, blocks?: readonly string[]): void {
  expect.addSnapshotSerializer(terraformSerializer);
  test.each([...tree.stacks])("%s", (_, text) => {
    expect(new TerraformSnapshot(text, blocks)).toMatchSnapshot();
  });
}

/**
 * Holds a construct in a stack of somebody's own against its snapshot.
 *
 * @param check what else is asked of the text
 */
export function snapshotConstruct(
  name: string,
  add: (scope: TerraformStack) => unknown,
  check: (text: string) => void,
): void {
  Testing.setupJest();
  expect.addSnapshotSerializer(terraformSerializer);
  test(name, () => {
    const stack = plainStack();
    add(stack);
    const text = Testing.synth(stack, true);
    check(text);
    expect(new TerraformSnapshot(text, ["resource"])).toMatchSnapshot();
  });
}

/** The text of a stack, as a snapshot shows it. */
class TerraformSnapshot {
  readonly shown: unknown;

  /**
   * @param text of `cdk.tf.json`
   * @param blocks that are shown. @default - all
   */
  constructor(text: string, blocks?: readonly string[]) {
    const stack = JSON.parse(text) as Record<string, unknown>;
    this.shown = readable(
      blocks === undefined
        ? stack
        : Object.fromEntries(
            blocks.flatMap((name) => (name in stack ? [[name, stack[name]]] : [])),
          ),
    );
  }
}

/**
 * Writes a stack for people who review it: as YAML, with policies as documents and not as one escaped string,
 * and without what CDKTF notes about itself.
 */
const terraformSerializer: Parameters<typeof expect.addSnapshotSerializer>[0] = {
  test: (value: unknown): boolean => value instanceof TerraformSnapshot,
  serialize: (value: TerraformSnapshot) => stringify(value.shown, { lineWidth: 100 }).trimEnd(),
};

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value === "string") return documentIn(value) ?? value;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === "//" ? [] : [[key, readable(each)]])),
  );
}

/** The policy document that a string holds, as AWS gets it. */
function documentIn(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(unescapeTerraform(text));
  } catch {
    return undefined;
  }
}

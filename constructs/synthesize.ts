import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { Account } from "../lib/account-map/account-map";
import type { AccessPlan } from "../lib/plan/access-plan";
import { AccountStack } from "./account-stack";

/** The synthesized Terraform, not yet written. */
export interface SynthesizedTree {
  /** Text of `cdk.tf.json` by stack name, in the order of the plan. */
  readonly stacks: ReadonlyMap<string, string>;
  /** Text of `manifest.json`, which the CDKTF command line reads. */
  readonly manifest: string;
}

/**
 * Synthesizes one stack per account, in memory: it can be proved before anything is written. The
 * constructs of a stack are released once its text is there, so that memory does not grow with the
 * number of accounts.
 */
export function synthesize(plan: AccessPlan): SynthesizedTree {
  // The library makes its output folder at once; ours must stay as it is until all is proved.
  const outdir = mkdtempSync(join(tmpdir(), "trustwheel-"));
  try {
    const app = new App({ outdir, skipValidation: true, stackTraces: false });
    const accounts: ReadonlyMap<string, Account> = new Map(
      plan.accounts.map(({ account }) => [account.key, account]),
    );
    const context = { accounts, tags: plan.tags, state: plan.state };
    const texts = new Map<string, string>();
    const stacks = new Map<string, AccountStack>();
    for (const accountPlan of plan.accounts) {
      const stack = new AccountStack(app, accountPlan, context);
      stack.runAllValidations();
      const { key } = accountPlan.account;
      stacks.set(key, stack);
      texts.set(key, stableJson(stack.toTerraform()));
      for (const child of stack.node.children) stack.node.tryRemoveChild(child.node.id);
    }
    for (const { account, dependsOn } of plan.accounts) {
      for (const key of dependsOn) {
        const dependency = stacks.get(key);
        if (dependency !== undefined) stacks.get(account.key)?.addDependency(dependency);
      }
    }
    for (const stack of stacks.values()) app.manifest.forStack(stack);
    return { stacks: texts, manifest: stableJson(app.manifest.buildManifest()) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** JSON with sorted keys: the same content gives the same bytes. */
function stableJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, sorted(record[key])]),
  );
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Manifest } from "cdktf";
import type { Account } from "../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../lib/plan/resolved-access";
import { AccountStack } from "./account-stack";

/** The synthesized Terraform, not yet written. */
export interface SynthesizedTree {
  /** Text of `cdk.tf.json` by stack name, in the order of the plan. */
  readonly stacks: ReadonlyMap<string, string>;
  /** Text of `manifest.json`, which the CDKTF command line reads. */
  readonly manifest: string;
}

/**
 * Synthesizes one stack per account, in memory: it can be proved before anything is written. A stack is
 * released once its text is there, so that memory grows only with the texts.
 */
export function synthesize(plan: ResolvedAccess): SynthesizedTree {
  // The library makes its output folder at once; ours must stay as it is until all is proved.
  const outdir = mkdtempSync(join(tmpdir(), "trustwheel-"));
  try {
    const app = new App({ outdir, skipValidation: true, stackTraces: false });
    // The manifest of the app itself would change with an environment variable.
    const manifest = new Manifest(app.manifest.version, outdir, false);
    const accounts: ReadonlyMap<string, Account> = new Map(
      plan.accounts.map(({ account }) => [account.key, account]),
    );
    const { tags, state, providerVersion } = plan;
    const context = {
      ...{ accounts, tags, state },
      ...(providerVersion === undefined ? {} : { providerVersion }),
    };
    const texts = new Map<string, string>();
    const ordered = orderedStacks(plan);
    const kept = new Map<string, AccountStack>();
    for (const accountPlan of plan.accounts) {
      const { key } = accountPlan.account;
      const stack = new AccountStack(app, accountPlan, context);
      stack.runAllValidations();
      texts.set(key, stableJson(stack.toTerraform()));
      if (ordered.has(key)) kept.set(key, stack);
      else manifest.forStack(stack);
      app.node.tryRemoveChild(key);
    }
    for (const { account, dependsOn } of plan.accounts) {
      for (const key of dependsOn) {
        const dependency = kept.get(key);
        if (dependency !== undefined) kept.get(account.key)?.addDependency(dependency);
      }
    }
    for (const stack of kept.values()) manifest.forStack(stack);
    return { stacks: texts, manifest: stableJson(manifest.buildManifest()) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Keys of the accounts whose stacks come before or after another: only these refer to each other. */
function orderedStacks({ accounts }: ResolvedAccess): ReadonlySet<string> {
  return new Set(
    accounts.flatMap(({ account, dependsOn }) =>
      dependsOn.length === 0 ? [] : [account.key, ...dependsOn],
    ),
  );
}

/** JSON with sorted keys: the same content gives the same bytes. */
function stableJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record).sort()) copy[key] = sorted(record[key]);
  return copy;
}

import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import { PARTITIONS, partitionOfRegion } from "../../iam/partition";
import type { Partition } from "../../iam/partition";
import type { TerraformObject } from "./terraform-stack";
import { terraformText } from "./terraform-value";

/** The accounts of a stack by the names of its providers: `aws` for the default one, `aws.ALIAS` for others. */
export type StackAccounts = ReadonlyMap<string, AccountLocation>;

/**
 * Reads which account each provider of a stack is bound to, by `allowed_account_ids`.
 *
 * @param text the whole stack, whose ARNs tell the partition
 */
export function stackAccounts(
  providers: readonly TerraformObject[],
  text: string,
  file: string,
): {
  readonly accounts: StackAccounts;
  readonly diagnostics: readonly Diagnostic[];
} {
  const accounts = new Map<string, AccountLocation>();
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const provider of providers) {
    const alias = terraformText(provider.alias);
    const name = alias.kind === "text" ? `aws.${alias.text}` : "aws";
    if (seen.has(name)) {
      const message = `the provider ${name} is there twice: which account its resources are in is unknown`;
      diagnostics.push({ severity: "error", rule: "access-provider", file, message });
      accounts.delete(name);
      continue;
    }
    seen.add(name);
    const accountId = onlyAccount(provider);
    const partition = partitionOf(text, provider);
    if (accountId === undefined || partition === undefined) {
      const missing =
        accountId === undefined
          ? "must have exactly one account id of 12 digits in allowed_account_ids"
          : "must have a region, or its stack an ARN, that tells the partition";
      diagnostics.push({
        severity: "error",
        rule: "access-provider",
        file,
        message: `the provider ${name} ${missing}: which account its resources are in is unknown`,
      });
    } else {
      accounts.set(name, { partition, accountId });
    }
  }
  return { accounts, diagnostics };
}

function onlyAccount(provider: TerraformObject): string | undefined {
  const ids: unknown = provider.allowed_account_ids;
  if (!Array.isArray(ids) || ids.length !== 1) return undefined;
  const id = terraformText(ids[0]);
  return id.kind === "text" && /^\d{12}$/.test(id.text) ? id.text : undefined;
}

/** The partition that all ARNs of the stack agree on, or that the provider's region lies in. */
function partitionOf(text: string, provider: TerraformObject): Partition | undefined {
  const named = new Set<string>();
  for (const [, partition = ""] of text.matchAll(/\barn:(aws[a-z-]*):(?:iam|sts):/g)) {
    named.add(partition);
  }
  const [only, ...more] = PARTITIONS.filter((partition) => named.has(partition));
  if (only !== undefined && more.length === 0) return only;
  const region = terraformText(provider.region);
  return region.kind === "text" ? partitionOfRegion(region.text) : undefined;
}

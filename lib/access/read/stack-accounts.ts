import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import type { Path } from "../../source/source";
import { PARTITIONS, partitionOfRegion } from "../../iam/partition";
import type { Partition } from "../../iam/partition";
import { providerUse } from "./arguments/provider-arguments";
import type { TerraformObject } from "./terraform-json";
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
  locate: (path: Path) => Span | undefined,
): {
  readonly accounts: StackAccounts;
  readonly diagnostics: readonly Diagnostic[];
} {
  const accounts = new Map<string, AccountLocation>();
  const diagnostics: Diagnostic[] = [];
  const report = (message: string): void => {
    const span = locate(["provider", "aws"]);
    const place = span === undefined ? {} : { span };
    diagnostics.push({ severity: "error", rule: "access-provider", file, ...place, message });
  };
  const seen = new Set<string>();
  for (const provider of providers) {
    const alias = terraformText(provider.alias);
    const name = alias.kind === "text" ? `aws.${alias.text}` : "aws";
    if (seen.has(name)) {
      const message = `the provider ${name} is there twice: which account its resources are in is unknown`;
      report(message);
      accounts.delete(name);
      continue;
    }
    seen.add(name);
    const accountId = onlyAccount(provider);
    const partition = partitionOf(text, provider);
    const leading = Object.keys(provider).filter((argument) => isLeading(argument, provider));
    if (accountId === undefined || partition === undefined) {
      const missing =
        accountId === undefined
          ? "must have exactly one account id of 12 digits in allowed_account_ids"
          : "must have a region, or its stack an ARN, that tells the partition";
      report(`the provider ${name} ${missing}: which account its resources are in is unknown`);
      continue;
    }
    if (leading.length > 0) {
      const names = leading.map((each) => `\`${each}\``).join(", ");
      report(
        `the provider ${name} has ${names}, which is not read: which account its resources are in is unknown`,
      );
    }
    // What is meant is known, and what a review compares; whether it comes there is not.
    accounts.set(name, { partition, accountId });
  }
  return { accounts, diagnostics };
}

/** Whether an argument could lead elsewhere than to the account that the provider is bound to. */
function isLeading(argument: string, provider: TerraformObject): boolean {
  const value = provider[argument];
  if (value === undefined || value === null || value === false) return false;
  const use = providerUse(argument);
  return use === undefined || use === "unread";
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

/**
 * Id of the account that a synthesized stack is bound to, from the text of its `cdk.tf.json` alone; `undefined`
 * where the text names none. For callers that need nothing else of it: reading a stack costs far more.
 */
export function stackAccountId(text: string): string | undefined {
  return /"allowed_account_ids":\s*\[\s*"(\d{12})"/.exec(text)?.[1];
}

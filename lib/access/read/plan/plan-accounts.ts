import type { AccountLocation } from "../../../iam/arn";
import { partitionOfRegion, PARTITIONS } from "../../../iam/partition";
import type { TerraformObject } from "../terraform-stack";
import type { PlanConfiguration } from "./plan-configuration";
import { withoutIndexes } from "./plan-configuration";
import { objectAt } from "./plan-json";
import { addTo } from "../../../values/group";

/** A resource as far as it tells an account. */
export interface PlacedValues {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  /** Values on one side of the plan. */
  readonly values: TerraformObject;
}

/** Tells the account of a resource by its address and its own values. */
export type LocateResource = (
  address: string,
  values: TerraformObject | undefined,
) => AccountLocation | undefined;

/** What is known of the accounts of a plan. */
export interface PlanAccounts {
  readonly locate: LocateResource;
  readonly accounts: readonly AccountLocation[];
  /** Providers that are bound to one account, and made resources in another. */
  readonly problems: readonly string[];
}

/**
 * Finds the account of each provider: by `allowed_account_ids`, else by the ARNs of what it made and by the
 * identity that it was asked for, where they all are in one account.
 */
export function planAccounts(
  root: TerraformObject,
  configuration: PlanConfiguration,
  known: readonly PlacedValues[],
): PlanAccounts {
  const seen = new Map<string, AccountLocation[]>();
  for (const { address, mode, type, values } of known) {
    const tells = mode === "data" ? type === "aws_caller_identity" : type.startsWith("aws_iam_");
    const location = tells ? ownLocation(values) : undefined;
    const key = configuration.get(withoutIndexes(address))?.provider ?? "";
    if (location !== undefined) addTo(seen, key, location);
  }
  const byProvider = new Map<string, AccountLocation>();
  const problems: string[] = [];
  for (const [key, provider] of Object.entries(
    objectAt(root, "configuration", "provider_config"),
  )) {
    const bound = stackAccountId(root, objectAt(provider), seen.get(key) ?? []);
    if (bound !== undefined) byProvider.set(key, bound);
  }
  for (const [key, locations] of seen) {
    const only = agreed(locations);
    const bound = byProvider.get(key);
    if (bound === undefined) {
      if (only !== undefined) byProvider.set(key, only);
    } else if (bound.accountId !== only?.accountId) {
      problems.push(
        `the provider ${key} is bound to account ${bound.accountId}, and what it made is elsewhere, too`,
      );
    }
  }
  const accounts = unique([...byProvider.values(), ...[...seen.values()].flat()]);
  return {
    accounts,
    problems,
    locate: (address, values) => {
      const own = values === undefined ? undefined : ownLocation(values);
      if (own !== undefined) return own;
      const configured = configuration.get(withoutIndexes(address));
      // What is in no configuration any more, or in a state, is where all else is.
      return configured === undefined ? agreed(accounts) : byProvider.get(configured.provider);
    },
  };
}

const OWN_ARN = /^arn:(?<partition>aws[a-z-]*):(?:iam|sts)::(?<accountId>\d{12}):/;

function ownLocation({ arn }: TerraformObject): AccountLocation | undefined {
  const groups = typeof arn === "string" ? OWN_ARN.exec(arn)?.groups : undefined;
  const partition = PARTITIONS.find((each) => each === groups?.partition);
  return partition === undefined ? undefined : { partition, accountId: groups?.accountId ?? "" };
}

/** The account that a provider's configuration binds it to. */
function stackAccountId(
  root: TerraformObject,
  provider: TerraformObject,
  seen: readonly AccountLocation[],
): AccountLocation | undefined {
  const expressions = objectAt(provider, "expressions");
  const ids = constant(root, provider, expressions.allowed_account_ids);
  const list: readonly unknown[] = Array.isArray(ids) ? ids : [ids];
  const [accountId] = list;
  if (list.length !== 1 || typeof accountId !== "string" || !/^\d{12}$/.test(accountId)) {
    return undefined;
  }
  const region = constant(root, provider, expressions.region);
  const partition =
    seen.find((each) => each.accountId === accountId)?.partition ??
    (typeof region === "string" ? partitionOfRegion(region) : undefined);
  return partition === undefined ? undefined : { partition, accountId };
}

/** What an expression of the root module is: a constant, or one variable that has a value. */
function constant(root: TerraformObject, provider: TerraformObject, expression: unknown): unknown {
  const { constant_value: value, references } = objectAt(expression);
  if (value !== undefined) return value;
  const [reference, ...more] = Array.isArray(references) ? (references as readonly unknown[]) : [];
  if (more.length > 0 || typeof reference !== "string" || "module_address" in provider) {
    return undefined;
  }
  return objectAt(root, "variables", reference.replace(/^var\./, "")).value;
}

function agreed(locations: readonly AccountLocation[]): AccountLocation | undefined {
  const [only, ...more] = unique(locations);
  return more.length === 0 ? only : undefined;
}

function unique(locations: readonly AccountLocation[]): AccountLocation[] {
  return [...new Map(locations.map((each) => [each.accountId, each])).values()];
}

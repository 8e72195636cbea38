import { isKnownProvider } from "../stack-providers";
import type { TerraformObject } from "../terraform-stack";
import { objectAt, textAt } from "./plan-json";

/**
 * The providers of a plan or a state of which nothing is known, as it names them: each is a program, also where
 * its resources carry the names of another provider. Sorted.
 *
 * @param resources that name their provider
 */
export function unknownPlanProviders(
  root: TerraformObject,
  resources: readonly { readonly provider: string }[],
): readonly string[] {
  const configured = Object.values(objectAt(root, "configuration", "provider_config"));
  const names = new Set([
    ...configured.map((provider) => textAt(provider, "full_name")),
    ...resources.map(({ provider }) => provider),
  ]);
  return [...names].filter((name) => name !== "" && !isKnownProvider(name)).sort();
}

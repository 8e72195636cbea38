import type { AccountLocation } from "../../iam/arn";
import type { PlacedResource } from "./reading";

/** Where a resource stands, and in which account. */
export function place({
  stack,
  address,
  location,
}: PlacedResource): AccountLocation & { readonly stack: string; readonly address: string } {
  return { stack, address, ...location };
}

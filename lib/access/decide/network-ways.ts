import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import type { OpenKey } from "../../iam/condition/open-key";
import type { PermissionPolicy } from "../access-graph";

const ALWAYS: OpenKey = { presence: "always" };
const POSSIBLE: OpenKey = { presence: "possible" };

/** Keys that tell over which network a call comes, in lower case (rules CK-11, CK-12). */
export const NETWORK_KEYS: readonly string[] = [
  "aws:sourceip",
  "aws:vpcsourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourcevpcarn",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
];

/** What is known of the network keys of a call, by name in lower case; `undefined` for one that is absent. */
export type NetworkWay = ReadonlyMap<string, OpenKey | undefined>;

/** A call over the internet: it has the caller's public address, and nothing of a VPC (rule CK-11). */
export const OVER_INTERNET: NetworkWay = new Map(
  NETWORK_KEYS.map((key) => [key, key === "aws:sourceip" ? ALWAYS : undefined]),
);

const AT_ENDPOINTS: ReadonlySet<string> = new Set([
  "aws:vpcsourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
]);

/** A call through a VPC endpoint: it has the VPC, the endpoint and the address in it (rule CK-12). */
export const THROUGH_ENDPOINT: NetworkWay = new Map(
  NETWORK_KEYS.map((key) => {
    if (key === "aws:sourceip") return [key, undefined];
    return [key, AT_ENDPOINTS.has(key) ? ALWAYS : POSSIBLE];
  }),
);

/** What is known where nothing is said of the network: nothing. */
const ANY_NETWORK: NetworkWay = new Map(NETWORK_KEYS.map((key) => [key, POSSIBLE]));

/**
 * The networks that a call may come over, where the request does not say: one of the keys is always there.
 * Of services AWS does not say what their calls carry.
 *
 * @param policies the policies that are asked: where none of them tests the network, it does not matter
 */
export function networkWays(
  { caller, context }: Pick<StatementRequest, "caller" | "context">,
  policies: readonly PermissionPolicy[],
): readonly NetworkWay[] {
  const isSaid = NETWORK_KEYS.some((key) => context.has(key));
  if (isSaid || !policies.some(testsNetwork)) return [new Map()];
  return caller.kind === "service" ? [ANY_NETWORK] : [OVER_INTERNET, THROUGH_ENDPOINT];
}

function testsNetwork({ document }: PermissionPolicy): boolean {
  if (!document.known) return false;
  const text = JSON.stringify(document.value).toLowerCase();
  return NETWORK_KEYS.some((key) => text.includes(key));
}

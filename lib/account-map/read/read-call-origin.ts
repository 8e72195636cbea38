import { quoteName } from "../../diagnostics/quote";
import { partitionOfRegion } from "../../iam/partition";
import type { CallOrigin } from "../model/call-origin";
import type { PrincipalConditions, PrincipalKind } from "../model/principal";
import type { RawCalledFrom } from "./raw-account-map";
import type { Reporter } from "../../source/reporter";
import { checkSourceIp } from "../model/source-ip";
import type { Path } from "../../source/source";

/** Reads where calls come from; `undefined` where the map does not say it. */
export function readCallOrigin(
  raw: RawCalledFrom | undefined,
  path: Path,
  reporter: Reporter,
): CallOrigin | undefined {
  if (raw === undefined) return undefined;
  const { regions = [], sourceIps = [], vpcs = [], vpcEndpoints = [] } = raw;
  for (const [index, region] of regions.entries()) {
    if (partitionOfRegion(region) !== undefined) continue;
    reporter.report([...path, "regions", index], {
      rule: "PT-04",
      message: `${quoteName(region)} is not a region of any partition`,
      help: "write a region such as `eu-central-1`",
    });
  }
  for (const [index, address] of sourceIps.entries()) {
    checkSourceIp(address, [...path, "sourceIps", index], reporter);
  }
  return { regions, sourceIps, vpcs, vpcEndpoints };
}

/** Kinds of principals of mapped accounts: what the defaults say holds for them. */
const MAPPED: ReadonlySet<PrincipalKind> = new Set([
  "user",
  "role",
  "account",
  "permissionSet",
  "organizationalUnit",
]);

/**
 * Where the calls of a principal come from: what it says itself, and for those of mapped accounts else what
 * the defaults say, of the region and of the network each.
 */
export function readOriginOf(
  raw: RawCalledFrom | undefined,
  kind: PrincipalKind,
  { sourceIps, vpcEndpoints }: PrincipalConditions,
  defaults: CallOrigin | undefined,
  path: Path,
  reporter: Reporter,
): CallOrigin | undefined {
  const own = readCallOrigin(raw, path, reporter);
  const isBound = sourceIps.length + vpcEndpoints.length > 0;
  for (const key of ["sourceIps", "vpcEndpoints"] as const) {
    if (!isBound || raw?.[key] === undefined) continue;
    reporter.report([...path, key], {
      rule: "called-from",
      atKey: true,
      message: `the conditions of this principal say its network already, and \`calledFrom.${key}\` says another`,
      help: `remove \`${key}:\` from \`calledFrom:\``,
    });
  }
  const other = MAPPED.has(kind) ? defaults : undefined;
  if (own === undefined || other === undefined) return own ?? other;
  const saysNetwork = own.sourceIps.length + own.vpcs.length + own.vpcEndpoints.length > 0;
  return {
    ...(saysNetwork ? own : other),
    regions: own.regions.length > 0 ? own.regions : other.regions,
  };
}

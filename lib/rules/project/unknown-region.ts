import type { AccountMap } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import { quoteName } from "../../diagnostics/quote";
import { nearestRegion, REGIONS } from "../../iam/data/regions";
import type { Rule } from "../rule";

export const unknownRegion: Rule = {
  id: "unknown-region",
  severity: "error",
  summary: "every region that the map names is one that AWS has",
  why: "A mistyped region looks like one until Terraform finds no endpoint there, in each account. The list used here ends with its version: accept the finding if AWS opened the region lately.",
  source: "@aws-sdk/core 3.981.0, partitions of its util-endpoints",
  *inMap({ map }) {
    for (const { region, at, accounts } of unknownRegions(map)) {
      const more = accounts > 1 ? `, in ${accounts} accounts` : "";
      const meant = nearestRegion(region);
      yield {
        at,
        message: `AWS has no region ${quoteName(region)} that is known here${more}`,
        help:
          meant === undefined
            ? "write the region's code, such as `eu-central-1`, or accept the finding if AWS opened it recently"
            : `did you mean ${quoteName(meant)}? If AWS opened the region lately, accept the finding under \`acknowledgements:\``,
      };
    }
  },
};

/** Regions that are not known, once each, at the first place that has them. */
function unknownRegions({ accounts, state }: AccountMap): Iterable<{
  readonly region: string;
  readonly at: Path;
  readonly accounts: number;
}> {
  const found = new Map<string, { region: string; at: Path; accounts: number }>();
  for (const { region, partition, at, regionAt = [...at, "region"] } of accounts.values()) {
    if (REGIONS[partition].includes(region)) continue;
    const earlier = found.get(region);
    if (earlier === undefined) found.set(region, { region, at: regionAt, accounts: 1 });
    else earlier.accounts += 1;
  }
  const places = [...found.values()];
  if (state.kind !== "s3" || isKnown(state.region)) return places;
  return [...places, { region: state.region, at: ["state", "s3", "region"], accounts: 1 }];
}

function isKnown(region: string): boolean {
  return Object.values(REGIONS).some((regions) => regions.includes(region));
}

import { PARTITIONS } from "../../../../lib/iam/partition";
import { checkMap, findingsOf } from "../../../support/project";

function mapIn(partition: string): string {
  return `accounts:
  shared: { id: "111111111111", partition: ${partition} }
  shop: { id: "222222222222", partition: ${partition} }
hubs:
  automation:
    account: shared
    permissionsBoundary: { existing: access-boundary }
    principals:
      bot: { user: { name: bot } }
      people: { permissionSet: { name: Engineer } }
      builds: { githubActions: { repository: example-org/shop, branch: main } }
spokes:
  reader:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { managed: [ReadOnlyAccess] }
`;
}

/** Partitions of all ARNs in a value. */
function partitionsIn(value: unknown): string[] {
  const found = JSON.stringify(value).matchAll(/"arn:(?<partition>[^:"]*):/g);
  return [...new Set([...found].map(({ groups }) => groups?.partition ?? ""))].sort();
}

describe("the partition of an account (PT-01)", () => {
  test("is one of AWS's eight", () => {
    expect([...PARTITIONS].sort()).toEqual([
      "aws",
      "aws-cn",
      "aws-eusc",
      "aws-iso",
      "aws-iso-b",
      "aws-iso-e",
      "aws-iso-f",
      "aws-us-gov",
    ]);
    expect(checkMap(mapIn("aws-gov")).plan).toBeUndefined();
    expect(findingsOf(mapIn("aws-gov"))).toContain("must be one of `aws`, `aws-cn`, `aws-eusc`");
  });

  test.each(PARTITIONS)("is that of every ARN that is made in %s", (partition) => {
    const { plan, diagnostics } = checkMap(mapIn(partition));
    expect(diagnostics.filter(({ rule }) => rule !== "OI-17")).toEqual([]);
    expect(plan?.accounts.map(({ roles, grants }) => [roles.length, grants.length])).toEqual([
      [1, 1],
      [1, 0],
    ]);
    const made = plan?.accounts.map(({ roles, boundaries, grants }) => [roles, boundaries, grants]);
    expect(partitionsIn(made)).toEqual([partition]);
    expect(partitionsIn(plan?.handouts)).toEqual([partition]);
  });
});

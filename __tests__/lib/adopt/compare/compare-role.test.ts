import { accountDirectory } from "../../../../lib/access/account-directory";
import { compareRole } from "../../../../lib/adopt/compare/compare-role";
import type { RoleComparison } from "../../../../lib/adopt/compare/compare-role";
import type { ExistingRole } from "../../../../lib/adopt/read/existing-access";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { planMap } from "../../../support/plans/planned-map";

const BOUNDARY = "arn:aws:iam::222222222222:policy/bound";
const BOUND: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Ceiling", Effect: "Allow", Action: "s3:*", Resource: "*" }],
};
const { map, plan } = planMap(
  {
    accounts: { tools: { id: "111111111111" }, shop: { id: "222222222222" } },
    defaults: { permissionsBoundary: "bound" },
    hubs: {
      workers: {
        account: "shop",
        principals: {
          bot: { user: { account: "tools", name: "bot" }, grant: "declared", mfa: true },
          machine: { instanceProfile: {} },
        },
        permissions: { statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] },
      },
    },
  },
  { bound: BOUND },
);
const account = plan.accounts.find(({ account: { key } }) => key === "shop");
const planned = account?.roles[0];
if (account === undefined || planned === undefined) throw new Error("the map has one role");

const SAME: ExistingRole = {
  partition: "aws",
  accountId: "222222222222",
  arn: planned.arn,
  name: planned.name,
  path: planned.path,
  description: planned.description,
  maxSessionSeconds: planned.maxSessionSeconds,
  trust: { known: true, value: planned.trust },
  inline: planned.policies.inline.map(({ name, document }) => ({
    name,
    document: { known: true, value: document },
  })),
  attached: [],
  boundary: planned.permissionsBoundary?.arn ?? "",
  instanceProfiles: planned.instanceProfiles.map((name) => ({ name, path: planned.path })),
  tags: { ...map.tags, ...planned.tags },
};

function compared(
  changes: Partial<ExistingRole> = {},
  boundary: unknown = { known: true, value: BOUND },
): RoleComparison {
  if (account === undefined || planned === undefined) throw new Error("the map has one role");
  const policies = new Map([[BOUNDARY, boundary as { known: false; reason: string }]]);
  const existing = {
    accounts: new Map(),
    roles: new Map(),
    policies,
    leftOut: { serviceLinked: 0, reserved: 0 },
  };
  const scope = { existing, directory: accountDirectory(map.accounts.values()), tags: map.tags };
  return compareRole({ ...SAME, ...changes }, planned, account, scope);
}

describe("a role that exists and the one that is planned", () => {
  test("are the same where nothing differs", () => {
    expect(compared()).toEqual({ same: true, changes: [] });
  });

  test.each<[string, Partial<ExistingRole>, string, RegExp]>([
    ["sessions that last longer", { maxSessionSeconds: 7200 }, "settings", /up to 2h, planned/],
    [
      "no instance profile",
      { instanceProfiles: [] },
      "settings",
      /it is in no instance profile workers/,
    ],
    [
      "an instance profile of another path",
      { instanceProfiles: [{ name: "workers", path: "/other/" }] },
      "settings",
      /has the path \/other\//,
    ],
    [
      "a trust policy that lets in nobody",
      { trust: { known: true, value: { Version: "2012-10-17", Statement: [] } } },
      "trust",
      /the map would allow what its trust policy does not/,
    ],
    [
      "a trust policy that lets in more",
      {
        trust: {
          known: true,
          value: {
            Version: "2012-10-17",
            Statement: [
              ...planned.trust.Statement,
              {
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::333333333333:root" },
                Action: "sts:AssumeRole",
              },
            ],
          },
        },
      },
      "trust",
      /its trust policy allows what the map can't express/,
    ],
    [
      "a trust policy that is not known",
      { trust: { known: false, reason: "broken" } },
      "trust",
      /^broken$/,
    ],
    [
      "another boundary",
      { boundary: "arn:aws:iam::222222222222:policy/other" },
      "permissions",
      /its permissions boundary is .*other, planned is .*bound/,
    ],
    [
      "fewer permissions",
      { inline: [] },
      "permissions",
      /it would be allowed what it is not allowed now/,
    ],
  ])("differ by %s", (_, changes, part, reason) => {
    const found = compared(changes);
    expect(found).toMatchObject({ same: false, part });
    expect("reason" in found ? found.reason : "").toMatch(reason);
  });

  test("differ where the text of the boundary is not known, or is another", () => {
    expect(compared({}, { known: false, reason: "it was not read" })).toEqual({
      same: false,
      part: "permissions",
      reason: `its permissions boundary ${BOUNDARY}: it was not read`,
    });
    const wider = { ...BOUND, Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    expect(compared({}, { known: true, value: wider })).toMatchObject({ same: false });
  });

  test("are the same where only the description and tags are rewritten, which is said", () => {
    expect(compared({ description: "x", tags: { team: "y" } })).toEqual({
      same: true,
      changes: ["its description is rewritten", "it loses the tags team"],
    });
  });
});

import { planMap } from "../../../support/plans/planned-map";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";

const CEILING: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" },
    { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::{{account.key}}-{{bucket}}/*" },
  ],
};

function plan(permissionsBoundary: unknown) {
  const map = {
    organizations: { example: { id: "o-exampleorg1" } },
    parameters: { bucket: { type: "string", default: "data" } },
    accounts: {
      tools: { id: "111111111111" },
      shop: { id: "222222222222", parameters: { bucket: "orders" } },
      data: { id: "333333333333" },
    },
    defaults: { permissionsBoundary, rolePath: "/access/" },
    hubs: { bots: { account: "tools", principals: { bot: { user: { name: "bot" } } } } },
    spokes: {
      deployer: {
        hubs: ["bots"],
        accounts: { keys: ["shop"] },
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
      },
    },
  };
  return planMap(map, { ceiling: CEILING }).plan;
}

describe("the text of a boundary that is made elsewhere", () => {
  const said = plan({ existing: "team/limits", document: "ceiling" });

  test("is that of its document, in every account with a role that carries it", () => {
    const texts = [...(said.boundaryTexts?.values() ?? [])];
    expect(
      texts.map(({ arn, account, source, document }) => [
        arn,
        account.key,
        source,
        document.Statement[1]?.Resource,
      ]),
    ).toEqual([
      [
        "arn:aws:iam::222222222222:policy/team/limits",
        "shop",
        "ceiling",
        "arn:aws:s3:::shop-orders/*",
      ],
      [
        "arn:aws:iam::111111111111:policy/team/limits",
        "tools",
        "ceiling",
        "arn:aws:s3:::tools-data/*",
      ],
    ]);
    expect([...(said.boundaryTexts?.keys() ?? [])]).toEqual(texts.map(({ arn }) => arn));
  });

  test("makes nothing: the roles carry the policy that exists", () => {
    expect(said.accounts.flatMap(({ boundaries }) => boundaries)).toEqual([]);
    expect(
      said.accounts.flatMap(({ roles }) => roles.map((role) => role.permissionsBoundary)),
    ).toEqual([
      { arn: "arn:aws:iam::222222222222:policy/team/limits" },
      { arn: "arn:aws:iam::111111111111:policy/team/limits" },
    ]);
  });

  test.each([
    ["names no document, also where one has its name", { existing: "access/ceiling" }],
    ["is made from it", "ceiling"],
    ["is one of AWS", { managed: "PowerUserAccess" }],
  ])("is not said of a boundary that %s", (_name, boundary) => {
    expect(plan(boundary)).not.toHaveProperty("boundaryTexts");
  });
});

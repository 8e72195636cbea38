import { planFindings, planMap } from "./support/planned-map";

function spokeWith(externalId: string): string {
  return `
version: 1
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222", parameters: { tenant: shop } }
  data: { id: "333333333333", parameters: { tenant: lake } }
parameters:
  tenant: { type: string }
hubs:
  automation: { account: tools, principals: { bot: { user: { name: bot } } } }
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [app, data] }
    externalId: ${externalId}
`;
}

function asked(externalId: string): unknown {
  const planned = planMap(spokeWith(externalId));
  return ["app", "data"].map(
    (account) =>
      planned.trust(account, "spoke-deployer")[0]?.Condition?.StringEquals?.["sts:ExternalId"],
  );
}

describe("the external id of a spoke", () => {
  test("is the same everywhere", () => {
    expect(asked("shared-id")).toEqual(["shared-id", "shared-id"]);
  });

  test("is made for each account from parameters, built-in and declared", () => {
    expect(asked('"{{tenant}}-{{account.key}}-{{account.id}}"')).toEqual([
      "shop-app-222222222222",
      "lake-data-333333333333",
    ]);
  });

  test("is one of two while it is rotated", () => {
    expect(asked('[current-id, "{{account.key}}-previous"]')).toEqual([
      ["app-previous", "current-id"],
      ["current-id", "data-previous"],
    ]);
  });

  test("tells the caller the current one first", () => {
    const { plan } = planMap(spokeWith("[current-id, a-previous-id]"));
    const edges = plan.edges.filter(({ from }) => from.kind === "role");
    expect(edges.map(({ externalIds }) => externalIds)).toEqual([
      ["current-id", "a-previous-id"],
      ["current-id", "a-previous-id"],
    ]);
  });

  test("can be given per account, with one for the others", () => {
    expect(asked("{ default: others-id, accounts: { data: [data-id, data-old-id] } }")).toEqual([
      "others-id",
      ["data-id", "data-old-id"],
    ]);
  });

  test("is not asked for in an account without one, where only others are given", () => {
    expect(asked("{ accounts: { data: data-id } }")).toEqual([undefined, "data-id"]);
  });

  test("is refused where the filled-in text is no external id (ID-12)", () => {
    const map = spokeWith('"{{tenant}}"').replace("tenant: lake", 'tenant: "two words"');
    expect(planFindings(map)).toEqual([
      {
        rule: "ID-12",
        line: 15,
        message:
          'an external ID must be 2 to 1224 ASCII letters, digits or any of `_+=,.@:/-`, without spaces, got "two words"',
      },
    ]);
  });

  test("is refused with a parameter that does not exist", () => {
    expect(planFindings(spokeWith('"{{account.name}}"'))[0]).toMatchObject({
      rule: "unknown-parameter",
      line: 15,
    });
  });
});

test("the external id of a way in takes parameters of the account it leads into", () => {
  const planned = planMap(`
version: 1
accounts:
  app: { id: "222222222222" }
  data: { id: "333333333333" }
spokes:
  scanner:
    accounts: { keys: [app, data] }
    principals:
      vendor:
        foreignAccount: { id: "555555555555", reason: scanner of a vendor }
        externalId: "scan-{{account.key}}"
        grant: declared
`);
  const ids = ["app", "data"].map(
    (account) =>
      planned.trust(account, "spoke-scanner")[0]?.Condition?.StringEquals?.["sts:ExternalId"],
  );
  expect(ids).toEqual(["scan-app", "scan-data"]);
  expect(planned.plan.edges.map(({ externalIds }) => externalIds)).toEqual([
    ["scan-app"],
    ["scan-data"],
  ]);
});

describe("the external id of a principal", () => {
  test("is refused where the filled-in text is no external id (ID-12)", () => {
    const map = spokeWith("fixed-id")
      .replace("tenant: lake", 'tenant: "two words"')
      .concat(
        '    principals: { ci: { user: { account: tools, name: ci }, externalId: "{{tenant}}" } }\n',
      );
    expect(planFindings(map)).toEqual([
      {
        rule: "ID-12",
        line: 16,
        message:
          'an external ID must be 2 to 1224 ASCII letters, digits or any of `_+=,.@:/-`, without spaces, got "two words"',
      },
    ]);
  });
});

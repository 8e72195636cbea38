import { checkMap } from "../../../support/project";

const MAP = `
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  automation:
    account: tools
    permissionsBoundary: boundary
    principals:
      bot: { user: { name: bot } }
    permissions:
      documents: [own]
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions:
      managed: [job-function/ViewOnlyAccess]
`;

function document(...statements: readonly [effect: string, action: string][]): object {
  return {
    Version: "2012-10-17",
    Statement: statements.map(([Effect, Action]) => ({ Effect, Action, Resource: "*" })),
  };
}

const SOMETHING: [string, string] = ["Allow", "ec2:DescribeInstances"];

describe("PB-01: a hop is allowed where permissions and boundary allow it and neither denies it", () => {
  // The permission itself is always made.
  test.each([
    ["both allow", document(SOMETHING), document(["Allow", "*"]), []],
    ["the boundary is silent", document(SOMETHING), document(SOMETHING), ["PB-02"]],
    [
      "the boundary denies",
      document(SOMETHING),
      document(["Allow", "*"], ["Deny", "sts:*"]),
      ["PB-02"],
    ],
    [
      "a permission denies",
      document(SOMETHING, ["Deny", "sts:AssumeRole"]),
      document(["Allow", "*"]),
      ["TR-22"],
    ],
    [
      "neither lets it pass",
      document(SOMETHING, ["Deny", "sts:*"]),
      document(SOMETHING),
      ["PB-02", "TR-22"],
    ],
  ])("%s", (_case, own, boundary, expected) => {
    const { diagnostics } = checkMap(MAP, { own, boundary });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule }) => rule).sort()).toEqual(expected);
  });
});

import { synthesizeMap } from "../support/project";

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

const MAP = `
version: 1
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
  data: { id: "333333333333" }
hubs:
  automation: { account: tools, trustMode: MODE, principals: { bot: { user: { name: bot } } } }
spokes:
  deployer: { hubs: [automation], accounts: { keys: [app, tools] } }
  other: { accounts: { keys: [data] }, principals: { bot: { user: { name: bot } } } }
`;

function dependencies(mode: string): Record<string, readonly string[]> {
  const { tree } = synthesizeMap(MAP.replace("MODE", mode));
  const { stacks } = JSON.parse(tree.manifest) as Manifest;
  return Object.fromEntries(
    Object.entries(stacks).map(([key, stack]) => [key, stack.dependencies]),
  );
}

describe("the order of stacks", () => {
  test("is free where trust names accounts", () => {
    expect(dependencies("account")).toEqual({ app: [], data: [], tools: [] });
  });

  test("puts the hub's stack first where trust names its role (TR-11)", () => {
    expect(dependencies("roleArn")).toEqual({ app: ["tools"], data: [], tools: [] });
  });

  test("puts the hub's role first within its own stack", () => {
    const stacks = synthesizeMap(MAP.replace("MODE", "roleArn"));
    expect(stacks.resource("tools", "aws_iam_role", "spoke-deployer").depends_on).toEqual([
      "aws_iam_role.hub-automation",
    ]);
    expect(stacks.resource("app", "aws_iam_role", "spoke-deployer").depends_on).toBeUndefined();
  });
});

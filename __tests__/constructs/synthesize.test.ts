import { synthesizeMap } from "../support/project";

const MAP = `
version: 1
accounts:
  hub: { id: "111111111111" }
  other: { id: "222222222222" }
  spoke: { id: "333333333333" }
hubs:
  people:
    account: hub
    trustMode: roleArn
    principals: { bot: { user: { name: bot } } }
spokes:
  reader:
    hubs: [people]
    accounts: { keys: [hub, spoke] }
`;

describe("a synthesis", () => {
  test("gives the same bytes whatever CDKTF's environment variables say", () => {
    const plain = synthesizeMap(MAP).tree;
    const variables = { SYNTH_HCL_OUTPUT: "true", CDKTF_CONTEXT_JSON: '{"cdktfVersion":"0.0.0"}' };
    Object.assign(process.env, variables);
    try {
      const { tree } = synthesizeMap(MAP);
      expect(tree.manifest).toBe(plain.manifest);
      expect([...tree.stacks]).toEqual([...plain.stacks]);
    } finally {
      for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
    }
  });
});

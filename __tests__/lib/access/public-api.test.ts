import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../../constructs/synthesize";
import * as api from "../../../lib/access/public-api";
import { ROOT } from "../../support/project";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts: { tools: { id: "111111111111" }, shop: { id: "222222222222" } }
hubs:
  bots: { account: tools, role: bots, principals: { bot: { user: { name: bot, create: true } } } }
spokes:
  reader: { hubs: [bots], accounts: { keys: [shop] }, permissions: { managed: [SecurityAudit] } }
`;

describe("trustwheel/access", () => {
  test("offers every function that the page lists, and no other", () => {
    const page = readFileSync(join(ROOT, "docs", "proof.md"), "utf8");
    const [, table = ""] = page.split("| function");
    const listed = [...table.matchAll(/`(\w+)`(?=[^|]*\|[^|]*\|\n)/g)].map(([, name = ""]) => name);
    const offered: ReadonlyMap<string, unknown> = new Map(Object.entries(api));
    expect(listed.length).toBeGreaterThan(10);
    expect(listed.filter((name) => typeof offered.get(name) !== "function")).toEqual([]);
    const functions = [...offered].filter(([, value]) => typeof value === "function");
    expect(functions.map(([name]) => name).filter((name) => !listed.includes(name))).toEqual([]);
  });

  test("takes a program from the text of a map to a proof", () => {
    const documents = new Map();
    const input = { file: "accounts.yaml", text: MAP, documents, readFile: () => undefined };
    const { map, source, diagnostics } = api.readAccountMap(input);
    if (map === undefined || source === undefined) {
      throw new Error(api.printDiagnostics(diagnostics, { texts: new Map(), color: false }));
    }
    const { plan } = api.buildAccessPlan({ map, documents, source });
    const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
    const accounts = api.accountDirectory(map.accounts.values());
    const proof = api.provePlan({ plan, accounts, stacks });
    expect(proof).toMatchObject({ verdict: "proved", roles: 2, edges: 2 });
    const { graph } = api.readAccessGraph(stacks);
    const world = { graph, accounts, controls: api.planControlPolicies(plan) };
    const bot = { kind: "user", arn: "arn:aws:iam::111111111111:user/bot" } as const;
    expect(api.reach(world, bot, "2026-01-01T00:00:00Z").map(({ roleArn }) => roleArn)).toEqual([
      "arn:aws:iam::111111111111:role/bots",
      "arn:aws:iam::222222222222:role/reader",
    ]);
  });
});

import { synthesize } from "../../../../constructs/synthesize";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { affectedStacks } from "../../../../lib/review/affected/affected-stacks";
import { matrixOf } from "../../../../lib/review/affected/matrix";
import type { ReviewedTree } from "../../../../lib/review/compare/reviewed-tree";
import { planMap } from "../../../support/plans/planned-map";

const ACCOUNTS = {
  shared: { id: "111111111111", unit: "/Infrastructure" },
  prod: { id: "222222222222", unit: "/Workloads" },
  test: { id: "333333333333", unit: "/Workloads" },
};

function map(
  hubs: Record<string, object>,
  spokes: Record<string, object> = { deployer: { hubs: Object.keys(hubs) } },
): object {
  const rest = {
    accounts: { units: ["/Workloads"] },
    permissions: { managed: ["ReadOnlyAccess"] },
  };
  return {
    version: 1,
    organizations: { example: { id: "o-exampleorg1" } },
    defaults: { region: "eu-central-1", deploymentRole: "none" },
    accounts: ACCOUNTS,
    hubs: Object.fromEntries(
      Object.entries(hubs).map(([key, hub]) => [
        key,
        { account: "shared", principals: { bot: { user: { name: "bot" } } }, ...hub },
      ]),
    ),
    spokes: Object.fromEntries(
      Object.entries(spokes).map(([key, spoke]) => [key, { ...rest, ...spoke }]),
    ),
  };
}

function tree(value: object): ReviewedTree {
  const { map: read, plan } = planMap(value);
  const { stacks: texts } = synthesize(plan);
  const { graph } = readAccessGraph([...texts].map(([stack, text]) => ({ stack, text })));
  return { graph, unread: [], moved: [], texts, map: read, plan };
}

function waves(base: object, head: object): string[][] {
  return affectedStacks(tree(base), tree(head)).waves.map((wave) => wave.map(({ stack }) => stack));
}

describe("affected stacks", () => {
  const base = map({ ci: {} });

  test("are none where nothing differs", () => {
    expect(affectedStacks(tree(base), tree(base))).toEqual({
      waves: [],
      removed: [],
      crossed: [],
    });
  });

  test("are those whose text differs, at once where no trust needs another", () => {
    const head = map({ ci: {} }, { deployer: { hubs: ["ci"], externalId: "abc-123" } });
    const { waves: found } = affectedStacks(tree(base), tree(head));
    expect(
      found.map((wave) => wave.map(({ stack, account, status }) => [stack, account, status])),
    ).toEqual([
      [
        ["prod", "222222222222", "changed"],
        ["test", "333333333333", "changed"],
      ],
    ]);
  });

  test("a new hub that is trusted by its ARN comes before the spokes", () => {
    const head = map({ ci: {}, bots: { trustMode: "roleArn" } });
    expect(waves(base, head)).toEqual([["shared"], ["prod", "test"]]);
  });

  test("a new hub whose account is trusted can come at the same time", () => {
    expect(waves(base, map({ ci: {}, bots: {} }))).toEqual([["prod", "shared", "test"]]);
  });

  test("a hub that goes comes after the spokes that trusted it, by ARN or by condition", () => {
    for (const trustMode of ["roleArn", "account"]) {
      const both = map({ ci: {}, bots: { trustMode } });
      expect(waves(both, base)).toEqual([["prod", "test"], ["shared"]]);
    }
  });

  test("one hub in the place of another crosses: the new one is made first, and that is said", () => {
    const before = map({ old: { trustMode: "roleArn" } });
    const after = map({ new: { trustMode: "roleArn" } });
    const { waves: found, crossed } = affectedStacks(tree(before), tree(after));
    expect(found.map((wave) => wave.map(({ stack }) => stack))).toEqual([
      ["shared"],
      ["prod", "test"],
    ]);
    expect(crossed).toEqual([
      ["prod", "shared"],
      ["test", "shared"],
    ]);
  });

  test("a stack that only the base has is named, and in no wave", () => {
    const { test: _, ...fewer } = ACCOUNTS;
    const head = { ...base, accounts: fewer };
    const found = affectedStacks(tree(base), tree(head));
    expect(found.removed).toEqual(["test"]);
    expect(found.waves.flat().map(({ stack }) => stack)).not.toContain("test");
  });
});

describe("the matrix", () => {
  test("has the folder of each stack, and at most 256 jobs", () => {
    const wave = Array.from({ length: 300 }, (_, index) => ({
      stack: `account-${index}`,
      account: "111111111111",
      status: "changed" as const,
    }));
    const { waves: found } = matrixOf({ waves: [wave], removed: [], crossed: [] }, "cdktf.out");
    expect(found.map(({ include }) => include.length)).toEqual([256, 44]);
    expect(found[1]?.include[0]).toEqual({
      stack: "account-256",
      account: "111111111111",
      directory: "cdktf.out/stacks/account-256",
    });
  });
});

describe("a new account", () => {
  const withPipeline = (accounts: object, hub: object = {}): object => ({
    ...map({ ci: hub }),
    accounts,
    defaults: { region: "eu-central-1", deploymentRole: "trustwheel-deployment" },
    state: { s3: { bucket: "example-org-states", region: "eu-central-1" } },
    pipeline: { account: "shared", githubActions: { repository: "example-org/platform" } },
  });
  const { test: added, ...before } = ACCOUNTS;

  test("comes after the stack whose roles must be allowed to work in it", () => {
    const head = withPipeline({ ...before, test: added });
    expect(waves(withPipeline(before), head)).toEqual([["shared"], ["test"]]);
  });

  test("is one of many where nothing is deployed yet", () => {
    const nothing = { ...tree(withPipeline(before)), texts: new Map<string, string>() };
    const { waves: found } = affectedStacks(nothing, tree(withPipeline(before)));
    expect(found.map((wave) => wave.map(({ stack }) => stack))).toEqual([["shared"], ["prod"]]);
  });

  test("with a hub that others name by its ARN comes first all the same", () => {
    const hub = { account: "test", trustMode: "roleArn" };
    const other = { deployer: { hubs: ["ci"], accounts: { keys: ["shared"] } } };
    const head = {
      ...withPipeline({ ...before, test: added }),
      ...hubsOf(map({ ci: hub }, other)),
    };
    const { waves: found, crossed } = affectedStacks(tree(withPipeline(before)), tree(head));
    const order = found.map((wave) => wave.map(({ stack }) => stack));
    expect(order.findIndex((wave) => wave.includes("test"))).toBeLessThan(
      order.findIndex((wave) => wave.includes("shared")),
    );
    expect(crossed).toEqual([]);
  });

  function hubsOf(value: object): object {
    const { hubs, spokes } = value as { hubs: object; spokes: object };
    return { hubs, spokes };
  }
});

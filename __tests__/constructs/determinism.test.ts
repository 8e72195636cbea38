import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { ROOT, synthesizeMap } from "../support/project";
import type { SynthesizedStacks } from "../support/project";

/** The example organization: a map with everything in it, and its documents. */
const EXAMPLE = readFileSync(join(ROOT, "accounts.yaml"), "utf8");
const POLICIES = documentsIn(join(ROOT, "policies"));

function documentsIn(folder: string): Record<string, string> {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return Object.fromEntries(
    files.map((file) => [file.replace(/\.json$/, ""), readFileSync(join(folder, file), "utf8")]),
  );
}

function bytesOf({ tree }: SynthesizedStacks): unknown {
  return { stacks: [...tree.stacks], manifest: tree.manifest };
}

/** The same value with the keys of every object in another order, told by the random numbers. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [random(), key, shuffled(item, random)] as const,
  );
  entries.sort(([a], [b]) => a - b);
  return Object.fromEntries(entries.map(([, key, item]) => [key, item]));
}

describe("the same map", () => {
  const seeds = join(ROOT, "__tests__", "fixtures", "seeds");
  const folders = readdirSync(seeds).flatMap((seed) =>
    readdirSync(join(seeds, seed)).map((variant) => join(seed, variant)),
  );

  test.each(folders)("gives the same bytes twice: %s", (folder) => {
    const text = readFileSync(join(seeds, folder, "accounts.yaml"), "utf8");
    const policies = documentsIn(join(seeds, folder, "policies"));
    expect(bytesOf(synthesizeMap(text, policies))).toEqual(bytesOf(synthesizeMap(text, policies)));
  });

  test("gives the same bytes with its keys in any other order", () => {
    const expected = bytesOf(synthesizeMap(EXAMPLE, POLICIES));
    const map: unknown = parse(EXAMPLE);
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (numbers) => {
        const other = shuffled(map, () => Number(numbers.next().value));
        expect(bytesOf(synthesizeMap(JSON.stringify(other), POLICIES))).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });
});

describe("one account more", () => {
  const NEW_ACCOUNT = `
  shop-staging:
    id: "171717171717"
    unit: /Workloads/Test
    tags: { environment: test, team: shop }
`;
  const before = synthesizeMap(EXAMPLE, POLICIES);
  const after = synthesizeMap(EXAMPLE.replace("\nhubs:\n", `${NEW_ACCOUNT}\nhubs:\n`), POLICIES);
  const existing = [...before.tree.stacks.keys()];

  test("gets a stack with every spoke that selects it", () => {
    const added = [...after.tree.stacks.keys()].filter((account) => !existing.includes(account));
    expect(added).toEqual(["shop-staging"]);
    const roles = after
      .addresses("shop-staging")
      .filter((address) => address.startsWith("aws_iam_role."));
    expect(roles).toEqual([
      "aws_iam_role.spoke-deployer",
      "aws_iam_role.spoke-monitor",
      "aws_iam_role.spoke-reader",
    ]);
  });

  test("changes no file of another but those of its hubs", () => {
    const changed = existing.filter(
      (account) => after.tree.stacks.get(account) !== before.tree.stacks.get(account),
    );
    expect(changed).toEqual(["identity", "shared-services"]);
  });

  test("changes no address of another", () => {
    for (const account of existing) {
      expect(after.addresses(account)).toEqual(before.addresses(account));
    }
  });

  test("changes in its hubs nothing but their permission to assume roles", () => {
    const permission = {
      identity: "hub-people_policy-assume-roles",
      "shared-services": "hub-automation_policy-assume-roles",
    };
    for (const [account, id] of Object.entries(permission)) {
      const without = (stacks: SynthesizedStacks): unknown => {
        const { resource, ...stack } = stacks.stack(account);
        const { [id]: policy, ...policies } = resource?.aws_iam_role_policy ?? {};
        expect(policy).toBeDefined();
        return { ...stack, resource: { ...resource, aws_iam_role_policy: policies } };
      };
      expect(without(after)).toEqual(without(before));
    }
  });
});

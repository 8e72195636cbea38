import { synthesizeMap } from "../../../support/project";
import type { SynthesizedStacks } from "../../../support/project";

const ACTIONS = ["s3:PutObject", "ec2:DescribeInstances", "s3:GetObject", "s3:GetObject"];
const RESOURCES = ["arn:aws:s3:::b/*", "arn:aws:s3:::a/*", "arn:aws:s3:::b/*"];
const TEAMS = ["shop", "data", "shop"];

/** The same map, with everything that is a list in this order. */
function stacks(order: <T>(list: readonly T[]) => T[]): SynthesizedStacks {
  const statement = {
    Effect: "Allow",
    Action: order(ACTIONS),
    Resource: order(RESOURCES),
    Condition: { StringEquals: { "aws:PrincipalTag/team": order(TEAMS) } },
  };
  return synthesizeMap(
    `accounts:
  one: { id: "111111111111" }
  two: { id: "222222222222" }
hubs:
  people:
    account: one
    principals:
      team: { user: { name: [${order(["zoe", "adam", "mia"]).join(", ")}] } }
spokes:
  worker:
    hubs: [people]
    accounts: { keys: [${order(["two", "one"]).join(", ")}] }
    permissions: { documents: [work] }
`,
    { work: { Version: "2012-10-17", Statement: [statement] } },
  );
}

describe("lists in documents (GR-28)", () => {
  const written = stacks((list) => [...list]);

  test("are sorted and hold nothing twice, whatever the map and its documents say", () => {
    const lists = written.documents().flatMap(({ document }) => listsIn(document.Statement));
    expect(lists.length).toBeGreaterThan(4);
    expect(lists.filter((list) => new Set(list).size < list.length)).toEqual([]);
    expect(lists.map((list) => [...list].sort())).toEqual(lists);
    expect(lists).toContainEqual(["ec2:DescribeInstances", "s3:GetObject", "s3:PutObject"]);
  });

  test("are the same bytes in whatever order they were written", () => {
    const reversed = stacks((list) => [...list].reverse());
    expect([...reversed.tree.stacks]).toEqual([...written.tree.stacks]);
  });
});

/** Every list of strings below a value. */
function listsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return [value];
  return Object.values(value).flatMap(listsIn);
}

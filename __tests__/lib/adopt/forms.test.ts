import type { DraftedEntry } from "../../../lib/adopt/entries/draft-entries";
import type { RoleNode } from "../../../lib/adopt/entries/role-node";
import { giveWay, nextForm } from "../../../lib/adopt/forms";
import type { Failure, Forms } from "../../../lib/adopt/forms";

const [HUB, START, STEP, SPOKE] = ["hub", "start", "step", "spoke"].map(
  (name) => `arn:aws:iam::333333333333:role/${name}`,
) as [string, string, string, string];
const NODES = new Map([HUB, START, STEP, SPOKE].map((arn) => [arn, {} as RoleNode]));
const FRESH: Forms = {
  nodes: NODES,
  unchained: new Set(),
  declared: new Set(),
  refused: new Map(),
};

function failure(
  section: DraftedEntry["section"],
  roles: readonly string[],
  arn: string,
  part: Failure["part"],
): Failure {
  return { entry: { section, key: "key", value: {}, roles }, arn, part, reason: `${part} differ` };
}

const chain = failure("chains", [START, STEP], STEP, "trust");
const hub = failure("hubs", [HUB], HUB, "permissions");
const spoke = failure("spokes", [SPOKE], SPOKE, "permissions");

describe("the form after one that does not grant the same", () => {
  test("of a chain is roles of their own, by the role that it begins with", () => {
    const next = nextForm(FRESH, chain);
    expect(next).toEqual({ ...FRESH, unchained: new Set([START]) });
    expect(next && nextForm(next, chain)).toBeUndefined();
  });

  test("of a hub with other permissions is one whose permission to assume is declared", () => {
    const next = nextForm(FRESH, hub);
    expect(next).toEqual({ ...FRESH, declared: new Set([HUB]) });
    expect(next && nextForm(next, hub)).toBeUndefined();
  });

  test.each([
    ["a hub with another trust policy", failure("hubs", [HUB], HUB, "trust")],
    ["a hub with other settings", failure("hubs", [HUB], HUB, "settings")],
    ["a spoke", spoke],
  ])("there is none for %s", (_, each) => {
    expect(nextForm(FRESH, each)).toBeUndefined();
  });
});

describe("several failures", () => {
  test("give way to other forms before any role is refused", () => {
    expect(giveWay(FRESH, [spoke, chain, hub])).toEqual({
      ...FRESH,
      unchained: new Set([START]),
      declared: new Set([HUB]),
    });
  });

  test("are refused with their reasons where no form is left for any of them", () => {
    const last = { ...FRESH, unchained: new Set([START]), declared: new Set([HUB]) };
    expect(giveWay(last, [spoke, chain, hub])).toEqual({
      ...last,
      nodes: new Map([[START, {}]]),
      refused: new Map([
        [SPOKE, "permissions differ"],
        [STEP, "trust differ"],
        [HUB, "permissions differ"],
      ]),
    });
  });

  test("leave the forms that they come from as they are", () => {
    giveWay(FRESH, [spoke]);
    expect(FRESH.nodes.size).toBe(4);
    expect(FRESH.refused.size).toBe(0);
  });
});

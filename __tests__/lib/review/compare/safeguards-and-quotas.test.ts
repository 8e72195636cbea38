import type { ControlPolicySet } from "../../../../lib/account-map/model/control-policy";
import type { AccountMap } from "../../../../lib/account-map/model/account-map";
import type { ReviewRule } from "../../../../lib/account-map/model/review-rule";
import { compareTrees } from "../../../../lib/review/compare-trees";
import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import type { ReviewedTree } from "../../../../lib/review/compare/reviewed-tree";
import { replaced, reviewOf, TIME, treeOf } from "./support/compared-maps";

const MAP = `
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  automation:
    account: tools
    role: automation-hub
    principals:
      ci: { role: { name: ci-runner } }
  people:
    account: tools
    role: people-hub
    principals:
      ann: { user: { name: ann } }
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [shop] }
assertions:
  - only: { to: spoke deployer, from: hub automation }
`;

const PEOPLE = "arn:aws:iam::111111111111:role/people-hub";
const DEPLOYER = "arn:aws:iam::222222222222:role/deployer";

const BASE = treeOf(MAP);

function ofKind(kind: AccessChange["kind"], base: ReviewedTree, head: ReviewedTree): unknown[] {
  return reviewOf(base, head).changes.filter((change) => change.kind === kind);
}

/** The tree with another map than it was made from. */
function judged(tree: ReviewedTree, more: Partial<AccountMap>): ReviewedTree {
  if (tree.map === undefined) throw new Error("the tree has a map");
  return { ...tree, map: { ...tree.map, ...more } };
}

describe("assertions of the base", () => {
  const open = treeOf(replaced(MAP, "hubs: [automation]", "hubs: [automation, people]"));

  test("that would break are said with who breaks them", () => {
    expect(ofKind("assertion", BASE, open)).toEqual([
      {
        kind: "assertion",
        assertion: "only from hubs.automation to spokes.deployer",
        message: `${DEPLOYER} is to be entered by others only, and lets in ${PEOPLE}`,
      },
    ]);
  });

  test("are unknown where no plan says which roles they name", () => {
    const { plan: _, ...unplanned } = BASE;
    expect(ofKind("assertion", unplanned, unplanned)).toEqual([]);
    expect(ofKind("unknown", unplanned, unplanned)).toEqual([
      {
        kind: "unknown",
        subject: "only from hubs.automation to spokes.deployer",
        reason: "the roles that the assertion names are unknown without the resolved map",
      },
    ]);
  });

  test("that were broken before are not said again", () => {
    expect(ofKind("assertion", open, open)).toEqual([]);
  });

  test("judge also where head has them no more, which is a change itself", () => {
    const silenced = judged(open, { assertions: [] });
    expect(ofKind("assertion", BASE, silenced)).toHaveLength(1);
    expect(ofKind("safeguard", BASE, silenced)).toEqual([
      {
        kind: "safeguard",
        what: "assertion",
        direction: "lost",
        name: "only from hubs.automation to spokes.deployer",
      },
    ]);
  });
});

test("a trust policy that comes near to its quota is said once", () => {
  const names = Array.from({ length: 29 }, (_, index) => `person-with-a-long-name-${index}`);
  const near = treeOf(replaced(MAP, "name: ann", `name: [${names.join(", ")}]`));
  expect(ofKind("quota", BASE, near)).toEqual([
    {
      kind: "quota",
      subject: PEOPLE,
      used: expect.any(Number) as number,
      limit: 2048,
      rule: "ID-19",
      unit: "characters of the trust policy",
    },
  ]);
  expect(ofKind("quota", near, near)).toEqual([]);
});

describe("safeguards", () => {
  const rule: ReviewRule = {
    name: "production",
    on: ["widened"],
    except: [],
    outcome: { kind: "block" },
    at: ["review", "production"],
  };
  const accepted = {
    rule: "TR-13",
    place: ["hubs", "automation"],
    reason: "agreed with security",
    at: ["acknowledgements", 0],
  };
  const base = judged(BASE, { reviewRules: [rule], acknowledgements: [accepted] });

  test("is not changed by where it stands", () => {
    const moved = judged(BASE, {
      reviewRules: [{ ...rule, at: ["elsewhere"] }],
      acknowledgements: [{ ...accepted, at: ["acknowledgements", 1] }],
    });
    expect(reviewOf(base, moved)).toMatchObject({ hasChanges: false, changes: [] });
  });

  test("is changed by what it says", () => {
    const head = judged(BASE, {
      reviewRules: [
        { ...rule, outcome: { kind: "merge" } },
        { ...rule, name: "other" },
      ],
      acknowledgements: [],
    });
    expect(reviewOf(base, head).changes).toEqual([
      { kind: "safeguard", what: "gate-rule", direction: "edited", name: "production" },
      { kind: "safeguard", what: "gate-rule", direction: "gained", name: "other" },
      {
        kind: "safeguard",
        what: "acknowledgement",
        direction: "lost",
        name: "TR-13 at hubs.automation",
      },
    ]);
  });
});

describe("what the map says of control policies", () => {
  const set: ControlPolicySet<string> = {
    service: [{ name: "regions", document: "regions", targets: [{ kind: "unit", path: "/" }] }],
    resource: [],
    fullAccess: { everywhereBut: [] },
  };

  test("is reported by organization where it changes", () => {
    const base = judged(BASE, { controlPolicies: new Map([["example", set]]) });
    expect(reviewOf(base, base).changes).toEqual([]);
    expect(reviewOf(base, BASE).changes).toEqual([
      { kind: "safeguard", what: "control-policies", direction: "lost", name: "of example" },
    ]);
  });
});

describe("what the map says of calls, for the proof of control policies", () => {
  const name = "(`calledFrom`, organizations of external accounts)";
  const origin = { regions: ["eu-west-1"], sourceIps: [], vpcs: [], vpcEndpoints: [] };

  test("is reported where it changes", () => {
    const said = judged(BASE, { origin });
    const other = judged(BASE, { origin: { ...origin, regions: ["us-east-1"] } });
    const changed = (direction: string): object[] => [
      { kind: "safeguard", what: "control-policies", direction, name },
    ];
    expect(reviewOf(said, said).changes).toEqual([]);
    expect(reviewOf(BASE, said).changes).toEqual(changed("gained"));
    expect(reviewOf(said, other).changes).toEqual(changed("edited"));
    expect(reviewOf(said, BASE).changes).toEqual(changed("lost"));
  });
});

describe("the way in of the pipeline", () => {
  const pipeline = (head: ReviewedTree): unknown[] =>
    compareTrees({ base: BASE, head, time: TIME, pipelineRoles: [DEPLOYER] }).changes.filter(
      ({ kind }) => kind === "pipeline",
    );

  test("is lost with its role, and with whom its trust policy keeps out", () => {
    const gone = treeOf(replaced(MAP, "{ keys: [shop] }", "{ keys: [tools] }"));
    expect(pipeline(gone)).toEqual([
      { kind: "pipeline", role: DEPLOYER, message: "the role is removed" },
    ]);
    const [kept] = pipeline(
      treeOf(MAP, {}, (text) => text.replaceAll("automation-hub", "another-hub")),
    );
    expect(kept).toMatchObject({
      role: DEPLOYER,
      message: expect.stringMatching(
        /^its trust policy no longer allows: role arn:aws:iam::111111111111:role\/automation-hub /,
      ) as string,
    });
  });

  test("stays where more are let in", () => {
    expect(
      pipeline(treeOf(replaced(MAP, "hubs: [automation]", "hubs: [automation, people]"))),
    ).toEqual([]);
  });
});

import type { ActionsOfService } from "../../../../lib/access/permissions/actions-by-service";
import type { WitnessText } from "../../../../lib/review/compare/witness-text";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Review } from "../../../../lib/review/review";
import type { ReviewedTree } from "../../../../lib/review/compare/reviewed-tree";
import { withoutCallers } from "../../../support/reviews/called";
import { replaced, reviewOf as wholeReviewOf, treeOf } from "./support/compared-maps";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111", unit: /Platform }
  shop: { id: "222222222222", unit: /Workloads/Prod, tags: { stage: prod } }
  bikes: { id: "333333333333", unit: /Workloads/Dev, tags: { stage: dev } }
hubs:
  automation:
    account: tools
    role: automation-hub
    principals:
      ci: { role: { name: ci-runner } }
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [shop, bikes] }
    externalId: deploy-1
    permissions: { documents: [deploy] }
    permissionsBoundary: ceiling
`;
const OBJECTS = "arn:aws:s3:::example-artifacts/*";
const POLICIES = {
  deploy: policyDocument([
    { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: OBJECTS },
  ]),
  ceiling: policyDocument([{ Effect: "Allow", Action: "s3:*", Resource: "*" }]),
};

const CI = "arn:aws:iam::111111111111:role/ci-runner";
const HUB = "arn:aws:iam::111111111111:role/automation-hub";
const SHOP = "arn:aws:iam::222222222222:role/deployer";
const BIKES = "arn:aws:iam::333333333333:role/deployer";

const TOOLS_ACCOUNT = { id: "111111111111", key: "tools", unit: "/Platform", tags: {} };
const SHOP_ACCOUNT = {
  id: "222222222222",
  key: "shop",
  unit: "/Workloads/Prod",
  tags: { stage: "prod" },
};
const BIKES_ACCOUNT = {
  id: "333333333333",
  key: "bikes",
  unit: "/Workloads/Dev",
  tags: { stage: "dev" },
};

/** Callers and their terms are tested by themselves. */
function reviewOf(base: ReviewedTree, head: ReviewedTree): Review {
  return withoutCallers(wholeReviewOf(base, head));
}

const BASE = treeOf(MAP, POLICIES);
const edited = (from: string, to: string): string => replaced(MAP, from, to);
const NO_ACTIONS = { gained: [], lost: [], attached: [], detached: [] };
const S3: readonly ActionsOfService[] = [
  { service: "s3", levels: ["Write", "Read"], actions: ["s3:GetObject", "s3:PutObject"] },
];
const ASSUME: readonly ActionsOfService[] = [
  { service: "sts", levels: ["Write"], actions: ["sts:AssumeRole"] },
];

describe("nothing", () => {
  test("is said of a tree that was synthesized again", () => {
    expect(reviewOf(BASE, treeOf(MAP, POLICIES))).toEqual({
      version: 2,
      hasChanges: false,
      changes: [],
      accounts: {},
      stacks: [],
    });
  });

  test("is said where the map is ordered otherwise", () => {
    const head = treeOf(edited("[shop, bikes]", "[bikes, shop]"), POLICIES);
    expect(reviewOf(BASE, head)).toMatchObject({ hasChanges: false, changes: [], stacks: [] });
  });

  test("of access changes with a stack whose text alone does", () => {
    const head = treeOf(MAP, POLICIES, (text, stack) => (stack === "shop" ? `${text}\n` : text));
    expect(reviewOf(BASE, head)).toEqual({
      version: 2,
      hasChanges: true,
      changes: [],
      accounts: {},
      stacks: [{ stack: "shop", status: "changed", sameAccess: true }],
    });
  });
});

const WITHOUT_BIKES = [
  { kind: "reach", direction: "lost", from: CI, to: BIKES, via: [HUB], certain: true },
  {
    kind: "edge",
    direction: "lost",
    from: HUB,
    to: BIKES,
    action: "sts:AssumeRole",
    certain: true,
    foreign: false,
  },
  { kind: "permissions", identity: HUB, ...NO_ACTIONS, lost: ASSUME, change: "narrowed" },
  { kind: "permissions", identity: BIKES, ...NO_ACTIONS, lost: S3, change: "narrowed" },
  { kind: "existence", what: "role", direction: "lost", arn: BIKES },
] as const;

describe("accounts of a spoke", () => {
  const smaller = treeOf(edited("[shop, bikes]", "[shop]"), POLICIES);

  test("one less is lost with the way there, and the hub may assume less", () => {
    expect(reviewOf(BASE, smaller)).toEqual({
      version: 2,
      hasChanges: true,
      changes: WITHOUT_BIKES,
      accounts: { "111111111111": TOOLS_ACCOUNT, "333333333333": BIKES_ACCOUNT },
      stacks: [
        { stack: "bikes", status: "changed" },
        { stack: "tools", status: "changed" },
      ],
    });
  });

  test("one more is gained with the way there, and the hub may assume more", () => {
    const swapped = WITHOUT_BIKES.map((change) => ({
      ...change,
      ...("direction" in change ? { direction: "gained" } : {}),
      ...(change.kind === "permissions"
        ? { change: "widened", gained: change.lost, lost: [] }
        : {}),
    }));
    expect(reviewOf(smaller, BASE)).toEqual({
      version: 2,
      hasChanges: true,
      changes: swapped,
      accounts: { "111111111111": TOOLS_ACCOUNT, "333333333333": BIKES_ACCOUNT },
      stacks: [
        { stack: "bikes", status: "changed" },
        { stack: "tools", status: "changed" },
      ],
    });
  });

  test("an account that the map no longer has goes with its stack", () => {
    const gone = MAP.replace(/ {2}bikes:.*\n/, "").replace("[shop, bikes]", "[shop]");
    const { changes, stacks, accounts } = reviewOf(BASE, treeOf(gone, POLICIES));
    expect(changes).toEqual([
      ...WITHOUT_BIKES.slice(0, -1),
      {
        kind: "existence",
        what: "account",
        direction: "lost",
        arn: "333333333333",
        abandonedRoles: 1,
      },
      { kind: "existence", what: "role", direction: "lost", arn: BIKES },
    ]);
    expect(stacks).toContainEqual({ stack: "bikes", status: "removed" });
    expect(accounts["333333333333"]).toEqual(BIKES_ACCOUNT);
  });
});

/** How the prover names a session of the hub that asks for a role. */
function hubAsks(role: string, externalId: string): WitnessText {
  const request = `role ${HUB} (session arn:aws:sts::111111111111:assumed-role/automation-hub/xx) in account 111111111111 (in organization o-exampleorg1), with sts:ExternalId \`${externalId}\`: sts:AssumeRole on ${role}`;
  return {
    request,
    caller: HUB,
    action: "sts:AssumeRole",
    with: { "sts:ExternalId": [externalId] },
    without: [],
  };
}

test("an external id that is rotated lets in by the new one and keeps out by the old", () => {
  const head = treeOf(MAP, POLICIES, (text, stack) =>
    stack === "shop" ? replaced(text, "deploy-1", "deploy-2") : text,
  );
  expect(reviewOf(BASE, head)).toEqual({
    version: 2,
    hasChanges: true,
    changes: [
      {
        kind: "trust",
        role: SHOP,
        change: "changed",
        gained: hubAsks(SHOP, "deploy-2"),
        lost: hubAsks(SHOP, "deploy-1"),
      },
      {
        kind: "external-id",
        role: SHOP,
        added: ["deploy-2"],
        removed: ["deploy-1"],
        openBefore: false,
        openAfter: false,
      },
    ],
    accounts: { "111111111111": TOOLS_ACCOUNT, "222222222222": SHOP_ACCOUNT },
    stacks: [{ stack: "shop", status: "changed" }],
  });
});

test("an external id that is added beside the old one widens", () => {
  const head = treeOf(edited("externalId: deploy-1", "externalId: [deploy-2, deploy-1]"), POLICIES);
  expect(reviewOf(BASE, head).changes).toEqual([
    ...[SHOP, BIKES].map((role) => ({
      kind: "trust",
      role,
      change: "widened",
      gained: hubAsks(role, "deploy-2"),
    })),
    ...[SHOP, BIKES].map((role) => ({
      kind: "external-id",
      role,
      added: ["deploy-2"],
      removed: [],
      openBefore: false,
      openAfter: false,
    })),
  ]);
});

test("a new way into a hub reaches what lies behind it, and is foreign where its account is not in the map", () => {
  const SCANNER = "arn:aws:iam::999999999999:role/scanner";
  const head = treeOf(
    edited(
      "ci: { role: { name: ci-runner } }",
      `ci: { role: { name: ci-runner } }
      vendor:
        foreignAccount: { id: "999999999999", role: scanner, reason: contract with a vendor }
        externalId: vendor-12345`,
    ),
    POLICIES,
  );
  const reach = (to: string, via: readonly string[]): unknown => ({
    kind: "reach",
    direction: "gained",
    from: SCANNER,
    to,
    via,
    certain: true,
  });
  expect(reviewOf(BASE, head)).toEqual({
    version: 2,
    hasChanges: true,
    changes: [
      reach(HUB, []),
      reach(SHOP, [HUB]),
      reach(BIKES, [HUB]),
      {
        kind: "edge",
        direction: "gained",
        from: SCANNER,
        to: HUB,
        action: "sts:AssumeRole",
        certain: true,
        foreign: true,
      },
      {
        kind: "trust",
        role: HUB,
        change: "widened",
        gained: {
          request: `role ${SCANNER} (session arn:aws:sts::999999999999:assumed-role/scanner/xx) in account 999999999999 (not in the map, outside of any organization), with sts:ExternalId \`vendor-12345\`: sts:AssumeRole on ${HUB}`,
          foreign: true,
          caller: SCANNER,
          action: "sts:AssumeRole",
          with: { "sts:ExternalId": ["vendor-12345"] },
          without: [],
        },
      },
      {
        kind: "external-id",
        role: HUB,
        added: ["vendor-12345"],
        removed: [],
        openBefore: true,
        openAfter: true,
      },
    ],
    accounts: {
      "111111111111": TOOLS_ACCOUNT,
      "222222222222": SHOP_ACCOUNT,
      "333333333333": BIKES_ACCOUNT,
      "999999999999": { id: "999999999999", tags: {} },
    },
    stacks: [{ stack: "tools", status: "changed" }],
  });
});

describe("a hub that is renamed", () => {
  const renamed = (key: string): string =>
    replaced(edited("  automation:\n", `  ${key}`), "[automation]", "[delivery]");
  // Statement ids say the key of the hub.
  const rewritten = [SHOP, BIKES].map((role) => ({ kind: "trust", role, change: "equivalent" }));

  test("with `formerly` stays the role that it is", () => {
    const head = treeOf(renamed("delivery:\n    formerly: automation\n"), POLICIES);
    expect(reviewOf(BASE, head).changes).toEqual(rewritten);
  });

  test("without it is destroyed and created, and interrupts what is reached through it", () => {
    const head = treeOf(renamed("delivery:\n"), POLICIES);
    expect(reviewOf(BASE, head).changes).toEqual([
      ...rewritten,
      {
        kind: "replacement",
        before: HUB,
        after: HUB,
        trustedByArn: [],
        interrupted: [SHOP, BIKES],
      },
    ]);
  });

  test("that is trusted by its ARN says who loses it", () => {
    const byArn = (map: string): string =>
      replaced(
        map,
        "    role: automation-hub\n",
        "    role: automation-hub\n    trustMode: roleArn\n",
      );
    const { changes } = reviewOf(
      treeOf(byArn(MAP), POLICIES),
      treeOf(byArn(renamed("delivery:\n")), POLICIES),
    );
    expect(changes.filter(({ kind }) => kind === "replacement")).toEqual([
      {
        kind: "replacement",
        before: HUB,
        after: HUB,
        trustedByArn: [SHOP, BIKES],
        interrupted: [SHOP, BIKES],
      },
    ]);
  });

  test("by the name of its role is replaced by a role of that name", () => {
    const NEW = "arn:aws:iam::111111111111:role/delivery-hub";
    const { changes } = reviewOf(BASE, treeOf(edited("automation-hub", "delivery-hub"), POLICIES));
    expect(changes.filter(({ kind }) => kind === "existence")).toEqual([]);
    expect(changes.filter(({ kind }) => kind === "replacement")).toEqual([
      {
        kind: "replacement",
        before: HUB,
        after: NEW,
        trustedByArn: [],
        interrupted: [SHOP, BIKES],
      },
    ]);
    const edges = changes.flatMap((change) =>
      change.kind === "edge" ? [[change.direction, change.from, change.to]] : [],
    );
    expect(edges).toEqual([
      ["gained", CI, NEW],
      ["gained", NEW, SHOP],
      ["gained", NEW, BIKES],
      ["lost", CI, HUB],
      ["lost", HUB, SHOP],
      ["lost", HUB, BIKES],
    ]);
  });
});

describe("a boundary", () => {
  const without = edited("    permissionsBoundary: ceiling\n", "");
  const changed = (before: string | undefined, after: string | undefined, change: string) =>
    [
      [SHOP, "222222222222"],
      [BIKES, "333333333333"],
    ].map(([identity, account = ""]) => ({
      kind: "boundary",
      identity,
      ...(before === undefined ? {} : { before: `arn:aws:iam::${account}:policy/${before}` }),
      ...(after === undefined ? {} : { after: `arn:aws:iam::${account}:policy/${after}` }),
      change,
    }));

  test("that is removed from what it lets through anyway changes nothing", () => {
    expect(reviewOf(BASE, treeOf(without, POLICIES))).toEqual({
      version: 2,
      hasChanges: true,
      changes: changed("ceiling", undefined, "equivalent"),
      accounts: { "222222222222": SHOP_ACCOUNT, "333333333333": BIKES_ACCOUNT },
      stacks: [
        { stack: "bikes", status: "changed" },
        { stack: "shop", status: "changed" },
      ],
    });
  });

  test("that took something away widens as it goes, and narrows as it comes", () => {
    const reading = policyDocument([{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }]);
    const bound = treeOf(MAP, { ...POLICIES, ceiling: reading });
    const free = treeOf(without, POLICIES);
    expect(reviewOf(bound, free).changes).toEqual(changed("ceiling", undefined, "widened"));
    expect(reviewOf(free, bound).changes).toEqual(changed(undefined, "ceiling", "narrowed"));
  });

  test("that is edited matters where the policies allow what it takes away or gives back", () => {
    const ceiling = (...actions: readonly string[]) =>
      policyDocument([{ Effect: "Allow", Action: actions, Resource: "*" }]);
    const of = (...actions: readonly string[]) =>
      treeOf(MAP, { ...POLICIES, ceiling: ceiling(...actions) });
    const change = (from: readonly string[], to: readonly string[]) =>
      reviewOf(of(...from), of(...to)).changes;
    const edit = (verdict: string) => changed("ceiling", "ceiling", verdict);
    expect(change(["s3:*"], ["s3:*", "ec2:*"])).toEqual(edit("equivalent"));
    expect(change(["s3:Get*"], ["s3:*"])).toEqual(edit("widened"));
    expect(change(["s3:*"], ["s3:Put*"])).toEqual(edit("narrowed"));
    expect(change(["s3:Get*"], ["s3:Put*"])).toEqual(edit("changed"));
  });

  test("keeps what policies gain from being said to be gained", () => {
    const deploy = policyDocument([
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject", "iam:*"], Resource: OBJECTS },
    ]);
    expect(reviewOf(BASE, treeOf(MAP, { ...POLICIES, deploy })).changes).toEqual(
      [SHOP, BIKES].map((identity) => ({
        kind: "permissions",
        identity,
        ...NO_ACTIONS,
        change: "equivalent",
      })),
    );
  });
});

test("a policy document that is edited is a change of each role that uses it", () => {
  const deploy = policyDocument([
    { Effect: "Allow", Action: ["s3:GetObject", "s3:DeleteObject"], Resource: OBJECTS },
  ]);
  const object = "arn:aws:s3:::example-artifacts/Any";
  expect(reviewOf(BASE, treeOf(MAP, { ...POLICIES, deploy })).changes).toEqual(
    [SHOP, BIKES].map((identity) => ({
      kind: "permissions",
      identity,
      gained: [{ service: "s3", levels: ["Write"], actions: ["s3:DeleteObject"] }],
      lost: [{ service: "s3", levels: ["Write"], actions: ["s3:PutObject"] }],
      attached: [],
      detached: [],
      change: "changed",
      witness: {
        gained: {
          request: `s3:DeleteObject on ${object}`,
          action: "s3:DeleteObject",
          resource: object,
          with: {},
        },
        lost: {
          request: `s3:PutObject on ${object}`,
          action: "s3:PutObject",
          resource: object,
          with: {},
        },
      },
    })),
  );
});

describe("a change of the generator", () => {
  test("that drops a condition everywhere widens every trust by somebody of another organization", () => {
    const head = treeOf(MAP, POLICIES, (text) =>
      text.replaceAll(/\\"aws:PrincipalOrgID\\":\\"o-exampleorg1\\",?/g, ""),
    );
    const { changes } = reviewOf(BASE, head);
    expect(
      changes.map((change) =>
        change.kind === "trust" ? [change.role, change.change, change.lost] : change.kind,
      ),
    ).toEqual([
      [HUB, "widened", undefined],
      [SHOP, "widened", undefined],
      [BIKES, "widened", undefined],
    ]);
  });

  test("that trusts everyone is a foreign way in for everyone", () => {
    const open =
      '{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"AWS\\":\\"*\\"},\\"Action\\":\\"sts:AssumeRole\\"}]}';
    const head = treeOf(MAP, POLICIES, (text) =>
      text.replace(/("assume_role_policy": ?)"(?:[^"\\]|\\.)*"/g, `$1"${open}"`),
    );
    const { changes } = reviewOf(BASE, head);
    const edges = changes.filter(({ kind }) => kind === "edge");
    expect(edges).toEqual(
      [HUB, SHOP, BIKES].map((to) => ({
        kind: "edge",
        direction: "gained",
        from: "*",
        to,
        action: "sts:AssumeRole",
        certain: true,
        foreign: true,
      })),
    );
    const trusts = changes.filter(({ kind }) => kind === "trust");
    expect(trusts).toHaveLength(3);
    for (const trust of trusts) {
      expect(trust).toMatchObject({ change: "widened", gained: { foreign: true } });
      expect(trust).not.toHaveProperty("lost");
    }
  });
});

test("of 500 accounts with the same change and one that differs every one is said", () => {
  const id = (index: number): string => String(400_000_000_000 + index);
  const keys = Array.from({ length: 501 }, (_, index) => `shop-${index}`);
  const text = `
accounts:
  tools: { id: "111111111111" }
${keys.map((key, index) => `  ${key}: { id: "${id(index)}" }`).join("\n")}
hubs:
  automation:
    account: tools
    role: automation-hub
    principals: { ci: { role: { name: ci-runner } } }
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [${keys.join(", ")}] }
    externalId: deploy-{{account.id}}
`;
  const head = treeOf(text, {}, (stack, name) => {
    if (name === "tools") return stack;
    if (name === "shop-7") {
      return replaced(stack, '"max_session_duration": 3600', '"max_session_duration": 7200');
    }
    return replaced(stack, "deploy-4", "deployment-4");
  });
  const { changes } = reviewOf(treeOf(text), head);
  const counts = new Map<string, number>();
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({ trust: 500, "external-id": 500, session: 1 });
  expect(changes.filter(({ kind }) => kind === "session")).toEqual([
    { kind: "session", role: `arn:aws:iam::${id(7)}:role/deployer`, before: 3600, after: 7200 },
  ]);
  // Asked once, each witness is about its own account.
  for (const change of changes) {
    if (change.kind !== "trust") continue;
    const account = change.role.split(":")[4] ?? "";
    expect(change.gained?.request).toContain(
      `\`deployment-${account}\`: sts:AssumeRole on ${change.role}`,
    );
    expect(change.lost?.request).toContain(
      `\`deploy-${account}\`: sts:AssumeRole on ${change.role}`,
    );
  }
});

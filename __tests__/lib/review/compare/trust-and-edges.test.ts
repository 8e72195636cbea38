import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { assumePolicy, roleBlock, stackText } from "../../../support/plans/terraform-stacks";
import { withoutCallers } from "../../../support/reviews/called";
import { reviewOf, treeOfStacks } from "./support/compared-maps";

const TOOLS = "111111111111";
const SHOP = "222222222222";
const STRANGER = "999999999999";
const HUB = `arn:aws:iam::${TOOLS}:role/hub`;
const SPOKE = `arn:aws:iam::${SHOP}:role/spoke`;
const ANN = `arn:aws:iam::${TOOLS}:user/ann`;

const root = (account: string): string => `arn:aws:iam::${account}:root`;
function trusts(AWS: string, Condition?: Statement["Condition"]): Statement {
  return {
    Effect: "Allow",
    Principal: { AWS },
    Action: "sts:AssumeRole",
    ...(Condition === undefined ? {} : { Condition }),
  };
}

interface Parts {
  readonly spoke?: readonly Statement[] | string;
  readonly hub?: readonly Statement[];
  readonly targets?: string | readonly string[];
  readonly spokeAttributes?: Readonly<Record<string, unknown>>;
}

/** A user in `tools` enters `hub`, which enters `spoke` in `shop`. */
function tree({
  spoke = [trusts(HUB)],
  hub = [trusts(ANN)],
  targets = SPOKE,
  ...more
}: Parts = {}) {
  return treeOfStacks(
    stackText("tools", TOOLS, {
      aws_iam_user: { ann: { name: "ann" } },
      aws_iam_role: { hub: roleBlock("hub", hub) },
      aws_iam_role_policy: {
        hub: {
          name: "assume",
          role: "hub",
          policy: terraformPolicyText(assumePolicy(targets)),
        },
      },
    }),
    stackText("shop", SHOP, {
      aws_iam_role: {
        spoke:
          typeof spoke === "string"
            ? { name: "spoke", assume_role_policy: spoke }
            : roleBlock("spoke", spoke, more.spokeAttributes),
      },
    }),
  );
}

function changesOf(base: Parts, head: Parts): readonly AccessChange[] {
  // Callers and their terms are tested by themselves.
  return withoutCallers(reviewOf(tree(base), tree(head))).changes;
}

/** The verdict on the trust of `spoke`. */
function verdict(base: readonly Statement[], head: readonly Statement[]): string | undefined {
  const trust = changesOf({ spoke: base }, { spoke: head }).find(({ kind }) => kind === "trust");
  return trust?.kind === "trust" ? trust.change : undefined;
}

/** What is gained and lost in short. */
function waysOf(changes: readonly AccessChange[]): unknown[] {
  return changes.flatMap((change) =>
    change.kind === "edge" || change.kind === "reach"
      ? [[change.kind, change.direction, change.from, change.to]]
      : [],
  );
}

describe("a trust policy", () => {
  const like = (ArnLike: string): Statement[] => [
    trusts(root(TOOLS), { ArnLike: { "aws:PrincipalArn": ArnLike } }),
  ];
  const withId = (...ids: readonly string[]): Statement[] => [
    trusts(HUB, { StringEquals: { "sts:ExternalId": ids } }),
  ];

  test("whose `ArnLike` is one character shorter is widened", () => {
    const base = like(`arn:aws:iam::${TOOLS}:role/hub-*`);
    const head = like(`arn:aws:iam::${TOOLS}:role/hub*`);
    const pattern = `arn:aws:iam::${TOOLS}:role/hub*`;
    const gained = { direction: "gained", to: SPOKE, certain: true } as const;
    const edge = { ...gained, kind: "edge", action: "sts:AssumeRole", foreign: false } as const;
    expect(changesOf({ spoke: base }, { spoke: head })).toEqual([
      { ...gained, kind: "reach", from: pattern, via: [] },
      // She was in the hub already, which the pattern now fits.
      { ...gained, kind: "reach", from: ANN, via: [HUB] },
      { ...edge, from: HUB },
      { ...edge, from: pattern },
      {
        kind: "trust",
        role: SPOKE,
        change: "widened",
        gained: {
          request: `role ${HUB} (session arn:aws:sts::${TOOLS}:assumed-role/hub/xx) in account ${TOOLS} (not in the map, outside of any organization): sts:AssumeRole on ${SPOKE}`,
          caller: HUB,
          action: "sts:AssumeRole",
          with: {},
          without: [],
        },
      },
    ]);
    expect(verdict(head, base)).toBe("narrowed");
  });

  test("that loses a condition is widened, and its witness lacks the key", () => {
    const changes = changesOf({ spoke: withId("one-1") }, { spoke: [trusts(HUB)] });
    expect(changes).toEqual([
      {
        kind: "trust",
        role: SPOKE,
        change: "widened",
        gained: {
          request: `role ${HUB} (session arn:aws:sts::${TOOLS}:assumed-role/hub/xx) in account ${TOOLS} (not in the map, outside of any organization), without sts:ExternalId: sts:AssumeRole on ${SPOKE}`,
          caller: HUB,
          action: "sts:AssumeRole",
          with: {},
          without: ["sts:ExternalId"],
        },
      },
      {
        kind: "external-id",
        role: SPOKE,
        added: [],
        removed: ["one-1"],
        openBefore: false,
        openAfter: true,
      },
    ]);
  });

  test("that is written otherwise and means the same is equivalent", () => {
    const [first, second] = [trusts(HUB), trusts(ANN)];
    expect(verdict([first, second], [second, first])).toBe("equivalent");
    expect(verdict([trusts(HUB)], [trusts(HUB, { StringLike: { "aws:PrincipalArn": "*" } })])).toBe(
      "equivalent",
    );
  });

  test("whose lists are ordered otherwise is not mentioned", () => {
    expect(verdict(withId("one-1", "two-2"), withId("two-2", "one-1"))).toBeUndefined();
  });

  test("that takes one external id for another is changed", () => {
    expect(verdict(withId("one-1"), withId("two-2"))).toBe("changed");
  });

  test("that cannot be read is unknown, also where it could not be read before", () => {
    const reason = "it is known only when Terraform runs: `${data.x.y.json}`";
    const [trust, ...rest] = changesOf({}, { spoke: "${data.x.y.json}" }).filter(
      ({ kind }) => kind === "trust" || kind === "unknown",
    );
    expect(trust).toEqual({ kind: "trust", role: SPOKE, change: "unknown", reason });
    expect(rest).toContainEqual({
      kind: "unknown",
      subject: SPOKE,
      reason: `its trust policy: ${reason}`,
    });
    const same = changesOf({ spoke: "${data.x.y.json}" }, { spoke: "${data.x.y.json}" });
    expect(same).toContainEqual(trust);
  });
});

describe("ways in", () => {
  test("a trust that comes is a direct way, and one more for whoever enters before", () => {
    const changes = changesOf({ spoke: [trusts(root(SHOP))] }, { spoke: [trusts(HUB)] });
    expect(waysOf(changes)).toEqual([
      ["reach", "gained", ANN, SPOKE],
      ["reach", "lost", root(SHOP), SPOKE],
      ["edge", "gained", HUB, SPOKE],
      ["edge", "lost", root(SHOP), SPOKE],
    ]);
  });

  test("a permission that goes takes a way that the trust leaves open", () => {
    const changes = changesOf({}, { targets: `arn:aws:iam::${SHOP}:role/other` });
    expect(waysOf(changes)).toEqual([
      ["reach", "lost", ANN, SPOKE],
      ["edge", "lost", HUB, SPOKE],
    ]);
  });

  test("a wider permission of the hub that reaches nothing else is no new way", () => {
    const changes = changesOf({}, { targets: [SPOKE, `arn:aws:iam::${SHOP}:role/other`] });
    expect(waysOf(changes)).toEqual([]);
    expect(changes.map(({ kind }) => kind)).toEqual(["permissions"]);
  });

  test("an account that a trust names as a whole is its root, foreign where it is not of the tree", () => {
    const changes = changesOf({}, { spoke: [trusts(HUB), trusts(root(STRANGER))] });
    expect(changes.filter(({ kind }) => kind === "edge")).toEqual([
      {
        kind: "edge",
        direction: "gained",
        from: root(STRANGER),
        to: SPOKE,
        action: "sts:AssumeRole",
        certain: true,
        foreign: true,
      },
    ]);
  });

  test("everyone of an organization is everyone who may come", () => {
    const everyone = trusts("*", { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } });
    const changes = changesOf({}, { spoke: [trusts(HUB), everyone] });
    expect(changes.filter(({ kind }) => kind === "edge")).toEqual([
      {
        kind: "edge",
        direction: "gained",
        from: "*",
        to: SPOKE,
        action: "sts:AssumeRole",
        certain: true,
        foreign: true,
      },
    ]);
  });

  test("a service and an identity provider enter by their names", () => {
    const GITHUB = `arn:aws:iam::${SHOP}:oidc-provider/token.actions.githubusercontent.com`;
    const head: readonly Statement[] = [
      trusts(HUB),
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      {
        Effect: "Allow",
        Principal: { Federated: GITHUB },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        },
      },
    ];
    const changes = changesOf({}, { spoke: head });
    expect(waysOf(changes)).toEqual([
      ["reach", "gained", GITHUB, SPOKE],
      ["reach", "gained", "ec2.amazonaws.com", SPOKE],
      ["edge", "gained", GITHUB, SPOKE],
      ["edge", "gained", "ec2.amazonaws.com", SPOKE],
    ]);
    expect(changes.filter((change) => "foreign" in change && change.foreign)).toEqual([]);
  });

  test("who enters another way, too, loses nothing with one way", () => {
    const ec2: Statement = {
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    const changes = changesOf(
      { hub: [ec2], spoke: [trusts(HUB), ec2] },
      { hub: [ec2], spoke: [ec2] },
    );
    expect(waysOf(changes)).toEqual([["edge", "lost", HUB, SPOKE]]);
  });
});

describe("sessions and the pipeline", () => {
  test("sessions that last longer are said in seconds", () => {
    const changes = changesOf({}, { spokeAttributes: { max_session_duration: 7200 } });
    expect(changes).toEqual([{ kind: "session", role: SPOKE, before: 3600, after: 7200 }]);
  });

  test("a tree against no tree is a gain of everything in it", () => {
    const empty = treeOfStacks(stackText("tools", TOOLS, {}));
    const kinds = new Set(
      reviewOf(empty, tree()).changes.map((change) =>
        "direction" in change ? `${change.kind} ${change.direction}` : change.kind,
      ),
    );
    expect([...kinds]).toEqual([
      "reach gained",
      "edge gained",
      "permissions",
      "existence gained",
      "unknown",
    ]);
  });
});

test("policies that are attached by hand and may now stay are widened", () => {
  const stack = (more: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
    treeOfStacks(
      stackText("shop", SHOP, {
        aws_iam_role: { spoke: roleBlock("spoke", [trusts(HUB)]) },
        ...more,
      }),
    );
  const exclusive = stack({
    aws_iam_role_policies_exclusive: { spoke: { role_name: "spoke", policy_names: [] } },
  });
  const { changes } = reviewOf(exclusive, stack({}));
  expect(changes).toEqual([
    {
      kind: "permissions",
      identity: SPOKE,
      gained: [],
      lost: [],
      attached: [],
      detached: [],
      change: "widened",
      reason: "Terraform no longer removes policies attached by hand",
    },
  ]);
});

test("a managed policy whose text is not at hand leaves open what its attachment comes to", () => {
  const POLICY = "arn:aws:iam::aws:policy/NotAtHand";
  const stack = (attached: boolean) =>
    treeOfStacks(
      stackText("shop", SHOP, {
        aws_iam_role: { spoke: roleBlock("spoke", [trusts(HUB)]) },
        ...(attached
          ? { aws_iam_role_policy_attachment: { spoke: { role: "spoke", policy_arn: POLICY } } }
          : {}),
      }),
    );
  const change = {
    kind: "permissions",
    identity: SPOKE,
    gained: [],
    lost: [],
    change: "unknown",
    reason: `${POLICY}: the text of ${POLICY} is not at hand`,
  };
  const attachedNow = reviewOf(stack(false), stack(true)).changes.filter(
    ({ kind }) => kind === "permissions",
  );
  expect(attachedNow).toEqual([
    { ...change, gainedOtherwise: [], attached: [POLICY], detached: [] },
  ]);
  const detachedNow = reviewOf(stack(true), stack(false)).changes.filter(
    ({ kind }) => kind === "permissions",
  );
  expect(detachedNow).toEqual([{ ...change, lostOtherwise: [], attached: [], detached: [POLICY] }]);
  expect(reviewOf(stack(true), stack(true)).changes).toEqual([]);
});

test("a new way to gain permissions is an escalation", () => {
  const stack = (Action: string) =>
    treeOfStacks(
      stackText("shop", SHOP, {
        aws_iam_role: { spoke: roleBlock("spoke", [trusts(HUB)]) },
        aws_iam_role_policy: {
          spoke: {
            name: "work",
            role: "spoke",
            policy: terraformPolicyText(
              policyDocument([{ Effect: "Allow", Action, Resource: "*" }]),
            ),
          },
        },
      }),
    );
  const escalations = (from: string, to: string) =>
    reviewOf(stack(from), stack(to)).changes.filter(({ kind }) => kind === "escalation");
  const change = {
    kind: "escalation",
    role: SPOKE,
    ways: [{ actions: ["iam:PutRolePolicy"], sources: ["work"] }],
  };
  expect(escalations("iam:GetRole", "iam:PutRolePolicy")).toEqual([
    { ...change, direction: "gained" },
  ]);
  expect(escalations("iam:PutRolePolicy", "iam:GetRole")).toEqual([
    { ...change, direction: "lost" },
  ]);
  // Everything at once is one change, and an administrator.
  const [everything, ...more] = escalations("iam:GetRole", "*");
  expect(more).toEqual([]);
  expect(everything).toMatchObject({ direction: "gained", role: SPOKE, administrator: true });
  expect(everything?.kind === "escalation" && everything.ways.length).toBeGreaterThan(20);
  const [less] = escalations("*", "iam:*");
  expect(less).toMatchObject({ direction: "lost", administrator: true });
});

import { policy, ruleMessages, statement } from "../../support/rules/rule-messages";

const SOMETHING = statement("Allow", "ec2:DescribeInstances");

interface Extra {
  readonly hub?: object;
  readonly spoke?: object;
  readonly more?: object;
}

/** A hub in `tools` that enters a spoke in `shop` and `data`. */
function hubAndSpoke({ hub = {}, spoke = {}, more = {} }: Extra = {}): object {
  return {
    organizations: { example: { id: "o-exampleorg1" } },
    defaults: { region: "eu-central-1" },
    accounts: {
      tools: { id: "111111111111" },
      shop: { id: "222222222222" },
      data: { id: "333333333333" },
    },
    hubs: {
      automation: {
        account: "tools",
        principals: { bot: { user: { name: "bot" } } },
        ...hub,
      },
    },
    spokes: {
      deployer: {
        hubs: ["automation"],
        accounts: { keys: ["shop", "data"] },
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
        ...spoke,
      },
    },
    ...more,
  };
}

describe("a denial among the caller's own permissions (TR-22)", () => {
  const denies = (more: object): string[] =>
    ruleMessages("TR-22", hubAndSpoke({ hub: { permissions: { documents: ["own"] } } }), {
      own: policy(SOMETHING, statement("Deny", "sts:AssumeRole", more)),
    });

  test.each([
    ["of every role", {}],
    ["of one account", { Resource: "arn:aws:iam::333333333333:role/*" }],
    ["of all but others", { NotResource: "arn:aws:iam::444444444444:role/*", Resource: undefined }],
    [
      "of the organization",
      { Condition: { StringEquals: { "aws:ResourceOrgID": "o-exampleorg1" } } },
    ],
  ])("is found: %s", (_what, more) => {
    expect(denies(more)).toHaveLength(1);
  });

  test.each([
    ["of other roles", { Resource: "arn:aws:iam::444444444444:role/*" }],
    [
      "outside of the organization",
      { Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-exampleorg1" } } },
    ],
    [
      "that depends on the call",
      { Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } },
    ],
    [
      "of other callers",
      { Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/automation" } } },
    ],
  ])("is left alone: %s", (_what, more) => {
    expect(denies(more)).toEqual([]);
  });

  test("is found in a statement of the map itself", () => {
    const statements = [statement("Deny", "sts:*")];
    expect(ruleMessages("TR-22", hubAndSpoke({ hub: { permissions: { statements } } }))).toEqual([
      "this stops `automation` from assuming `deployer` in `data`, which the map declares",
    ]);
  });

  test("is one finding for a caller in many accounts", () => {
    const map = hubAndSpoke({
      spoke: { permissions: { documents: ["own"] } },
      more: {
        chains: {
          onward: {
            start: { permissionSet: { account: "tools", name: "Engineer" } },
            steps: [{ spoke: "deployer" }, { roles: { last: { account: "tools" } } }],
          },
        },
      },
    });
    const own = policy(statement("Deny", "sts:*"));
    expect(ruleMessages("TR-22", map, { own })).toEqual([
      "this stops `deployer` from assuming `last` in `tools`, which the map declares",
    ]);
  });
});

describe("a way in whose permission exists elsewhere (TR-22)", () => {
  const named = (grant: string, permissions: object): object =>
    hubAndSpoke({
      hub: { permissions },
      spoke: {
        hubs: undefined,
        principals: { hub: { role: { account: "tools", name: "automation" }, grant } },
      },
    });

  test("has none for a role of the map without it", () => {
    expect(ruleMessages("TR-22", named("declared", { statements: [SOMETHING] }))).toEqual([
      "`automation` is a role in this map, with only the map's policies: none of them lets it assume `deployer`",
    ]);
  });

  test("has one where the role's own policies permit it, or it is made", () => {
    const statements = [
      statement("Allow", "sts:AssumeRole", {
        Resource: [
          "arn:aws:iam::222222222222:role/deployer",
          "arn:aws:iam::333333333333:role/deployer",
        ],
      }),
    ];
    expect(ruleMessages("TR-22", named("declared", { statements }))).toEqual([]);
    expect(ruleMessages("TR-22", named("generate", { statements: [SOMETHING] }))).toEqual([]);
  });
});

describe("roles that enter each other in a circle (TR-22)", () => {
  test("are named in the order in which they do", () => {
    const map = hubAndSpoke({
      hub: {
        principals: {
          bot: { user: { name: "bot" } },
          back: { role: { account: "data", name: "deployer" } },
        },
      },
    });
    expect(ruleMessages("TR-22", map)).toEqual([
      "roles assume each other in a cycle: deployer -> automation -> deployer",
    ]);
  });

  test("do not include a role that lets in itself", () => {
    const principals = {
      bot: { user: { name: "bot" } },
      itself: { role: { name: "automation" } },
    };
    expect(ruleMessages("TR-22", hubAndSpoke({ hub: { principals } }))).toEqual([]);
  });
});

describe("a boundary (PB-02)", () => {
  const bounded = (boundary: unknown, extra: Extra = {}): object =>
    hubAndSpoke({ ...extra, hub: { permissionsBoundary: boundary, ...extra.hub } });
  const message = (what: string, action = "sts:AssumeRole"): string =>
    `the boundary of \`automation\` ${what} \`${action}\` on \`deployer\` in \`shop\``;

  test.each([
    ["allows everything", [statement("Allow", "*")], []],
    ["allows STS", [statement("Allow", "sts:*")], []],
    [
      "allows the targets",
      [statement("Allow", "sts:*", { Resource: "arn:aws:iam::*:role/deployer" })],
      [],
    ],
    [
      "may allow it",
      [statement("Allow", "*", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })],
      [],
    ],
    ["is silent", [statement("Allow", "s3:*")], [message("does not allow")]],
    [
      "denies it",
      [statement("Allow", "*"), statement("Deny", "sts:AssumeRole")],
      [message("denies")],
    ],
    [
      "leaves out a target",
      [statement("Allow", "sts:*", { Resource: "arn:aws:iam::333333333333:role/*" })],
      [message("does not allow")],
    ],
  ])("that %s", (_what, statements, expected) => {
    const ceiling = policy(...statements);
    expect(
      ruleMessages("PB-02", bounded("ceiling"), { ceiling }).map((text) =>
        text.replace("`data`", "`shop`"),
      ),
    ).toEqual(expected);
  });

  test("has to allow what the sessions carry on", () => {
    const principals = {
      engineers: {
        permissionSet: { name: "Engineer" },
        sourceIdentity: { values: ["*@example.com"] },
      },
    };
    const ceiling = policy(statement("Allow", "sts:AssumeRole"));
    expect(ruleMessages("PB-02", bounded("ceiling", { hub: { principals } }), { ceiling })).toEqual(
      [
        "the boundary of `automation` does not allow `sts:SetSourceIdentity` on `deployer` in `data`",
      ],
    );
  });

  test("that is made elsewhere is judged by the text that the map says it has", () => {
    const existing = { existing: "limits", document: "ceiling" };
    expect(ruleMessages("PB-02", bounded(existing), { ceiling: policy(SOMETHING) })).toEqual([
      "the boundary of `automation` does not allow `sts:AssumeRole` on `deployer` in `data`",
    ]);
    const ceiling = policy(statement("Allow", "sts:AssumeRole"));
    expect(ruleMessages("PB-02", bounded(existing), { ceiling })).toEqual([]);
  });

  test("of AWS is judged by its text, one that exists is not", () => {
    expect(ruleMessages("PB-02", bounded({ managed: "ReadOnlyAccess" }))).toEqual([
      "the boundary of `automation` does not allow `sts:AssumeRole` on `deployer` in `data`",
    ]);
    expect(ruleMessages("PB-02", bounded({ managed: "PowerUserAccess" }))).toEqual([]);
    expect(ruleMessages("PB-02", bounded({ existing: "limits" }))).toEqual([]);
  });

  test("of all roles is one finding", () => {
    const map = {
      ...hubAndSpoke(),
      hubs: {
        first: { account: "tools", principals: { bot: { user: { name: "bot" } } } },
        second: { account: "tools", principals: { bot: { user: { name: "bot" } } } },
      },
      spokes: {
        deployer: {
          hubs: ["first", "second"],
          accounts: { keys: ["shop"] },
          permissions: { managed: ["job-function/ViewOnlyAccess"] },
        },
      },
      defaults: { permissionsBoundary: "ceiling" },
    };
    expect(ruleMessages("PB-02", map, { ceiling: policy(SOMETHING) })).toEqual([
      "the boundary of `first` does not allow `sts:AssumeRole` on `deployer` in `shop`, and 1 other role with it cannot assume any either",
    ]);
  });

  test("of a role that enters no other is left alone", () => {
    const map = hubAndSpoke({ spoke: { permissionsBoundary: "ceiling" } });
    expect(ruleMessages("PB-02", map, { ceiling: policy(SOMETHING) })).toEqual([]);
  });
});

describe("a limit to some regions (CK-25)", () => {
  const regions = { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } };
  const within = { StringEquals: { "aws:RequestedRegion": ["eu-central-1"] } };
  const judge = (
    document: object,
    use: "permissions" | "boundary",
    defaults: object = {},
  ): string[] => {
    const hub =
      use === "boundary"
        ? { permissionsBoundary: "limits" }
        : { permissions: { documents: ["limits"] } };
    const map = hubAndSpoke({ hub, more: { defaults: { region: "eu-central-1", ...defaults } } });
    return ruleMessages("CK-25", map, { limits: document });
  };

  test("denies the global endpoint, among permissions and in a boundary", () => {
    const denying = policy(statement("Allow", "*"), statement("Deny", "*", { Condition: regions }));
    const message =
      "`automation` assumes other roles, and calls through the global endpoint of STS count as us-east-1, which this denies";
    expect(judge(denying, "boundary")).toEqual([message]);
    expect(judge(denying, "permissions")).toEqual([message]);
  });

  test("that a boundary allows alone leaves out the global endpoint", () => {
    const limited = statement("Allow", "*", { Condition: within });
    expect(judge(policy(limited), "boundary")).toEqual([
      "`automation` assumes other roles, and calls through the global endpoint of STS count as us-east-1, which this does not allow",
    ]);
    expect(judge(policy(limited, statement("Allow", "sts:*")), "boundary")).toEqual([]);
    expect(judge(policy(limited), "permissions")).toEqual([]);
  });

  test("is left alone in partitions without a global endpoint, and where us-east-1 is at home", () => {
    const denying = policy(
      statement("Allow", "*"),
      statement("Deny", "*", {
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["cn-north-1"] } },
      }),
    );
    expect(judge(denying, "boundary", { region: "cn-north-1", partition: "aws-cn" })).toEqual([]);
    expect(judge(denying, "boundary", { region: "us-east-1" })).toEqual([]);
  });
});

describe("a written permission to assume a role of the map (TR-06, TR-07)", () => {
  const own = (resource: string | readonly string[]): object =>
    hubAndSpoke({
      hub: {
        permissions: { statements: [statement("Allow", "sts:AssumeRole", { Resource: resource })] },
      },
    });

  test("has its other half where the map declares the way", () => {
    expect(ruleMessages("TR-06", own("arn:aws:iam::222222222222:role/deployer"))).toEqual([]);
  });

  test("of a chain that goes on is without it", () => {
    const map = hubAndSpoke({
      hub: {
        permissions: {
          statements: [
            statement("Allow", "sts:AssumeRole", {
              Resource: "arn:aws:iam::111111111111:role/last",
            }),
          ],
        },
      },
      more: {
        chains: {
          onward: {
            start: { permissionSet: { account: "tools", name: "Engineer" } },
            steps: [
              { roles: { first: { account: "tools" } } },
              {
                roles: { last: { account: "tools", permissions: { managed: ["ReadOnlyAccess"] } } },
              },
            ],
          },
        },
      },
    });
    expect(ruleMessages("TR-06", map)).toEqual([
      "this lets `automation` assume arn:aws:iam::111111111111:role/last, a role in this map that doesn't trust it",
    ]);
  });

  test("of a whole account that is let in has it", () => {
    const map = hubAndSpoke({
      spoke: { hubs: undefined, principals: { all: { account: { account: "tools" } } } },
      hub: {
        permissions: {
          statements: [
            statement("Allow", "sts:AssumeRole", {
              Resource: "arn:aws:iam::222222222222:role/deployer",
            }),
          ],
        },
      },
    });
    expect(ruleMessages("TR-06", map)).toEqual([]);
  });

  test("of the role itself needs its own trust", () => {
    expect(ruleMessages("TR-07", own("arn:aws:iam::111111111111:role/automation"))).toEqual([
      "this lets `automation` assume itself, but it doesn't trust itself",
    ]);
    expect(ruleMessages("TR-06", own("arn:aws:iam::111111111111:role/automation"))).toEqual([]);
  });
});

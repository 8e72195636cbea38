import { checkMap } from "../../support/project";

function findings(map: string, rule: string): string[] {
  return checkMap(map)
    .diagnostics.filter((diagnostic) => diagnostic.rule === rule)
    .map(({ message }) => message);
}

describe("sessions of more than an hour", () => {
  const hub = (principals: string): string => `accounts: { shop: { id: "111111111111" } }
hubs:
  people:
    account: shop
    maxSession: 4h
    principals:
${principals}
`;

  test.each([
    ["permission sets", "engineers: { permissionSet: { name: Engineer } }"],
    ["roles", "agents: { role: { name: build-agents } }"],
    [
      "roles",
      'vendor: { foreignAccount: { id: "222222222222", role: scanner, reason: our scanner }, externalId: scan-us, grant: declared }',
    ],
  ])("are never had by %s: %s (ID-18)", (who, principal) => {
    expect(findings(hub(`      ${principal}`), "ID-18")).toEqual([
      `\`people\` allows sessions of \`4h\`, but ${who} assume it with role sessions, and role chaining limits sessions to \`1h\``,
    ]);
  });

  test.each([
    "operator: { user: { name: operator } }",
    "builds: { githubActions: { repository: example-org/shop, branch: main } }",
    "everybody: { account: { account: shop }, grant: declared }",
    'vendor: { foreignAccount: { id: "222222222222", reason: our scanner }, externalId: scan-us, grant: declared }',
  ])("can be had by others: %s (ID-18)", (principal) => {
    const map = hub(`      engineers: { permissionSet: { name: Engineer } }\n      ${principal}`);
    expect(findings(map, "ID-18")).toEqual([]);
  });

  test("are one finding for a spoke in many accounts (ID-17)", () => {
    const map = `defaults: { maxSession: 2h }
accounts:
  shared: { id: "111111111111" }
  shop: { id: "222222222222", unit: /Shops }
  data: { id: "333333333333", unit: /Shops }
hubs:
  automation: { account: shared, principals: { bot: { user: { name: bot } } } }
spokes:
  deployer: { hubs: [automation], accounts: { units: [/Shops] } }
`;
    expect(findings(map, "ID-17")).toEqual([
      "`deployer` allows sessions of `2h`, but only other roles assume it, and role chaining limits sessions to `1h`",
    ]);
  });
});

describe("sessions that go on after a time window (TB-01)", () => {
  const map = (principal: string, extra = ""): string => `accounts: { shop: { id: "111111111111" } }
hubs:
  repair:
    account: shop
${extra}    principals:
      bot: { user: { name: bot } }
      contractor: { ${principal}, notAfter: "2026-09-30T18:00:00Z" }
`;
  const LONG = "    maxSession: 8h\n";
  const cut = (end: string): string => `${LONG}    permissions:
      statements:
        - Effect: Deny
          Action: "*"
          Resource: "*"
          Condition: { DateGreaterThan: { "aws:CurrentTime": "${end}" } }
`;

  test("are left alone for an hour, the least that a role can allow", () => {
    expect(findings(map("user: { name: operator }"), "TB-01")).toEqual([]);
    expect(findings(map("permissionSet: { name: Engineer }", LONG), "TB-01")).toEqual([]);
  });

  test("are found on instances, whatever the role allows", () => {
    expect(findings(map("instanceProfile: {}"), "TB-01")).toEqual([
      "sessions that begin before 2026-09-30T18:00:00Z last for some hours, because instances keep their sessions regardless of `maxSession`",
    ]);
  });

  test("are ended by a denial at the end of the window, not by one that comes later", () => {
    const principal = "user: { name: operator }";
    expect(findings(map(principal, LONG), "TB-01")).toHaveLength(1);
    expect(findings(map(principal, cut("2026-09-30T18:00:00Z")), "TB-01")).toEqual([]);
    expect(findings(map(principal, cut("2026-12-31T18:00:00Z")), "TB-01")).toHaveLength(1);
  });
});

test("time windows are not judged without a moment of judgement (TB-06)", () => {
  const map = `accounts: { shop: { id: "111111111111" } }
hubs:
  repair:
    account: shop
    principals:
      contractor: { user: { name: operator }, notAfter: "2020-09-30T18:00:00Z" }
`;
  expect(findings(map, "TB-06")).toEqual([]);
});

import { checkMap } from "../../support/project";
import type { PolicyTexts } from "../../support/project";

/** Rule and message of each finding. */
function findings(map: string, policies: PolicyTexts = {}): string[] {
  return checkMap(map, policies).diagnostics.map(({ rule, message }) => `${rule}: ${message}`);
}

function range<T>(count: number, each: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => each(index + 1));
}

function pipelines(count: number): string {
  return range(
    count,
    (n) =>
      `      pipeline-${n}: { githubActions: { repository: example-org/s-${n}, branch: main } }`,
  ).join("\n");
}

describe("the quota of trust policies (ID-19)", () => {
  const spokes = (count: number, quotas: readonly string[]): string => `accounts:
${quotas.map((quota, index) => `  shop-${index}: { id: "${111111111111 + index}"${quota} }`).join("\n")}
spokes:
  deployer:
    accounts: { units: [/] }
    principals:
${pipelines(count)}
`;

  test("is one finding for a spoke, however many accounts it crosses the quota in", () => {
    expect(findings(spokes(8, ["", "", ", trustPolicyQuota: 4096"]))).toEqual([
      "ID-19: the trust policy of `deployer` has 2918 characters; the quota is 2048 in `shop-0` and 1 other account",
    ]);
  });

  test("warns of a trust policy near it, and no more of one beyond it", () => {
    expect(findings(spokes(5, [""]))).toEqual([
      "trust-policy-headroom: the trust policy of `deployer` fills 1838 of 2048 characters in `shop-0`, 89% of the quota",
    ]);
    expect(findings(spokes(4, [""]))).toEqual([]);
  });

  test("is not to be raised where the highest one does not suffice", () => {
    const { diagnostics } = checkMap(spokes(26, [", trustPolicyQuota: 8192"]));
    expect(diagnostics.map(({ help }) => help)).toEqual([
      "split the principals over several roles",
    ]);
  });
});

describe("policies that are made", () => {
  const document = (buckets: number): unknown => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: range(
          buckets,
          (n) => `arn:{{partition}}:s3:::example-reports-of-the-year-${n}/*`,
        ),
      },
    ],
  });
  const map = (documents: string): string => `accounts:
  shop: { id: "111111111111" }
  data: { id: "222222222222" }
spokes:
  reporting:
    accounts: { keys: [shop, data] }
    principals: { bot: { user: { account: shop, name: bot } } }
    permissions: { documents: [${documents}] }
`;

  test("stay inline while they fit into the role (ID-20)", () => {
    const { plan, diagnostics } = checkMap(map("many"), { many: document(200) });
    expect(diagnostics).toEqual([]);
    const policies = plan?.accounts.flatMap(({ roles }) => roles.map((role) => role.policies));
    expect(policies?.map(({ inline, customer }) => [inline.length, customer.length])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  test("are too large where a statement fits neither into the role nor into a policy of its own (ID-21)", () => {
    expect(findings(map("many"), { many: document(260) })).toEqual([
      "ID-21: a statement of `reporting` makes the managed policy `reporting-many` in `data` and 1 other account 12726 characters long; the limit is 6144",
    ]);
  });

  test.each([
    ["is made", "limits"],
    ["is made elsewhere, with the text of a document", "{ existing: ceiling, document: limits }"],
  ])("are too large as a boundary that %s (ID-21)", (_name, boundary) => {
    const bounded = map("first").replace(
      "    permissions:",
      `    permissionsBoundary: ${boundary}\n    permissions:`,
    );
    expect(findings(bounded, { first: document(1), limits: document(160) })).toEqual([
      expect.stringMatching(
        /^ID-21: the permissions boundary has \d{4} characters in `data`, at most 6144 fit$/,
      ),
    ]);
  });

  test("have names that are unique in the account (ID-35)", () => {
    const boundary = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const bounded = map("first, many").replace(
      "    permissions:",
      "    permissionsBoundary: reporting-many\n    permissions:",
    );
    const policies = {
      first: document(120),
      many: document(120),
      "reporting-many": { Version: "2012-10-17", ...boundary },
    };
    expect(findings(bounded, policies)).toEqual([
      "ID-35: the account `data` gets two managed policies called `reporting-many`, of the boundary and of the role `reporting`",
    ]);
  });
});

describe("tags of a role (ID-29)", () => {
  test("are counted together with those of the map", () => {
    const tags = (prefix: string, count: number): string =>
      `{ ${range(count, (n) => `${prefix}-${n}: x`).join(", ")} }`;
    const map = (own: number): string => `tags: ${tags("common", 30)}
accounts: { shop: { id: "111111111111" } }
hubs:
  automation:
    account: shop
    tags: ${tags("own", own)}
    principals: { bot: { user: { name: bot } } }
`;
    expect(findings(map(20))).toEqual([]);
    expect(findings(map(21))).toEqual([
      "ID-29: `automation` has 51 tags with the map's own; the limit is 50",
    ]);
  });
});

test("a session has at most 50 tags (ID-31)", () => {
  const map = (count: number): string => `accounts: { shop: { id: "111111111111" } }
hubs:
  automation:
    account: shop
    principals:
      bot:
        user: { name: bot }
        sessionTags: { ${range(count, (n) => `t${n}: {}`).join(", ")} }
`;
  expect(findings(map(51))).toContain("ID-31: a session has at most 50 tags, got 51");
  expect(findings(map(50)).filter((finding) => finding.startsWith("ID-31"))).toEqual([]);
});

test("an OIDC provider has at most 100 audiences (ID-32)", () => {
  const map = (count: number): string => `accounts: { shop: { id: "111111111111" } }
identityProviders:
  gitlab:
    oidc: { url: https://gitlab.example.com, audiences: [${range(count, (n) => `a${n}`).join(", ")}] }
    create: true
hubs:
  automation:
    account: shop
    principals: { builds: { oidc: { provider: gitlab, subject: build, audience: a1 } } }
`;
  expect(findings(map(101))).toEqual(["ID-32: a provider has at most 100 audiences, got 101"]);
  expect(findings(map(100))).toEqual([]);
});

import { REPORTED_KINDS } from "../../../../lib/review/kinds/kinds";
import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { groupChanges } from "../../../../lib/review/report/change-group";
import { sentence } from "../../../../lib/review/report/sentence";
import { plainText } from "../../../../lib/review/words/text";
import {
  DATA,
  manyAccounts,
  PAYMENTS,
  pipelineGainsDeployers,
  reviewOf,
  role,
  SHARED,
  SHOP,
  STRANGER,
} from "../../../support/reviews/sample-reviews";
import { called } from "../../../support/reviews/called";

function said(
  changes: readonly AccessChange[],
  accounts?: Parameters<typeof reviewOf>[1],
): string[] {
  const review = reviewOf(changes, accounts);
  return groupChanges(review).map((group) => plainText(sentence(group, review)));
}

const deployer = role(SHOP, "deployer");
const hub = role(SHARED, "automation");

const CASES: readonly (readonly [AccessChange, string])[] = [
  [
    called({
      kind: "reach",
      direction: "gained",
      from: role(SHARED, "ci-runner"),
      to: deployer,
      via: [hub],
      certain: true,
    }),
    "`ci-runner` in `shared` can now reach `deployer` in `shop-prod` through `automation` in `shared`; before: none",
  ],
  [
    called({
      kind: "reach",
      direction: "lost",
      from: "ec2.amazonaws.com",
      to: deployer,
      via: [],
      certain: false,
    }),
    "EC2 instances with the role's instance profile (service `ec2.amazonaws.com`) can no longer reach `deployer` in `shop-prod` directly (not certain: part of it is unknown)",
  ],
  [
    called({
      kind: "edge",
      direction: "gained",
      from: role(STRANGER, "scanner"),
      to: deployer,
      action: "sts:AssumeRole",
      certain: true,
      foreign: true,
    }),
    "`scanner` in `161616161616` (not in the map) can now assume `deployer` in `shop-prod`",
  ],
  [
    called({
      kind: "edge",
      direction: "gained",
      from: "*",
      to: deployer,
      action: "sts:AssumeRole",
      certain: true,
      foreign: true,
    }),
    "anyone can now assume `deployer` in `shop-prod`, from an account that is not in the map",
  ],
  [
    called({
      kind: "edge",
      direction: "lost",
      from: `arn:aws:iam::${SHARED}:oidc-provider/token.actions.githubusercontent.com`,
      to: hub,
      action: "sts:AssumeRoleWithWebIdentity",
      certain: true,
      foreign: false,
    }),
    "any run of any GitHub repository can no longer assume `automation` in `shared`",
  ],
  [
    called({
      kind: "edge",
      direction: "gained",
      from: `arn:aws:iam::${DATA}:root`,
      to: deployer,
      action: "sts:AssumeRole",
      certain: true,
      foreign: false,
    }),
    "any caller that account `data-test` allows can now assume `deployer` in `shop-prod`",
  ],
  [
    {
      kind: "trust",
      role: deployer,
      change: "widened",
      gained: { request: "role x: sts:AssumeRole", foreign: true },
    },
    "trust policy of `deployer` in `shop-prod` widens access; now allows a caller from an account that is not in the map, for example: `role x: sts:AssumeRole`",
  ],
  [
    { kind: "trust", role: deployer, change: "narrowed", lost: { request: "role y" } },
    "trust policy of `deployer` in `shop-prod` narrows access; no longer allows, for example: `role y`",
  ],
  [
    {
      kind: "trust",
      role: deployer,
      change: "changed",
      gained: { request: "role x" },
      lost: { request: "role y" },
    },
    "trust policy of `deployer` in `shop-prod` allows other callers; now allows, for example: `role x`; no longer allows, for example: `role y`",
  ],
  [
    { kind: "trust", role: deployer, change: "equivalent" },
    "trust policy of `deployer` in `shop-prod` is rewritten; same access",
  ],
  [
    { kind: "trust", role: deployer, change: "unknown", reason: "it is not JSON" },
    "trust policy of `deployer` in `shop-prod` could not be compared: `it is not JSON`",
  ],
  [
    {
      kind: "permissions",
      identity: deployer,
      change: "changed",
      gained: [
        {
          service: "iam",
          levels: ["Write", "Permissions management"],
          actions: ["iam:CreateRole", "iam:PutRolePolicy"],
        },
        { service: "*", levels: ["unknown"], actions: ["NotAction x"] },
      ],
      lost: [{ service: "s3", levels: ["Read"], actions: ["s3:GetObject"] }],
      attached: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
      detached: [`arn:aws:iam::${SHOP}:policy/access/old`],
    },
    "`deployer` in `shop-prod` gets the managed policy `ViewOnlyAccess` (Permissions management, Write, unknown access in all services), gains `iam`: Write, Permissions management (`iam:CreateRole` and `iam:PutRolePolicy`) and all services: unknown access (`NotAction x`), loses the managed policy `old` (Read in 1 service) and loses `s3`: Read (`s3:GetObject`)",
  ],
  [
    {
      kind: "permissions",
      identity: deployer,
      change: "narrowed",
      gained: [],
      lost: [],
      attached: [],
      detached: [],
      witness: { lost: { request: "s3:GetObject on *" } },
    },
    "`deployer` in `shop-prod` loses permissions; no longer allows, for example: `s3:GetObject on *`",
  ],
  [
    {
      kind: "permissions",
      identity: deployer,
      change: "equivalent",
      gained: [],
      lost: [],
      attached: [],
      detached: [],
    },
    "permissions of `deployer` in `shop-prod` are rewritten; same access",
  ],
  [
    {
      kind: "permissions",
      identity: deployer,
      change: "unknown",
      gained: [],
      lost: [],
      attached: [],
      detached: [],
      reason: "a document is not at hand",
    },
    "permissions of `deployer` in `shop-prod` could not be compared: `a document is not at hand`",
  ],
  [
    {
      kind: "escalation",
      direction: "gained",
      role: deployer,
      ways: [{ actions: ["iam:PutRolePolicy"], sources: ["deploy-services"] }],
    },
    "`deployer` in `shop-prod` can now raise its own permissions with `iam:PutRolePolicy` (`deploy-services`)",
  ],
  [
    {
      kind: "escalation",
      direction: "lost",
      role: deployer,
      ways: [{ actions: ["iam:PassRole", "ec2:RunInstances"], sources: [] }],
    },
    "`deployer` in `shop-prod` can no longer raise its own permissions with `iam:PassRole` and `ec2:RunInstances`",
  ],
  [
    {
      kind: "escalation",
      direction: "gained",
      role: deployer,
      ways: ["a:A", "b:B", "c:C", "d:D"].map((action) => ({
        actions: [action],
        sources: ["work"],
      })),
    },
    "`deployer` in `shop-prod` can now raise its own permissions in 4 ways, for example with `a:A`, `b:B` or `c:C` (`work`)",
  ],
  [
    {
      kind: "escalation",
      direction: "lost",
      role: deployer,
      administrator: true,
      ways: ["a:A", "b:B"].map((action) => ({ actions: [action], sources: ["work"] })),
    },
    "`deployer` in `shop-prod` is no longer an administrator (`work`)",
  ],
  [
    called({
      kind: "edge",
      direction: "gained",
      from: `arn:aws:iam::${SHARED}:user/ann`,
      to: hub,
      terms: {
        conditions: [
          [
            {
              kind: "mfa",
              operator: "Bool",
              key: "aws:MultiFactorAuthPresent",
              values: ["true"],
            },
          ],
        ],
      },
      action: "sts:AssumeRole",
      certain: true,
      foreign: false,
    }),
    "`ann` in `shared` can now assume `automation` in `shared`, with MFA",
  ],
  [
    { kind: "session", role: deployer, before: 3600, after: 43_200 },
    "sessions of `deployer` in `shop-prod` can last longer: `1h` -> `12h`",
  ],
  [
    { kind: "session", role: deployer, before: 5400, after: 3600 },
    "sessions of `deployer` in `shop-prod` can last shorter: `90m` -> `1h`",
  ],
  [
    {
      kind: "boundary",
      identity: deployer,
      before: `arn:aws:iam::${SHOP}:policy/access/access-boundary`,
      change: "widened",
    },
    "`deployer` in `shop-prod` loses its permissions boundary `access-boundary`, which widens access",
  ],
  [
    {
      kind: "boundary",
      identity: deployer,
      after: `arn:aws:iam::${SHOP}:policy/access/access-boundary`,
      change: "narrowed",
    },
    "`deployer` in `shop-prod` gets the permissions boundary `access-boundary`, which narrows access",
  ],
  [
    {
      kind: "boundary",
      identity: deployer,
      before: `arn:aws:iam::${SHOP}:policy/a`,
      after: `arn:aws:iam::${SHOP}:policy/b`,
      change: "unknown",
      reason: "no text",
    },
    "`deployer` in `shop-prod` changes its permissions boundary: `a` -> `b`; the effect is unknown: `no text`",
  ],
  [
    {
      kind: "boundary",
      identity: deployer,
      before: `arn:aws:iam::${SHOP}:policy/a`,
      after: `arn:aws:iam::${SHOP}:policy/a`,
      change: "changed",
    },
    "the permissions boundary `a` of `deployer` in `shop-prod` is edited, which allows other requests",
  ],
  [
    {
      kind: "external-id",
      role: deployer,
      added: ["b"],
      removed: ["a"],
      openBefore: false,
      openAfter: false,
    },
    "external ID of `deployer` in `shop-prod` changes: `a` -> `b`",
  ],
  [
    {
      kind: "external-id",
      role: deployer,
      added: [],
      removed: ["a"],
      openBefore: false,
      openAfter: true,
    },
    "`deployer` in `shop-prod` no longer accepts the external ID `a`; it now allows callers without one",
  ],
  [
    {
      kind: "external-id",
      role: deployer,
      added: ["a"],
      removed: [],
      openBefore: true,
      openAfter: false,
    },
    "`deployer` in `shop-prod` now accepts the external ID `a`; it no longer allows callers without one",
  ],
  [
    {
      kind: "existence",
      what: "instance-profile",
      direction: "gained",
      arn: `arn:aws:iam::${SHOP}:instance-profile/web`,
    },
    "instance profile `web` in `shop-prod` is created",
  ],
  [
    { kind: "existence", what: "role", direction: "lost", arn: deployer },
    "role `deployer` in `shop-prod` is destroyed",
  ],
  [
    {
      kind: "existence",
      what: "provider",
      direction: "gained",
      arn: `arn:aws:iam::${SHOP}:saml-provider/idp`,
    },
    "identity provider `idp` in `shop-prod` is created",
  ],
  [
    { kind: "existence", what: "account", direction: "gained", arn: DATA },
    "account `data-test` is added",
  ],
  [
    {
      kind: "replacement",
      before: hub,
      after: role(SHARED, "robots"),
      trustedByArn: [deployer],
      interrupted: [role(DATA, "reader")],
    },
    "`automation` in `shared` is replaced by `robots`; `deployer` in `shop-prod` trusts it by its ARN and will no longer allow it; until it exists again, nobody can reach `reader` in `data-test` through it; to avoid that, create the new role next to it in a separate change, and remove the old one once nobody needs it",
  ],
  [
    { kind: "assertion", assertion: "never sandbox-*/* to *-prod/*", message: "x reaches y" },
    "the assertion `never sandbox-*/* to *-prod/*` would no longer hold: `x reaches y`",
  ],
  [
    {
      kind: "quota",
      subject: deployer,
      rule: "ID-19",
      used: 1900,
      limit: 2048,
      unit: "characters of the trust policy",
    },
    "`deployer` in `shop-prod` is near a quota: 1900 of 2048 `characters of the trust policy` (92%, rule `ID-19`)",
  ],
  [
    { kind: "safeguard", what: "gate-rule", direction: "edited", name: "prod-widened" },
    "the gate rule `prod-widened` is edited; the base's safeguards decide on this change",
  ],
  [
    {
      kind: "safeguard",
      what: "program",
      direction: "edited",
      name: "app.js, lib/a.ts",
      files: ["app.js", "lib/a.ts"],
    },
    "the program that creates or deploys the Terraform changes: `app.js, lib/a.ts`; review the files themselves",
  ],
  [
    {
      kind: "safeguard",
      what: "data",
      direction: "gained",
      name: "imports/111111111111.tf",
      files: ["imports/111111111111.tf"],
    },
    "files that no comparison covers change: `imports/111111111111.tf`; review the files themselves",
  ],
  [
    {
      kind: "safeguard",
      what: "tool-files",
      direction: "gained",
      name: ".trustwheel/x",
      files: [".trustwheel/x"],
    },
    "`.trustwheel/x`: committed in a folder that only tools write, so nothing there can be trusted; remove them with `git rm -r --cached`",
  ],
  [
    { kind: "safeguard", what: "place", direction: "edited", name: "a in /Prod -> a in /Sandbox" },
    "an account moves: `a in /Prod -> a in /Sandbox`; from then on, other gate rules can apply to it",
  ],
  [
    {
      kind: "instance-profile",
      profile: `arn:aws:iam::${SHOP}:instance-profile/access/collector`,
      before: role(SHOP, "collector"),
      after: role(SHOP, "admin"),
    },
    "instances with the profile `collector` in `shop-prod` get `admin` in `shop-prod`; before: `collector` in `shop-prod`",
  ],
  [
    {
      kind: "instance-profile",
      profile: `arn:aws:iam::${SHOP}:instance-profile/collector`,
      after: role(SHOP, "admin"),
    },
    "instances with the profile `collector` in `shop-prod` get `admin` in `shop-prod`; before: an unknown role",
  ],
  [
    {
      kind: "terraform",
      stack: "shop-prod",
      account: SHOP,
      address: "provider.aws",
      direction: "edited",
      attributes: ["assume_role"],
      concerns: "deployment",
    },
    "`provider.aws` in the stack `shop-prod` is edited (`assume_role`): Terraform deploys with other settings or another identity",
  ],
  [
    {
      kind: "terraform",
      stack: "shop-prod",
      address: "aws_s3_bucket_policy.logs",
      direction: "gained",
      attributes: [],
      concerns: "unread",
    },
    "`aws_s3_bucket_policy.logs` in the stack `shop-prod` is added: trustwheel does not read it, so its effect is unknown",
  ],
  [
    {
      kind: "terraform",
      stack: "shop-prod",
      address: "tags of aws_iam_role.deployer",
      direction: "lost",
      attributes: ["team"],
      concerns: "tags",
    },
    "`tags of aws_iam_role.deployer` in the stack `shop-prod` is removed (`team`): no policy here tests them",
  ],
  [
    {
      kind: "pipeline",
      role: role(SHOP, "apply"),
      message: "the trust no longer names the repository",
    },
    "the pipeline loses access to `apply` in `shop-prod`: `the trust no longer names the repository`",
  ],
  [
    {
      kind: "provider",
      provider: `arn:aws:iam::${SHOP}:oidc-provider/gitlab.example`,
      what: "client-ids",
      added: ["b"],
      removed: ["a"],
      change: "changed",
    },
    "identity provider `gitlab.example` in `shop-prod` now accepts tokens for the audience `b` and no longer those for `a`",
  ],
  [
    {
      kind: "provider",
      provider: `arn:aws:iam::${SHOP}:saml-provider/idp`,
      what: "metadata",
      added: [],
      removed: [],
      change: "changed",
    },
    "identity provider `idp` in `shop-prod` gets other metadata: it might accept assertions from another issuer",
  ],
  [
    { kind: "unknown", subject: "shop-prod", reason: "the stack is no JSON" },
    "`shop-prod` could not be compared: `the stack is no JSON`",
  ],
  [
    { kind: "unknown", subject: deployer, reason: "not known until apply" },
    "`deployer` in `shop-prod` could not be compared: `not known until apply`",
  ],
];

test.each(CASES.map(([change, text]) => [text, change] as const))("%s", (text, change) => {
  expect(said([change])).toEqual([text]);
});

test("every kind of change has its sentence above", () => {
  expect(new Set(CASES.map(([{ kind }]) => kind))).toEqual(
    new Set(REPORTED_KINDS.map(({ kind }) => kind)),
  );
});

describe("a group of accounts", () => {
  test("is named by its unit and the first keys, the others are counted", () => {
    const review = pipelineGainsDeployers(12);
    const [reach] = groupChanges(review).map((group) => plainText(sentence(group, review)));
    expect(reach).toBe(
      "`ci-runner` in `shared` can now reach `deployer` in 12 accounts of `/Workloads/Prod` (`team-001`, `team-002`, `team-003`, `team-004`, `team-005` and 7 more) through `automation` in `shared`; before: none",
    );
  });

  const session = (id: string): AccessChange => ({
    kind: "session",
    role: role(id, "deployer"),
    before: 3600,
    after: 7200,
  });

  test("is named by the unit above where the units differ", () => {
    expect(said([session(SHOP), session(DATA)])).toEqual([
      "sessions of `deployer` in 2 accounts below `/Workloads` (`data-test` and `shop-prod`) can last longer: `1h` -> `2h`",
    ]);
  });

  test("is named by a tag where the units have nothing in common", () => {
    const accounts = [
      { id: SHOP, key: "shop", unit: "/A", tags: { environment: "prod", team: "shop" } },
      { id: DATA, key: "data", unit: "/B", tags: { environment: "prod", team: "data" } },
    ];
    expect(said([session(SHOP), session(DATA)], accounts)).toEqual([
      "sessions of `deployer` in 2 accounts tagged `environment: prod` (`data` and `shop`) can last longer: `1h` -> `2h`",
    ]);
  });

  test("shows external ids as they are made", () => {
    const external = (id: string, key: string): AccessChange => ({
      kind: "external-id",
      role: role(id, "deployer"),
      added: [`v2-${key}`],
      removed: [`deploy-${id}`],
      openBefore: false,
      openAfter: false,
    });
    expect(said([external(SHOP, "shop-prod"), external(PAYMENTS, "payments-prod")])).toEqual([
      "external ID of `deployer` in 2 accounts of `/Workloads/Prod` (`payments-prod` and `shop-prod`) changes: `deploy-{{account.id}}` -> `v2-{{account.key}}`",
    ]);
  });

  test("says of the one that differs that it does", () => {
    const accounts = manyAccounts(4);
    const changes = accounts.map(({ id }, index) => ({
      ...(session(id) as AccessChange & { kind: "session" }),
      after: index === 3 ? 10_800 : 7200,
    }));
    expect(said(changes, accounts)[1]).toBe(
      "sessions of `deployer` in `team-004` can last longer: `1h` -> `3h` (unlike 3 other accounts)",
    );
  });
});

test("where the ends stay and the way changes, the other way is named", () => {
  const reach = (direction: "gained" | "lost", via: string): AccessChange =>
    called({
      kind: "reach",
      direction,
      from: role(SHARED, "ci"),
      to: deployer,
      via: [via],
      certain: true,
    });
  expect(said([reach("gained", hub), reach("lost", role(SHARED, "people"))])).toEqual([
    "`ci` in `shared` can now reach `deployer` in `shop-prod` through `automation` in `shared`; before: through `people` in `shared`",
    "`ci` in `shared` can no longer reach `deployer` in `shop-prod` through `people` in `shared`; now: through `automation` in `shared`",
  ]);
});

test("a role on the way in each of the accounts is theirs", () => {
  const review = [SHOP, PAYMENTS].map((id): AccessChange =>
    called({
      kind: "reach",
      direction: "gained",
      from: role(SHARED, "ci"),
      to: role(id, "admin"),
      via: [hub, role(id, "deployer")],
      certain: true,
    }),
  );
  expect(said(review)).toEqual([
    "`ci` in `shared` can now reach `admin` in 2 accounts of `/Workloads/Prod` (`payments-prod` and `shop-prod`) through `automation` in `shared` and then their `deployer`; before: none",
  ]);
});

test("accounts that are let in as a whole are named as what they let", () => {
  const changes = [SHOP, PAYMENTS].map((id): AccessChange =>
    called({
      kind: "edge",
      direction: "gained",
      from: `arn:aws:iam::${id}:root`,
      to: hub,
      action: "sts:AssumeRole",
      certain: true,
      foreign: false,
    }),
  );
  expect(said(changes)).toEqual([
    "any caller that 2 accounts of `/Workloads/Prod` (`payments-prod` and `shop-prod`) allow can now assume `automation` in `shared`",
  ]);
});

test("without a map no account is said to be missing from it", () => {
  const accounts = [{ id: SHOP, tags: {} }];
  expect(said([{ kind: "session", role: deployer, before: 3600, after: 7200 }], accounts)).toEqual([
    "sessions of `deployer` in `777777777777` can last longer: `1h` -> `2h`",
  ]);
});

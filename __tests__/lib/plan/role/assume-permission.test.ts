import type { AccountIdentity } from "../../../../lib/account-map/model/principal";
import type { OrganizationId } from "../../../../lib/iam/identifier";
import { LIMITS } from "../../../../lib/iam/limits";
import type { Partition } from "../../../../lib/iam/partition";
import { canonicalDocument, policySize } from "../../../../lib/iam/policy-text";
import { assumePermission } from "../../../../lib/plan/role/assume-permission";
import type { TargetRole } from "../../../../lib/plan/role/assume-permission";
import { EMPTY_SESSION } from "../../../../lib/plan/session-context";

const MAIN = "o-exampleorg1";
const OTHER = "o-exampleorg2";

function account(
  number: number,
  organization?: string,
  partition: Partition = "aws",
): AccountIdentity {
  return {
    id: String(number).padStart(12, "0"),
    partition,
    ...(organization === undefined ? {} : { organization: { id: organization as OrganizationId } }),
  };
}

function accounts(count: number, organization?: string): AccountIdentity[] {
  return Array.from({ length: count }, (_, index) => account(index + 1, organization));
}

function target(name: string, list: readonly AccountIdentity[]): TargetRole {
  return { name, path: "/access/", accounts: list };
}

function formOf(
  targets: readonly TargetRole[],
  reach: "spokes" | "organization" = "spokes",
  session = EMPTY_SESSION,
): { inline: unknown; managed: unknown[] } {
  const { inline, managed } = assumePermission(targets, session, reach);
  return {
    inline: canonicalDocument(inline).Statement,
    managed: managed.map((document) => canonicalDocument(document).Statement),
  };
}

function inOrganizations(ids: string | readonly string[]): object {
  return {
    Sid: "DenyOutsideTargets",
    Effect: "Deny",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:ResourceOrgID": ids } },
  };
}

describe("the permission to assume some roles", () => {
  test("lists their ARNs and denies targets outside their organizations", () => {
    const targets = [
      target("deployer", [account(1, MAIN), account(2, OTHER)]),
      target("reader", [account(1, MAIN)]),
    ];
    expect(formOf(targets)).toEqual({
      inline: [
        {
          Sid: "AssumeDeclaredRoles",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: [
            "arn:aws:iam::000000000001:role/access/deployer",
            "arn:aws:iam::000000000001:role/access/reader",
            "arn:aws:iam::000000000002:role/access/deployer",
          ],
        },
        inOrganizations([MAIN, OTHER]),
      ],
      managed: [],
    });
  });

  test("never asks for the organization of the hub itself (SEED-2)", () => {
    const { inline } = formOf([target("deployer", [account(1, MAIN)])]);
    expect(JSON.stringify(inline)).not.toContain("aws:PrincipalOrgID");
  });

  test("excepts declared targets without an organization from the denial", () => {
    const targets = [target("deployer", [account(1, MAIN), account(2)])];
    expect(formOf(targets).inline).toMatchObject([
      {},
      {
        Effect: "Deny",
        NotResource: "arn:aws:iam::000000000002:role/access/deployer",
        Condition: { StringNotEquals: { "aws:ResourceOrgID": MAIN } },
      },
    ]);
  });

  test("denies all other accounts where no target has an organization", () => {
    const targets = [target("deployer", [account(1), account(2)])];
    expect(formOf(targets).inline).toMatchObject([
      {},
      {
        Effect: "Deny",
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:ResourceAccount": ["000000000001", "000000000002"] },
        },
      },
    ]);
  });

  test("includes what sessions carry", () => {
    const session = { sourceIdentity: true, transitiveTags: ["team"] };
    const { inline } = formOf([target("deployer", [account(1, MAIN)])], "spokes", session);
    expect(inline).toMatchObject([
      { Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"] },
      { Action: "sts:AssumeRole" },
    ]);
  });
});

describe("the permission to assume more roles than an inline policy can list", () => {
  test("binds one pattern per role to exactly its accounts (ID-39)", () => {
    const ids = accounts(300).map(({ id }) => id);
    const { inline, managed } = formOf([
      target("deployer", accounts(300, MAIN)),
      target("reader", [account(1, MAIN)]),
    ]);
    expect(inline).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::*:role/access/deployer",
        Condition: { StringEquals: { "aws:ResourceAccount": ids } },
      },
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::*:role/access/reader",
        Condition: { StringEquals: { "aws:ResourceAccount": "000000000001" } },
      },
      inOrganizations(MAIN),
    ]);
    expect(managed).toEqual([]);
  });

  test("writes one pattern for each partition", () => {
    const china = accounts(300, MAIN).map((each) => ({ ...each, partition: "aws-cn" as const }));
    const { inline } = formOf([target("deployer", [...china, account(999, OTHER)])]);
    expect(inline).toMatchObject([
      { Resource: "arn:aws:iam::*:role/access/deployer" },
      { Resource: "arn:aws-cn:iam::*:role/access/deployer" },
      { Effect: "Deny" },
    ]);
  });

  test("spreads the accounts over managed policies and keeps the denial inline", () => {
    const { inline, managed } = assumePermission(
      [target("deployer", accounts(1000, MAIN))],
      EMPTY_SESSION,
      "spokes",
    );
    expect(canonicalDocument(inline).Statement).toEqual([inOrganizations(MAIN)]);
    expect(managed.map((document) => document.Statement.length)).toEqual([1, 1, 1]);
    const listed = managed.flatMap(({ Statement }) =>
      Statement.flatMap(({ Condition }) => Condition?.StringEquals?.["aws:ResourceAccount"]),
    );
    expect(listed).toEqual(accounts(1000).map(({ id }) => id));
    for (const document of managed) {
      expect(policySize(document)).toBeLessThanOrEqual(LIMITS.managedPolicySize);
    }
  });

  test("denies by role name where the list of accounts without an organization fits nowhere", () => {
    const { inline, managed } = formOf([
      target("deployer", accounts(1000)),
      target("reader", accounts(2)),
    ]);
    expect(inline).toEqual([
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        NotResource: ["arn:aws:iam::*:role/access/deployer", "arn:aws:iam::*:role/access/reader"],
      },
    ]);
    expect(managed.length).toBeGreaterThan(1);
  });

  test("denies by organization and account where the ARNs of those without one do not fit", () => {
    const outside = accounts(400);
    const { inline } = formOf([
      target("deployer", [...outside, account(999, MAIN)]),
      target("reader", [account(1), account(999, MAIN)]),
    ]);
    expect(inline).toEqual([
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        Resource: "*",
        Condition: {
          StringNotEquals: {
            "aws:ResourceAccount": outside.map(({ id }) => id),
            "aws:ResourceOrgID": MAIN,
          },
        },
      },
    ]);
  });

  test("denies by organization and role name where not even the accounts fit", () => {
    const { inline } = formOf([
      target("deployer", [...accounts(800), account(999, MAIN)]),
      target("reader", [account(999, MAIN)]),
    ]);
    expect(inline).toEqual([
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        NotResource: "arn:aws:iam::*:role/access/deployer",
        Condition: { StringNotEquals: { "aws:ResourceOrgID": MAIN } },
      },
    ]);
  });
});

describe("the permission that reaches the whole organization", () => {
  test("binds the pattern of each role to the organizations of its accounts", () => {
    const targets = [
      target("deployer", [account(1, MAIN), account(2, OTHER)]),
      target("reader", [account(1, MAIN)]),
    ];
    expect(formOf(targets, "organization").inline).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::*:role/access/deployer",
        Condition: { StringEquals: { "aws:ResourceOrgID": [MAIN, OTHER] } },
      },
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::*:role/access/reader",
        Condition: { StringEquals: { "aws:ResourceOrgID": MAIN } },
      },
      inOrganizations([MAIN, OTHER]),
    ]);
  });

  test("names the accounts without an organization one by one", () => {
    const targets = [target("deployer", [account(1, MAIN), account(2)])];
    expect(formOf(targets, "organization").inline).toMatchObject([
      { Condition: { StringEquals: { "aws:ResourceOrgID": MAIN } } },
      {
        Resource: "arn:aws:iam::*:role/access/deployer",
        Condition: { StringEquals: { "aws:ResourceAccount": "000000000002" } },
      },
      { Effect: "Deny", NotResource: "arn:aws:iam::000000000002:role/access/deployer" },
    ]);
  });
});

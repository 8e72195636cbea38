import { awsManagedPolicyArn } from "../../lib/iam/arn";
import { documentAt, statementOf, synthesizeSeed } from "./support/seed";
import type { SeedDocument } from "./support/seed";

const SEED = "hub-spoke-model";
const ORGANIZATION = "o-zzzzzzzzzz";

/** The model's policy of the user. */
const USER: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: ["arn:aws:iam::999999999999:role/automation-hub-role"],
    },
  ],
};

/** The model's policy of the hub. */
const HUB: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Resource: "arn:aws:iam::*:role/automation-spoke-role",
      Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
    },
  ],
};

/** The model's trust policy of the hub for one user. */
const HUB_TRUST: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::777777777777:user/sys-automation" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
    },
  ],
};

/** The model's trust policy of the hub for people of IAM Identity Center. */
const HUB_TRUST_PEOPLE: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999999999999:root" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: {
          "aws:PrincipalARN": [
            "arn:aws:iam::999999999999:role/aws-reserved/sso.amazonaws.com/us-east-2/AWSReservedSSO_*-AdministratorAccess_*",
            "arn:aws:iam::999999999999:role/aws-reserved/sso.amazonaws.com/us-east-2/AWSReservedSSO_*-PowerUserAccess_*",
          ],
        },
        StringEquals: { "aws:PrincipalOrgID": ORGANIZATION },
      },
    },
  ],
};

/** The model's trust policy of a spoke. */
const SPOKE_TRUST: SeedDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999999999999:role/automation-hub-role" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } },
    },
  ],
};

const SPOKES = ["first", "second"];
const USER_ADDRESS = "aws_iam_user_policy.user-sys-automation_assume-roles";

describe("a user, a hub and its spokes in an organization", () => {
  const stacks = synthesizeSeed(SEED, "organization");

  test("the user is made for this one task: it has the model's policy and no other, and no key", () => {
    expect(documentAt(stacks, "users", USER_ADDRESS).Statement).toEqual([
      { ...statementOf(USER), Sid: "AssumeDeclaredRoles" },
    ]);
    expect(stacks.addresses("users")).toEqual([
      "aws_iam_user.user-sys-automation",
      "aws_iam_user_policies_exclusive.user-sys-automation_policies",
      USER_ADDRESS,
      "aws_iam_user_policy_attachments_exclusive.user-sys-automation_attachments",
    ]);
  });

  test("the hub trusts the user: its account is the principal, its ARN a condition (TR-10 to TR-12)", () => {
    const { Principal, Condition, ...seed } = statementOf(HUB_TRUST);
    expect(stacks.trust("hub", "hub-automation").Statement).toEqual([
      {
        ...seed,
        Sid: "SysAutomation",
        Principal: { AWS: "arn:aws:iam::777777777777:root" },
        Condition: {
          ...Condition,
          ArnEquals: { "aws:PrincipalArn": (Principal as { AWS: string }).AWS },
        },
      },
    ]);
  });

  test("the hub may assume exactly its spokes, and outside of the organization nothing (section E: SEED-1, SEED-2)", () => {
    const { Effect } = statementOf(HUB);
    expect(stacks.inlinePolicy("hub", "hub-automation", "assume-roles").Statement).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect,
        Action: "sts:AssumeRole",
        // The model's `arn:aws:iam::*:...` under aws:PrincipalOrgID tests the hub, never the target.
        Resource: [
          "arn:aws:iam::666666666666:role/automation-spoke-role",
          "arn:aws:iam::888888888888:role/automation-spoke-role",
        ],
      },
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:ResourceOrgID": ORGANIZATION } },
      },
    ]);
  });

  test.each(SPOKES)("the spoke in `%s` trusts the hub, in the same form", (account) => {
    const { Principal, Condition, ...seed } = statementOf(SPOKE_TRUST);
    expect(stacks.trust(account, "spoke-automation").Statement).toEqual([
      {
        ...seed,
        Sid: "HubAutomation",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Condition: {
          ...Condition,
          ArnEquals: { "aws:PrincipalArn": (Principal as { AWS: string }).AWS },
        },
      },
    ]);
  });

  test.each(SPOKES)("the spoke in `%s` grants ReadOnlyAccess and nothing else", (account) => {
    expect(
      stacks.resource(
        account,
        "aws_iam_role_policy_attachment",
        "spoke-automation_attachment-ReadOnlyAccess",
      ).policy_arn,
    ).toBe(awsManagedPolicyArn("aws", "ReadOnlyAccess"));
    expect(stacks.addresses(account).filter((each) => each.includes("policy"))).toEqual([
      "aws_iam_role_policy_attachment.spoke-automation_attachment-ReadOnlyAccess",
      "aws_iam_role_policy_attachments_exclusive.spoke-automation_attachments",
    ]);
  });

  test("the organization is a condition of every trust", () => {
    const trusts = stacks.documents().filter(({ kind }) => kind === "trust");
    expect(trusts).toHaveLength(3);
    for (const { document } of trusts) {
      for (const { Condition } of document.Statement) {
        expect(Condition?.StringEquals?.["aws:PrincipalOrgID"]).toBe(ORGANIZATION);
      }
    }
  });
});

test("the hub trusts permission sets by pattern, each in a statement, in any region and with exactly 16 characters behind the name (SSO-01, SSO-04)", () => {
  const stacks = synthesizeSeed(SEED, "identity-center");
  const { Condition, ...seed } = statementOf(HUB_TRUST_PEOPLE);
  const patterns = Condition?.ArnLike?.["aws:PrincipalARN"] as readonly string[];
  const ours = patterns.map((pattern) =>
    pattern
      .replace("sso.amazonaws.com/us-east-2/", "sso.amazonaws.com*/")
      .replace(/_\*$/, "_????????????????"),
  );
  expect(stacks.trust("hub", "hub-automation").Statement).toEqual(
    ["Administrators", "PowerUsers"].map((Sid, index) => ({
      ...seed,
      Sid,
      Condition: {
        ArnLike: { "aws:PrincipalArn": ours[index] },
        StringEquals: Condition?.StringEquals,
      },
    })),
  );
});

describe("the model without an organization", () => {
  const stacks = synthesizeSeed(SEED, "no-organization");

  test("asks for none: every trust is bound to an account and an ARN", () => {
    const trust = (account: string, id: string): unknown =>
      stacks.trust(account, id).Statement.map(({ Principal, Condition }) => [Principal, Condition]);
    expect(trust("hub", "hub-automation")).toEqual([
      [
        { AWS: "arn:aws:iam::777777777777:root" },
        { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::777777777777:user/sys-automation" } },
      ],
    ]);
    for (const account of SPOKES) {
      expect(trust(account, "spoke-automation")).toEqual([
        [
          { AWS: "arn:aws:iam::999999999999:root" },
          {
            ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::999999999999:role/automation-hub-role" },
          },
        ],
      ]);
    }
  });

  test("names the accounts that the hub wants to access, as the model advises", () => {
    const accounts = ["666666666666", "888888888888"];
    expect(stacks.inlinePolicy("hub", "hub-automation", "assume-roles").Statement).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: accounts.map((id) => `arn:aws:iam::${id}:role/automation-spoke-role`),
      },
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:ResourceAccount": accounts } },
      },
    ]);
  });
});

describe("the model with an external ID", () => {
  const stacks = synthesizeSeed(SEED, "external-id");

  test("asks the hub for it at the spoke", () => {
    expect(stacks.trust("first", "spoke-automation").Statement[0]?.Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::999999999999:role/automation-hub-role" },
      StringEquals: {
        "aws:PrincipalOrgID": ORGANIZATION,
        "sts:ExternalId": "this-is-my-automation",
      },
    });
  });

  test("does not ask the user for it at the hub", () => {
    expect(JSON.stringify(stacks.trust("hub", "hub-automation"))).not.toContain("sts:ExternalId");
  });
});

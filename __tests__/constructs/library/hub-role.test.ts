import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { HubRole, iamUser, permissionSet } from "trustwheel";
import { DATA, SHOP, TOOLS, plainStack, problems, synthesized } from "./library-stack";

const ENGINEERS = { engineers: permissionSet({ name: "Engineer" }) };

describe("a hub role in a stack of one's own", () => {
  test("lets in exactly its principals and may assume exactly its spokes", () => {
    const stack = synthesized(
      (scope) =>
        new HubRole(scope, "people", {
          account: TOOLS,
          roleName: "people-hub",
          path: "/access/",
          principals: ENGINEERS,
          spokes: [
            { account: SHOP, roleName: "reader", path: "/access/" },
            { account: DATA, roleName: "reader", path: "/access/" },
          ],
        }),
    );

    expect(stack.trust("people-hub")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Engineers",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnLike: {
              "aws:PrincipalArn":
                "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Engineer_????????????????",
            },
            StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
          },
        },
      ],
    });
    expect(stack.inlinePolicies("people-hub")).toEqual({
      "assume-roles": {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AssumeDeclaredRoles",
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Resource: [
              "arn:aws:iam::222222222222:role/access/reader",
              "arn:aws:iam::333333333333:role/access/reader",
            ],
          },
          {
            Sid: "DenyOutsideTargets",
            Effect: "Deny",
            Action: "sts:AssumeRole",
            Resource: "*",
            Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
          },
        ],
      },
    });
    expect(stack.counts()).toEqual({
      aws_iam_role: 1,
      aws_iam_role_policies_exclusive: 1,
      aws_iam_role_policy: 1,
      aws_iam_role_policy_attachments_exclusive: 1,
    });
  });

  test("asks for no organization where the account has none", () => {
    const account = { id: "111111111111" };
    const stack = synthesized(
      (scope) =>
        new HubRole(scope, "hub", {
          account,
          roleName: "hub",
          principals: { bot: iamUser({ name: "bot" }) },
        }),
    );
    expect(stack.trust("hub").Statement[0]?.Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/bot" },
    });
  });

  test("has no permission at all without spokes and policies", () => {
    const stack = synthesized(
      (scope) =>
        new HubRole(scope, "hub", { account: TOOLS, roleName: "hub", principals: ENGINEERS }),
    );
    expect(stack.inlinePolicies("hub")).toEqual({});
    const [exclusive] = stack.ofType("aws_iam_role_policies_exclusive");
    expect(exclusive?.policy_names).toEqual([]);
  });

  test("passes source identity and transitive tags on to its spokes", () => {
    const conditions = {
      sourceIdentity: { values: ["*@example.com"] },
      sessionTags: { ticket: { transitive: true }, team: { values: ["shop"] } },
    };
    const hub = new HubRole(plainStack(), "hub", {
      account: TOOLS,
      roleName: "hub",
      principals: { engineers: permissionSet({ name: "Engineer" }, conditions) },
    });
    expect([hub.sourceIdentity, hub.transitiveTags]).toEqual([true, ["ticket"]]);

    const stack = synthesized(
      (scope) =>
        new HubRole(scope, "hub", {
          account: TOOLS,
          roleName: "hub",
          principals: { engineers: permissionSet({ name: "Engineer" }, conditions) },
          spokes: [{ account: SHOP, roleName: "reader" }],
        }),
    );
    expect(stack.inlinePolicies("hub")["assume-roles"]?.Statement[0]?.Action).toEqual([
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ]);
  });

  test("permits role names with exactly their accounts once ARNs no longer fit", () => {
    const accounts = Array.from({ length: 400 }, (_, index) => ({
      id: String(400_000_000_000 + index),
      organizationId: "o-exampleorg1",
    }));
    const stack = synthesized(
      (scope) =>
        new HubRole(scope, "hub", {
          account: TOOLS,
          roleName: "hub",
          principals: ENGINEERS,
          spokes: accounts.map((account) => ({ account, roleName: "reader" })),
        }),
    );
    const statement = stack.inlinePolicies("hub")["assume-roles"]?.Statement[0];
    expect(statement?.Resource).toBe("arn:aws:iam::*:role/reader");
    expect(statement?.Condition).toEqual({
      StringEquals: { "aws:ResourceAccount": accounts.map(({ id }) => id) },
    });
  });

  test("escapes AWS's variables and keeps references to other resources", () => {
    const stack = synthesized((scope) => {
      const policy = new IamPolicy(scope, "other", { policy: "{}" });
      return new HubRole(scope, "hub", {
        account: TOOLS,
        roleName: "hub",
        principals: ENGINEERS,
        policies: {
          own: {
            Statement: [
              {
                Effect: "Allow",
                Action: "s3:GetObject",
                Resource: ["arn:aws:s3:::home/${aws:username}/*", policy.arn],
              },
            ],
          },
        },
      });
    });
    const [own] = stack.ofType("aws_iam_role_policy");
    expect(own?.policy).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":["${aws_iam_policy.other.arn}","arn:aws:s3:::home/$${aws:username}/*"]}]}',
    );
  });

  test("attaches managed policies by name in the account's partition", () => {
    const stack = synthesized(
      (scope) =>
        new HubRole(scope, "hub", {
          account: { id: "111111111111", partition: "aws-us-gov" },
          roleName: "hub",
          principals: ENGINEERS,
          managedPolicies: ["job-function/ViewOnlyAccess", "ReadOnlyAccess"],
        }),
    );
    expect(
      stack.ofType("aws_iam_role_policy_attachment").map(({ policy_arn }) => policy_arn),
    ).toEqual([
      "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess",
      "arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess",
    ]);
  });

  test("moves policies that do not fit inline into customer managed policies of the role", () => {
    const large = (letter: string) => ({
      Statement: [
        { Effect: "Allow" as const, Action: "s3:GetObject", Resource: letter.repeat(5500) },
      ],
    });
    const stack = synthesized(
      (scope) =>
        new HubRole(scope, "hub", {
          account: TOOLS,
          roleName: "hub",
          path: "/access/",
          principals: ENGINEERS,
          policies: { first: large("a"), second: large("b") },
        }),
    );
    expect(Object.keys(stack.inlinePolicies("hub"))).toEqual(["first"]);
    expect(stack.ofType("aws_iam_policy").map(({ name, path }) => [name, path])).toEqual([
      ["hub-second", "/access/"],
    ]);
  });
});

describe("a hub role with wrong props", () => {
  const hub = { account: TOOLS, roleName: "hub", principals: ENGINEERS };
  const problemsOf = (props: object): string[] =>
    problems((scope) => new HubRole(scope, "hub", { ...hub, ...props }));

  test("is refused for what its names and numbers may not be, all at once", () => {
    expect(
      problemsOf({
        account: { id: "12345", organizationId: "example" },
        roleName: "no spaces",
        path: "access",
        description: "an em dash — is none of Latin-1",
        maxSessionSeconds: 900,
        tags: { team: "shop", Team: "shop" },
        managedPolicies: ["Read Only"],
        permissionsBoundaryArn: "arn:aws:iam::999999999999:policy/boundary",
      }),
    ).toEqual([
      'account.id: an account ID must be a quoted string of 12 digits, got "12345" [ID-01]',
      'account.organizationId: an organization ID must be `o-` and 10 to 32 lower-case letters or digits, got "example" [ID-02]',
      'roleName: a role name must be 1 to 64 ASCII letters, digits or any of `_+=,.@-`, got "no spaces" [ID-05]',
      'path: a role path must be `/` or up to 512 printable characters that begin and end with `/`, got "access" [ID-07]',
      'description: a role description must be up to 1000 characters of Latin-1: no dashes or quotes of typography, no emoji, got "an em dash — is none of Latin-1" [ID-11]',
      "maxSessionSeconds: the longest session of a role must be a whole number between 3600 and 43200 seconds, got 900 [ID-15]",
      "tags: the tag keys `team` and `Team` differ only by case, which IAM ignores [ID-29]",
      'permissionsBoundaryArn: a boundary must start with arn:aws:iam::aws:policy/ or arn:aws:iam::12345:policy/, got "arn:aws:iam::999999999999:policy/boundary" [PB-03]',
      'managedPolicies: a managed policy must be a name such as job-function/ViewOnlyAccess or an ARN, got "Read Only" [NP-01]',
    ]);
  });

  test("is refused when nobody may enter", () => {
    expect(problemsOf({ principals: {} })).toEqual([
      "principals: nobody can assume the role `hub`: add a principal [TR-22]",
    ]);
  });

  test("is refused for a spoke of another partition, and names the spoke", () => {
    const spokes = [{ account: { id: "222222222222", partition: "aws-cn" }, roleName: "reader" }];
    expect(problemsOf({ spokes })).toEqual([
      "spokes[0]: access never crosses partitions, got aws-cn and aws [PT-03]",
    ]);
  });

  test("is refused when its trust policy is larger than the account's quota", () => {
    const name = Array.from({ length: 60 }, (_, index) => `user-${index}`);
    const principals = { users: iamUser({ name }) };
    expect(problemsOf({ principals })).toEqual([
      "the trust policy of `hub` has 2703 characters, the account's quota is 2048: trust fewer principals, or request a higher quota and set `account.trustPolicyQuota` [ID-19]",
    ]);
    expect(problemsOf({ account: { ...TOOLS, trustPolicyQuota: 4096 }, principals })).toEqual([]);
  });

  test("is refused for a statement that fits nowhere and for too many managed policies", () => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "x".repeat(11_000) };
    expect(problemsOf({ policies: { huge: { Statement: [statement] } } })).toEqual([
      "a statement of the policy `huge` has 11095 characters, at most 6144 fit: split it [ID-21]",
    ]);
    const managedPolicies = Array.from({ length: 11 }, (_, index) => `Policy${index}`);
    expect(problemsOf({ managedPolicies })).toEqual([
      "`hub` has 11 managed policies, the account's quota is 10: attach fewer, or request a higher quota and set `account.managedPoliciesQuota` [ID-23]",
    ]);
  });
});

import { HubRole, SpokeRole, githubActions, iamRole, permissionSet } from "trustwheel";
import { DATA, READ_LOGS, SHOP, TOOLS, plainStack, problems, synthesized } from "./library-stack";

const HUB = { account: TOOLS, roleName: "people-hub", path: "/access/" };

describe("a spoke role in a stack of one's own", () => {
  test("lets in only its hub, from the hub's account and organization, with the external id", () => {
    const stack = synthesized(
      (scope) =>
        new SpokeRole(scope, "reader", {
          account: SHOP,
          roleName: "reader",
          hubs: { people: HUB },
          externalIds: ["current-id", "previous-id"],
          policies: { "read-logs": READ_LOGS },
        }),
    );
    expect(stack.trust("reader")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "HubPeople",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/access/people-hub" },
            StringEquals: {
              "aws:PrincipalOrgID": "o-exampleorg1",
              "sts:ExternalId": ["current-id", "previous-id"],
            },
          },
        },
      ],
    });
    expect(stack.inlinePolicies("reader")).toEqual({ "read-logs": READ_LOGS });
    expect(stack.counts()).toEqual({
      aws_iam_role: 1,
      aws_iam_role_policies_exclusive: 1,
      aws_iam_role_policy: 1,
      aws_iam_role_policy_attachments_exclusive: 1,
    });
  });

  test("takes the hub's construct for the hub and lets in what its sessions carry", () => {
    const hub = new HubRole(plainStack(), "hub", {
      account: TOOLS,
      roleName: "people-hub",
      principals: {
        engineers: permissionSet(
          { name: "Engineer" },
          { sourceIdentity: { values: ["*"] }, sessionTags: { ticket: { transitive: true } } },
        ),
      },
    });
    const stack = synthesized(
      (scope) =>
        new SpokeRole(scope, "reader", {
          account: SHOP,
          roleName: "reader",
          hubs: { people: hub },
          externalIds: ["an-id"],
        }),
    );
    const principal = { AWS: "arn:aws:iam::111111111111:root" };
    const pinned = { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/people-hub" };
    const organization = { "aws:PrincipalOrgID": "o-exampleorg1" };
    expect(stack.trust("reader").Statement).toEqual([
      {
        Sid: "HubPeople",
        Effect: "Allow",
        Principal: principal,
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: pinned,
          StringEquals: { ...organization, "sts:ExternalId": "an-id" },
        },
      },
      {
        Sid: "HubPeopleSourceIdentity",
        Effect: "Allow",
        Principal: principal,
        Action: "sts:SetSourceIdentity",
        Condition: {
          ArnEquals: pinned,
          StringEquals: organization,
          Null: { "aws:SourceIdentity": "false" },
        },
      },
      {
        Sid: "HubPeopleTagSession",
        Effect: "Allow",
        Principal: principal,
        Action: "sts:TagSession",
        Condition: {
          ArnEquals: pinned,
          StringEquals: organization,
          "ForAllValues:StringEquals": { "aws:TagKeys": "ticket" },
        },
      },
    ]);
  });

  test("refers to nothing of the hub's stack", () => {
    const hub = new HubRole(plainStack(), "hub", {
      ...HUB,
      principals: { engineers: permissionSet({ name: "Engineer" }) },
    });
    const stack = plainStack();
    new SpokeRole(stack, "reader", { account: SHOP, roleName: "reader", hubs: { people: hub } });
    stack.prepareStack();
    expect(stack.dependencies).toEqual([]);
    expect(JSON.stringify(stack.toTerraform())).not.toContain("terraform_remote_state");
    expect(hub.arn).toBe("arn:aws:iam::111111111111:role/access/people-hub");
  });

  test("orders its ways in by key, whatever the order of the props", () => {
    const trust = (principals: object) =>
      synthesized(
        (scope) => new SpokeRole(scope, "s", { account: SHOP, roleName: "s", ...principals }),
      ).trust("s");
    const b = iamRole({ account: DATA, name: "b" });
    const a = githubActions({ repository: "example-org/shop", branch: "main" });
    expect(trust({ principals: { b, a } })).toEqual(trust({ principals: { a, b } }));
    expect(
      trust({ principals: { b, a }, hubs: { y: HUB, x: HUB } }).Statement.map(({ Sid }) => Sid),
    ).toEqual(["A", "B", "HubX", "HubY"]);
  });
});

describe("a spoke role with wrong props", () => {
  const problemsOf = (props: object): string[] =>
    problems((scope) => new SpokeRole(scope, "s", { account: SHOP, roleName: "s", ...props }));

  test("is refused when neither hub nor principal may enter", () => {
    expect(problemsOf({})).toEqual([
      "hubs: nobody can assume the role `s`: add a hub or a principal [TR-22]",
    ]);
  });

  test("is refused for a hub that cannot exist, a key without a name, and a bad external id", () => {
    expect(
      problemsOf({
        hubs: { "Bad Key": { account: { id: "1" }, roleName: "a/b", path: "x" } },
        externalIds: ["with space"],
      }),
    ).toEqual([
      'hubs: a key must be up to 64 lower-case letters, digits or hyphens and start with a letter, got "Bad Key" [key-name]',
      'hubs.Bad Key.account.id: an account ID must be a quoted string of 12 digits, got "1" [ID-01]',
      'hubs.Bad Key.roleName: a role name must be 1 to 64 ASCII letters, digits or any of `_+=,.@-`, got "a/b" [ID-05]',
      'hubs.Bad Key.path: a role path must be `/` or up to 512 printable characters that begin and end with `/`, got "x" [ID-07]',
      'externalIds: an external ID must be 2 to 1224 ASCII letters, digits or any of `_+=,.@:/-`, without spaces, got "with space" [ID-12]',
    ]);
  });
});

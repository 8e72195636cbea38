import { attributesOf } from "../support/plans/attributes";
import { synthesizeMap } from "../support/project";
import type { SynthesizedStacks } from "../support/project";

const MAP = `
version: 1
organizations: { main: { id: o-exampleorg1 } }
defaults: { rolePath: /access/, permissionsBoundary: boundary }
tags: { owner: platform }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
hubs:
  automation:
    account: tools
    role: automation-hub
    maxSession: 2h
    tags: { tier: hub }
    principals:
      bot: { user: { name: sys-bot, create: true } }
      jump: { role: { name: jump } }
      old-bot: { user: { name: old-bot } }
    permissions:
      managed: [job-function/ViewOnlyAccess]
      statements: [{ Effect: Allow, Action: s3:GetObject, Resource: "*" }]
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [app] }
    principals: { instances: { instanceProfile: { name: web } } }
    permissions: { documents: [first, second] }
`;

/** A document of about 8,000 characters: two of them do not fit inline. */
function large(letter: string): object {
  return {
    Version: "2012-10-17",
    Statement: Array.from({ length: 8 }, (_, index) => ({
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${letter.repeat(900)}${index}`,
    })),
  };
}

const BOUNDARY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

function resourceOf(stacks: SynthesizedStacks, account: string, type: string, id: string): unknown {
  return attributesOf(stacks.resource(account, type, id));
}

function synthesized(): SynthesizedStacks {
  return synthesizeMap(MAP, { boundary: BOUNDARY, first: large("a"), second: large("b") });
}

describe("the resources of an account", () => {
  const stacks = synthesized();

  test("hold a role with its settings, and not the tags that the provider sets", () => {
    expect(resourceOf(stacks, "tools", "aws_iam_role", "hub-automation")).toEqual({
      name: "automation-hub",
      path: "/access/",
      description: "Hub automation of the account map",
      max_session_duration: 7200,
      permissions_boundary: "${aws_iam_policy.boundary-boundary.arn}",
      tags: { tier: "hub" },
      assume_role_policy: expect.any(String) as string,
    });
  });

  test("hold the boundary as a managed policy", () => {
    expect(resourceOf(stacks, "tools", "aws_iam_policy", "boundary-boundary")).toEqual({
      name: "boundary",
      path: "/access/",
      policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    });
  });

  test("give every role exactly the inline policies and attachments that are declared", () => {
    const exclusive = (account: string, id: string): unknown => [
      resourceOf(stacks, account, "aws_iam_role_policies_exclusive", `${id}_policies`),
      resourceOf(stacks, account, "aws_iam_role_policy_attachments_exclusive", `${id}_attachments`),
    ];
    expect(exclusive("tools", "hub-automation")).toEqual([
      {
        role_name: "${aws_iam_role.hub-automation.name}",
        policy_names: [
          "${aws_iam_role_policy.hub-automation_policy-assume-roles.name}",
          "${aws_iam_role_policy.hub-automation_policy-statements.name}",
        ],
      },
      {
        role_name: "${aws_iam_role.hub-automation.name}",
        policy_arns: [
          "${aws_iam_role_policy_attachment.hub-automation_attachment-ViewOnlyAccess.policy_arn}",
        ],
      },
    ]);
    const attachment = "aws_iam_role_policy_attachment.spoke-deployer_attachment-deployer-second";
    expect(exclusive("app", "spoke-deployer")).toEqual([
      {
        role_name: "${aws_iam_role.spoke-deployer.name}",
        policy_names: ["${aws_iam_role_policy.spoke-deployer_policy-first.name}"],
      },
      {
        role_name: "${aws_iam_role.spoke-deployer.name}",
        policy_arns: [
          "arn:aws:iam::222222222222:policy/access/deployer-second",
          "arn:aws:iam::222222222222:policy/access/deployer-second-2",
        ],
        depends_on: [attachment, `${attachment}-2`],
      },
    ]);
  });

  test("make and attach a managed policy for what does not fit inline", () => {
    const made = resourceOf(
      stacks,
      "app",
      "aws_iam_policy",
      "spoke-deployer_managed-deployer-second",
    );
    expect(made).toEqual({
      name: "deployer-second",
      path: "/access/",
      policy: expect.any(String) as string,
    });
    expect(
      resourceOf(
        stacks,
        "app",
        "aws_iam_role_policy_attachment",
        "spoke-deployer_attachment-deployer-second",
      ),
    ).toEqual({
      role: "${aws_iam_role.spoke-deployer.name}",
      policy_arn: "${aws_iam_policy.spoke-deployer_managed-deployer-second.arn}",
      lifecycle: { replace_triggered_by: ["aws_iam_role.spoke-deployer.arn"] },
    });
  });

  test("give a role that is made anew under its name all its policies again, and its profile to instances as it is", () => {
    const resources = Object.entries(stacks.stack("app").resource ?? {});
    const triggered = resources.flatMap(([type, made]) =>
      Object.entries(made).flatMap(([id, { lifecycle }]) =>
        lifecycle === undefined ? [] : [[type, id, lifecycle] as const],
      ),
    );
    const attached = ["aws_iam_role_policy", "aws_iam_role_policy_attachment"];
    expect([...new Set(triggered.map(([type]) => type))].sort()).toEqual(attached);
    for (const [, id, lifecycle] of triggered) {
      const [role = ""] = id.split("_");
      expect(lifecycle).toEqual({ replace_triggered_by: [`aws_iam_role.${role}.arn`] });
    }
    const made = resources.filter(([type]) => attached.includes(type));
    expect(triggered).toHaveLength(made.flatMap(([, each]) => Object.keys(each)).length);
  });

  test("make a user with exactly its policy, and none for a user that exists", () => {
    const ofType = (type: string): unknown => attributesOf(stacks.stack("tools").resource?.[type]);
    expect(ofType("aws_iam_user")).toEqual({
      "user-sys-bot": { name: "sys-bot", path: "/" },
    });
    const userName = "${aws_iam_user.user-sys-bot.name}";
    expect(ofType("aws_iam_user_policies_exclusive")).toEqual({
      "user-sys-bot_policies": {
        user_name: userName,
        policy_names: ["${aws_iam_user_policy.user-sys-bot_assume-roles.name}"],
      },
    });
    expect(ofType("aws_iam_user_policy_attachments_exclusive")).toEqual({
      "user-sys-bot_attachments": { user_name: userName, policy_arns: [] },
    });
    const policies = stacks.stack("tools").resource?.aws_iam_user_policy ?? {};
    expect(Object.entries(policies).map(([id, { name, user }]) => [id, name, user])).toEqual([
      ["user-old-bot_assume-roles", "trustwheel-assume-roles", "old-bot"],
      ["user-sys-bot_assume-roles", "trustwheel-assume-roles", userName],
    ]);
  });

  test("give a role that exists one policy of ours, and leave its others alone", () => {
    expect(stacks.resource("tools", "aws_iam_role_policy", "role-jump_assume-roles")).toMatchObject(
      { name: "trustwheel-assume-roles", role: "jump" },
    );
    expect(stacks.addresses("tools").filter((each) => each.includes("jump"))).toHaveLength(1);
  });

  test("make an instance profile", () => {
    expect(
      resourceOf(stacks, "app", "aws_iam_instance_profile", "spoke-deployer_profile-web"),
    ).toEqual({ name: "web", path: "/access/", role: "${aws_iam_role.spoke-deployer.name}" });
  });

  test("tell the ARN of every role", () => {
    expect(stacks.stack("app").output).toEqual({
      "spoke-deployer_arn": { value: "${aws_iam_role.spoke-deployer.arn}" },
    });
  });

  test("hold no access key, and nothing of another account", () => {
    for (const [account, text] of stacks.tree.stacks) {
      expect([
        account,
        text.includes("aws_iam_access_key"),
        text.includes("terraform_remote_state"),
      ]).toEqual([account, false, false]);
    }
  });

  test("hold nothing in an account without roles but its provider and state", () => {
    const empty = synthesizeMap(`
version: 1
accounts: { only: { id: "111111111111", deploymentRole: none } }
`).stack("only");
    expect(Object.keys(empty).sort()).toEqual(["//", "provider", "terraform"]);
  });
});

describe("every role of a map", () => {
  test("has both exclusive resources", () => {
    const stacks = synthesized();
    for (const account of stacks.tree.stacks.keys()) {
      const { resource = {} } = stacks.stack(account);
      const roles = Object.keys(resource.aws_iam_role ?? {}).sort();
      const named = (type: string, suffix: string): string[] =>
        Object.keys(resource[type] ?? {})
          .map((id) => id.replace(suffix, ""))
          .sort();
      expect(named("aws_iam_role_policies_exclusive", "_policies")).toEqual(roles);
      expect(named("aws_iam_role_policy_attachments_exclusive", "_attachments")).toEqual(roles);
    }
  });
});

describe("what Terraform would read as a template", () => {
  test("is escaped in policies, descriptions and tags, and arrives as it was written", () => {
    const stacks = synthesizeMap(
      `
version: 1
tags: { owner: platform }
accounts: { app: { id: "111111111111" } }
spokes:
  reader:
    description: "100% of \${all} and %{more}"
    accounts: { keys: [app] }
    principals: { bot: { user: { name: bot } } }
    permissions: { documents: [home] }
`,
      {
        home: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "s3:GetObject",
              Resource: "arn:aws:s3:::b/${aws:username}/%{x}/*",
            },
          ],
        },
      },
    );
    expect(stacks.resource("app", "aws_iam_role", "spoke-reader").description).toBe(
      "100% of $${all} and %%{more}",
    );
    expect(
      stacks.resource("app", "aws_iam_role_policy", "spoke-reader_policy-home").policy,
    ).toContain("arn:aws:s3:::b/$${aws:username}/%%{x}/*");
    expect(stacks.inlinePolicy("app", "spoke-reader", "home").Statement[0]?.Resource).toBe(
      "arn:aws:s3:::b/${aws:username}/%{x}/*",
    );
  });
});

import { escapedTags } from "../../constructs/exclusive-role";
import { synthesizeMap } from "../support/project";

/** A statement of some 10,000 characters: two of them are too much for inline policies. */
function wide(first: number): object {
  const Resource = Array.from(
    { length: 160 },
    (_, index) => `arn:aws:sqs:eu-central-1:{{account.id}}:orders-${first + index}`,
  );
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: Resource.slice(0, 80) },
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: Resource.slice(80) },
    ],
  };
}

describe("the list of the policies that a role keeps", () => {
  const stacks = synthesizeMap(
    `
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
defaults: { rolePath: /access/ }
hubs:
  automation: { account: tools, principals: { bot: { user: { name: bot, create: true } } } }
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { documents: [orders, parcels], managed: [job-function/ViewOnlyAccess] }
  reader:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`,
    { orders: wide(1000), parcels: wide(2000) },
  );
  const TYPE = "aws_iam_role_policy_attachments_exclusive";

  test("is known before the policies are made, which come first", () => {
    const { policy_arns, depends_on } = stacks.resource("shop", TYPE, "spoke-deployer_attachments");
    const attachment = "aws_iam_role_policy_attachment.spoke-deployer_attachment";
    expect(policy_arns).toEqual([
      `\${${attachment}-ViewOnlyAccess.policy_arn}`,
      "arn:aws:iam::222222222222:policy/access/deployer-parcels",
      "arn:aws:iam::222222222222:policy/access/deployer-parcels-2",
    ]);
    expect(depends_on).toEqual([
      `${attachment}-deployer-parcels`,
      `${attachment}-deployer-parcels-2`,
    ]);
    expect(
      stacks.resource("shop", "aws_iam_policy", "spoke-deployer_managed-deployer-parcels"),
    ).toMatchObject({
      name: "deployer-parcels",
      path: "/access/",
    });
  });

  test("depends on nothing where no policy is made", () => {
    const list = stacks.resource("shop", TYPE, "spoke-reader_attachments");
    expect(list).not.toHaveProperty("depends_on");
  });
});

describe("tags", () => {
  test("are written with what Terraform would read as a template escaped (GR-23)", () => {
    expect(escapedTags({ "a${b}": "%{c}", plain: "$5 {x}" })).toEqual({
      tags: { "a$${b}": "%%{c}", plain: "$5 {x}" },
    });
  });

  test.each([[undefined], [{}]])("are left to the provider where there are none: %j", (tags) => {
    expect(escapedTags(tags)).toEqual({});
  });
});

import { synthesize } from "../../../../constructs/synthesize";
import { comparePermissions } from "../../../../lib/access/proof/compare-permissions";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { checkMap } from "../../../support/project";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      made: { user: { name: made, create: true } }
      there: { user: { name: there } }
`;

const { plan } = checkMap(MAP);
if (plan === undefined) throw new Error("the map has errors");
const known = plan;
const text = synthesize(known).stacks.get("tools") ?? "";

function problems(without?: string): unknown {
  const stack = JSON.parse(text) as { resource: Record<string, unknown> };
  const resource = Object.fromEntries(
    Object.entries(stack.resource).filter(([type]) => type !== without),
  );
  const changed = JSON.stringify({ ...stack, resource });
  const { graph } = readAccessGraph([{ stack: "tools", text: changed }]);
  return comparePermissions(known, graph).map(({ verdict, roleArn, message }) =>
    [verdict, roleArn, message].join(" "),
  );
}

test("users that are made and keep only what is declared are in order", () => {
  expect(problems()).toEqual([]);
});

test.each([
  ["aws_iam_user_policies_exclusive", "inline"],
  ["aws_iam_user_policy_attachments_exclusive", "managed"],
])("without %s a user that is made would keep what is attached by hand", (type, kind) => {
  expect(problems(type)).toEqual([
    `refuted arn:aws:iam::111111111111:user/made what is attached to it by hand would stay: its ${kind} policies are not exclusive`,
  ]);
});

describe("what is declared of a role and a user", () => {
  const MORE = `${MAP}spokes:
  reader:
    accounts: { keys: [tools] }
    hubs: [bots]
    maxSession: 2h
    permissions: { managed: [SecurityAudit] }
`;
  const { plan: declared } = checkMap(MORE);
  if (declared === undefined) throw new Error("the map has errors");
  const more = declared;
  const stack = synthesize(more).stacks.get("tools") ?? "";
  const READER = "arn:aws:iam::111111111111:role/reader";

  function after(change: (resource: Resources) => void): string[] {
    const root = JSON.parse(stack) as { resource: Resources };
    change(root.resource);
    const { graph } = readAccessGraph([{ stack: "tools", text: JSON.stringify(root) }]);
    return comparePermissions(more, graph).map(({ verdict, roleArn, message }) =>
      [verdict, roleArn, message].join(" "),
    );
  }

  type Resources = Record<string, Record<string, Record<string, unknown>>>;
  const set = (
    resources: Resources,
    type: string,
    name: string,
    attribute: string,
    to: unknown,
  ) => {
    const resource = resources[type]?.[name];
    if (resource === undefined) throw new Error(`${type}.${name} is not made`);
    resource[attribute] = to;
  };

  test("is what the Terraform says", () => {
    expect(after(() => undefined)).toEqual([]);
  });

  test.each([3600, 43200])("sessions of %d seconds are neither fewer nor more", (seconds) => {
    expect(
      after((all) => {
        set(all, "aws_iam_role", "spoke-reader", "max_session_duration", seconds);
      }),
    ).toEqual([`refuted ${READER} its sessions last up to ${seconds} seconds, declared are 7200`]);
  });

  test("a managed policy that is declared and not attached", () => {
    expect(
      after((all) => {
        delete all.aws_iam_role_policy_attachment;
      }),
    ).toEqual([
      `refuted ${READER} it has arn:aws:iam::aws:policy/SecurityAudit not attached, which the map declares`,
    ]);
  });

  test("a permissions boundary of a user, where none is declared", () => {
    const boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const [name = ""] = Object.keys(
      (JSON.parse(stack) as { resource: Resources }).resource.aws_iam_user ?? {},
    );
    expect(
      after((all) => {
        set(all, "aws_iam_user", name, "permissions_boundary", boundary);
      }),
    ).toEqual([
      `refuted arn:aws:iam::111111111111:user/made its permissions boundary is ${boundary}, declared is none`,
    ]);
  });
});

import { synthesize } from "../../../constructs/synthesize";
import { comparePermissions } from "../../../lib/access/compare-permissions";
import { readAccessGraph } from "../../../lib/access/read/read-access-graph";
import { checkMap } from "../../support/project";

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

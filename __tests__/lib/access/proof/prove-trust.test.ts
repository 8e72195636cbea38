import { proveTrust } from "../../../../lib/access/proof/prove-trust";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import type { PolicyDocument, Statement } from "../../../../lib/iam/policy-document";
import { policyDocument } from "../../../../lib/iam/policy-document";
import { checkMap } from "../../../support/project";
import { roleBlock, stackText } from "../../../support/plans/terraform-stacks";

const ACCOUNT = "111111111111";
const { plan } = checkMap(`
organizations: { example: { id: o-exampleorg1 } }
accounts: { tools: { id: "${ACCOUNT}" } }
hubs:
  one: { account: tools, role: one, principals: { ann: { user: { name: ann } } } }
  two: { account: tools, role: two, principals: { ann: { user: { name: ann } } } }
`);
if (plan === undefined) throw new Error("the map has errors");
const planned = new Map(
  plan.accounts.flatMap(({ roles }) => roles.map((role) => [role.arn, role])),
);

const HUB: Statement = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::222222222222:root" },
  Action: "sts:AssumeRole",
};
const OPEN = policyDocument([HUB]);
const BOUND = policyDocument([
  { ...HUB, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } } },
]);

/** The verdicts on two roles: what each is granted, and what is declared for it. */
function verdicts(
  ...roles: readonly (readonly [granted: PolicyDocument, declared: PolicyDocument])[]
): string[] {
  const arns = [...planned.keys()];
  const blocks = roles.map(([granted], index) => {
    const name = (arns[index] ?? "").replace(/.*\//, "");
    return [name, roleBlock(name, granted.Statement)] as const;
  });
  const { graph } = readAccessGraph([
    stackText("tools", ACCOUNT, { aws_iam_role: Object.fromEntries(blocks) }),
  ]);
  const declared = new Map(roles.map(([, wanted], index) => [arns[index] ?? "", wanted]));
  const accounts = new Map([
    [ACCOUNT, { organizationId: "o-exampleorg1" }],
    ["222222222222", { organizationId: "o-exampleorg1" }],
  ]);
  return proveTrust({ planned, declared, graph, accounts }).map(({ roleArn, message }) =>
    [roleArn.replace(/.*\//, ""), ...message.split(" ").slice(3, 5)].join(" "),
  );
}

describe("equal questions", () => {
  test("are proved once, and refuted as often as they are asked", () => {
    expect(verdicts([BOUND, BOUND], [BOUND, BOUND])).toEqual([]);
    expect(verdicts([OPEN, BOUND], [OPEN, BOUND])).toEqual(["one lets in", "two lets in"]);
  });

  test("are not equal where one speaks of the accounts of today, and the other of any day", () => {
    // Today every caller of the account is in the organization, so that the declared are let in.
    expect(verdicts([BOUND, OPEN])).toEqual([]);
    expect(verdicts([BOUND, OPEN], [OPEN, BOUND])).toEqual(["two lets in"]);
  });
});

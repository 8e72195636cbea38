import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { roleBlock, stackText } from "../../../support/plans/terraform-stacks";
import { reviewOf, treeOfStacks } from "../compare/support/compared-maps";

const ROLE = "arn:aws:iam::111111111111:role/hub";
const TARGET = "arn:aws:iam::222222222222:role/reader";
const OTHERS: Statement = { Effect: "Deny", Action: "sts:AssumeRole", NotResource: TARGET };
const ASSUMES: Statement = { Effect: "Allow", Action: "sts:AssumeRole", Resource: TARGET };
const UNREAD = "arn:aws:iam::111111111111:policy/made-elsewhere";

interface Given {
  readonly statements: readonly Statement[];
  readonly attached?: string;
  readonly boundary?: string;
}

/** A tree with one role, or with none. */
function tree(given?: Given) {
  if (given === undefined) return treeOfStacks(stackText("tools", "111111111111", {}));
  const { statements, attached, boundary } = given;
  const trust: Statement = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111111111111:user/ann" },
    Action: "sts:AssumeRole",
  };
  return treeOfStacks(
    stackText("tools", "111111111111", {
      aws_iam_role: {
        hub: roleBlock(
          "hub",
          [trust],
          boundary === undefined ? {} : { permissions_boundary: boundary },
        ),
      },
      aws_iam_role_policy: {
        hub: {
          role: "${aws_iam_role.hub.name}",
          policy: terraformPolicyText(policyDocument(statements)),
        },
      },
      ...(attached === undefined
        ? {}
        : {
            aws_iam_role_policy_attachment: {
              hub: { role: "${aws_iam_role.hub.name}", policy_arn: attached },
            },
          }),
    }),
  );
}

function changes(base: Given | undefined, head: Given | undefined): readonly unknown[] {
  return reviewOf(tree(base), tree(head)).changes.filter(
    ({ kind }) => kind === "permissions" || kind === "boundary",
  );
}

const assume = [{ service: "sts", levels: ["Write"], actions: ["sts:AssumeRole"] }];
const same = { kind: "permissions", identity: ROLE, attached: [], detached: [] };

test("a new role that may not assume others gains what it may, and loses nothing", () => {
  expect(changes(undefined, { statements: [ASSUMES, OTHERS] })).toEqual([
    { ...same, gained: assume, lost: [], change: "widened" },
  ]);
  expect(changes({ statements: [ASSUMES, OTHERS] }, undefined)).toEqual([
    { ...same, gained: [], lost: assume, change: "narrowed" },
  ]);
});

test("a new role that may do nothing gains nothing", () => {
  expect(changes(undefined, { statements: [OTHERS] })).toEqual([
    { ...same, gained: [], lost: [], change: "equivalent" },
  ]);
});

test("a denial that goes gains nothing where nothing is allowed behind it", () => {
  const wide: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const denies: Statement = { Effect: "Deny", Action: "iam:CreateUser", Resource: "*" };
  const small: Statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
  expect(changes({ statements: [ASSUMES, OTHERS] }, { statements: [ASSUMES] })).toEqual([
    { ...same, gained: [], lost: [], change: "equivalent" },
  ]);
  expect(changes({ statements: [wide, denies] }, { statements: [small] })).toMatchObject([
    { gained: [], lost: [{ actions: ["*"] }], change: "narrowed" },
  ]);
  expect(changes({ statements: [wide, denies] }, { statements: [wide] })).toMatchObject([
    { gained: [{ actions: ["iam:CreateUser"] }], lost: [], change: "widened" },
  ]);
});

test("what cannot be told is unknown, with what was found all the same", () => {
  const of = (value: string): Statement => ({
    ...ASSUMES,
    Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": value } },
  });
  const more: Statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
  const why = "NumericLessThan aws:MultiFactorAuthAge: a value is not of the operator's type";
  expect(changes({ statements: [of("ten")] }, { statements: [of("two")] })).toMatchObject([
    { change: "unknown", reason: `whether it gains or loses anything is unknown: ${why}` },
  ]);
  expect(changes({ statements: [of("ten")] }, { statements: [of("two"), more] })).toMatchObject([
    {
      change: "unknown",
      reason: `it gains sqs:SendMessage on arn:aws:iam::999999999999:role/any; whether it loses anything else is unknown: ${why}`,
      witness: { gained: { action: "sqs:SendMessage" } },
    },
  ]);
});

test("a policy that no side can read is named beside what is gained", () => {
  const more: Statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
  expect(
    changes(
      { statements: [ASSUMES], attached: UNREAD },
      { statements: [ASSUMES, more], attached: UNREAD },
    ),
  ).toMatchObject([
    {
      change: "widened",
      reason: `compared without ${UNREAD}, which could not be read`,
    },
  ]);
});

test("a boundary that cannot be read is unknown as it goes and as it comes", () => {
  const [bound, free] = [{ statements: [ASSUMES], boundary: UNREAD }, { statements: [ASSUMES] }];
  const reason = `${UNREAD}: the text of ${UNREAD} is not at hand`;
  expect(changes(bound, free)).toMatchObject([{ kind: "boundary", change: "unknown", reason }]);
  expect(changes(free, bound)).toMatchObject([{ kind: "boundary", change: "unknown", reason }]);
});

import { besides, statementSet } from "../../../../lib/access/permissions/statement-set";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { ConditionBlock, Statement } from "../../../../lib/iam/policy-document";

const reads = (Condition?: ConditionBlock): Statement => ({
  Effect: "Allow",
  Action: "sqs:ReceiveMessage",
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
});
const setOf = (...statements: readonly Statement[]) => statementSet([policyDocument(statements)]);
const owner = { "aws:ResourceAccount": "333333333333" };

test.each<[string, Statement, Statement]>([
  ["a Sid", { ...reads(), Sid: "Read" }, reads()],
  ["a condition without tests", reads({}), reads()],
  ["an operator without keys", reads({ StringEquals: {} }), reads()],
  [
    "IfExists on an operator that negates",
    reads({ StringNotEqualsIfExists: owner }),
    reads({ StringNotEquals: owner }),
  ],
])("%s is left out", (_name, one, other) => {
  expect([...setOf(one).keys()]).toEqual([...setOf(other).keys()]);
});

test.each<[string, Statement, Statement]>([
  [
    "IfExists on an operator that does not negate",
    reads({ StringEqualsIfExists: owner }),
    reads({ StringEquals: owner }),
  ],
  [
    "IfExists behind a set operator",
    reads({ "ForAnyValue:StringNotEqualsIfExists": owner }),
    reads({ "ForAnyValue:StringNotEquals": owner }),
  ],
  ["an operator that does not exist", reads({ StringEqual: {} }), reads()],
])("%s is not", (_name, one, other) => {
  expect(besides(setOf(one), setOf(other))).toHaveLength(1);
});

test("the version of the language counts where there is a variable", () => {
  const home: Statement = { ...reads(), Resource: "arn:aws:sqs:*:*:${aws:username}" };
  const old = (statement: Statement) =>
    statementSet([{ Version: "2008-10-17", Statement: [statement] }]);
  expect(besides(old(reads()), setOf(reads()))).toEqual([]);
  expect(besides(old(home), setOf(home))).toHaveLength(1);
});

import { widePolicy } from "../../bench/wide-policy";
import { proveContained } from "../../lib/access/prove/prove-contained";
import { valuesOf } from "../../lib/iam/policy-document";
import type { Statement } from "../../lib/iam/policy-document";

const tested = ({ Condition = {} }: Statement): number =>
  Object.values(Condition)
    .flatMap((keys) => Object.values(keys))
    .reduce((product, values) => product * valuesOf(values).length, 1);

test("the large policy has 20 statements, and the other one says the same value by value", () => {
  const { written, rewritten } = widePolicy();
  expect(written.Statement).toHaveLength(20);
  expect(rewritten.Statement.map(tested)).toEqual(rewritten.Statement.map(() => 1));
  expect(rewritten.Statement).toHaveLength(
    written.Statement.reduce((sum, statement) => sum + tested(statement), 0),
  );
});

test("one statement less of the large policy is told", () => {
  const { written, rewritten } = widePolicy();
  const { Statement } = written;
  const narrower = { ...written, Statement: Statement.filter((each) => each !== Statement[0]) };
  const question = { roleArn: "arn:aws:iam::111111111111:role/wide", accounts: new Map() };
  const answer = proveContained({ ...question, granted: rewritten, declared: narrower });
  expect(answer.verdict).toBe("refuted");
});

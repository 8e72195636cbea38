import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { roleBlock, stackText } from "../../../support/plans/terraform-stacks";
import { reviewOf, treeOfStacks } from "../compare/support/compared-maps";

const ROLE = "arn:aws:iam::111111111111:role/worker";
const BOUNDARY = "arn:aws:iam::111111111111:policy/limits";

function allow(...actions: string[]): Statement {
  return { Effect: "Allow", Action: actions, Resource: "*" };
}

/** A role with what its policy and its boundary allow. */
function tree(policy: readonly string[], boundary: readonly string[]) {
  const trust: Statement = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111111111111:user/ann" },
    Action: "sts:AssumeRole",
  };
  return treeOfStacks(
    stackText("tools", "111111111111", {
      aws_iam_policy: {
        limits: {
          name: "limits",
          policy: terraformPolicyText(policyDocument([allow(...boundary)])),
        },
      },
      aws_iam_role: {
        worker: roleBlock("worker", [trust], {
          permissions_boundary: "${aws_iam_policy.limits.arn}",
        }),
      },
      aws_iam_role_policy: {
        worker: {
          role: "${aws_iam_role.worker.name}",
          policy: terraformPolicyText(policyDocument([allow(...policy)])),
        },
      },
    }),
  );
}

function boundaryChanges(
  base: readonly [policy: readonly string[], boundary: readonly string[]],
  head: readonly [policy: readonly string[], boundary: readonly string[]],
): readonly unknown[] {
  return reviewOf(tree(...base), tree(...head)).changes.filter(({ kind }) => kind === "boundary");
}

const edited = { kind: "boundary", identity: ROLE, before: BOUNDARY, after: BOUNDARY };

describe("a boundary that is edited together with the policies", () => {
  const READS = ["s3:GetObject"];
  const BOTH = ["s3:GetObject", "sqs:SendMessage"];

  test("widens by what only the new policies ask for", () => {
    expect(boundaryChanges([READS, READS], [BOTH, BOTH])).toEqual([
      { ...edited, change: "widened" },
    ]);
  });

  test("widens nothing that the new policies no longer ask for", () => {
    expect(boundaryChanges([BOTH, READS], [READS, BOTH])).toEqual([
      { ...edited, change: "equivalent" },
    ]);
  });

  test("narrows by what only the old policies asked for", () => {
    expect(boundaryChanges([BOTH, BOTH], [READS, READS])).toEqual([
      { ...edited, change: "narrowed" },
    ]);
  });

  test("narrows nothing that the old policies did not ask for", () => {
    expect(boundaryChanges([READS, BOTH], [BOTH, READS])).toEqual([
      { ...edited, change: "equivalent" },
    ]);
  });

  test("does not widen by what the new policies add below either boundary", () => {
    expect(boundaryChanges([READS, [...BOTH, "sns:Publish"]], [BOTH, BOTH])).toEqual([
      { ...edited, change: "equivalent" },
    ]);
  });

  test("does not narrow by what the new policies leave out below either boundary", () => {
    expect(boundaryChanges([BOTH, BOTH], [READS, [...BOTH, "sns:Publish"]])).toEqual([
      { ...edited, change: "equivalent" },
    ]);
  });

  test("changes by each side's own policies", () => {
    const before = ["s3:GetObject", "sns:Publish"];
    expect(boundaryChanges([before, before], [BOTH, BOTH])).toEqual([
      { ...edited, change: "changed" },
    ]);
  });
});

import { NO_CONTROL_POLICIES } from "../../../../lib/access/decide/control-policies";
import { decideCall } from "../../../../lib/access/decide/decide-call";
import type { CallDecision, RoleCall } from "../../../../lib/access/decide/decide-call";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import type { Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { assumePolicy, roleBlock, stackText } from "../../../support/plans/terraform-stacks";

const ROLE = "arn:aws:iam::222222222222:role/target";
const CI = "arn:aws:iam::111111111111:role/ci";

const TRUST: Statement[] = [
  { Effect: "Allow", Principal: { AWS: CI }, Action: "sts:AssumeRole" },
  {
    Effect: "Allow",
    Principal: { AWS: CI },
    Action: "sts:TagSession",
    Condition: {
      StringEquals: { "aws:RequestTag/team": ["red", "blue"] },
      "ForAllValues:StringEquals": { "aws:TagKeys": "team" },
    },
  },
  {
    Effect: "Allow",
    Principal: { AWS: CI },
    Action: "sts:SetSourceIdentity",
    Condition: { StringLike: { "sts:SourceIdentity": "ann*" } },
  },
];

function decide(call: Partial<RoleCall>, permitted: readonly string[] = ["sts:*"]): CallDecision {
  const { graph, diagnostics } = readAccessGraph([
    stackText("own", "222222222222", {
      aws_iam_role: { target: roleBlock("target", TRUST, { max_session_duration: 7200 }) },
    }),
    stackText("hub", "111111111111", {
      aws_iam_role: { ci: roleBlock("ci", []) },
      aws_iam_user: { ann: { name: "ann" } },
      aws_iam_role_policy: {
        ci: { name: "p", role: "ci", policy: terraformPolicyText(assumePolicy(ROLE, permitted)) },
      },
    }),
  ]);
  expect(diagnostics).toEqual([]);
  return decideCall(
    { graph, accounts: new Map(), controls: NO_CONTROL_POLICIES },
    {
      caller: { kind: "role-session", roleArn: CI, sessionName: "run" },
      roleArn: ROLE,
      time: "2026-06-30T12:00:00Z",
      keys: {},
      ...call,
    },
  );
}

test("a call without tags and source identity takes one action", () => {
  const decision = decide({}, ["sts:AssumeRole"]);
  expect(decision.decision).toBe("allowed");
  expect([...decision.actions.keys()]).toEqual(["sts:AssumeRole"]);
});

describe("session tags need sts:TagSession on both sides (TR-15)", () => {
  test("a tag that is meant", () => {
    const decision = decide({ tags: { team: "red" } });
    expect(decision.decision).toBe("allowed");
    expect([...decision.actions.keys()]).toEqual(["sts:AssumeRole", "sts:TagSession"]);
  });

  test.each([{ team: "green" }, { team: "red", cost: "1" }, { cost: "1" }])(
    "other tags: %o",
    (tags) => {
      const decision = decide({ tags: tags });
      expect(decision.decision).toBe("denied");
      expect(decision.actions.get("sts:AssumeRole")?.decision).toBe("allowed");
    },
  );

  test("a caller that may not tag", () => {
    expect(decide({ tags: { team: "red" } }, ["sts:AssumeRole"]).decision).toBe("denied");
  });
});

describe("source identity needs sts:SetSourceIdentity on every hop (TR-17)", () => {
  test("set in this call", () => {
    expect(decide({ sourceIdentity: "ann" }).decision).toBe("allowed");
    expect(decide({ sourceIdentity: "bob" }).decision).toBe("denied");
    expect(decide({ sourceIdentity: "ann" }, ["sts:AssumeRole"]).decision).toBe("denied");
  });

  test("set earlier in the chain", () => {
    expect(decide({ keys: { "aws:SourceIdentity": "ann" } }).decision).toBe("allowed");
    expect(decide({ keys: { "aws:SourceIdentity": "bob" } }).decision).toBe("denied");
    expect(decide({ keys: { "aws:SourceIdentity": "ann" } }, ["sts:AssumeRole"]).decision).toBe(
      "denied",
    );
  });
});

describe("length of the session", () => {
  test("a role obtains one hour at most (ID-17)", () => {
    expect(decide({ durationSeconds: 3600 }).decision).toBe("allowed");
    expect(decide({ durationSeconds: 3601 })).toMatchObject({
      decision: "denied",
      reasons: [
        { text: "a session that a role obtains lasts at most 3600 seconds, not 3601 (ID-17)" },
      ],
    });
  });

  test("nobody obtains more than the role's sessions last (ID-16)", () => {
    const caller = { kind: "user", arn: "arn:aws:iam::111111111111:user/ann" } as const;
    expect(decide({ caller, durationSeconds: 7201 }).reasons).toEqual([
      {
        side: "call",
        effect: "implicit-deny",
        text: "the role's sessions last at most 7200 seconds, not 7201 (ID-16)",
      },
    ]);
  });
});

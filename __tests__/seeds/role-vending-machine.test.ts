import { accessLevelsOf, expandAction } from "../../lib/iam/escalation/action-access";
import { evaluatePolicy } from "../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../lib/iam/condition/request-context";
import { documentAt, errorsOfSeed, synthesizeSeed } from "./support/seed";

const SEED = "role-vending-machine";
const TIERS = ["read-only", "developer", "break-glass"];

describe("vended roles", () => {
  const stacks = synthesizeSeed(SEED, "tiers");
  const role = (tier: string): Readonly<Record<string, unknown>> =>
    stacks.resource("project", "aws_iam_role", `spoke-${tier}`);

  test("ask for a second factor, a known address and the external id, each tier its own", () => {
    expect(stacks.trust("project", "spoke-read-only").Statement).toEqual([
      {
        Sid: "Contractor",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/john.doe" },
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
          IpAddress: { "aws:SourceIp": ["198.51.100.0/25", "203.0.113.0/24"] },
          StringEquals: {
            "aws:PrincipalOrgID": "o-exampleorg1",
            "sts:ExternalId": "security-audit-7f3c",
          },
        },
      },
    ]);
    const externalIds = TIERS.map(
      (tier) =>
        stacks.trust("project", `spoke-${tier}`).Statement[0]?.Condition?.StringEquals?.[
          "sts:ExternalId"
        ],
    );
    expect(new Set(externalIds).size).toBe(3);
  });

  test("last as long as their tier allows", () => {
    expect(TIERS.map((tier) => role(tier).max_session_duration)).toEqual([14_400, 28_800, 3600]);
  });

  test("never last longer than the 12 hours that IAM allows, where the machine promises 36 (ID-15)", () => {
    const errors = errorsOfSeed(SEED, "tiers", ({ map, policies }) => ({
      map: map.replace("maxSession: 8h", "maxSession: 36h"),
      policies,
    }));
    expect(errors).toEqual([
      {
        rule: "ID-15",
        message: "the longest session of a role must be between `1h` and `12h`, got `36h`",
      },
    ]);
  });

  test("carry the tags that are required", () => {
    expect(TIERS.map((tier) => role(tier).tags)).toEqual(TIERS.map((tier) => ({ tier })));
    expect(stacks.stack("project").provider.aws[0]?.default_tags).toEqual([
      { tags: { "managed-by": "trustwheel" } },
    ]);
  });

  test("are refused without one of them", () => {
    const errors = errorsOfSeed(SEED, "tiers", ({ map, policies }) => ({
      map: map.replace("    tags: { tier: developer }\n", ""),
      policies,
    }));
    expect(errors.map(({ rule }) => rule)).toEqual(["required-tags"]);
  });

  test("stay below the boundary, which their own account makes (PB-03)", () => {
    expect(TIERS.map((tier) => role(tier).permissions_boundary)).toEqual(
      TIERS.map(() => "${aws_iam_policy.boundary-vended-boundary.arn}"),
    );
  });

  describe("with a boundary that", () => {
    const boundary = documentAt(stacks, "project", "aws_iam_policy.boundary-vended-boundary");
    const decisionOn = (action: string): string =>
      evaluatePolicy("identity", boundary, {
        caller: {
          kind: "role-session",
          roleArn: "arn:aws:iam::222222222222:role/vended-developer",
          sessionName: "jane.smith",
        },
        action,
        resource: "arn:aws:iam::222222222222:role/any",
        context: requestContext({}),
      }).decision;
    const actionsOf = (service: string): readonly string[] => {
      const actions = expandAction(`${service}:*`);
      return actions === "unknown" ? [] : actions;
    };
    const onlyReads = (action: string): boolean =>
      [...accessLevelsOf(action)].every((level) => level === "List" || level === "Read");

    test("denies every action that changes something in IAM, and no other of IAM's", () => {
      const actions = actionsOf("iam");
      expect(actions.length).toBeGreaterThan(100);
      const denied = actions.filter((action) => decisionOn(action) === "explicit-deny");
      expect(denied).toEqual(actions.filter((action) => !onlyReads(action)));
    });

    test("denies the deletion of keys of KMS, and not their use", () => {
      const denied = actionsOf("kms").filter((action) => decisionOn(action) === "explicit-deny");
      expect(denied).toEqual([
        "kms:DeleteImportedKeyMaterial",
        "kms:DisableKey",
        "kms:ScheduleKeyDeletion",
      ]);
    });

    test("leaves the rest to the permissions of the tier", () => {
      expect(["lambda:UpdateFunctionCode", "s3:GetObject"].map(decisionOn)).toEqual([
        "allow",
        "allow",
      ]);
    });
  });
});

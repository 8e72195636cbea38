import { synthesizeMap } from "../../../support/project";
import type { ParsedStack } from "../../../support/project";

const MAP = `
accounts:
  aft: { id: "111111111111", deploymentRole: none }
  shop: { id: "222222222222" }
  data:
    id: "333333333333"
    deploymentRole:
      role: AWSAFTExecution
      externalId: data-deployment
      via: [{ account: aft, role: AWSAFTAdmin, path: /aft/ }]
hubs:
  automation:
    account: shop
    maxSession: 12h
    principals: { bot: { user: { name: bot } } }
`;

/** Everything that a session of Terraform is asked for with. */
type AssumeRole = Readonly<Record<string, unknown>>;

function assumedRoles({ provider }: ParsedStack): readonly AssumeRole[] {
  return provider.aws.flatMap(({ assume_role }) => (assume_role ?? []) as AssumeRole[]);
}

describe("sessions of Terraform in the accounts", () => {
  const stacks = synthesizeMap(MAP);
  const sessions = ["aft", "shop", "data"].map((key) => assumedRoles(stacks.stack(key)));

  test("are asked for where the map names a role, one after the other", () => {
    expect(sessions.map((hops) => hops.map(({ role_arn }) => role_arn))).toEqual([
      [],
      ["${var.deployment_role_arn}"],
      ["arn:aws:iam::111111111111:role/aft/AWSAFTAdmin", "${var.deployment_role_arn}"],
    ]);
  });

  test("have a name that STS takes (ID-13)", () => {
    for (const { session_name } of sessions.flat()) {
      expect(session_name).toMatch(/^[A-Za-z0-9_+=,.@-]{2,64}$/);
    }
  });

  test("are asked for without a duration, so that no role refuses them (ID-16)", () => {
    expect(sessions.flat().filter((session) => "duration" in session)).toEqual([]);
  });

  test("are asked for without a session policy (ID-30)", () => {
    const policies = sessions.flat().filter((hop) => "policy" in hop || "policy_arns" in hop);
    expect(policies).toEqual([]);
  });

  test("pass the external id that the map gives, and nothing else", () => {
    expect(sessions.map((hops) => hops.map((hop) => Object.keys(hop).sort()))).toEqual([
      [],
      [["role_arn", "session_name"]],
      [
        ["role_arn", "session_name"],
        ["external_id", "role_arn", "session_name"],
      ],
    ]);
  });
});

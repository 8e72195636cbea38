import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import type { StsAction } from "../../../../lib/access/decide/sts-action";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import type { Proof } from "../../../../lib/access/proof/prove-plan";
import type { Caller } from "../../../../lib/iam/condition/caller";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { naivelyAllowed } from "../../../support/naive/naive-evaluator";
import { checkMap } from "../../../support/project";

const MAP = `
version: 1
organizations: { example: { id: o-exampleorg1 } }
identityProviders: { corporate: { saml: { name: Corporate } } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  people:
    account: tools
    role: people-hub
    principals:
      staff: { user: { name: [ann, zoe] }, sourceIdentity: caller }
      engineers: { permissionSet: { name: Engineer }, sourceIdentity: caller }
  audit:
    account: tools
    role: audit-hub
    principals:
      auditors: { permissionSet: { name: Auditor }, sourceIdentity: { attribute: employee } }
      corporate: { saml: { provider: corporate }, sourceIdentity: caller }
spokes:
  reader:
    hubs: [people, audit]
    accounts: { keys: [shop] }
`;
const HUB = "arn:aws:iam::111111111111:role/people-hub";
const AUDIT = "arn:aws:iam::111111111111:role/audit-hub";
const READER = "arn:aws:iam::222222222222:role/reader";

const { map, plan } = (() => {
  const { map: read, plan: planned, diagnostics } = checkMap(MAP);
  if (read === undefined || planned === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  }
  return { map: read, plan: planned };
})();
const stacks = [...synthesize(plan).stacks];

function prove(change: (text: string, stack: string) => string = (text) => text): Proof {
  return provePlan({
    plan,
    accounts: accountDirectory(map.accounts.values()),
    stacks: stacks.map(([stack, text]) => ({ stack, text: change(text, stack) })),
  });
}

test("bindings of every kind are proved, at the hub and along the chain", () => {
  expect(prove()).toMatchObject({ verdict: "proved", problems: [], roles: 3 });
});

describe("a tree that drops the binding", () => {
  test.each([
    ["of users", HUB, "StringEquals", "sts:SourceIdentity"],
    ["of sessions of Identity Center", HUB, "StringLike", "aws:userid"],
    ["to an attribute", AUDIT, "StringEquals", "sts:SourceIdentity"],
    ["to an assertion that has one", AUDIT, "Null", "sts:SourceIdentity"],
    ["of further hops to what they bring along", READER, "Null", "aws:SourceIdentity"],
  ])("%s is refuted", (_, role, operator, key) => {
    let dropped = 0;
    const { verdict, problems } = prove((text) =>
      text.replaceAll(/"assume_role_policy": ("(?:[^"\\]|\\.)*")/g, (all, quoted: string) => {
        const policy = JSON.parse(JSON.parse(quoted) as string) as PolicyDocument;
        const Statement = policy.Statement.map(({ Condition = {}, ...statement }) => {
          const { [key]: found, ...keys } = Condition[operator] ?? {};
          if (found !== undefined) dropped += 1;
          return { ...statement, Condition: { ...Condition, [operator]: keys } };
        });
        return all.replace(quoted, () => JSON.stringify(JSON.stringify({ ...policy, Statement })));
      }),
    );
    expect(dropped).toBeGreaterThan(0);
    expect(verdict).toBe("refuted");
    const refuted = problems.filter((problem) => problem.verdict === "refuted");
    expect(refuted.map(({ roleArn }) => roleArn)).toContain(role);
  });

  test.each([
    ["another variable", "$${aws:username}", "$${sts:RoleSessionName}"],
    ["a pattern around it", "*:$${sts:SourceIdentity}", "*$${sts:SourceIdentity}"],
    ["another attribute", "$${aws:PrincipalTag/employee}", "$${aws:PrincipalTag/team}"],
    ["a literal", "$${aws:username}", "ann"],
  ])("for %s is not proved", (_, from, to) => {
    const { verdict } = prove((text) => text.replaceAll(from, () => to));
    expect(verdict).not.toBe("proved");
  });
});

describe("by the naive evaluator, of all names", () => {
  const trustOf = (arn: string): PolicyDocument => {
    const role = plan.accounts.flatMap(({ roles }) => roles).find((each) => each.arn === arn);
    if (role === undefined) throw new Error(`no role ${arn}`);
    return role.trust;
  };
  const ACTIONS = ["sts:AssumeRole", "sts:SetSourceIdentity"] as const;
  const NAMES = ["ann", "zoe", "an", "*", "ann@example.com", "AROAX:ann"];
  const says = (
    roleArn: string,
    caller: Caller,
    action: StsAction,
    keys: Readonly<Record<string, string>>,
  ): boolean | undefined => {
    const context = requestContext({ "aws:PrincipalOrgID": "o-exampleorg1", ...keys });
    return naivelyAllowed(trustOf(roleArn), { caller, action, roleArn, context });
  };
  const set = (
    hub: string,
    role: string,
    name: string,
    keys: Readonly<Record<string, string>>,
  ): string[] => {
    const roleArn = `arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/${role}`;
    const caller: Caller = { kind: "role-session", roleArn, sessionName: name };
    const own = { "aws:PrincipalArn": roleArn, "aws:userid": `AROAEXAMPLE:${name}`, ...keys };
    return NAMES.filter((identity) =>
      ACTIONS.some(
        (action) => says(hub, caller, action, { ...own, "sts:SourceIdentity": identity }) !== false,
      ),
    );
  };

  test.each(["ann", "zoe"])("the user %s passes only its own", (name) => {
    const arn = `arn:aws:iam::111111111111:user/${name}`;
    const keys = { "aws:PrincipalArn": arn, "aws:username": name };
    const passed = NAMES.filter((identity) =>
      ACTIONS.some(
        (action) =>
          says(HUB, { kind: "user", arn }, action, { ...keys, "sts:SourceIdentity": identity }) !==
          false,
      ),
    );
    expect(passed).toEqual([name]);
    expect(says(HUB, { kind: "user", arn }, "sts:AssumeRole", keys)).toBe(false);
  });

  test("a session of Identity Center passes only its name", () => {
    const role = "AWSReservedSSO_Engineer_0123456789abcdef";
    expect(set(HUB, role, "ann", {})).toEqual(["ann"]);
    expect(set(HUB, role, "ann@example.com", {})).toEqual(["ann@example.com"]);
    const roleArn = `arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/${role}`;
    const keys = { "aws:PrincipalArn": roleArn, "aws:userid": "AROAEXAMPLE:ann" };
    const caller: Caller = { kind: "role-session", roleArn, sessionName: "ann" };
    expect(says(HUB, caller, "sts:AssumeRole", keys)).toBe(false);
  });

  test("a session of Identity Center passes only its attribute, whatever its name", () => {
    const role = "AWSReservedSSO_Auditor_0123456789abcdef";
    const keys = { "aws:PrincipalTag/employee": "zoe" };
    expect(set(AUDIT, role, "ann", keys)).toEqual(["zoe"]);
  });

  test("a session of the hub sets none where it has none", () => {
    const caller: Caller = { kind: "role-session", roleArn: HUB, sessionName: "ann" };
    const keys = { "aws:PrincipalArn": HUB, "sts:SourceIdentity": "ann" };
    expect(says(READER, caller, "sts:SetSourceIdentity", keys)).toBe(false);
    const carried = { ...keys, "aws:SourceIdentity": "ann" };
    expect(says(READER, caller, "sts:SetSourceIdentity", carried)).toBe(true);
  });
});

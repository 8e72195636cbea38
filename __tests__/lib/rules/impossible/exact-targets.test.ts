import { decide, evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { RolePlan } from "../../../../lib/plan/resolved-access";
import { checkMap } from "../../../support/project";

const HUB = "arn:aws:iam::100000000000:role/automation";

/** A map with as many accounts of two units as wanted; the spoke is in those of the first. */
function mapOf(count: number): string {
  const accounts = Array.from({ length: count }, (_, index) => {
    const unit = index % 5 === 4 ? "/Sandbox" : "/Shops";
    return `  shop-${index}: { id: "${idOf(index)}", unit: ${unit} }`;
  });
  return `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  shared: { id: "100000000000" }
${accounts.join("\n")}
hubs:
  automation: { account: shared, principals: { bot: { user: { name: bot } } } }
spokes:
  deployer: { hubs: [automation], accounts: { units: [/Shops] } }
`;
}

function idOf(index: number): string {
  return String(200000000000 + index);
}

function hubOf(count: number): RolePlan {
  const { plan } = checkMap(mapOf(count));
  const role = plan?.accounts.flatMap(({ roles }) => roles).find(({ kind }) => kind === "hub");
  if (role === undefined) throw new Error("there is no hub");
  return role;
}

function decision(hub: RolePlan, accountId: string, organization: string): string {
  const context = requestContext({
    "aws:PrincipalArn": HUB,
    "aws:PrincipalOrgID": "o-exampleorg1",
    "aws:ResourceAccount": accountId,
    "aws:ResourceOrgID": organization,
  });
  const request = {
    caller: { kind: "role-session", roleArn: HUB, sessionName: "session" },
    action: "sts:AssumeRole",
    resource: `arn:aws:iam::${accountId}:role/deployer`,
    context,
  } as const;
  const documents = [...hub.policies.inline, ...hub.policies.customer];
  return decide(
    documents.flatMap(({ document }) => evaluatePolicy("identity", document, request).applied),
  );
}

// ID-39: a list of ARNs, a pattern with its accounts, and that pattern over several policies.
describe.each([
  ["a list of ARNs", 20, { listed: 16, inline: 1, managed: 0 }],
  ["a pattern with its accounts", 700, { listed: 0, inline: 1, managed: 0 }],
  ["a pattern over several policies", 1500, { listed: 0, inline: 1, managed: 4 }],
])("a hub whose permission is %s (ID-39)", (_form, count, form) => {
  const hub = hubOf(count);

  test("has that form", () => {
    const [assume] = hub.policies.inline;
    const listed = assume?.document.Statement.find(({ Effect }) => Effect === "Allow")?.Resource;
    expect({
      listed: Array.isArray(listed) ? listed.length : 0,
      inline: hub.policies.inline.length,
      managed: hub.policies.customer.length,
    }).toEqual(form);
  });

  test("enters exactly the accounts of its spoke", () => {
    const entered = Array.from({ length: count }, (_, index) => idOf(index)).filter(
      (id) => decision(hub, id, "o-exampleorg1") === "allow",
    );
    const selected = Array.from({ length: count }, (_, index) => index)
      .filter((index) => index % 5 !== 4)
      .map(idOf);
    expect(entered).toEqual(selected);
  });

  test("enters no account of another organization, and none that the map does not hold", () => {
    expect(decision(hub, "999999999999", "o-exampleorg2")).toBe("explicit-deny");
    expect(decision(hub, "999999999999", "o-exampleorg1")).toBe("implicit-deny");
  });
});

import { ROOT, synthesizeFolder } from "./support/project";

describe("the example organization", () => {
  const stacks = synthesizeFolder(ROOT);

  test("has one stack for each of at least 12 accounts", () => {
    expect(stacks.tree.stacks.size).toBeGreaterThanOrEqual(12);
    expect([...stacks.tree.stacks.keys()]).toEqual([...stacks.tree.stacks.keys()].sort());
  });

  test("lets only the hub enter a spoke, from its account, its organization and with the external id", () => {
    expect(stacks.trust("shop-prod", "spoke-deployer")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "HubAutomation",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::555555555555:root" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: {
              "aws:PrincipalArn": "arn:aws:iam::555555555555:role/access/automation-hub",
            },
            StringEquals: {
              "aws:PrincipalOrgID": "o-exampleorg1",
              "sts:ExternalId": "deploy-shop-prod",
            },
          },
        },
      ],
    });
  });

  test("gives the same bytes twice", () => {
    const again = synthesizeFolder(ROOT);
    expect([...again.tree.stacks]).toEqual([...stacks.tree.stacks]);
    expect(again.tree.manifest).toBe(stacks.tree.manifest);
  });

  test("guards every provider by the id of its account", () => {
    const guards = [...stacks.tree.stacks.keys()].map(
      (account) => stacks.stack(account).provider.aws[0]?.allowed_account_ids,
    );
    expect(new Set(guards.map(String)).size).toBe(stacks.tree.stacks.size);
  });
});

import { checkMap } from "../../support/project";

function findings(accounts: string): string[] {
  const map = `organizations: { example: { id: o-exampleorg1 } }\naccounts:\n${accounts}`;
  return checkMap(map).diagnostics.map(({ rule, message }) => `${rule}: ${message}`);
}

const MANAGEMENT = '  management: { id: "111111111111", management: true, deploymentRole: none }\n';

describe("deployment roles", () => {
  test("may be mixed where none is of Control Tower (BS-02)", () => {
    expect(
      findings(`${MANAGEMENT}  shop: { id: "222222222222", deploymentRole: terraform }
  data: { id: "333333333333" }
`),
    ).toEqual([]);
  });

  test("of Control Tower do not exist in the management account (BS-02)", () => {
    expect(
      findings(`  management:
    { id: "111111111111", management: true, deploymentRole: AWSControlTowerExecution }
`),
    ).toEqual([
      "BS-02: `management` is the management account, where Control Tower creates no `AWSControlTowerExecution`",
    ]);
  });

  test("of many accounts are one finding (BS-03)", () => {
    expect(
      findings(`  shop: { id: "222222222222", deploymentRole: AWSAFTExecution }
  data: { id: "333333333333", deploymentRole: AWSAFTExecution }
  audit: { id: "444444444444", deploymentRole: AWSAFTExecution }
`),
    ).toEqual([
      "BS-03: `AWSAFTExecution` in `audit` and 2 other accounts trusts only `AWSAFTAdmin` in the Account Factory for Terraform account",
    ]);
  });

  test("are judged on the way, too (BS-04)", () => {
    expect(
      findings(`  shop:
    id: "222222222222"
    deploymentRole: { role: terraform, via: [{ account: data, role: stacksets-exec-0123456789 }] }
  data: { id: "333333333333", deploymentRole: terraform }
`),
    ).toEqual([
      "BS-04: a `stacksets-exec-` role of `shop` trusts only the service-linked role of StackSets",
    ]);
  });

  test("are not judged by where Terraform starts when the map does not say (BS-05)", () => {
    expect(
      findings(`  management: { id: "111111111111", management: true, deploymentRole: terraform }
  shop: { id: "222222222222" }
`),
    ).toEqual([]);
  });

  test("are judged by the account that they are assumed from last (BS-05)", () => {
    expect(
      findings(`${MANAGEMENT}  data: { id: "333333333333" }
  shop:
    id: "222222222222"
    deploymentRole:
      { role: OrganizationAccountAccessRole, via: [{ account: data, role: terraform }] }
`),
    ).toEqual([
      "BS-05: `OrganizationAccountAccessRole` in `shop` trusts only the management account `management`, and Terraform runs in another",
    ]);
  });
});

describe("partitions (PT-03)", () => {
  test("are not crossed on the way to a deployment role", () => {
    const map = `accounts:
  shop: { id: "222222222222" }
  shop-cn:
    id: "333333333333"
    partition: aws-cn
    deploymentRole: { role: terraform, via: [{ account: shop, role: terraform }] }
`;
    expect(checkMap(map).diagnostics.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "PT-03: `shop` of the partition `aws` cannot deploy to `shop-cn` of `aws-cn`",
    ]);
  });

  test("are not crossed by principals, and the same crossing is one finding", () => {
    const map = `accounts:
  shop: { id: "222222222222" }
  shop-cn: { id: "333333333333", partition: aws-cn }
  data-cn: { id: "444444444444", partition: aws-cn }
spokes:
  reader:
    accounts: { keys: [shop-cn, data-cn] }
    principals:
      bot: { user: { account: shop, name: bot } }
      vendor:
        foreignAccount: { id: "555555555555", role: scanner, reason: our scanner }
        externalId: scan-us
        grant: declared
`;
    const found = checkMap(map).diagnostics.filter(({ rule }) => rule === "PT-03");
    expect(found.map(({ message }) => message)).toEqual([
      "the account 222222222222 of the partition `aws` can never assume `reader` in `data-cn` of `aws-cn`",
    ]);
  });
});

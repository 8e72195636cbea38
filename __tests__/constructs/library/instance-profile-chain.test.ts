import { InstanceProfileChain } from "trustwheel";
import type { InstanceProfileChainProps } from "trustwheel";
import { DATA, READ_LOGS, SHOP, TOOLS, problems, synthesized } from "./library-stack";

/** An instance collects in its own account and then reads orders in another. */
const REPORTING: InstanceProfileChainProps = {
  account: DATA,
  roleName: "reporting-instance",
  profileName: "reporting",
  steps: [
    {
      collector: {
        account: DATA,
        roleName: "reporting-collector",
        policies: { "read-logs": READ_LOGS },
      },
    },
    { orders: { account: SHOP, roleName: "reporting-orders", externalIds: ["orders-id"] } },
  ],
};

describe("an instance-profile chain in stacks of one's own", () => {
  const home = synthesized((scope) => new InstanceProfileChain(scope, "reporting", REPORTING));
  const away = synthesized(
    (scope) => new InstanceProfileChain(scope, "reporting", { ...REPORTING, inAccount: SHOP }),
  );

  test("makes the profile and the roles of its own account, and nothing of another", () => {
    expect(home.ofType("aws_iam_role").map(({ name }) => name)).toEqual([
      "reporting-instance",
      "reporting-collector",
    ]);
    expect(home.ofType("aws_iam_instance_profile").map(({ name }) => name)).toEqual(["reporting"]);
    expect(away.ofType("aws_iam_role").map(({ name }) => name)).toEqual(["reporting-orders"]);
    expect(away.ofType("aws_iam_instance_profile")).toEqual([]);
  });

  test("lets only EC2 into the first role, without an organization", () => {
    expect(home.trust("reporting-instance")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "InstanceProfile",
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });

  test("makes both halves of the hop within the account", () => {
    expect(home.trust("reporting-collector").Statement).toEqual([
      {
        Sid: "ChainReporting",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::333333333333:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::333333333333:role/reporting-instance" },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
        },
      },
    ]);
    const permitted = (role: string) =>
      home.inlinePolicies(role)["assume-roles"]?.Statement[0]?.Resource;
    expect(permitted("reporting-instance")).toBe(
      "arn:aws:iam::333333333333:role/reporting-collector",
    );
    expect(permitted("reporting-collector")).toBe(
      "arn:aws:iam::222222222222:role/reporting-orders",
    );
  });

  test("makes the other half of the hop across accounts in the other stack", () => {
    expect(away.trust("reporting-orders").Statement).toEqual([
      {
        Sid: "ChainReportingCollector",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::333333333333:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::333333333333:role/reporting-collector" },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1", "sts:ExternalId": "orders-id" },
        },
      },
    ]);
    expect(away.inlinePolicies("reporting-orders")).toEqual({});
  });

  test("fans out to every role of a step, and no further", () => {
    const stack = synthesized(
      (scope) =>
        new InstanceProfileChain(scope, "developer", {
          account: TOOLS,
          roleName: "developer-machine",
          steps: [
            {
              one: { account: SHOP, roleName: "one" },
              two: { account: SHOP, roleName: "two" },
              three: { account: DATA, roleName: "three" },
            },
          ],
        }),
    );
    expect(
      stack.inlinePolicies("developer-machine")["assume-roles"]?.Statement[0]?.Resource,
    ).toEqual([
      "arn:aws:iam::222222222222:role/one",
      "arn:aws:iam::222222222222:role/two",
      "arn:aws:iam::333333333333:role/three",
    ]);
    expect(stack.ofType("aws_iam_instance_profile").map(({ name }) => name)).toEqual([
      "developer-machine",
    ]);
  });

  test("closes the profile outside of its time window", () => {
    const stack = synthesized(
      (scope) =>
        new InstanceProfileChain(scope, "reporting", {
          ...REPORTING,
          notAfter: "2027-01-31T18:00:00Z",
        }),
    );
    expect(stack.trust("reporting-instance").Statement[0]?.Condition).toEqual({
      DateLessThan: { "aws:CurrentTime": "2027-01-31T18:00:00Z" },
    });
  });
});

describe("a chain with wrong props", () => {
  const problemsOf = (props: object): string[] =>
    problems((scope) => new InstanceProfileChain(scope, "c", { ...REPORTING, ...props }));

  test("is refused without a step", () => {
    expect(problemsOf({ steps: [] })).toEqual(["steps: a chain needs at least one step [TR-22]"]);
  });

  test("is refused when it comes back to a role, and when a key stands twice", () => {
    const [step] = REPORTING.steps;
    expect(problemsOf({ steps: [step, step] })).toEqual([
      "steps[1]: the key `collector` is in two steps [key-name]",
      "steps[1].collector: the role `reporting-collector` of 333333333333 is already in the chain, at steps[0].collector [TR-22]",
    ]);
  });

  test("is refused for a profile name or a date that cannot be", () => {
    expect(problemsOf({ profileName: "a b", notAfter: "tomorrow" })).toEqual([
      'principals.instance-profile: notAfter must be a time in UTC such as 2027-01-31T18:00:00Z, got "tomorrow" [GR-25]',
    ]);
    expect(problemsOf({ profileName: "a b" })).toEqual([
      'principals.instance-profile: a profile name must be 1 to 128 ASCII letters, digits or any of `_+=,.@-`, got "a b" [ID-27]',
    ]);
  });

  test("is refused in an account that has no part in it", () => {
    expect(problemsOf({ inAccount: TOOLS })).toEqual([
      "inAccount: no role of the chain is in 111111111111 [TR-22]",
    ]);
  });
});

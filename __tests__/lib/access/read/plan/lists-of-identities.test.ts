import { readPlannedAccess } from "../../../../support/plans/read-planned-access";

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const VIEW = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";

interface Made {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: object;
  readonly after?: object;
  readonly expressions?: object;
}

/** What a plan of these changes leaves to users and roles: names of policies by the name of each. */
function left(changes: readonly Made[]): { after: unknown; said: string[] } {
  const place = (address: string): object => {
    const [type, name] = address.split(".");
    return { address, mode: "managed", type, name };
  };
  const plan = {
    format_version: "1.2",
    resource_changes: changes.map(({ address, actions, before = null, after = before }) => ({
      ...place(address),
      change: { actions, before, after, after_unknown: {} },
    })),
    configuration: {
      provider_config: {
        aws: {
          expressions: {
            allowed_account_ids: { constant_value: ["111111111111"] },
            region: { constant_value: "eu-central-1" },
          },
        },
      },
      root_module: {
        resources: changes.map(({ address, expressions = {} }) => ({
          ...place(address),
          provider_config_key: "aws",
          expressions,
        })),
      },
    },
  };
  const read = readPlannedAccess([{ file: "plan.json", text: JSON.stringify(plan) }]);
  const { roles, users } = read.after;
  const identities = [...roles.values(), ...users.values()];
  return {
    after: Object.fromEntries(
      identities.map(({ name, policies }) => [name, policies.map((each) => each.name)]),
    ),
    said: read.diagnostics.map(({ severity, message }) => `${severity}: ${message}`),
  };
}

const ANEW = ["delete", "create"];
const role = (name: string): object => ({ name, path: "/", assume_role_policy: TRUST });

test("a role that is made anew is lost to an attachment of many, and the others are not", () => {
  const attachment = { name: "view", roles: ["a", "b"], policy_arn: VIEW };
  expect(
    left([
      { address: "aws_iam_role.a", actions: ANEW, before: role("a") },
      { address: "aws_iam_role.b", actions: ["no-op"], before: role("b") },
      { address: "aws_iam_policy_attachment.view", actions: ["no-op"], before: attachment },
    ]),
  ).toEqual({
    after: { a: [], b: [VIEW] },
    said: [
      "warning: aws_iam_policy_attachment.view stays as it is in the plan, and is lost with aws_iam_role.a, which is made anew",
    ],
  });
});

test("an attachment of many attaches what is new in it only", () => {
  const attachment = { name: "view", roles: ["a"], policy_arn: VIEW };
  expect(
    left([
      { address: "aws_iam_role.a", actions: ANEW, before: role("a") },
      { address: "aws_iam_role.b", actions: ["no-op"], before: role("b") },
      {
        address: "aws_iam_policy_attachment.view",
        actions: ["update"],
        before: attachment,
        after: { ...attachment, roles: ["a", "b"] },
      },
    ]).after,
  ).toEqual({ a: [], b: [VIEW] });
});

test("what the provider sees of an attachment of many was not attached by hand", () => {
  const attachment = { name: "view", roles: ["a"], policy_arn: VIEW };
  expect(
    left([
      {
        address: "aws_iam_role.a",
        actions: ["no-op"],
        before: { ...role("a"), managed_policy_arns: [VIEW] },
      },
      { address: "aws_iam_policy_attachment.view", actions: ["no-op"], before: attachment },
    ]),
  ).toEqual({ after: { a: [VIEW] }, said: [] });
});

test("a user that is made anew has left its groups", () => {
  const group = { name: "readers", path: "/" };
  const changes = (actions: readonly string[]): readonly Made[] => [
    { address: "aws_iam_user.u", actions, before: { name: "u", path: "/" } },
    { address: "aws_iam_group.g", actions: ["no-op"], before: group },
    {
      address: "aws_iam_group_policy_attachment.g",
      actions: ["no-op"],
      before: { group: "readers", policy_arn: VIEW },
    },
    {
      address: "aws_iam_user_group_membership.u",
      actions: ["no-op"],
      before: { user: "u", groups: ["readers"] },
    },
  ];
  expect(left(changes(["no-op"])).after).toEqual({ u: [VIEW] });
  expect(left(changes(ANEW))).toEqual({
    after: { u: [] },
    said: [
      "warning: aws_iam_user_group_membership.u stays as it is in the plan, and is lost with aws_iam_user.u, which is made anew",
    ],
  });
});

test("a list that the configuration writes into a role takes away what resources attach to it", () => {
  const attachment = { role: "a", policy_arn: VIEW };
  const planned = (expressions: object): string[] =>
    left([
      {
        address: "aws_iam_role.a",
        actions: ["no-op"],
        before: { ...role("a"), managed_policy_arns: [] },
        expressions,
      },
      { address: "aws_iam_role_policy_attachment.a", actions: ["no-op"], before: attachment },
    ]).said;
  expect(planned({})).toEqual([]);
  expect(planned({ managed_policy_arns: { constant_value: [] } })).toEqual([
    `error: aws_iam_role.a has \`managed_policy_arns\`, which takes \`${VIEW}\` away where aws_iam_role_policy_attachment.a attaches it`,
  ]);
});

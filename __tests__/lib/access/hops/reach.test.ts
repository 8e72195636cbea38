import fc from "fast-check";
import { principalArn } from "../../../../lib/iam/condition/caller";
import type { Caller } from "../../../../lib/iam/condition/caller";
import { NO_CONTROL_POLICIES } from "../../../../lib/access/decide/control-policies";
import type { AccessModel } from "../../../../lib/access/decide/access-model";
import { whoReaches } from "../../../../lib/access/hops/who-reaches";
import { reach } from "../../../../lib/access/hops/reach";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import type { Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { assumePolicy, roleBlock, stackText } from "../../../support/plans/terraform-stacks";

const TIME = "2026-01-01T00:00:00Z";
const TOOLS = "111111111111";
const SHOP = "222222222222";
const USER = `arn:aws:iam::${TOOLS}:user/ann`;
const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const trusts = (account: string, Condition?: Statement["Condition"]): Statement => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "sts:AssumeRole",
  ...(Condition === undefined ? {} : { Condition }),
});
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const permit = (name: string): Record<string, unknown> => ({
  name: "assume",
  role: `\${aws_iam_role.${name}.name}`,
  policy: terraformPolicyText(assumePolicy()),
});

/** A user with MFA enters `hub`; from there `spoke` is open, and `vault` asks for MFA again. */
function world(
  spoke: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): AccessModel {
  const stacks = [
    stackText("tools", TOOLS, {
      aws_iam_user: { ann: { name: "ann" } },
      aws_iam_user_policy: {
        ann: { name: "assume", user: "ann", policy: terraformPolicyText(assumePolicy()) },
      },
      aws_iam_role: { hub: roleBlock("hub", [trusts(TOOLS, MFA)]) },
      aws_iam_role_policy: { hub: permit("hub") },
    }),
    stackText("shop", SHOP, {
      aws_iam_role: {
        spoke: roleBlock("spoke", [trusts(TOOLS, { StringEquals: { "sts:ExternalId": "x1" } })]),
        vault: roleBlock("vault", [trusts(SHOP, MFA), trusts(TOOLS, MFA)]),
        last: roleBlock("last", [trusts(SHOP)]),
      },
      ...spoke,
    }),
  ];
  const { graph, diagnostics } = readAccessGraph(stacks);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return { graph, accounts: new Map(), controls: NO_CONTROL_POLICIES };
}

const HUB_SESSION = {
  kind: "role-session",
  roleArn: role(TOOLS, "hub"),
  sessionName: "session",
} as const;

test("a user reaches what it enters itself, and what is behind it, by the shortest way", () => {
  const reached = reach(world(), { kind: "user", arn: USER }, TIME);
  expect(reached.map(({ roleArn, hops, certain }) => [roleArn, hops.length, certain])).toEqual([
    [role(TOOLS, "hub"), 1, true],
    [role(SHOP, "spoke"), 1, true],
    [role(SHOP, "vault"), 1, true],
  ]);
});

test("MFA is lost after the first hop: from the hub no role that asks for it is reached", () => {
  const reached = reach(world(), HUB_SESSION, TIME);
  expect(reached.map(({ roleArn }) => roleArn)).toEqual([role(SHOP, "spoke")]);
  expect(reached[0]?.hops.map(({ conditions }) => conditions)).toEqual([
    [[{ kind: "external-id", operator: "StringEquals", key: "sts:ExternalId", values: ["x1"] }]],
  ]);
});

test("a managed policy whose text is not at hand counts as everything", () => {
  const attached = world({
    aws_iam_role_policy_attachment: {
      spoke: { role: "spoke", policy_arn: "arn:aws:iam::aws:policy/NotAtHand" },
    },
  });
  const reached = reach(attached, HUB_SESSION, TIME);
  expect(reached.map(({ roleArn }) => roleArn)).toEqual([role(SHOP, "spoke"), role(SHOP, "last")]);
  expect(reached[0]?.escalations.length).toBeGreaterThan(0);
});

test("a role on the way that can rewrite policies is told with the actions", () => {
  const policy = terraformPolicyText({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" }],
  });
  const rewriting = world({
    aws_iam_role_policy: { spoke: { name: "rewrite", role: "spoke", policy } },
  });
  const [spoke] = reach(rewriting, HUB_SESSION, TIME);
  expect(spoke?.escalations.map(({ section, actions }) => [section, actions])).toContainEqual([
    "N1",
    ["iam:PutRolePolicy"],
  ]);
  expect(reach(world(), HUB_SESSION, TIME)[0]?.escalations).toEqual([]);
});

test("a caller outside of the Terraform may reach what trusts its account, but not for certain", () => {
  const reached = reach(world(), { kind: "user", arn: `arn:aws:iam::${TOOLS}:user/else` }, TIME);
  expect(reached.map(({ roleArn, certain }) => [roleArn, certain])).toContainEqual([
    role(SHOP, "spoke"),
    false,
  ]);
  const stranger = { kind: "user", arn: "arn:aws:iam::333333333333:user/else" } as const;
  expect(reach(world(), stranger, TIME)).toEqual([]);
});

test("who reaches a role is the same question from its other end", () => {
  const callers = whoReaches(world(), role(SHOP, "spoke"), TIME);
  expect(callers.map(({ who, provided, way }) => [who, provided, way.hops.length])).toEqual([
    [{ kind: "account", accountId: TOOLS }, ["own-permissions"], 1],
    [{ kind: "user", accountId: TOOLS, name: { equals: "ann" } }, [], 1],
    [{ kind: "role", accountId: TOOLS, name: { equals: "hub" } }, [], 1],
  ]);
});

test("from both ends the same is found in any web of roles", () => {
  const NAMES = ["a", "b", "c", "d", "e"];
  const arns = NAMES.map((name) => role(TOOLS, name));
  const trusted = fc.uniqueArray(
    fc.constantFrom(...arns, USER, `arn:aws:iam::${TOOLS}:root`, `arn:aws:iam::${SHOP}:root`, "*"),
    { minLength: 1, maxLength: 2 },
  );
  const conditions = fc.constantFrom<Statement["Condition"]>(
    undefined,
    MFA,
    { StringEquals: { "sts:ExternalId": "x1" } },
    { ArnEquals: { "aws:PrincipalArn": arns[0] ?? "" } },
    { StringLike: { "sts:SourceIdentity": "ann" } },
  );
  const web = fc.tuple(...NAMES.map(() => fc.tuple(trusted, conditions, fc.boolean())));
  fc.assert(
    fc.property(web, (trusts) => {
      const roles = NAMES.map((name, index) => {
        const [AWS = [], Condition, permitted = false] = trusts[index] ?? [];
        const entering = ["sts:AssumeRole", "sts:SetSourceIdentity"];
        const statement: Statement = { Effect: "Allow", Principal: { AWS }, Action: entering };
        return { name, permitted, statement: { ...statement, ...(Condition && { Condition }) } };
      });
      const { graph } = readAccessGraph([
        stackText("tools", TOOLS, {
          aws_iam_user: { ann: { name: "ann" } },
          aws_iam_user_policy: {
            ann: { name: "assume", user: "ann", policy: terraformPolicyText(assumePolicy()) },
          },
          aws_iam_role: Object.fromEntries(
            roles.map(({ name, statement }) => [name, roleBlock(name, [statement])]),
          ),
          aws_iam_role_policy: Object.fromEntries(
            roles.flatMap(({ name, permitted }) => (permitted ? [[name, permit(name)]] : [])),
          ),
        }),
      ]);
      const asked: AccessModel = { graph, accounts: new Map(), controls: NO_CONTROL_POLICIES };
      const callers: Caller[] = [
        { kind: "user", arn: USER },
        ...arns.map((roleArn): Caller => ({
          kind: "role-session",
          roleArn,
          sessionName: "session",
        })),
      ];
      const isMade = (arn: string): boolean => graph.users.has(arn) || graph.roles.has(arn);
      for (const target of arns) {
        const forwards = callers.flatMap((caller) => {
          const way = reach(asked, caller, TIME).find(({ roleArn }) => roleArn === target);
          return way === undefined ? [] : [[principalArn(caller), way.hops, way.certain]];
        });
        expect(
          whoReaches(asked, target, TIME)
            .filter(({ caller }) => isMade(principalArn(caller) ?? ""))
            .map(({ caller, way }) => [principalArn(caller), way.hops, way.certain]),
        ).toEqual(forwards);
      }
    }),
    { numRuns: 25 },
  );
});

test("a role that may assume itself is not reached from itself", () => {
  const { graph } = readAccessGraph([
    stackText("tools", TOOLS, {
      aws_iam_role: { hub: roleBlock("hub", [trusts(TOOLS)]) },
      aws_iam_role_policy: { hub: permit("hub") },
    }),
  ]);
  const own = { graph, accounts: new Map(), controls: NO_CONTROL_POLICIES };
  expect(reach(own, HUB_SESSION, TIME)).toEqual([]);
});

test("a source identity that was set once goes on over every hop (TR-17)", () => {
  const identity = (): Statement => ({ ...trusts(TOOLS), Action: "sts:SetSourceIdentity" });
  const pinned = (name: string, statement: Statement): Statement => ({
    ...statement,
    Condition: { ArnEquals: { "aws:PrincipalArn": role(TOOLS, name) }, ...statement.Condition },
  });
  const reached = (last: readonly Statement[]): string[] => {
    const { graph } = readAccessGraph([
      stackText("tools", TOOLS, {
        aws_iam_role: {
          hub: roleBlock("hub", []),
          first: roleBlock("first", [
            pinned("hub", {
              ...trusts(TOOLS),
              Condition: { StringEquals: { "sts:SourceIdentity": "ann" } },
            }),
            pinned("hub", identity()),
          ]),
          second: roleBlock("second", [
            pinned("first", trusts(TOOLS)),
            pinned("first", identity()),
          ]),
          last: roleBlock("last", last),
        },
        aws_iam_role_policy: Object.fromEntries(
          ["hub", "first", "second"].map((name) => [
            name,
            {
              ...permit(name),
              policy: terraformPolicyText(
                assumePolicy("*", ["sts:AssumeRole", "sts:SetSourceIdentity"]),
              ),
            },
          ]),
        ),
      }),
    ]);
    const chain = { graph, accounts: new Map(), controls: NO_CONTROL_POLICIES };
    return reach(chain, HUB_SESSION, TIME).map(({ roleArn }) => roleArn);
  };
  const before = [role(TOOLS, "first"), role(TOOLS, "second")];
  expect(reached([pinned("second", trusts(TOOLS))])).toEqual(before);
  expect(reached([pinned("second", trusts(TOOLS)), pinned("second", identity())])).toEqual([
    ...before,
    role(TOOLS, "last"),
  ]);
});

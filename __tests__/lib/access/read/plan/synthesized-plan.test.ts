import fc from "fast-check";
import { synthesize } from "../../../../../constructs/synthesize";
import type { Diagnostic } from "../../../../../lib/diagnostics/diagnostic";
import { accountDirectory } from "../../../../../lib/access/account-directory";
import { provePlan } from "../../../../../lib/access/proof/prove-plan";
import type { AccessGraph } from "../../../../../lib/access/access-graph";
import { readPlannedAccess } from "../../../../support/plans/read-planned-access";
import { readTerraformPlan } from "../../../../../lib/access/read/plan/read-terraform-plan";
import { readAccessGraph } from "../../../../../lib/access/read/read-access-graph";
import { accountMaps } from "../../../../support/arbitrary/arbitrary-map";
import { planMap } from "../../../../support/plans/planned-map";
import { planOfStack } from "../../../../support/plans/plan-of-stack";

import { checkMap } from "../../../../support/project";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot:
        user: { name: bot, create: true }
        mfa: true
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop] }
    externalId: deploy-1
    permissions: { documents: [deploy] }
`;
const DEPLOY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::example/${aws:username}/*"}]}';

const { map, plan } = checkMap(MAP, { deploy: DEPLOY });
if (map === undefined || plan === undefined) throw new Error("the map has errors");
const accounts = accountDirectory(map.accounts.values());
const plans = new Map(
  [...synthesize(plan).stacks].map(([stack, text]) => [stack, planOfStack(text)]),
);

function prove(change: (text: string) => string = (text) => text) {
  const stacks = [...plans].flatMap(([stack, text]) => {
    const read = readTerraformPlan(stack, change(text)).plan;
    return read === undefined ? [] : [read.after];
  });
  return provePlan({ plan: planOf(), accounts, stacks });
}

function planOf(): NonNullable<typeof plan> {
  if (plan === undefined) throw new Error("the map has errors");
  return plan;
}

test("a plan that makes what the map declares is proved", () => {
  expect(prove()).toMatchObject({ verdict: "proved", problems: [], diagnostics: [] });
});

test("a plan that makes more is refuted", () => {
  const { verdict, problems } = prove((text) =>
    text.replace(',\\"sts:ExternalId\\":\\"deploy-1\\"', ""),
  );
  expect(verdict).toBe("refuted");
  expect(problems.map(({ roleArn }) => roleArn)).toEqual([
    "arn:aws:iam::222222222222:role/deployer",
  ]);
});

test.each(["assume_role_policy", "policy", "role_name", "policy_names"])(
  "a plan of which a %s is known only after apply is unknown, never proved",
  (attribute) => {
    const { verdict, diagnostics } = prove((text) => {
      const parsed = JSON.parse(text) as {
        resource_changes: { change: { after: object; after_unknown: object } }[];
      };
      for (const { change } of parsed.resource_changes) {
        if (!(attribute in change.after)) continue;
        change.after = Object.fromEntries(
          Object.entries(change.after).filter(([key]) => key !== attribute),
        );
        change.after_unknown = { ...change.after_unknown, [attribute]: true };
      }
      // No expression tells what it stands for.
      return JSON.stringify({ ...parsed, configuration: configurationOf(text) });
    });
    // An exclusive list whose role is not known makes nothing exclusive.
    expect(verdict).toBe(attribute === "role_name" ? "refuted" : "unknown");
    expect(diagnostics.map(({ message }) => message).join()).toContain("is known only after apply");
  },
);

test.each([
  ["policy_arn", "which policies it has attached is not known"],
  ["permissions_boundary", "its permissions boundary is not known"],
])("a %s that is known only after apply is not taken for another one", (attribute, message) => {
  const project = checkMap(
    MAP.replace(
      "permissions: { documents: [deploy] }",
      "permissions: { managed: [ReadOnlyAccess] }\n    permissionsBoundary: deploy",
    ),
    { deploy: DEPLOY },
  );
  if (project.plan === undefined) throw new Error("the map has errors");
  const stacks = [...synthesize(project.plan).stacks].flatMap(([stack, text]) => {
    const configured = JSON.parse(text) as {
      resource: Record<string, Record<string, Record<string, unknown>>>;
    };
    for (const body of Object.values(configured.resource).flatMap((named) =>
      Object.values(named),
    )) {
      if (attribute in body) body[attribute] = "${random_id.a.hex}";
    }
    const read = readTerraformPlan(stack, planOfStack(JSON.stringify(configured))).plan;
    return read === undefined ? [] : [read.after];
  });
  const { verdict, problems } = provePlan({ plan: project.plan, accounts, stacks });
  expect(problems.map((each) => each.verdict)).toEqual(["unknown"]);
  expect(problems[0]?.message).toContain(message);
  expect(verdict).toBe("unknown");
});

/** The configuration of a plan, in which every expression refers to something that nobody knows. */
function configurationOf(text: string): unknown {
  const { configuration } = JSON.parse(text) as { configuration: unknown };
  return JSON.parse(JSON.stringify(configuration), (key, value: unknown) =>
    key === "references" ? ["random_id.a.hex", "random_id.a"] : value,
  );
}

test("plans grant what the stacks grant, but for lists of ARNs that are not known yet", () => {
  const lists = " has policy_arns of which the list is known only after apply";
  let roles = 0;
  // Stacks that wait for each other cannot be synthesized.
  const samples = fc.sample(accountMaps, { numRuns: 40, seed: 1 }).map((value) => planMap(value));
  const apart = samples.filter(({ plan: { accounts: all } }) =>
    all.every(({ dependsOn }) => dependsOn.length === 0),
  );
  for (const { plan: sample } of apart) {
    const stacks = [...synthesize(sample).stacks];
    const configured = readAccessGraph(stacks.map(([stack, text]) => ({ stack, text })));
    const planned = readPlannedAccess(
      stacks.map(([stack, text]) => ({ file: stack, text: planOfStack(text) })),
    );
    const messages = (diagnostics: readonly Diagnostic[]): string[] =>
      diagnostics.map(({ message }) => message).filter((message) => !message.endsWith(lists));
    expect(messages(planned.diagnostics)).toEqual(messages(configured.diagnostics));
    expect(planned.before.roles.size).toBe(0);
    expect(comparable(planned.after)).toEqual(comparable(configured.graph));
    roles += planned.after.roles.size;
  }
  expect(roles).toBeGreaterThan(100);
});

/** A graph without what a list that is not known adds to it. */
function comparable({ roles, users, ...rest }: AccessGraph): unknown {
  const identities = [...roles.values(), ...users.values()].map((identity) => ({
    ...identity,
    policies: identity.policies.filter(
      ({ name }) => !/^aws_iam_\w+_policy_attachments_exclusive\./.test(name),
    ),
  }));
  return { ...rest, identities };
}

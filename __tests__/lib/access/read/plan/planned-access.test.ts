import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessGraph, RoleNode } from "../../../../../lib/access/access-graph";
import { readPlannedAccess } from "../../../../support/plans/read-planned-access";
import type { PlannedAccess } from "../../../../../lib/access/read/plan/planned-access";
import { ROOT } from "../../../../support/project";

const WRITTEN = join(ROOT, "__tests__", "fixtures", "plans", "written");

function fixture(name: string): string {
  return readFileSync(join(WRITTEN, `${name}.json`), "utf8");
}

function read(name: string, change: (text: string) => string = (text) => text): PlannedAccess {
  return readPlannedAccess([{ file: `${name}.json`, text: change(fixture(name)) }]);
}

function findings({ diagnostics }: PlannedAccess): string[] {
  return diagnostics.map(({ severity, rule, message }) => `${severity} [${rule}] ${message}`);
}

function role({ roles }: AccessGraph, name: string): RoleNode | undefined {
  return [...roles.values()].find((each) => each.name === name);
}

function policies(graph: AccessGraph, name: string): (readonly [string, string])[] {
  return (role(graph, name)?.policies ?? []).map(
    (policy) => [policy.name, policy.document.known ? "known" : policy.document.reason] as const,
  );
}

describe("a plan that makes everything", () => {
  const planned = read("create");
  const { before, after } = planned;

  test("is read without a finding, and nothing was there before", () => {
    expect(findings(planned)).toEqual([]);
    expect([before.roles.size, before.providers.size, before.grants.length]).toEqual([0, 0, 0]);
  });

  test("accounts are those that the providers are bound to, by constants and by variables", () => {
    expect([...after.accounts.values()]).toEqual([
      { partition: "aws", accountId: "111111111111" },
      { partition: "aws", accountId: "222222222222" },
    ]);
    expect([...after.roles.keys()]).toEqual([
      "arn:aws:iam::111111111111:role/hub",
      "arn:aws:iam::222222222222:role/spoke",
    ]);
  });

  test("an ARN or id that is known only after apply stands for the resource that it is of", () => {
    expect(role(after, "hub")?.boundary?.name).toBe("arn:aws:iam::111111111111:policy/b/boundary");
    expect(policies(after, "hub")).toEqual([
      ["read-own", "known"],
      ["arn:aws:iam::111111111111:policy/b/boundary", "known"],
    ]);
    expect(role(after, "hub")?.exclusive).toEqual({ inline: true, managed: false });
    expect(after.grants).toEqual([]);
  });

  test("modules are read, with their path and index in the address", () => {
    expect(role(after, "hub")?.address).toBe("aws_iam_role.hub[0]");
    expect(role(after, "spoke")).toMatchObject({
      stack: "create.json",
      address: 'module.spoke["shop a"].aws_iam_role.spoke',
      maxSessionDuration: 7200,
    });
    expect(policies(after, "spoke")).toEqual([["inner", "known"]]);
  });

  test("policy variables are text in a plan, and no templates", () => {
    const [policy] = role(after, "hub")?.policies ?? [];
    expect(policy?.document).toMatchObject({
      known: true,
      value: { Statement: [{ Resource: "arn:aws:s3:::example/${aws:username}/*" }] },
    });
  });

  test("providers and profiles are there by ARN", () => {
    expect([...after.providers.values()]).toMatchObject([
      {
        arn: "arn:aws:iam::111111111111:oidc-provider/ci.example.com",
        clientIds: { known: true, value: ["sts.amazonaws.com"] },
      },
    ]);
    expect([...after.instanceProfiles.values()]).toMatchObject([
      { role: { known: true, value: "arn:aws:iam::111111111111:role/hub" } },
    ]);
  });
});

describe("a plan that changes what is there", () => {
  const planned = read("change");
  const { before, after } = planned;
  const names = ({ roles }: AccessGraph): string[] => [...roles.values()].map(({ name }) => name);

  test("says what was there and what will be", () => {
    expect(names(before)).toEqual([
      "updated",
      "replaced",
      "destroyed",
      "moved",
      "forgotten",
      "left-behind",
      "untouched",
    ]);
    expect(names(after)).toEqual(["updated", "renamed", "moved", "forgotten", "untouched"]);
    const externalId = { StringEquals: { "sts:ExternalId": "spoke-1" } };
    expect(role(before, "updated")?.trust).toMatchObject({
      value: { Statement: [{ Condition: externalId }] },
    });
    const trust = role(after, "updated")?.trust;
    expect(trust?.known === true && trust.value.Statement[0]?.Condition).toBeUndefined();
  });

  test("lists the changes, with what forces a replacement, the address before a move, and what was left", () => {
    const stack = "change.json";
    const type = "aws_iam_role";
    expect(planned.changes.filter((change) => change.type === type)).toEqual([
      { stack, type, address: "aws_iam_role.updated", action: "update", replacePaths: [] },
      { stack, type, address: "aws_iam_role.replaced", action: "replace", replacePaths: ["name"] },
      { stack, type, address: "aws_iam_role.destroyed", action: "delete", replacePaths: [] },
      {
        stack,
        type,
        address: "aws_iam_role.moved",
        action: "no-op",
        replacePaths: [],
        previousAddress: "aws_iam_role.was",
      },
      { stack, type, address: "aws_iam_role.forgotten", action: "forget", replacePaths: [] },
      {
        stack,
        type,
        address: "aws_iam_role.replaced",
        action: "delete",
        replacePaths: [],
        deposed: "00000001",
      },
    ]);
    expect(planned.drift.map(({ address, action }) => [address, action])).toEqual([
      ["aws_iam_role.updated", "update"],
    ]);
  });

  test("the account is that of the ARNs in the state where no provider is bound to one", () => {
    expect([...after.accounts.keys()]).toEqual(["222222222222"]);
  });

  test("what was attached by hand stays, and what a resource attached goes with it", () => {
    const managed = (name: string): [string, string] => [
      `arn:aws:iam::aws:policy/${name}`,
      "known",
    ];
    expect(policies(before, "updated")).toEqual([
      ["by-hand", "known"],
      managed("job-function/ViewOnlyAccess"),
      ["own", "known"],
      managed("ReadOnlyAccess"),
    ]);
    expect(policies(after, "updated")).toEqual([
      ["by-hand", "known"],
      managed("job-function/ViewOnlyAccess"),
      managed("ReadOnlyAccess"),
    ]);
  });

  test("an exclusive list takes away what was attached by hand", () => {
    const exclusive = {
      address: "aws_iam_role_policies_exclusive.updated",
      mode: "managed",
      type: "aws_iam_role_policies_exclusive",
      change: {
        actions: ["create"],
        before: null,
        after: { role_name: "updated", policy_names: [] },
        after_unknown: {},
      },
    };
    const made = read("change", (text) => {
      const plan = JSON.parse(text) as { resource_changes: unknown[] };
      plan.resource_changes.push(exclusive);
      return JSON.stringify(plan);
    });
    expect(policies(made.after, "updated").map(([name]) => name)).not.toContain("by-hand");
    expect(policies(made.before, "updated").map(([name]) => name)).toContain("by-hand");
    expect(role(made.after, "updated")?.exclusive).toEqual({ inline: true, managed: false });
  });

  test("what is forgotten is told, for it stays", () => {
    expect(findings(planned)).toEqual([
      "warning [plan-forgotten] aws_iam_role.forgotten is forgotten, and stays in the account as it is",
      "warning [plan-partial] is a plan of a part: what it leaves out, such as aws_iam_role.untouched, was not read anew, and is not corrected",
    ]);
  });

  test("resources are in an unknown account where their provider is not bound to the one of the ARNs", () => {
    const bound = read("change", (text) =>
      text.replace(
        '"expressions": {\n          "region"',
        '"expressions": {\n          "allowed_account_ids": {"constant_value": ["333333333333"]}, "region"',
      ),
    );
    expect(findings(bound)).toContain(
      "error [access-provider] the provider aws is bound to account 333333333333, and what it made is elsewhere, too",
    );
  });
});

test("what is known only after apply is unknown and never empty", () => {
  const planned = read("unknown");
  const { after } = planned;
  const later = "is known only after apply";
  expect(findings(planned)).toEqual([
    `error [access-attribute] aws_iam_openid_connect_provider.ci has a client_id_list that ${later}`,
    `error [access-attribute] aws_iam_role.boundary has a max_session_duration that ${later}`,
    `error [access-attribute] aws_iam_role.named has a name that ${later}`,
    `error [access-policy] aws_iam_role.embedded has an inline policy: it ${later}`,
    `error [access-policy] aws_iam_role.trust has no readable trust policy: it ${later}`,
    `error [access-policy] aws_iam_role_policy.list is not readable: it ${later}`,
    `error [access-reference] aws_iam_role.boundary has a permissions_boundary that ${later}`,
    `error [access-reference] aws_iam_role.embedded has a managed_policy_arns that ${later}`,
    `error [access-reference] aws_iam_role_policy_attachments_exclusive.trust has policy_arns of which the list ${later}`,
  ]);
  expect(role(after, "trust")?.trust).toEqual({ known: false, reason: `it ${later}` });
  expect(policies(after, "trust")).toEqual([
    ["list", `it ${later}`],
    ["aws_iam_role_policy_attachments_exclusive.trust", `the list of policy_arns ${later}`],
  ]);
  expect(policies(after, "embedded")).toEqual([
    ["aws_iam_role.embedded", `it ${later}`],
    ["aws_iam_role.embedded", `the managed_policy_arns of aws_iam_role.embedded ${later}`],
  ]);
  expect(role(after, "boundary")?.boundary?.document.known).toBe(false);
  expect([...after.providers.values()]).toMatchObject([
    { clientIds: { known: false, reason: `it ${later}` } },
  ]);
});

test("a sensitive policy is unknown, and nothing of it is told", () => {
  const planned = read("sensitive");
  expect(findings(planned)).toEqual([
    "error [access-policy] aws_iam_role.spoke has no readable trust policy: it is sensitive in the plan, and answers would quote it",
  ]);
  expect(role(planned.after, "spoke")?.trust).toEqual({
    known: false,
    reason: "it is sensitive in the plan, and answers would quote it",
  });
  const told = JSON.stringify([...planned.after.roles.values(), planned.diagnostics]);
  expect(told).not.toContain("not-to-be-shown");
});

test("a state is read as it is, modules included", () => {
  const { before, after, changes, diagnostics } = read("state");
  expect({ changes, diagnostics }).toEqual({ changes: [], diagnostics: [] });
  expect(policies(after, "updated").map(([name]) => name)).toEqual([
    "by-hand",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    "own",
  ]);
  expect(role(after, "inner")?.address).toBe("module.a.aws_iam_role.inner");
  expect(before).toEqual(after);
});

describe("accounts that are not known", () => {
  test("a provider that is not bound, and made nothing yet", () => {
    const planned = read("format-1.99", (text) =>
      text.replace('"allowed_account_ids"', '"allowed_accounts"'),
    );
    expect(findings(planned)).toEqual([
      "error [access-empty] no policy was found in 1 stacks: there is nothing to prove",
      "error [access-provider] aws_iam_role.spoke is in an account that is not known",
    ]);
  });

  test.each([
    ["several accounts", '["111111111111","222222222222"]'],
    ["no account id", '["shop"]'],
  ])("a provider that is bound to %s", (_name, ids) => {
    const planned = read("format-1.99", (text) => text.replace(/\[\s*"222222222222"\s*\]/, ids));
    expect(findings(planned)).toContain(
      "error [access-provider] aws_iam_role.spoke is in an account that is not known",
    );
  });

  test("an identity that the plan asked for tells the account", () => {
    const identity = {
      address: "data.aws_caller_identity.me",
      mode: "data",
      type: "aws_caller_identity",
      values: { arn: "arn:aws-cn:sts::444444444444:assumed-role/deploy/me" },
    };
    const planned = read("format-1.99", (text) => {
      const plan = JSON.parse(text.replace('"allowed_account_ids"', '"allowed_accounts"')) as {
        prior_state: unknown;
        configuration: { root_module: { resources: unknown[] } };
      };
      plan.prior_state = { values: { root_module: { resources: [identity] } } };
      const { address, mode, type } = identity;
      plan.configuration.root_module.resources.push({
        ...{ address, mode, type },
        provider_config_key: "aws",
      });
      return JSON.stringify(plan);
    });
    expect([...planned.after.roles.keys()]).toEqual(["arn:aws-cn:iam::444444444444:role/spoke"]);
    expect(findings(planned)).toEqual([]);
  });
});

describe("plans without a policy", () => {
  test("are an error", () => {
    const recorded = join(WRITTEN, "..", "recorded", "create.json");
    const planned = readPlannedAccess([{ file: "a", text: readFileSync(recorded, "utf8") }]);
    expect(findings(planned)).toEqual([
      "error [access-empty] no policy was found in 1 stacks: there is nothing to prove",
    ]);
    expect(findings(readPlannedAccess([]))).toEqual([
      "error [access-empty] no policy was found in 0 stacks: there is nothing to prove",
    ]);
  });

  test("are none where a plan could not be read", () => {
    const planned = read("format-2.0");
    expect(findings(planned)).toEqual([
      "error [plan-json] has the format 2.0, of a newer Terraform; the versions that are read are 1.x",
    ]);
  });
});

test("several plans are one graph, each named as its resources' stack", () => {
  const planned = readPlannedAccess(
    ["create", "format-1.99"].map((name) => ({
      file: name,
      text: fixture(name).replaceAll('"name": "spoke"', `"name": "spoke-${name}"`),
    })),
  );
  expect([...planned.after.roles.values()].map(({ stack, name }) => [stack, name])).toEqual([
    ["create", "hub"],
    ["create", "spoke-create"],
    ["format-1.99", "spoke-format-1.99"],
  ]);
  expect(planned.changes).toHaveLength(11);
});

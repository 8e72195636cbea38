import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { notCovered } from "../../../../lib/access/proof/not-covered";
import { planControlPolicies } from "../../../../lib/access/decide/effective-control-policies";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import type { Proof } from "../../../../lib/access/proof/prove-plan";
import { printDiagnostics } from "../../../../lib/diagnostics/print";
import type { Statement } from "../../../../lib/iam/policy-document";
import type { CheckedProject } from "../../../../lib/check/check-project";
import { checkMap } from "../../../support/project";

/** A chain from an account of machines over one of tools into a shop, with control policies. */
const mapOf = (controlPolicies: string, management = "none"): string => `
organizations:
  example:
    id: o-exampleorg1
    root: r-ex01
    units: { /Workloads: ou-ex01-workload }
    controlPolicies: ${controlPolicies}
accounts:
  tools: { id: "111111111111", unit: /Infrastructure${management === "tools" ? ", management: true, deploymentRole: none" : ""} }
  shop: { id: "222222222222", unit: /Workloads${management === "shop" ? ", management: true, deploymentRole: none" : ""} }
chains:
  batch:
    start: { instanceProfile: { account: tools, role: batch } }
    steps:
      - roles: { orders: { account: shop, role: orders, externalId: orders-1 } }
`;

const documentOf = (...Statement: readonly Statement[]): object => ({
  Version: "2012-10-17",
  Statement,
});

/** The documents that maps of these tests can name. */
const DOCUMENTS = {
  "no-roles": documentOf({ Sid: "NoRoles", Effect: "Deny", Action: "sts:*", Resource: "*" }),
  "only-storage": documentOf({ Effect: "Allow", Action: "s3:*", Resource: "*" }),
  "only-roles": documentOf({ Effect: "Allow", Action: "sts:*", Resource: "*" }),
  everything: documentOf({ Effect: "Allow", Action: "*", Resource: "*" }),
  region: documentOf({
    Sid: "Region",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
  }),
  perimeter: documentOf({
    Sid: "Perimeter",
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: {
      StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorg1" },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  }),
  "federated-perimeter": documentOf({
    Effect: "Deny",
    Principal: "*",
    Action: ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
    Resource: "*",
    Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorg1" } },
  }),
  "service-perimeter": documentOf({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorg1" } },
  }),
  "source-identity": documentOf({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { StringNotLike: { "sts:SourceIdentity": "*@example.com" } },
  }),
  "said-without-mfa": documentOf({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
  }),
  "without-mfa": documentOf({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  }),
  "with-mfa": documentOf({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  }),
  "nobody-enters": documentOf({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "arn:aws:iam::*:role/orders",
  }),
};

/** A map with the documents that it names, and no others. */
function check(text: string): CheckedProject {
  const named = Object.entries(DOCUMENTS).filter(([name]) => text.includes(`document: ${name},`));
  return checkMap(text, Object.fromEntries(named));
}

function prove(controlPolicies: string, management?: string): Proof {
  return proveMap(mapOf(controlPolicies, management));
}

function proveMap(text: string): Proof {
  const { map, plan, diagnostics, texts } = check(text);
  if (map === undefined || plan === undefined) {
    throw new Error(printDiagnostics(diagnostics, { texts, color: false }));
  }
  return provePlan({
    plan,
    accounts: accountDirectory(map.accounts.values()),
    stacks: [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text })),
  });
}

const service = (document: string, target = "/"): string =>
  `{ service: [{ document: ${document}, targets: [${target}] }] }`;
const resource = (document: string, target = "/"): string =>
  `{ resource: [{ document: ${document}, targets: [${target}] }] }`;

test.each<[string, Proof["verdict"]]>([
  ["said-without-mfa", "unknown"],
  ["without-mfa", "refuted"],
  ["with-mfa", "proved"],
])("sessions of a permission set under the policy %s: %s (CK-15)", (document, verdict) => {
  const map = `
organizations:
  example:
    id: o-exampleorg1
    controlPolicies: ${resource(document)}
accounts:
  tools: { id: "111111111111" }
hubs:
  people:
    account: tools
    principals: { engineers: { permissionSet: { name: Engineer } } }
`;
  const proof = proveMap(map);
  expect(proof.verdict).toBe(verdict);
  if (verdict !== "unknown") return;
  expect(proof.problems[0]?.message).toContain(
    "Bool aws:MultiFactorAuthPresent: whether requests of role sessions carry it with `false` or lack it is not known (CK-15)",
  );
});

describe("a declared chain under control policies", () => {
  test.each<[string, string, Proof["verdict"]]>([
    // PB-06: those of the caller's account bind it, level by level.
    ["an allow beside the one that allows everything", service("only-storage"), "proved"],
    ["a deny at the root", service("no-roles"), "refuted"],
    ["a deny at the caller's unit", service("no-roles", "/Infrastructure"), "refuted"],
    ["a deny at the caller's account", service("no-roles", "tools"), "refuted"],
    [
      "a deny at the target's unit, which binds no foreign caller",
      service("no-roles", "/Workloads"),
      "proved",
    ],
    ["a deny at the target's account", service("no-roles", "shop"), "proved"],
    [
      "a list of what is allowed, instead of everything",
      "{ service: [{ document: only-roles, targets: [/] }], fullAccessDetached: [/] }",
      "proved",
    ],
    [
      "a list without the chain",
      "{ service: [{ document: only-storage, targets: [/] }], fullAccessDetached: [/] }",
      "refuted",
    ],
    [
      "a list at the unit that is not kept at the account",
      "{ service: [{ document: only-roles, targets: [/Infrastructure] }], fullAccessDetached: [/Infrastructure, tools] }",
      "refuted",
    ],
    ["a list at the target", "{ fullAccessDetached: [/Workloads, shop] }", "proved"],
    [
      "an allow of everything under another name",
      "{ service: [{ document: everything, targets: [/] }], fullAccessDetached: [/] }",
      "proved",
    ],
    ["a deny that rests on what the request does not say", service("region"), "unknown"],
    // PB-07: those of the target's account guard it.
    ["a perimeter around the organization", resource("perimeter"), "proved"],
    ["a deny at the target", resource("nobody-enters", "shop"), "refuted"],
    ["a deny at the target's unit", resource("nobody-enters", "/Workloads"), "refuted"],
    ["a deny at the caller", resource("nobody-enters", "/Infrastructure"), "proved"],
  ])("%s", (_what, controlPolicies, verdict) => {
    expect(prove(controlPolicies).verdict).toBe(verdict);
  });

  test("is told which policy and which statement denies it, at the line that declares it", () => {
    const scp = prove(service("no-roles")).problems;
    expect(scp.map(({ message }) => message)).toEqual([
      "arn:aws:iam::111111111111:role/batch is a declared caller, but is denied: service control policy: the statement applies (no-roles, statement NoRoles)",
    ]);
    expect(scp[0]?.at).toEqual(["chains", "batch", "steps", 0, "roles", "orders"]);
    expect(prove(resource("nobody-enters")).problems.map(({ message }) => message)).toEqual([
      "arn:aws:iam::111111111111:role/batch is a declared caller, but is denied: resource control policy: the statement applies (nobody-enters, statement 1)",
    ]);
  });

  test("is told that nothing allows it where a list lacks it", () => {
    const [problem] = prove("{ fullAccessDetached: [tools] }").problems;
    expect(problem?.message).toMatch(/service control policy: no statement allows it/);
  });

  test("of the management account is bound by none (PB-06, PB-07)", () => {
    expect(prove(service("no-roles"), "tools").verdict).toBe("proved");
    expect(prove(service("no-roles"), "shop").verdict).toBe("refuted");
    expect(prove(resource("nobody-enters"), "shop").verdict).toBe("proved");
    expect(prove(resource("nobody-enters"), "tools").verdict).toBe("refuted");
  });

  test("is not known to work where a policy tests a key that the request does not say", () => {
    const { verdict, problems } = prove(service("region"));
    expect({ verdict, messages: problems.map(({ message }) => message) }).toEqual({
      verdict: "unknown",
      messages: [
        "arn:aws:iam::111111111111:role/batch is a declared caller, but is not known to be allowed: service control policy: StringNotEquals aws:RequestedRegion: the request does not say it (region, statement Region)",
      ],
    });
  });
});

describe("declared ways in from outside under control policies", () => {
  const waysIn = (controlPolicies: string): string => `
organizations:
  example:
    id: o-exampleorg1
    controlPolicies: ${controlPolicies}
accounts:
  people: { id: "111111111111" }
  shop: { id: "222222222222" }
spokes:
  target:
    accounts: { keys: [shop] }
    principals:
      engineers: { permissionSet: { name: Engineer, account: people }, sourceIdentity: { values: ["*@example.com"] } }
      pipeline: { githubActions: { repository: example/shop, environment: production, ref: refs/heads/main } }
      machine: { service: { name: lambda } }
      vendor:
        foreignAccount: { id: "161616161616", role: scanner, reason: contract with the vendor of a scanner }
        externalId: scan-1
        grant: declared
`;
  const messagesOf = (controlPolicies: string): string[] =>
    proveMap(waysIn(controlPolicies)).problems.map(
      ({ verdict, message }) => `${verdict}: ${message}`,
    );
  const ENGINEER =
    "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Engineer_0000000000000000";
  const VENDOR = "arn:aws:iam::161616161616:role/scanner";

  test("work where no policy is against them", () => {
    expect(messagesOf(service("only-storage"))).toEqual([]);
    expect(messagesOf(resource("perimeter", "people"))).toEqual([]);
  });

  test("are unknown for a vendor under a perimeter: its organization is not said", () => {
    expect(messagesOf(resource("perimeter"))).toEqual([
      `unknown: ${VENDOR} is a declared caller, but is not known to be allowed: resource control policy: StringNotEqualsIfExists aws:PrincipalOrgID: the request does not say it (perimeter, statement Perimeter)`,
    ]);
  });

  test.each([
    ["none", "refuted"],
    ["o-vendororg1", "refuted"],
    ["o-exampleorg1", "proved"],
  ])("of a vendor whose organization is %s are %s by a perimeter", (organization, verdict) => {
    const map = waysIn(resource("perimeter")).replace(
      "role: scanner,",
      `role: scanner, organization: ${organization},`,
    );
    const proof = proveMap(map);
    expect(proof.verdict).toBe(verdict);
    expect(proof.problems.map(({ message }) => message)).toEqual(
      verdict === "proved"
        ? []
        : [
            `${VENDOR} is a declared caller, but is denied: resource control policy: the statement applies (perimeter, statement Perimeter)`,
          ],
    );
    expect(proof.assumed).toContain(
      organization === "none"
        ? "account 161616161616 is in no organization"
        : `account 161616161616 is in the organization ${organization}`,
    );
  });

  test("are refuted for tokens by a perimeter that lists their calls: they have no organization", () => {
    expect(messagesOf(resource("federated-perimeter"))).toEqual([
      expect.stringMatching(
        /^refuted: .*example\/shop.* is a declared caller, but is denied: resource control policy: the statement applies \(federated-perimeter, statement 1\)$/,
      ),
    ]);
  });

  test("are refuted for services by a perimeter that forgets them", () => {
    const problems = messagesOf(resource("service-perimeter"));
    expect(problems).toHaveLength(2);
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^refuted: .*lambda.* \(service-perimeter, statement 1\)$/),
      ]),
    );
  });

  test("are refuted for people by a service control policy of their account", () => {
    expect(messagesOf(service("no-roles", "people"))).toEqual([
      `refuted: ${ENGINEER} is a declared caller, but is denied: service control policy: the statement applies (no-roles, statement NoRoles)`,
    ]);
    expect(messagesOf("{ fullAccessDetached: [people] }")).toEqual([
      `refuted: ${ENGINEER} is a declared caller, but is denied: service control policy: no statement allows it`,
    ]);
    expect(messagesOf(service("no-roles", "shop"))).toEqual([]);
  });

  test("hold where a policy asks for what the way in brings", () => {
    const problems = messagesOf(resource("source-identity"));
    expect(problems.filter((problem) => problem.includes("Engineer"))).toEqual([]);
    expect(problems.filter((problem) => problem.includes(VENDOR))).toHaveLength(1);
  });

  test("are unknown where a policy tests a key that the request does not say", () => {
    expect(messagesOf(service("region", "people"))).toEqual([
      `unknown: ${ENGINEER} is a declared caller, but is not known to be allowed: service control policy: StringNotEquals aws:RequestedRegion: the request does not say it (region, statement Region)`,
    ]);
  });
});

describe("what a proof does not cover", () => {
  const lineOf = (controlPolicies: string): string | undefined => {
    const { plan } = check(mapOf(controlPolicies));
    if (plan === undefined) throw new Error("the map has findings");
    return notCovered(planControlPolicies(plan)).find((line) => line.includes("control policies"));
  };

  test("are all control policies where none take part", () => {
    expect(notCovered()).toContain("service and resource control policies that were not supplied");
    expect(lineOf(service("no-roles", "shop"))).not.toBe(notCovered()[4]);
  });

  test("are those that were not supplied, by kind and number", () => {
    expect(lineOf(service("no-roles"))).toBe(
      "control policies other than those that take part: 1 service and 0 resource control policies",
    );
    expect(
      lineOf(
        "{ service: [{ document: no-roles, targets: [/] }, { document: region, targets: [/, tools] }], resource: [{ document: perimeter, targets: [/] }] }",
      ),
    ).toBe(
      "control policies other than those that take part: 2 service and 1 resource control policies",
    );
  });
});

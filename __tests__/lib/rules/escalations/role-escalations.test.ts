import { checkMap } from "../../../support/project";
import type { PolicyTexts } from "../../../support/project";
import { cpuMilliseconds } from "../../../support/cpu-time";

const SECTION_N = /^(?:N\d|NP-\d\d|read-only|unknown-managed-policy)$/;

const HEAD = `organizations:
  example: { id: o-exampleorg1 }
`;
const HUB = `hubs:
  people:
    account: a000
    principals: { engineers: { permissionSet: { name: Engineer } } }
`;

function accounts(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const key = `a${String(index).padStart(3, "0")}`;
    return `  ${key}: { id: "${100_000_000_000 + index}", unit: /Work }\n`;
  });
  return `accounts:\n${lines.join("")}`;
}

function statement(actions: readonly string[], resource = "*"): object {
  return { Effect: "Allow", Action: actions, Resource: resource };
}

function document(...statements: object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}

/** The findings of section N: rule and message. */
function found(map: string, policies: PolicyTexts = {}): string[] {
  return checkMap(`${HEAD}${map}`, policies)
    .diagnostics.filter(({ rule }) => SECTION_N.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

function spoke(lines: string, count = 1): string {
  return `${accounts(count)}${HUB}spokes:
  worker:
    hubs: [people]
    accounts: { units: [/**] }
${lines}`;
}

describe("roles that gain permissions", () => {
  const put = { "put-policies": document(statement(["iam:PutRolePolicy"])) };
  const way = "can raise its own permissions by `iam:PutRolePolicy`";

  test("are one finding for a spoke in many accounts", () => {
    const lines = "    permissions: { documents: [put-policies] }\n";
    expect(found(spoke(lines, 87), put)).toEqual([`N1: \`worker\` in 87 accounts ${way}`]);
    expect(found(spoke(lines, 1), put)).toEqual([`N1: \`worker\` in \`a000\` ${way}`]);
  });

  test("are one finding for each set of ways where the accounts differ", () => {
    const map = `${accounts(3).replace("unit: /Work }", "unit: /Work, parameters: { roles: '*' } }")}${HUB}
parameters:
  roles: { type: pattern, default: role/app-1 }
spokes:
  worker:
    hubs: [people]
    accounts: { units: [/**] }
    permissions: { documents: [put-policies] }
`;
    const parameterized = document(
      statement(["iam:PutRolePolicy"], "arn:aws:iam::{{account.id}}:{{roles}}"),
    );
    expect(found(map, { "put-policies": parameterized })).toEqual([
      `N1: \`worker\` in \`a000\` ${way}`,
    ]);
  });

  test("are found when permissions in place and documents do it together, which the finding names", () => {
    const { diagnostics } = checkMap(
      `${HEAD}${spoke(`    permissions:
      documents: [run]
      statements: [{ Effect: Allow, Action: iam:PassRole, Resource: "*" }]
`)}`,
      { run: document(statement(["ec2:RunInstances"])) },
    );
    const [finding] = diagnostics.filter(({ rule }) => rule === "N2");
    expect(finding?.message).toContain("`iam:PassRole` with `ec2:RunInstances`");
    expect(finding?.help).toMatch(/^in `run`, `statements`, /);
  });

  test("are not found behind a boundary that denies it, whether of a document or of AWS", () => {
    const bounded = (boundary: string): string[] =>
      found(
        spoke(`    permissionsBoundary: ${boundary}
    permissions: { documents: [put-policies] }
`),
        { ...put, ceiling: document(statement(["s3:*"])) },
      );
    expect(bounded("ceiling")).toEqual([]);
    expect(bounded("{ managed: PowerUserAccess }")).toEqual([]);
    expect(bounded("{ existing: some-boundary }")).toHaveLength(1);
    expect(bounded("{ existing: some-boundary, document: ceiling }")).toEqual([]);
  });

  test("may not edit the policies that are made for them", () => {
    const own = document(
      statement(["iam:CreatePolicyVersion"], "arn:aws:iam::{{account.id}}:policy/ceiling"),
    );
    const lines = (boundary: string): string =>
      `    permissionsBoundary: ${boundary}\n    permissions: { documents: [own] }\n`;
    const policies = {
      own,
      ceiling: document(statement(["*"])),
      other: document(statement(["*"])),
    };
    expect(found(spoke(lines("ceiling")), policies)).toHaveLength(1);
    expect(found(spoke(lines("other")), policies)).toEqual([]);
  });

  test("count their ways and show six of them", () => {
    const [finding = "", ...others] = found(
      spoke("    permissions: { managed: [PowerUserAccess] }\n"),
    );
    expect(others).toEqual([]);
    expect(finding).toMatch(
      /^N1: `worker` in `a000` can raise its own permissions in \d\d ways, such as `/,
    );
    expect(finding.split("; ")).toHaveLength(6);
  });

  test("are not told to edit what only AWS can edit", () => {
    const helps = (permissions: string): (string | undefined)[] =>
      checkMap(`${HEAD}${spoke(`    permissions: ${permissions}\n`)}`, put)
        .diagnostics.filter(({ rule }) => rule === "N1")
        .map(({ help }) => help);
    expect(helps("{ managed: [PowerUserAccess] }")).toEqual([
      "replace `PowerUserAccess`, which only AWS can edit, with your own policy, or deny them in a `permissionsBoundary`",
    ]);
    expect(helps("{ managed: [PowerUserAccess], documents: [put-policies] }")).toEqual([
      "in `put-policies`, remove these actions or limit their resources, replace `PowerUserAccess`, which only AWS can edit, with your own policy, or deny them in a `permissionsBoundary`",
    ]);
  });

  test("are an administrator where they are given everything", () => {
    const everything = "allows every action on everything";
    const all = document(statement(["*"]));
    const managed = spoke("    permissions: { managed: [AdministratorAccess] }\n");
    expect(found(managed)).toEqual([
      `N1: \`worker\` in \`a000\` is administrator: \`AdministratorAccess\` ${everything}`,
    ]);
    expect(found(spoke("    permissions: { documents: [own] }\n"), { own: all })).toEqual([
      `N1: \`worker\` in \`a000\` is administrator: \`own\` ${everything}`,
    ]);
    expect(checkMap(`${HEAD}${managed}`).diagnostics[0]?.help).toBe(
      "give it a policy with what it needs, or set a `permissionsBoundary`",
    );
  });

  test.each([
    [
      "a statement denies something",
      [statement(["*"]), { ...statement(["s3:*"]), Effect: "Deny" }],
    ],
    ["an action is left out", [{ Effect: "Allow", NotAction: ["s3:*"], Resource: "*" }]],
    ["not all resources are meant", [statement(["*"], "arn:aws:iam::100000000000:*")]],
    [
      "a condition must hold",
      [{ ...statement(["*"]), Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }],
    ],
  ])("are no administrator where %s", (_, statements) => {
    const findings = found(spoke("    permissions: { documents: [own] }\n"), {
      own: document(...statements),
    });
    expect(findings.filter((finding) => finding.includes("administrator"))).toEqual([]);
  });

  test("are no administrator below a boundary", () => {
    const lines = "    permissionsBoundary: ceiling\n    permissions: { documents: [own] }\n";
    const own = document(statement(["*"]));
    const findings = found(spoke(lines), { own, ceiling: document(statement(["iam:*"])) });
    expect(findings.filter((finding) => finding.includes("is administrator"))).toEqual([]);
    expect(findings.filter((finding) => finding.includes("can raise"))).toHaveLength(1);
  });

  test("offer an acknowledgement that accepts them once it is pasted", () => {
    const map = `${HEAD}${spoke("    permissions: { documents: [put-policies] }\n")}`;
    const [finding] = checkMap(map, put).diagnostics.filter(({ rule }) => rule === "N1");
    expect(finding?.acceptance).toBe(
      "acknowledgements:\n  - rule: N1\n    at: spokes.worker.permissions\n    reason: why this is wanted",
    );
    const pasted = checkMap(`${map}${finding?.acceptance ?? ""}\n`, put).diagnostics;
    expect(pasted.filter(({ accepted }) => accepted === undefined)).toEqual([]);
    expect(pasted.map(({ rule, accepted }) => [rule, accepted?.reason])).toEqual([
      ["N1", "why this is wanted"],
    ]);
    expect(pasted[0]?.acceptance).toBeUndefined();
  });

  test("are judged in time for a thousand accounts", () => {
    const lines =
      "    permissions: { managed: [AdministratorAccess], documents: [put-policies] }\n";
    const map = `${HEAD}${spoke(lines, 900)}`;
    checkMap(map, put);
    const once = cpuMilliseconds(() => checkMap(`${HEAD}${spoke(lines, 90)}`, put));
    let found = 0;
    const tenfold = cpuMilliseconds(() => (found = checkMap(map, put).diagnostics.length));
    expect(found).toBeGreaterThan(0);
    // Ten times the accounts; 100 would be each account against each other.
    expect(tenfold / once).toBeLessThan(50);
  });
});

describe("hubs", () => {
  const hub = (lines: string): string =>
    `${accounts(1)}${HUB}${lines}spokes:\n  reader:\n    hubs: [people]\n    accounts: { keys: [a000] }\n    permissions: { managed: [SecurityAudit] }\n`;

  test("that gain permissions are an error of their own", () => {
    const permissions = `    permissions: { statements: [{ Effect: Allow, Action: "ssm:*", Resource: "*" }] }\n`;
    expect(found(hub(permissions))).toEqual([
      "NP-04: `people` in `a000` is a hub and can raise its own permissions in 2 ways: `ssm:SendCommand`; `ssm:StartSession`",
    ]);
  });

  test("with a managed policy that lets them assume every role are reported once", () => {
    const findings = found(hub("    permissions: { managed: [PowerUserAccess] }\n"));
    expect(findings.map((finding) => finding.slice(0, 5))).toEqual(["NP-03"]);
  });

  test("have no finding for what they may assume by the map", () => {
    expect(found(hub("    reach: organization\n"))).toEqual([]);
  });
});

describe("roles that only read", () => {
  const reading = (permissions: string, acknowledgement = ""): string =>
    `${spoke(`    access: read-only\n    permissions: ${permissions}\n`)}${acknowledgement}`;
  const ssm = `{ statements: [{ Effect: Allow, Action: "ssm:*", Resource: "*" }] }`;

  test("are refused once, unless that is accepted: then a way up is an error of its own", () => {
    expect(found(reading(ssm))).toEqual([
      "read-only: this statement allows more than reading: `ssm:*`",
    ]);
    const accepted = `acknowledgements:
  - { rule: read-only, at: spokes.worker.permissions, reason: sessions are needed }
`;
    expect(found(reading(ssm, accepted)).map((each) => each.slice(0, 9))).toEqual([
      "NP-04: `w",
      "read-only",
    ]);
  });

  test("may carry AWS's own policies for reading", () => {
    for (const name of [
      "job-function/ViewOnlyAccess",
      "SecurityAudit",
      "IAMReadOnlyAccess",
      "CloudWatchReadOnlyAccess",
    ]) {
      expect(found(reading(`{ managed: [${name}] }`))).toEqual([]);
    }
    const labelled = reading("{ managed: [ReadOnlyAccess] }\n    description: Reads data");
    expect(found(labelled)).toEqual([]);
  });

  test.each([
    ["ec2:*", false],
    ["ec2:Describe*", true],
    ["iot:List*", true],
    ["billing:GetResourcePolicy", true],
    ["redshift:GetClusterCredentials", false],
    ["redshift:Get*", false],
    ["kms:Decrypt", false],
    ["s3:GetObject", true],
    ["s3:GetObjekt", false],
    ["*", false],
  ])("may have %s: %s", (action, allowed) => {
    const statement = `{ statements: [{ Effect: Allow, Action: "${action}", Resource: "*" }] }`;
    const findings = found(reading(statement)).filter((each) => each.startsWith("read-only"));
    expect(findings).toEqual(
      allowed ? [] : [`read-only: this statement allows more than reading: \`${action}\``],
    );
  });

  test("may not have what cannot be told: policies whose text is not at hand, or of the customer", () => {
    const policies = "[AmazonVPCReadOnlyAccess, 'arn:aws:iam::{{account.id}}:policy/reading']";
    expect(found(reading(`{ managed: ${policies} }`))).toEqual([
      "read-only: whether `AmazonVPCReadOnlyAccess` only reads is unknown: its text is not available",
      "read-only: whether `reading` only reads is unknown: its text is not available",
    ]);
  });

  test("are refused on chains as well", () => {
    const map = `${accounts(2)}chains:
  report:
    start: { instanceProfile: { account: a000, role: instance } }
    steps:
      - roles:
          reader:
            account: a001
            access: read-only
            permissions: { statements: [{ Effect: Allow, Action: "ec2:*", Resource: "*" }] }
`;
    expect(found(map)).toEqual(["read-only: this statement allows more than reading: `ec2:*`"]);
  });
});

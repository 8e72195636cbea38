import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { assumedBoundaries } from "../../../../lib/access/proof/assumed-boundaries";
import { decideCall } from "../../../../lib/access/decide/decide-call";
import { planControlPolicies } from "../../../../lib/access/decide/effective-control-policies";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import type { Proof } from "../../../../lib/access/proof/prove-plan";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { readReviewedTree } from "../../../../lib/review/compare/read-reviewed-tree";
import { compareTrees } from "../../../../lib/review/compare-trees";
import { policy, statement } from "../../../support/rules/rule-messages";
import { checkMap } from "../../../support/project";
import type { CheckedProject } from "../../../../lib/check/check-project";

const HUB = "arn:aws:iam::111111111111:role/bots";
const SPOKE = "arn:aws:iam::222222222222:role/deployer";
const SAID = "{ existing: access/limits, document: ceiling }";
const UNSAID = "{ existing: access/limits }";
const CEILING = policy(statement("Allow", ["sts:AssumeRole", "s3:*"]));

type Checked = Required<Pick<CheckedProject, "map" | "plan">>;

/** A hub under a boundary that enters a spoke. */
function checked(boundary: string, ceiling: object = CEILING): Checked {
  const { map, plan, diagnostics } = checkMap(
    `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  bots:
    account: tools
    permissionsBoundary: ${boundary}
    principals: { bot: { user: { name: bot } } }
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`,
    boundary === UNSAID ? {} : { ceiling },
  );
  if (map === undefined || plan === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  }
  return { map, plan };
}

function stacksOf({ plan }: Checked) {
  return [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
}

function prove(project: Checked, stacks = stacksOf(project)): Proof {
  const accounts = accountDirectory(project.map.accounts.values());
  return provePlan({ plan: project.plan, accounts, stacks });
}

describe("a proof under a boundary that is made elsewhere", () => {
  test("is unknown without its text, and says how to say it", () => {
    const { verdict, problems, warnings, assumed } = prove(checked(UNSAID));
    expect(verdict).toBe("unknown");
    expect(problems.map(({ verdict: each, roleArn }) => [each, roleArn])).toEqual([
      ["unknown", SPOKE],
    ]);
    expect(problems[0]?.message).toContain(
      "the text of arn:aws:iam::111111111111:policy/access/limits is not at hand",
    );
    expect(warnings.map(({ diagnostic: { severity, help } }) => [severity, help])).toEqual([
      [
        "warning",
        "if it has the text of a document of `policies/`, say so in the map: `permissionsBoundary: { existing: ..., document: ... }`",
      ],
    ]);
    expect(assumed).toEqual([]);
  });

  test("takes the text that the map says, and says that it does", () => {
    expect(prove(checked(SAID))).toMatchObject({
      verdict: "proved",
      problems: [],
      diagnostics: [],
      assumed: [
        "the boundary arn:aws:iam::111111111111:policy/access/limits has the text of policies/ceiling.json",
      ],
    });
  });

  test("is refuted where a role carries another boundary, or none", () => {
    const project = checked(SAID);
    const limits = "arn:aws:iam::111111111111:policy/access/limits";
    const declared = `, declared is ${limits}`;
    const with_ = (to: string): string[] => {
      const stacks = stacksOf(project).map(({ stack, text }) => ({
        stack,
        text: text.replace(`"permissions_boundary": "${limits}"`, `"permissions_boundary": ${to}`),
      }));
      return prove(project, stacks)
        .problems.filter(({ verdict }) => verdict === "refuted")
        .map(({ roleArn, message }) => `${roleArn}: ${message}`);
    };
    expect(with_('"arn:aws:iam::111111111111:policy/limits"')).toEqual([
      `${HUB}: its permissions boundary is arn:aws:iam::111111111111:policy/limits${declared}`,
    ]);
    expect(with_("null")).toEqual([`${HUB}: its permissions boundary is none${declared}`]);
  });

  test("is refuted where the Terraform makes the policy, and otherwise than the map says", () => {
    const project = checked(SAID);
    const made = (document: object) =>
      stacksOf(project).map(({ stack, text }) => {
        if (stack !== "tools") return { stack, text };
        const parsed = JSON.parse(text) as { resource: Record<string, unknown> };
        parsed.resource.aws_iam_policy = {
          limits: { name: "limits", path: "/access/", policy: JSON.stringify(document) },
        };
        return { stack, text: JSON.stringify(parsed) };
      });
    expect(prove(project, made(CEILING)).verdict).toBe("proved");
    const wider = prove(project, made(policy(statement("Allow", "*"))));
    expect(wider.verdict).toBe("refuted");
    expect(wider.problems[0]?.message).toMatch(
      /^its permissions boundary permit what the map does not declare: /,
    );
  });
});

test("a policy is taken to have the text as a boundary only, not where it is attached", () => {
  const project = checked(SAID);
  const attached = stacksOf(project).map(({ stack, text }) => {
    if (stack !== "tools") return { stack, text };
    const parsed = JSON.parse(text) as { resource: Record<string, Record<string, object>> };
    parsed.resource.aws_iam_role_policy_attachment = {
      limits: {
        role: "bots",
        policy_arn: "arn:aws:iam::111111111111:policy/access/limits",
      },
    };
    return { stack, text: JSON.stringify(parsed) };
  });
  const { graph } = readAccessGraph(attached, project.plan.boundaryTexts);
  const { policies = [], boundary } = graph.roles.get(HUB) ?? {};
  expect(boundary?.document.known).toBe(true);
  expect(policies.find(({ kind }) => kind === "managed")?.document).toEqual({
    known: false,
    reason: "the text of arn:aws:iam::111111111111:policy/access/limits is not at hand",
  });
});

test.each([
  ["unknown", UNSAID],
  ["allowed", SAID],
])("a call under it is %s where the map says %s", (expected, boundary) => {
  const { map, plan } = checked(boundary);
  const { graph } = readAccessGraph(stacksOf({ map, plan }), plan.boundaryTexts);
  const world = {
    graph,
    accounts: accountDirectory(map.accounts.values()),
    controls: planControlPolicies(plan),
  };
  const { decision } = decideCall(world, {
    caller: { kind: "role-session", roleArn: HUB, sessionName: "me" },
    roleArn: SPOKE,
    time: "2026-01-01T00:00:00Z",
    keys: {},
  });
  expect(decision).toBe(expected);
});

describe("a review", () => {
  const tree = (project: Checked) => readReviewedTree(stacksOf(project), project.map, project.plan);
  const boundaries = (base: Checked, head: Checked) =>
    compareTrees({
      base: tree(base),
      head: tree(head),
      time: "2026-01-01T00:00:00Z",
    }).changes.flatMap((change) => (change.kind === "boundary" ? [change.change] : []));
  const wider = checked(SAID, policy(statement("Allow", ["sts:AssumeRole", "s3:*", "sqs:*"])));

  const narrower = checked(
    SAID,
    policy(statement("Allow", ["sts:AssumeRole", "s3:*"]), {
      ...statement("Deny", ["sts:AssumeRole"]),
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );

  test("reads the boundary of each side as the side's own map says it", () => {
    // What no policy allows, no boundary gives.
    expect(boundaries(checked(SAID), wider)).toEqual(["equivalent"]);
    expect(boundaries(narrower, checked(SAID))).toEqual(["widened"]);
    expect(boundaries(checked(SAID), narrower)).toEqual(["narrowed"]);
    expect(boundaries(wider, wider)).toEqual([]);
  });

  test("does not know what changes where one side says it alone", () => {
    expect(boundaries(checked(UNSAID), checked(SAID))).toEqual(["unknown"]);
    expect(boundaries(checked(UNSAID), checked(UNSAID))).toEqual([]);
  });

  test("knows that a boundary that is made elsewhere now still says the same", () => {
    expect(boundaries(checked("ceiling"), checked(SAID))).toEqual(["equivalent"]);
  });
});

test("what is assumed of many accounts is one sentence, with the first of them", () => {
  const { plan } = checked(SAID);
  const [text] = plan.boundaryTexts?.values() ?? [];
  if (text === undefined) throw new Error("there is no text");
  const texts = Array.from({ length: 14 }, (_, index) => {
    const key = `account-${String.fromCharCode(97 + index)}`;
    const arn = `arn:aws:iam::${String(222222222200 + index)}:policy/access/limits`;
    return [arn, { ...text, arn, account: { ...text.account, key } }] as const;
  });
  const other = { ...text, source: "other" };
  const boundaryTexts = new Map([...texts, [text.arn, other] as const]);
  expect(assumedBoundaries({ ...plan, boundaryTexts })).toEqual([
    "the boundary access/limits has the text of policies/ceiling.json, in each of 14 accounts: account-a, account-b, account-c, account-d, account-e, account-f, account-g, account-h, account-i, account-j, account-k, account-l and 2 more",
    "the boundary arn:aws:iam::111111111111:policy/access/limits has the text of policies/other.json",
  ]);
});

import type { ReviewOutcome, ReviewRule } from "../../../../lib/account-map/model/review-rule";
import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { evaluateGate } from "../../../../lib/review/gate/evaluate-gate";
import type { GateResult } from "../../../../lib/review/gate/gate-result";
import type { Review } from "../../../../lib/review/review";
import { called } from "../../../support/reviews/called";

const PROD = "arn:aws:iam::111111111111:role/access/deployer";
const TEST = "arn:aws:iam::222222222222:role/access/deployer";
const STRANGE = "arn:aws:iam::333333333333:role/access/deployer";

const BLOCK: ReviewOutcome = { kind: "block" };
const MERGE: ReviewOutcome = { kind: "merge" };

function approval(...teams: string[]): ReviewOutcome {
  return { kind: "approval", teams };
}

function rule(name: string, on: ReviewRule["on"], outcome: ReviewOutcome, places = {}): ReviewRule {
  return { name, on, except: [], outcome, at: ["review", "rules", name], ...places };
}

function edge(
  to: string,
  more: Partial<Extract<AccessChange, { kind: "edge" }>> = {},
): AccessChange {
  return called({
    kind: "edge",
    direction: "gained",
    from: "arn:aws:iam::444444444444:role/access/hub",
    to,
    action: "sts:AssumeRole",
    certain: true,
    foreign: false,
    ...more,
  });
}

function review(...changes: AccessChange[]): Review {
  return {
    version: 2,
    hasChanges: changes.length > 0,
    changes,
    accounts: {
      "111111111111": { id: "111111111111", key: "shop-prod", unit: "/Workloads/Prod", tags: {} },
      "222222222222": { id: "222222222222", key: "shop-test", unit: "/Workloads/Test", tags: {} },
      "333333333333": { id: "333333333333", tags: {} },
    },
    stacks: [],
  };
}

function judged(
  changes: readonly AccessChange[],
  rules: readonly ReviewRule[] = [],
  approvedBy: readonly string[] = [],
): GateResult {
  return evaluateGate({ review: review(...changes), rules, approvedBy });
}

function names({ outcome, rules }: GateResult): unknown {
  return { outcome, rules: rules.map(({ name }) => name) };
}

describe("a review without rules", () => {
  test("may be merged where nothing changes", () => {
    expect(judged([])).toEqual({ outcome: "merge", rules: [], missing: [] });
  });

  test.each<[string, AccessChange, string, string]>([
    ["somebody is let in", edge(PROD), "approval", "widened"],
    ["somebody is no longer let in", edge(PROD, { direction: "lost" }), "merge", "narrowed"],
    [
      "a trust policy is written otherwise and lets in the same",
      { kind: "trust", role: PROD, change: "equivalent" },
      "merge",
      "",
    ],
    [
      "a trust policy lets in others than before",
      { kind: "trust", role: PROD, change: "changed" },
      "approval",
      "widened",
    ],
    ["something is unknown", { kind: "unknown", subject: PROD, reason: "x" }, "block", "unknown"],
    [
      "a trust policy could not be compared",
      { kind: "trust", role: PROD, change: "unknown", reason: "x" },
      "block",
      "unknown",
    ],
    [
      "an assertion would break",
      { kind: "assertion", assertion: "never", message: "x" },
      "block",
      "broken-assertion",
    ],
    [
      "the pipeline locks itself out",
      { kind: "pipeline", role: PROD, message: "x" },
      "block",
      "pipeline-locked-out",
    ],
    [
      "a gate rule goes",
      { kind: "safeguard", what: "gate-rule", direction: "lost", name: "x" },
      "approval",
      "safeguard-changed",
    ],
    [
      "sessions get longer",
      { kind: "session", role: PROD, before: 3600, after: 7200 },
      "approval",
      "widened",
    ],
    [
      "sessions get shorter",
      { kind: "session", role: PROD, before: 7200, after: 3600 },
      "merge",
      "narrowed",
    ],
    [
      "a boundary goes",
      { kind: "boundary", identity: PROD, before: "b", change: "widened" },
      "approval",
      "widened",
    ],
    [
      "a boundary goes that takes nothing from today's policies",
      { kind: "boundary", identity: PROD, before: "b", change: "equivalent" },
      "approval",
      "safeguard-changed",
    ],
    [
      "another boundary comes that takes as much",
      { kind: "boundary", identity: PROD, before: "b", after: "c", change: "equivalent" },
      "approval",
      "safeguard-changed",
    ],
    [
      "a boundary comes that takes nothing",
      { kind: "boundary", identity: PROD, after: "b", change: "equivalent" },
      "merge",
      "",
    ],
    [
      "a role goes",
      { kind: "existence", what: "role", direction: "lost", arn: PROD },
      "merge",
      "destroyed-role",
    ],
  ])("where %s", (_, change, outcome, trigger) => {
    const { outcome: found, rules } = judged([change]);
    expect(found).toBe(outcome);
    expect(rules.map(({ name }) => name).at(0)).toBe(
      trigger === "" ? undefined : `default: ${trigger}`,
    );
  });

  test("blocks where a replaced role is trusted by its ARN, whatever a rule says", () => {
    const replaced: AccessChange = {
      kind: "replacement",
      before: PROD,
      after: PROD,
      trustedByArn: [TEST],
      interrupted: [],
    };
    const lenient = rule("lenient", ["replaced-role"], MERGE);
    expect(names(judged([replaced], [lenient]))).toEqual({
      outcome: "block",
      rules: ["default: replaced-role that others trust by its ARN"],
    });
    expect(judged([{ ...replaced, trustedByArn: [] }], [lenient]).outcome).toBe("merge");
  });
});

describe("an account that is dropped", () => {
  const dropped: AccessChange = {
    kind: "existence",
    what: "account",
    direction: "lost",
    arn: "111111111111",
  };
  const lenient = rule("lenient", ["destroyed-role", "narrowed"], MERGE);

  test("may go where nothing stands in it", () => {
    expect(judged([dropped], [lenient])).toEqual({ outcome: "merge", rules: [], missing: [] });
  });

  test("blocks where its roles stand, whatever a rule says", () => {
    expect(names(judged([{ ...dropped, abandonedRoles: 2 }], [lenient]))).toEqual({
      outcome: "block",
      rules: ["default: account removed while its roles exist"],
    });
  });
});

describe("rules of the map", () => {
  const inProd = { in: [{ kind: "unit", pattern: "/Workloads/Prod" }] as const };

  test("say their names, and only where they apply", () => {
    const rules = [rule("production", ["widened"], BLOCK, inProd)];
    expect(names(judged([edge(PROD)], rules))).toEqual({ outcome: "block", rules: ["production"] });
    expect(names(judged([edge(TEST)], rules))).toEqual({
      outcome: "approval",
      rules: ["default: widened"],
    });
  });

  test("an account of the exceptions is left out, by unit and by key", () => {
    for (const place of [
      { kind: "unit", pattern: "/Workloads/*" } as const,
      { kind: "account", key: "shop-prod" } as const,
    ]) {
      const rules = [rule("everywhere", ["widened"], BLOCK, { except: [place] })];
      expect(judged([edge(PROD)], rules).outcome).toBe("approval");
    }
  });

  test("of several that fit, the strictest decides", () => {
    const rules = [
      rule("a-merge", ["widened"], MERGE),
      rule("b-approval", ["widened"], approval("security")),
      rule("c-approval", ["widened"], approval("platform")),
    ];
    expect(judged([edge(PROD)], rules)).toMatchObject({
      outcome: "approval",
      rules: [{ name: "b-approval" }, { name: "c-approval" }],
      missing: ["platform", "security"],
    });
    expect(names(judged([edge(PROD)], [...rules, rule("d", ["widened"], BLOCK)]))).toEqual({
      outcome: "block",
      rules: ["d"],
    });
  });

  test("a rule on one thing that a change is does not answer for another", () => {
    const rules = [rule("sandbox", ["widened"], MERGE)];
    expect(names(judged([edge(PROD, { foreign: true })], rules))).toEqual({
      outcome: "approval",
      rules: ["default: foreign-principal", "sandbox"],
    });
  });

  test("a change in an account that nobody knows is judged by strict rules, and not by mild ones", () => {
    const mild = rule("mild", ["widened"], MERGE, { in: [{ kind: "account", key: "sandbox" }] });
    const strict = rule("strict", ["widened"], BLOCK, { in: [{ kind: "account", key: "prod" }] });
    expect(names(judged([edge(STRANGE)], [mild]))).toEqual({
      outcome: "approval",
      rules: ["default: widened"],
    });
    expect(names(judged([edge(STRANGE)], [mild, strict]))).toEqual({
      outcome: "block",
      rules: ["strict"],
    });
    const excepted = rule("excepted", ["unknown"], approval("a"), {
      except: [{ kind: "unit", pattern: "/Workloads/Prod" }],
    });
    const unknown: AccessChange = { kind: "unknown", subject: STRANGE, reason: "x" };
    expect(judged([unknown], [excepted]).outcome).toBe("block");
  });
});

describe("approvals", () => {
  const rules = [rule("widening", ["widened"], approval("platform", "security"))];

  test("all teams must approve", () => {
    expect(judged([edge(PROD)], rules, ["security"])).toMatchObject({
      outcome: "approval",
      missing: ["platform"],
    });
    expect(judged([edge(PROD)], rules, ["security", "platform"])).toMatchObject({
      outcome: "merge",
      missing: [],
    });
  });

  test("anybody's approval is enough where no team is named", () => {
    expect(judged([edge(PROD)]).outcome).toBe("approval");
    expect(judged([edge(PROD)], [], ["anybody"]).outcome).toBe("merge");
  });

  test("nobody approves what is blocked", () => {
    const blocked = [rule("closed", ["widened"], BLOCK)];
    expect(judged([edge(PROD)], blocked, ["security", "platform"]).outcome).toBe("block");
  });
});

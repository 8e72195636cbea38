import { readYaml } from "../../../../lib/source/yaml/yaml-source";
import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import type { ResolvedAccess } from "../../../../lib/plan/resolved-access";
import { reviewFindings } from "../../../../lib/review/report/review-findings";
import { REVIEW_FINDINGS } from "../../../../lib/diagnostics/findings/review-findings";
import { sarifLog } from "../../../../lib/diagnostics/sarif";
import { githubAnnotations } from "../../../../lib/diagnostics/github";
import {
  DATA,
  HOSTILE_NAMES,
  reviewOf,
  role,
  SHARED,
  SHOP,
} from "../../../support/reviews/sample-reviews";

const { source } = readYaml("accounts.yaml", "spokes:\n  deployer: {}\n  sandbox: {}\n");

const session = (accountId: string): AccessChange => ({
  kind: "session",
  role: role(accountId, "deployer"),
  before: 3600,
  after: 7200,
});

/** As much of a plan as tells where roles come from. */
function planOf(places: Readonly<Record<string, string>>): ResolvedAccess {
  const roles = Object.entries(places).map(([arn, spoke]) => ({ arn, at: ["spokes", spoke] }));
  return { accounts: [{ roles }] } as unknown as ResolvedAccess;
}

test("a group of accounts is one finding at the entry of the map that makes its roles", () => {
  const plan = planOf({
    [role(SHOP, "deployer")]: "deployer",
    [role(SHARED, "deployer")]: "deployer",
    [role(DATA, "deployer")]: "sandbox",
  });
  const review = reviewOf([session(SHOP), session(SHARED), session(DATA)]);
  expect(
    reviewFindings(review, undefined, source, plan).map(({ span, message, rule, severity }) => [
      span?.start.line,
      severity,
      rule,
      message,
    ]),
  ).toEqual([
    [
      2,
      "warning",
      "review-widened",
      "sessions of `deployer` in 2 accounts (`shared` and `shop-prod`) can last longer: `1h` -> `2h`",
    ],
    [
      3,
      "warning",
      "review-widened",
      "sessions of `deployer` in `data-test` can last longer: `1h` -> `2h`",
    ],
  ]);
});

test("without a map a finding is about the whole file", () => {
  expect(reviewFindings(reviewOf([session(SHOP)]))).toEqual([
    {
      severity: "warning",
      rule: "review-widened",
      file: "accounts.yaml",
      message: "sessions of `deployer` in `shop-prod` can last longer: `1h` -> `2h`",
    },
  ]);
});

test("rules of the gate that ask or block are findings, others are not", () => {
  const changes = [session(SHOP)];
  const rule = (outcome: "merge" | "approval" | "block"): object => ({
    name: outcome,
    outcome,
    teams: [],
    changes,
  });
  const gate = {
    outcome: "block",
    missing: [],
    rules: [rule("block"), rule("approval"), rule("merge")],
  } as unknown as Parameters<typeof reviewFindings>[1];
  expect(
    reviewFindings(reviewOf([]), gate).map(({ severity, rule: id, message }) => [
      severity,
      id,
      message,
    ]),
  ).toEqual([
    ["error", "review-gate", "rule `block`: blocked, 1 change"],
    ["warning", "review-gate", "rule `approval`: needs approval, 1 change"],
  ]);
});

const KINDS_OF_FINDINGS: readonly (readonly [AccessChange, string, string])[] = [
  [
    {
      kind: "replacement",
      before: role(SHOP, "a"),
      after: role(SHOP, "a"),
      trustedByArn: [role(DATA, "b")],
      interrupted: [],
    },
    "error",
    "review-replaced-role",
  ],
  [
    {
      kind: "replacement",
      before: role(SHOP, "a"),
      after: role(SHOP, "a"),
      trustedByArn: [],
      interrupted: [],
    },
    "info",
    "review-replaced-role",
  ],
  [
    {
      kind: "escalation",
      direction: "gained",
      role: role(SHOP, "a"),
      ways: [{ actions: ["x"], sources: [] }],
    },
    "warning",
    "review-new-escalation",
  ],
  [{ kind: "assertion", assertion: "a", message: "m" }, "error", "review-broken-assertion"],
  [
    { kind: "pipeline", role: role(SHOP, "a"), message: "m" },
    "error",
    "review-pipeline-locked-out",
  ],
  [{ kind: "unknown", subject: "a", reason: "m" }, "error", "review-unknown"],
  [{ kind: "trust", role: role(SHOP, "a"), change: "unknown" }, "error", "review-unknown"],
  [{ kind: "trust", role: role(SHOP, "a"), change: "narrowed" }, "info", "review-narrowed"],
  [{ kind: "trust", role: role(SHOP, "a"), change: "changed" }, "warning", "review-changed"],
  [{ kind: "trust", role: role(SHOP, "a"), change: "equivalent" }, "info", "review-notice"],
  [
    { kind: "safeguard", what: "assertion", direction: "lost", name: "a" },
    "warning",
    "review-safeguard-changed",
  ],
  [
    {
      kind: "boundary",
      identity: role(SHOP, "a"),
      before: "arn:aws:iam::111111111111:policy/limit",
      after: "arn:aws:iam::111111111111:policy/other-limit",
      change: "equivalent",
    },
    "warning",
    "review-safeguard-changed",
  ],
  [
    {
      kind: "terraform",
      stack: "shop-prod",
      address: "provider.aws",
      direction: "edited",
      attributes: ["region"],
      concerns: "deployment",
    },
    "warning",
    "review-safeguard-changed",
  ],
  [
    { kind: "quota", subject: role(SHOP, "a"), rule: "ID-19", used: 1, limit: 2, unit: "u" },
    "info",
    "review-quota",
  ],
];

test.each(KINDS_OF_FINDINGS)("%j is %s %s", (change, severity, rule) => {
  const [finding] = reviewFindings(reviewOf([change]));
  expect([finding?.severity, finding?.rule]).toEqual([severity, rule]);
});

test("every rule is described for SARIF, and none that is not used", () => {
  const used = new Set([
    ...KINDS_OF_FINDINGS.map(([, , rule]) => rule),
    "review-widened",
    "review-gate",
  ]);
  expect(new Set(REVIEW_FINDINGS.map(({ id }) => id))).toEqual(used);
});

test.each(HOSTILE_NAMES)("a name breaks neither SARIF nor an annotation: %j", (name) => {
  const findings = reviewFindings(
    reviewOf([{ kind: "assertion", assertion: name, message: name }]),
  );
  const log = JSON.parse(sarifLog(findings, { version: "1.0.0", rules: REVIEW_FINDINGS })) as {
    runs: { results: { message: { text: string } }[] }[];
  };
  expect(log.runs[0]?.results[0]?.message.text).toContain(`\`${name}\``);
  expect(githubAnnotations(findings).trimEnd().split("\n")).toHaveLength(1);
});

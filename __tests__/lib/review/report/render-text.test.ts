import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { renderText } from "../../../../lib/review/report/render-text";
import {
  HOSTILE_NAMES,
  pipelineGainsDeployers,
  reviewOf,
  role,
  SHOP,
} from "../../../support/reviews/sample-reviews";

const plain = { color: false, width: 80 };

test("prints the verdict and the changes by kind within the width", () => {
  expect(renderText(pipelineGainsDeployers(12), undefined, plain)).toBe(`widens access

Paths to roles
  + \`ci-runner\` in \`shared\` can now reach \`deployer\` in 12 accounts of
    \`/Workloads/Prod\` (\`team-001\`, \`team-002\`, \`team-003\`, \`team-004\`,
    \`team-005\` and 7 more) through \`automation\` in \`shared\`; before: none

Trust relationships
  + \`ci-runner\` in \`shared\` can now assume \`automation\` in \`shared\`
`);
});

test("prints the gate", () => {
  const change: AccessChange = { kind: "unknown", subject: "shop", reason: "no JSON" };
  const gate = {
    outcome: "block" as const,
    missing: [],
    rules: [{ name: "default: unknown", outcome: "block" as const, teams: [], changes: [change] }],
  };
  expect(renderText(reviewOf([change]), gate, plain)).toBe(`unknown

Could not be compared
  ? \`shop\` could not be compared: \`no JSON\`

gate: blocked
  - rule \`default: unknown\`: blocked, 1 change
`);
});

test("says that nothing differs", () => {
  expect(renderText(reviewOf([]), undefined, plain)).toBe("no access change\nnothing differs\n");
});

test("colours change nothing but colours", () => {
  const review = pipelineGainsDeployers(3);
  const colored = renderText(review, undefined, { color: true, width: 80 });
  // eslint-disable-next-line no-control-regex -- colours of a terminal
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(renderText(review, undefined, plain));
  expect(colored).not.toBe(renderText(review, undefined, plain));
});

test.each(HOSTILE_NAMES)("a name cannot move the cursor or change colours: %j", (name) => {
  const text = renderText(
    reviewOf([{ kind: "unknown", subject: `arn:aws:iam::${SHOP}:role/${name}`, reason: name }]),
    undefined,
    { color: false },
  );
  // eslint-disable-next-line no-control-regex -- what must not be there
  expect(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/.exec(text)).toBe(null);
});

test("a line is 100 columns where nothing else is said", () => {
  const review = reviewOf([
    { kind: "session", role: role(SHOP, "x".repeat(30)), before: 3600, after: 7200 },
    { kind: "assertion", assertion: "a b ".repeat(50), message: "m" },
  ]);
  const widths = renderText(review, undefined, { color: false })
    .split("\n")
    .map(({ length }) => length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  expect(Math.max(...widths)).toBeGreaterThan(90);
});

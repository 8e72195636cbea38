import * as fc from "fast-check";
import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import type { GateResult } from "../../../../lib/review/gate/gate-result";
import { codeSpan } from "../../../../lib/review/report/markdown/markdown-text";
import {
  LEAST_LIMIT,
  MARKER,
  renderMarkdown,
} from "../../../../lib/review/report/markdown/render-markdown";
import { arbitraryReview } from "../../../support/arbitrary/arbitrary-review";
import {
  HOSTILE_NAMES,
  manyAccounts,
  pipelineGainsDeployers,
  reviewOf,
  role,
  SHARED,
  SHOP,
} from "../../../support/reviews/sample-reviews";
import { called } from "../../../support/reviews/called";
import { outsideOfCode } from "../../../support/reviews/outside-of-code";

const deployer = role(SHOP, "deployer");

function balanced(markdown: string): boolean {
  const opened = outsideOfCode(markdown).match(/<details>/g)?.length ?? 0;
  const closed = outsideOfCode(markdown).match(/<\/details>/g)?.length ?? 0;
  const fences = markdown.split("\n").filter((line) => line.startsWith("```")).length;
  return opened === closed && fences % 2 === 0;
}

test("shows the verdict, a table, the most important changes, a picture, and folds the rest", () => {
  expect(renderMarkdown(pipelineGainsDeployers(12))).toBe(`<!-- trustwheel-review -->

### Access review: widens access

| what | gained | lost | other |
| --- | ---: | ---: | ---: |
| Paths to roles | 12 |  |  |
| Trust relationships | 1 |  |  |

- \`ci-runner\` in \`shared\` can now reach \`deployer\` in 12 accounts of \`/Workloads/Prod\` (\`team-001\`, \`team-002\`, \`team-003\`, \`team-004\`, \`team-005\` and 7 more) through \`automation\` in \`shared\`; before: none
- \`ci-runner\` in \`shared\` can now assume \`automation\` in \`shared\`

\`\`\`mermaid
flowchart LR
  n0["ci-runner<br/>shared"]
  n1["automation<br/>shared"]
  n2["deployer × 12<br/>team-001 and others"]
  n0 ==>|gained| n1
  n1 --> n2
  linkStyle 0 stroke:#1a7f37,stroke-width:3px
\`\`\`

<details><summary>Paths to roles: 12 changes</summary>

- \`ci-runner\` in \`shared\` can now reach \`deployer\` in 12 accounts of \`/Workloads/Prod\` (\`team-001\`, \`team-002\`, \`team-003\`, \`team-004\`, \`team-005\` and 7 more) through \`automation\` in \`shared\`; before: none
  <details><summary>all 12 accounts</summary>

  \`team-001\` \`team-002\` \`team-003\` \`team-004\` \`team-005\` \`team-006\` \`team-007\` \`team-008\` \`team-009\` \`team-010\` \`team-011\` \`team-012\`

  </details>

</details>

<details><summary>Trust relationships: 1 change</summary>

- \`ci-runner\` in \`shared\` can now assume \`automation\` in \`shared\`

</details>
`);
});

test("an empty review says that nothing differs", () => {
  expect(renderMarkdown(reviewOf([]))).toBe(
    `${MARKER}\n\n### Access review: no access change\n\nNothing differs.\n`,
  );
});

test("a change of text alone says so", () => {
  const review = reviewOf([], [], [{ stack: "shop-prod", status: "changed" }]);
  expect(renderMarkdown(review)).toContain(
    "1 stack differs in text: `shop-prod`. Nobody gains or loses access.",
  );
});

test.each<[string, AccessChange[]]>([
  ["widens access", [{ kind: "trust", role: deployer, change: "changed" }]],
  ["narrows access", [{ kind: "trust", role: deployer, change: "narrowed" }]],
  ["no access change", [{ kind: "trust", role: deployer, change: "equivalent" }]],
  ["unknown", [{ kind: "unknown", subject: "shop", reason: "r" }]],
  [
    "widens access, and part of it is unknown",
    [
      { kind: "unknown", subject: "shop", reason: "r" },
      { kind: "trust", role: deployer, change: "widened" },
    ],
  ],
])("the title says: %s", (title, changes) => {
  expect(renderMarkdown(reviewOf(changes)).split("\n")[2]).toBe(`### Access review: ${title}`);
});

test("the gate says which rule does what, and who is missing", () => {
  const change: AccessChange = { kind: "trust", role: deployer, change: "widened" };
  const gate: GateResult = {
    outcome: "approval",
    missing: ["security"],
    rules: [
      {
        name: "prod",
        outcome: "approval",
        teams: ["security", "platform"],
        reason: "production",
        changes: [change],
      },
    ],
  };
  expect(renderMarkdown(reviewOf([change]), gate)).toContain(
    "\n\n**Gate:** needs approval by `security`.\n\n- rule `prod`: needs approval by `security` and `platform`, 1 change; `production`\n\n",
  );
});

test("a lost way is dashed", () => {
  const edge: AccessChange = called({
    kind: "edge",
    direction: "lost",
    from: "*",
    to: deployer,
    action: "sts:AssumeRole",
    certain: true,
    foreign: true,
  });
  expect(renderMarkdown(reviewOf([edge]))).toContain(
    'n0["anyone"]\n  n1["deployer<br/>shop-prod"]\n  n0 -.->|lost| n1\n  linkStyle 0 stroke:#cf222e',
  );
});

test("a large picture has its most important part and says how much is missing", () => {
  const changes = manyAccounts(60).map(({ id }, index): AccessChange =>
    called({
      kind: "edge",
      direction: "gained",
      from: role(SHARED, `caller-${index}`),
      to: role(id, `role-${index}`),
      action: "sts:AssumeRole",
      certain: true,
      foreign: false,
    }),
  );
  const text = renderMarkdown(reviewOf(changes, manyAccounts(60)));
  expect(text.match(/^ {2}n\d+\[/gm)).toHaveLength(40);
  expect(text).toContain(
    "The picture shows the most important part; 40 more changes are not in it.",
  );
});

describe("a review that does not fit", () => {
  const changes = manyAccounts(1500).map(({ id }, index): AccessChange => ({
    kind: "session",
    role: role(id, `role-${index}`),
    before: 3600,
    after: 7200,
  }));
  const text = renderMarkdown(reviewOf(changes, manyAccounts(1500)), undefined, {
    reportName: "review.html",
  });

  test("says how many changes are in the report file", () => {
    const shown = text.split("<details>")[1]?.match(/^- /gm)?.length ?? 0;
    expect(/^\*\*.*not shown.*$/m.exec(text)?.[0]).toBe(
      `**${1500 - shown} changes are not shown here because comments have a size limit: see \`review.html\`.**`,
    );
    expect(shown).toBeGreaterThan(500);
    expect(text.length).toBeLessThanOrEqual(65_000);
  });

  test("keeps its summary", () => {
    expect(text.slice(0, 300)).toContain("| Sessions | 1500 |  |  |");
  });
});

test("is never longer than its limit, keeps its summary, and closes what it opens", () => {
  fc.assert(
    fc.property(
      arbitraryReview(150),
      fc.integer({ min: LEAST_LIMIT, max: 20_000 }),
      fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 800 }), { maxLength: 12 }),
      (review, limit, names) => {
        const gate: GateResult = {
          outcome: "approval",
          missing: names,
          rules: names.map((name) => ({
            name,
            outcome: "approval",
            teams: names,
            reason: name,
            changes: [],
          })),
        };
        const text = renderMarkdown(review, gate, { limit });
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(text.startsWith(`${MARKER}\n\n### Access review: `)).toBe(true);
        expect(text.includes("| what | gained | lost | other |")).toBe(review.changes.length > 0);
        expect(text).toMatch(/\n\n\*\*Gate:\*\* needs approval/);
        expect(balanced(text)).toBe(true);
      },
    ),
    { numRuns: 15 },
  );
});

test("outside of code there is nothing but our own words", () => {
  fc.assert(
    fc.property(arbitraryReview(40), (review) => {
      const text = outsideOfCode(renderMarkdown(review)).replace(MARKER, "");
      const ours = text.replace(/<\/?(?:details|summary)>/g, "");
      expect(
        /[@[\]#\\"{}!]|https?:|www\.|javascript|alert|<|`/.exec(ours.replace("### ", "")),
      ).toBe(null);
    }),
    { numRuns: 25 },
  );
});

test.each(HOSTILE_NAMES)("a code span has no way out: %j", (name) => {
  const text = codeSpan(name);
  expect(outsideOfCode(`a ${text} b`)).toBe("a CODE b");
  expect(text).not.toContain("\n");
});

test.each(HOSTILE_NAMES)("a label of the picture has no way out: %j", (name) => {
  const edge: AccessChange = called({
    kind: "edge",
    direction: "gained",
    from: `arn:aws:iam::${SHARED}:role/${name}`,
    to: deployer,
    action: "sts:AssumeRole",
    certain: true,
    foreign: false,
  });
  const [, picture = ""] = renderMarkdown(reviewOf([edge])).split("```mermaid\n");
  const [node = ""] = /^ {2}n0\[.*$/m.exec(picture) ?? [];
  expect(node).toMatch(/^ {2}n0\["(?:[A-Za-z0-9 .-]|#\d+;|<br\/>)*"\]$/);
});

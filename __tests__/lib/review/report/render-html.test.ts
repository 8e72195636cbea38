import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { clientScript } from "../../../../cli/report/client-script";
import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import { groupChanges } from "../../../../lib/review/report/change-group";
import { CONTENT_HASHES } from "../../../../lib/review/report/html/content-hashes";
import {
  changedPart,
  drawGraph,
  MOST_NODES,
} from "../../../../lib/review/report/html/graph-layout";
import { graphModel } from "../../../../lib/review/report/html/graph-model";
import { renderHtml } from "../../../../lib/review/report/html/render-html";
import { REPORT_STYLE } from "../../../../lib/review/report/html/report-style";
import { graphOf, hubAndSpokes } from "../../../support/reviews/sample-graphs";
import {
  accountId,
  HOSTILE_NAMES,
  manyAccounts,
  pipelineGainsDeployers,
  reviewOf,
  role,
  SHARED,
} from "../../../support/reviews/sample-reviews";
import { githubCaller } from "../../../../lib/access/callers/github-caller";
import { called } from "../../../support/reviews/called";

const CLIENT_SCRIPT = clientScript();

function sample(number: number): ReturnType<typeof graphOf> {
  return graphOf(
    hubAndSpokes(
      SHARED,
      manyAccounts(number).map(({ id }) => id),
    ),
  );
}

const EMPTY = graphOf([]);

test("a repository is whole on its node, and each has a node of its own", () => {
  const provider = `arn:aws:iam::${SHARED}:oidc-provider/token.actions.githubusercontent.com`;
  const repositories = ["an-owner-with-a-long-name/and-a-repository-with-a-longer-name", "o/r"];
  const changes = repositories.map((repository) =>
    called({
      kind: "edge",
      direction: "gained",
      from: provider,
      caller: githubCaller(provider, "token.actions.githubusercontent.com", {
        equals: `repo:${repository}:environment:production`,
      }),
      to: role(SHARED, "hub"),
      action: "sts:AssumeRoleWithWebIdentity",
      certain: true,
      foreign: false,
    }),
  );
  const page = renderHtml(reviewOf(changes), EMPTY, EMPTY, CLIENT_SCRIPT);
  const nodes = page.split('role="button"').slice(1);
  const labels = nodes.map((node) =>
    [...(node.split("</g>")[0] ?? "").matchAll(/class="(?:name|place)"[^>]*>([^<]*)</g)].map(
      ([, text = ""]) => text,
    ),
  );
  expect(labels).toContainEqual([
    // Behind what divides names, and nothing is left out.
    "an-owner-with-a-long-name/and-",
    "a-repository-with-a-longer-",
    "name",
    "GitHub, environment production",
  ]);
  expect(labels).toContainEqual(["o/r", "GitHub, environment production"]);
});

describe("the graph", () => {
  const review = pipelineGainsDeployers(12);
  const graph = sample(12);
  const model = graphModel(review, groupChanges(review), graph, graph);

  test("has the same role of many accounts once", () => {
    expect(
      model.nodes.map(({ name, accounts, state }) => `${name} ${accounts.length} ${state}`),
    ).toEqual([
      "automation 1 changed",
      "deployer 12 changed",
      "ci-runner 1 same",
      "reader 12 same",
      "start 1 same",
    ]);
  });

  test("has an arrow for each group, with the number that it stands for", () => {
    expect(
      model.arrows.map(({ from, to, state, count }) => `${from.name} ${to.name} ${state} ${count}`),
    ).toEqual([
      "ci-runner automation gained 1",
      "automation deployer same 12",
      "automation reader same 12",
      "start ci-runner same 1",
    ]);
  });

  test("shows first what changed and its neighbours", () => {
    const { nodes } = changedPart(model);
    expect(nodes.map(({ name }) => name)).toEqual([
      "automation",
      "deployer",
      "ci-runner",
      "reader",
      "start",
    ]);
  });

  test("leaves out what has nothing to do with the change", () => {
    const other = graphOf([
      ...hubAndSpokes(SHARED, []),
      { accountId: accountId(1), name: "x", callers: [role(accountId(2), "y")] },
    ]);
    const { nodes } = changedPart(graphModel(review, groupChanges(review), other, other));
    expect(nodes.map(({ name }) => name)).not.toContain("x");
  });

  test("tells roles that only one side has", () => {
    const one = graphModel(reviewOf([]), [], graphOf(hubAndSpokes(SHARED, [])), EMPTY);
    const other = graphModel(reviewOf([]), [], EMPTY, graphOf(hubAndSpokes(SHARED, [])));
    expect(one.nodes.map(({ state }) => state)).toEqual(["gained", "gained", "same"]);
    expect(other.nodes.map(({ state }) => state)).toEqual(["lost", "lost"]);
  });

  test("nodes do not overlap", () => {
    const { nodes } = drawGraph(model);
    for (const a of nodes) {
      for (const b of nodes) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= a.height;
        expect(a === b || apart).toBe(true);
      }
    }
  });

  test("draws so many nodes and says how many it left out", () => {
    const roles = manyAccounts(400).map(({ id }, index) => ({
      accountId: id,
      name: `role-${index}`,
      callers: [role(SHARED, "hub")],
    }));
    const { nodes, leftOut } = drawGraph(graphModel(reviewOf([]), [], graphOf(roles), EMPTY));
    expect([nodes.length, leftOut]).toEqual([MOST_NODES, 401 - MOST_NODES]);
  });
});

describe("the page", () => {
  const page = renderHtml(pipelineGainsDeployers(12), sample(12), sample(12), CLIENT_SCRIPT);

  test("is the same for the same review", () => {
    expect(renderHtml(pipelineGainsDeployers(12), sample(12), sample(12), CLIENT_SCRIPT)).toBe(
      page,
    );
  });

  test("names nothing that a browser would fetch", () => {
    expect(page.match(/(?:src|href|action|srcset)=|url\((?!#)|@import|<link|<img|<iframe/g)).toBe(
      null,
    );
  });

  test("lets a browser run its own script and style, and nothing else", () => {
    const hash = (text: string): string =>
      `sha256-${createHash("sha256").update(text).digest("base64")}`;
    expect(CONTENT_HASHES).toEqual({ script: hash(CLIENT_SCRIPT), style: hash(REPORT_STYLE) });
    expect(page).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
    expect(page).not.toContain(" style=");
    expect(page).toContain(`<script>${CLIENT_SCRIPT}</script>`);
  });

  test("has a script that parses, and that writes no markup", () => {
    expect(() => new Script(CLIENT_SCRIPT)).not.toThrow();
    expect(
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch|import/.exec(CLIENT_SCRIPT),
    ).toBe(null);
    expect(CLIENT_SCRIPT + REPORT_STYLE).not.toContain("</");
  });

  test("stays small for 1,000 accounts", () => {
    const large = renderHtml(
      pipelineGainsDeployers(1000),
      sample(1000),
      sample(1000),
      CLIENT_SCRIPT,
    );
    expect(large.length).toBeLessThan(200_000);
    expect(large).toContain("× 1000 accounts");
  });

  test("is bounded when every account differs, and says what is not shown", () => {
    const accounts = manyAccounts(3000);
    const changes = accounts.map(({ id }, index): AccessChange => ({
      kind: "assertion",
      assertion: `${id} ${"x".repeat(3000)}`,
      message: `m${index}`,
    }));
    const large = renderHtml(reviewOf(changes, accounts), EMPTY, EMPTY, CLIENT_SCRIPT);
    expect(large.length).toBeLessThan(10_000_000);
    expect(large).toMatch(/<caption>\d+ more rows are not shown here\.<\/caption>/);
  });

  test("says that nothing differs", () => {
    const page = renderHtml(reviewOf([]), EMPTY, EMPTY, CLIENT_SCRIPT);
    expect(page).toContain('<span class="verdict none">no access change</span>');
    expect(page).toContain("Nothing differs.");
    expect(page).toContain("There are no roles.");
  });

  test.each(HOSTILE_NAMES)("a name stays text: %j", (name) => {
    const hostile = renderHtml(
      reviewOf([
        { kind: "assertion", assertion: name, message: name },
        called({
          kind: "edge",
          direction: "gained",
          from: `arn:aws:iam::${SHARED}:role/${name}`,
          to: role(SHARED, name),
          action: name,
          certain: true,
          foreign: false,
        }),
      ]),
      EMPTY,
      EMPTY,
      CLIENT_SCRIPT,
    );
    const tags = (html: string): Set<string> =>
      new Set([...html.matchAll(/<(\/?[a-zA-Z!][a-zA-Z0-9]*)/g)].map(([, tag = ""]) => tag));
    expect([...tags(hostile)].filter((tag) => /img|iframe|base|form|object|^a$/.test(tag))).toEqual(
      [],
    );
    expect(hostile.match(/<script/g)).toHaveLength(1);
    expect(hostile).not.toContain("\u202E");
  });
});

import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { AccessGraph } from "../../../access/access-graph";
import type { GateResult } from "../../gate/gate-result";
import type { Review } from "../../review";
import { groupChanges } from "../change-group";
import { verdictOf } from "../change-tone";
import { CONTENT_HASHES } from "./content-hashes";
import { changedPart, drawGraph } from "./graph-layout";
import { graphModel } from "./graph-model";
import { graphPanel } from "./graph-panel";
import { nodeDetails } from "./node-details";
import { pageHeader } from "./page-header";
import { REPORT_STYLE } from "./report-style";
import { reportTables } from "./report-tables";

/**
 * A review as one HTML file that needs no network: verdict, access graph, tables. The same review gives the
 * same bytes. At most 150 nodes are drawn, at most 1,000 rows and about 1 million characters are in a table,
 * and the page says what is not shown; so the file stays below some 10 MB however large the review is.
 *
 * @param script what the page does in a browser; one that does not have the hash in `CONTENT_HASHES` does not run
 */
export function renderHtml(
  review: Review,
  head: AccessGraph,
  base: AccessGraph,
  script: string,
  gate?: GateResult,
): string {
  const groups = groupChanges(review);
  const model = graphModel(review, groups, head, base);
  const part = changedPart(model);
  const views = [
    ...(part.nodes.length === 0 ? [] : [{ name: "changed", title: "What changes", graph: part }]),
    ...(part.nodes.length === model.nodes.length
      ? []
      : [{ name: "all", title: "Everything", graph: model }]),
  ].map((view) => ({ ...view, drawing: drawGraph(view.graph) }));
  const drawn = new Set(views.flatMap(({ drawing }) => drawing.nodes.map(({ node }) => node)));
  const { words } = verdictOf(review);
  const page = h(
    "html",
    { lang: "en" },
    h(
      "head",
      {},
      h("meta", { charSet: "utf-8" }),
      h("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("title", {}, `Access review: ${words}`),
      h("style", { dangerouslySetInnerHTML: { __html: REPORT_STYLE } }),
    ),
    h(
      "body",
      {},
      pageHeader(review, gate),
      h(
        "main",
        {},
        graphPanel(views, nodeDetails(drawn, review, groups, model)),
        ...reportTables(review, groups, model),
      ),
      h("script", { dangerouslySetInnerHTML: { __html: script } }),
    ),
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}

const POLICY = [
  "default-src 'none'",
  `script-src '${CONTENT_HASHES.script}'`,
  `style-src '${CONTENT_HASHES.style}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

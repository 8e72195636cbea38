import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNamedFile, readProject } from "../cli/project/project-files";
import { compareTrees } from "../lib/review/compare-trees";
import { evaluateGate } from "../lib/review/gate/evaluate-gate";
import { readReviewedTree } from "../lib/review/compare/read-reviewed-tree";
import { clientScript } from "../cli/report/client-script";
import { renderHtml } from "../lib/review/report/html/render-html";
import { renderMarkdown } from "../lib/review/report/markdown/render-markdown";
import type { ReviewedTree } from "../lib/review/compare/reviewed-tree";
import { checkProject } from "../lib/check/check-project";
import { Stopwatch, tell } from "./measurement";

// What `review` does once both trees are there: measure-review.ts BASE BASE_SYNTHESIZED HEAD HEAD_SYNTHESIZED
const [base = "", baseTree = "", head = "", headTree = ""] = process.argv.slice(2);
const watch = new Stopwatch();
const sides = { base: readSide(base, baseTree), head: readSide(head, headTree) };
const trees = watch.phase("read", () => ({ base: sides.base(), head: sides.head() }));
const review = watch.phase("compare", () =>
  compareTrees({ ...trees, time: "2026-01-01T00:00:00Z" }),
);
if (!review.hasChanges) throw new Error("nothing changed between the trees");
watch.phase("report", () => {
  const gate = evaluateGate({ review, rules: trees.base.map?.reviewRules ?? [], approvedBy: [] });
  renderMarkdown(review, gate, {});
  renderHtml(review, trees.head.graph, trees.base.graph, clientScript(), gate);
});
tell(watch.stop());

/** Takes in a project and its tree, unmeasured, and returns what reads the tree. */
function readSide(project: string, tree: string): () => ReviewedTree {
  return watch.unmeasured(() => {
    const { files } = readProject(project);
    const { map, plan } =
      files === undefined
        ? {}
        : checkProject({ ...files, readFile: (name) => readNamedFile(project, name) });
    if (map === undefined || plan === undefined) throw new Error(`${project} has errors`);
    const stacks = readdirSync(join(tree, "stacks")).map((stack) => ({
      stack,
      text: readFileSync(join(tree, "stacks", stack, "cdk.tf.json"), "utf8"),
    }));
    return () => readReviewedTree(stacks, map, plan);
  });
}

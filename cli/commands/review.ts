import { writeFileSync } from "node:fs";
import { Option } from "@commander-js/extra-typings";
import { version } from "../../package.json";
import { githubAnnotations } from "../../lib/diagnostics/github";
import { sarifLog } from "../../lib/diagnostics/sarif";
import { compareTrees } from "../../lib/review/compare-trees";
import type { GateResult } from "../../lib/review/gate/gate-result";
import { evaluateGate } from "../../lib/review/gate/evaluate-gate";
import { renderMarkdown } from "../../lib/review/report/markdown/render-markdown";
import { renderText } from "../../lib/review/report/render-text";
import { REVIEW_FINDINGS } from "../../lib/diagnostics/findings/review-findings";
import { reviewFindings } from "../../lib/review/report/review-findings";
import type { Review } from "../../lib/review/review";
import type { ReviewedTree } from "../../lib/review/compare/reviewed-tree";
import { baseOption, baseDirOption, headDirOption, headOption } from "../options/compare-options";
import { readComparedTrees } from "../revision/compared-trees";
import type { ComparedTrees } from "../revision/compared-trees";
import { clientScript } from "../report/client-script";
import type { OptionsOf, Program } from "../options/global-options";
import { currentTime } from "../system/current-time";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { readPlannedTrees } from "../revision/planned-trees";
import { MAP_FILE } from "../project/project-files";
import { reasonOf } from "../system/read-text";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

type RenderHtml = typeof import("../../lib/review/report/html/render-html");

const EXAMPLES = `
Examples:
  trustwheel review --base origin/main                        what this branch changes
  trustwheel review --base origin/main --report review.html   with a report to open in a browser
  trustwheel review --base origin/main --format markdown      for a comment on a pull request
  trustwheel review --plan shop.json data.json                what Terraform will change
  trustwheel review --base origin/main --head pr              someone else's branch: none of it runs
  trustwheel review --base-dir before --head-dir after        existing output

Plans are the output of \`terraform show -json PLANFILE\`.
Exit code 1 if the base's rules block the change or require approval.`;

function declare(program: Program) {
  return program
    .command("review")
    .description("show who gains and who loses access, and whether it can be merged")
    .addOption(baseOption())
    .addOption(headOption())
    .addOption(baseDirOption())
    .addOption(headDirOption())
    .addOption(
      new Option(
        "--plan <files...>",
        "review plans instead of output; with --head-dir, they must be of the Terraform there",
      ).conflicts(["baseDir", "head"]),
    )
    .option("--approved-by <teams...>", "teams that approved the change")
    .addOption(
      new Option("-f, --format <format>", "output format")
        .choices(["text", "markdown", "json", "sarif", "github"])
        .default("text"),
    )
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--report <file>", "also write an HTML report")
    .addHelpText("after", EXAMPLES);
}

type ReviewOptions = OptionsOf<typeof declare>;

/** `trustwheel review`: who gains and who loses what, and whether the rules let it pass. */
export function addReviewCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (options) => {
    finish(await review(options, terminal));
  });
}

async function review(options: ReviewOptions, terminal: Terminal): Promise<ExitCode> {
  const trees =
    options.plan === undefined
      ? await readComparedTrees(options, terminal)
      : await readPlannedTrees(options.plan, options, terminal);
  if (typeof trees === "number") return trees;
  const { base, head } = withUnreadMaps(trees);
  const compared = compareTrees({
    base,
    head,
    time: currentTime(),
    pipelineRoles: pipelineRoles(trees),
    ...(trees.files === undefined ? {} : { files: trees.files }),
  });
  const rules = base.map?.reviewRules ?? [];
  const gate = evaluateGate({ review: compared, rules, approvedBy: options.approvedBy ?? [] });
  if (options.report !== undefined) {
    const page = loadHtml().renderHtml(
      compared,
      trees.head.graph,
      trees.base.graph,
      clientScript(),
      gate,
    );
    const failed = write(options.report, page, terminal);
    if (failed !== undefined) return failed;
  }
  const unread = unreadParts({ base, head });
  const text = printed(compared, gate, options, { ...trees, unread }, terminal);
  if (options.output === undefined) terminal.stdout(text);
  else {
    const failed = write(options.output, text, terminal);
    if (failed !== undefined) return failed;
  }
  return gate.outcome === "merge" ? EXIT.clean : EXIT.findings;
}

/** Where the rules of a revision, or what becomes of them, cannot be read, that is unknown and not none. */
function withUnreadMaps({ base, head, revision }: ComparedTrees): Omit<ComparedTrees, "source"> {
  if (revision === undefined) return { base, head };
  const unread = (tree: ReviewedTree, subject: string, reason: string): ReviewedTree =>
    tree.map === undefined ? { ...tree, unread: [...tree.unread, { subject, reason }] } : tree;
  return {
    base: unread(
      base,
      `${MAP_FILE} of ${revision.ref}`,
      "it cannot be read: the rules for this change are unknown",
    ),
    head: unread(head, MAP_FILE, "it cannot be read: whether the rules change is unknown"),
  };
}

/** The roles of the base's pipeline: a change must not remove its access. */
function pipelineRoles({ base, head }: ComparedTrees): readonly string[] {
  const pipeline = (base.plan ?? head.plan)?.pipeline;
  return pipeline === undefined ? [] : [pipeline.planRole.arn, pipeline.applyRole.arn];
}

/** Loaded on first use, so that no other review pays for laying the graph out. */
function loadHtml(): RenderHtml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("../../lib/review/report/html/render-html") as RenderHtml;
}

/** What was not read on either side; a review asks about everything, so that all of it matters. */
function unreadParts(trees: Pick<ComparedTrees, "base" | "head">): readonly object[] {
  return (["base", "head"] as const).flatMap((side) =>
    trees[side].unread.map(({ subject, line, reason }) => ({
      side,
      file: subject,
      ...(line === undefined ? {} : { line }),
      reason,
      matters: true,
    })),
  );
}

function printed(
  compared: Review,
  gate: GateResult,
  { format, output, report }: ReviewOptions,
  { source, head, unread }: ComparedTrees & { readonly unread: readonly object[] },
  { color }: Terminal,
): string {
  const colored = color && output === undefined;
  switch (format) {
    case "text":
      return renderText(compared, gate, { color: colored });
    case "markdown":
      return renderMarkdown(compared, gate, report === undefined ? {} : { reportName: report });
    case "json":
      return `${JSON.stringify({ ...compared, gate, unread }, null, 2)}\n`;
    case "sarif":
      return sarifLog(reviewFindings(compared, gate, source, head.plan), {
        version,
        rules: REVIEW_FINDINGS,
      });
    case "github":
      return githubAnnotations(reviewFindings(compared, gate, source, head.plan));
  }
}

function write(file: string, text: string, terminal: Terminal): ExitCode | undefined {
  try {
    writeFileSync(file, text);
    return undefined;
  } catch (error) {
    return reportProblem({ problem: `${file} cannot be written: ${reasonOf(error)}` }, terminal);
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessChange, EdgeChange } from "../../lib/review/access-change";
import type { StackText } from "../../lib/access/read/terraform-stack";
import { ComparedFolders } from "../support/compared-folders";
import { golden } from "../support/golden-file";
import { ROOT, synthesizeMap } from "../support/project";

const FOLDER = "reviews/callers";

function stacksOf(map: string): readonly StackText[] {
  const text = readFileSync(join(ROOT, "__tests__/fixtures", FOLDER, `${map}.yaml`), "utf8");
  return [...synthesizeMap(text).tree.stacks].map(([stack, own]) => ({ stack, text: own }));
}

interface SarifLog {
  readonly runs: readonly [{ readonly results: readonly { readonly message: { text: string } }[] }];
}

/** Labels of the nodes of the report's first graph, one a line. */
function nodesOf(html: string): string {
  const [graph = ""] = html.split("</svg>");
  const labels = [...graph.matchAll(/aria-label="([^"]*)" aria-expanded/g)].map(([, label]) => label);
  return `${labels.join("\n")}\n`;
}

describe.each([
  ["new", "base", "head"],
  ["changed", "head", "wider"],
  ["removed", "head", "base"],
])("the review of roles that are %s names every caller with its conditions", (name, base, head) => {
  let compared: ComparedFolders;

  beforeAll(() => {
    compared = new ComparedFolders(stacksOf(base), stacksOf(head));
  });

  afterAll(() => {
    compared.remove();
  });

  test.each([
    ["text", "txt"],
    ["markdown", "md"],
    ["github", "annotations.txt"],
  ])("as %s", async (format, extension) => {
    const output = await compared.review(format);
    expect(output).toBe(golden(`${FOLDER}/${name}.${extension}`, output));
  });

  test("as JSON", async () => {
    const { changes } = JSON.parse(await compared.review("json")) as { changes: AccessChange[] };
    const edges = changes.filter((change): change is EdgeChange => change.kind === "edge");
    const output = `${JSON.stringify(
      edges.map(({ direction, from, to, caller, terms }) => ({
        direction,
        from,
        to,
        caller,
        terms,
      })),
      null,
      2,
    )}\n`;
    expect(output).toBe(golden(`${FOLDER}/${name}.edges.json`, output));
  });

  test("as SARIF, with the words of the annotations", async () => {
    const log = JSON.parse(await compared.review("sarif")) as SarifLog;
    const messages = log.runs[0].results.map(({ message }) => message.text).sort();
    const annotations = (await compared.review("github"))
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/^::[^:]*::/, "").replaceAll("%25", "%"))
      .sort();
    expect(messages).toEqual(annotations);
  });

  test("as nodes of the report", async () => {
    const output = nodesOf(await compared.report());
    expect(output).toBe(golden(`${FOLDER}/${name}.nodes.txt`, output));
  });
});

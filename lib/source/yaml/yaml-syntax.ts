import type { Document, YAMLError } from "yaml";
import { explain, lineEnd } from "./yaml-explanation";
import type { YamlProblem } from "./yaml-parse";

/** Most errors of syntax that are reported; after the first ones, the others follow from them. */
const MOST_ERRORS = 20;

/**
 * Errors of syntax in words of ours, the first one of each line: the library's others on that line
 * mostly follow from it. Marks of an unfinished merge explain everything else.
 */
export function syntaxProblems(text: string, document: Document.Parsed): YamlProblem[] {
  const errors = [...document.errors, ...document.warnings.filter(isError)];
  if (errors.length === 0) return [];
  const conflicts = conflictMarks(text);
  if (conflicts.length > 0) return conflicts;

  const problems: YamlProblem[] = [];
  let reportedUpTo = -1;
  for (const error of errors.sort((a, b) => a.pos[0] - b.pos[0])) {
    if (error.pos[0] <= reportedUpTo) continue;
    reportedUpTo = lineEnd(text, error.pos[0]);
    problems.push(problemOf(error, text, document));
    if (problems.length === MOST_ERRORS) break;
  }
  return problems;
}

/** The indentation of a closing bracket is a matter of taste; other warnings change what a text means. */
function isError({ code }: YAMLError): boolean {
  return code !== "BAD_INDENT";
}

function conflictMarks(text: string): YamlProblem[] {
  return [...text.matchAll(/^<{7} .*$/gm)].slice(0, MOST_ERRORS).map(({ 0: mark, index }) => ({
    rule: "yaml-syntax",
    start: index,
    end: index + mark.length,
    message: "an unfinished merge left its marks here",
    help: "keep one side, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
  }));
}

function problemOf(error: YAMLError, text: string, document: Document.Parsed): YamlProblem {
  const [start, end] = error.pos;
  return { rule: "yaml-syntax", start, end, ...explain(error, text, document) };
}

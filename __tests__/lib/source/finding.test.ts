import { findingAt } from "../../../lib/source/finding";
import type { Finding } from "../../../lib/source/finding";
import { readYaml } from "../../../lib/source/yaml/yaml-source";

const { source } = readYaml("map.yaml", "first: one\nsecond: two\n");
if (source === undefined) throw new Error("the text is YAML");

const WRONG: Finding = { rule: "value", message: "wrong" };
const columnsOf = (finding: Finding): (number | undefined)[] => {
  const { span, related = [] } = findingAt(source, ["second"], finding);
  return [span?.start.column, ...related.map((place) => place.span.start.column)];
};

test("a finding is an error at the value, or at the key where it asks for it", () => {
  expect(findingAt(source, ["second"], WRONG)).toEqual({
    severity: "error",
    rule: "value",
    file: "map.yaml",
    span: { start: { line: 2, column: 9 }, end: { line: 2, column: 12 } },
    message: "wrong",
  });
  expect(columnsOf({ ...WRONG, atKey: true })).toEqual([1]);
});

test("a second place is at its key, or at the value where it asks for it", () => {
  const related = { path: ["first"], message: "the first one" };
  expect(columnsOf({ ...WRONG, related })).toEqual([9, 1]);
  expect(columnsOf({ ...WRONG, related: { ...related, atKey: false } })).toEqual([9, 8]);
});

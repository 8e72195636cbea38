import fc from "fast-check";
import { hasErrors, hasFindings, sortDiagnostics } from "../../../lib/diagnostics/diagnostic";
import type { Diagnostic } from "../../../lib/diagnostics/diagnostic";
import type { Severity } from "../../../lib/diagnostics/severity";

function finding(overrides: Partial<Diagnostic> & { at?: [number, number] } = {}): Diagnostic {
  const { at: [line, column] = [1, 1], ...rest } = overrides;
  const start = { line, column };
  return {
    severity: "error",
    rule: "value",
    file: "accounts.yaml",
    span: { start, end: start },
    message: "wrong",
    ...rest,
  };
}

const arbitraryFinding = fc
  .record({
    severity: fc.constantFrom<Severity>("error", "warning", "info"),
    rule: fc.constantFrom("ID-01", "ID-02"),
    file: fc.constantFrom("accounts.yaml", "policies/a.json"),
    message: fc.constantFrom("one", "two"),
    at: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  })
  .map(finding);

describe("sorting findings", () => {
  test("goes by file, then line, then column", () => {
    const sorted = [
      finding({ file: "accounts.yaml", at: [2, 9] }),
      finding({ file: "accounts.yaml", at: [10, 1] }),
      finding({ file: "accounts.yaml", at: [10, 2] }),
      finding({ file: "policies/a.json", at: [1, 1] }),
    ];
    expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
  });

  test("puts what is about a whole file first", () => {
    const { span, ...whole } = finding();
    expect(span).toBeDefined();
    expect(sortDiagnostics([finding(), whole])).toEqual([whole, finding()]);
  });

  test("goes by severity, rule and message at one place", () => {
    const sorted = [
      finding({ severity: "error", rule: "ID-02" }),
      finding({ severity: "warning", rule: "ID-01", message: "a" }),
      finding({ severity: "warning", rule: "ID-01", message: "b" }),
      finding({ severity: "warning", rule: "ID-02" }),
      finding({ severity: "info", rule: "ID-01" }),
    ];
    expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
  });

  test("orders names of files by code units, the same on every machine", () => {
    const files = ["Z.json", "a.json", "b.json", "\u00E4.json"];
    const sorted = sortDiagnostics(files.map((file) => finding({ file })).reverse());
    expect(sorted.map(({ file }) => file)).toEqual(files);
  });

  test("drops repetitions, and nothing but repetitions", () => {
    const other = finding({ message: "something else" });
    expect(sortDiagnostics([finding(), other, finding(), other])).toEqual([other, finding()]);
  });

  test("leaves what it was given as it is", () => {
    const given = [finding({ at: [2, 1] }), finding({ at: [1, 1] })];
    sortDiagnostics(given);
    expect(given.map(({ span }) => span?.start.line)).toEqual([2, 1]);
  });

  test("gives the same list in whatever order findings come", () => {
    fc.assert(
      fc.property(fc.array(arbitraryFinding), fc.infiniteStream(fc.nat()), (findings, keys) => {
        const keyed = findings.map((each) => ({ each, key: Number(keys.next().value) }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ each }) => each);
        expect(sortDiagnostics(shuffled)).toEqual(sortDiagnostics(findings));
      }),
    );
  });
});

describe("what findings come to", () => {
  const accepted = { reason: "known" };

  test("errors stop a run, unless somebody accepted them", () => {
    expect(hasErrors([])).toBe(false);
    expect(hasErrors([finding({ severity: "warning" })])).toBe(false);
    expect(hasErrors([finding({ accepted })])).toBe(false);
    expect(hasErrors([finding({ severity: "info" }), finding()])).toBe(true);
  });

  test("warnings fail a check, information does not", () => {
    expect(hasFindings([finding({ severity: "info" })])).toBe(false);
    expect(hasFindings([finding({ severity: "warning", accepted })])).toBe(false);
    expect(hasFindings([finding({ severity: "warning" })])).toBe(true);
    expect(hasFindings([finding()])).toBe(true);
  });
});

import type { Diagnostic } from "../../../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../../../lib/diagnostics/print";

const FILE = "accounts.yaml";

/** Prints a finding about a stretch of a text, columns counted from 1, the end behind the last character. */
function print(
  text: string,
  [line, column, endLine, endColumn]: [number, number, number, number],
  overrides: Partial<Diagnostic> = {},
): string {
  const finding: Diagnostic = {
    severity: "error",
    rule: "value",
    file: FILE,
    span: { start: { line, column }, end: { line: endLine, column: endColumn } },
    message: "this is wrong",
    ...overrides,
  };
  return printDiagnostics([finding], { texts: new Map([[FILE, text]]), color: false });
}

describe("a finding", () => {
  test("is its place and message, the line with an underline, and what to type", () => {
    expect(print("accounts:\n  one: 7\n", [2, 8, 2, 9], { help: 'write "7"' })).toBe(
      `accounts.yaml:2:8: this is wrong [value]
  |
2 |   one: 7
  |        ^
  = help: write "7"
`,
    );
  });

  test("about a whole file is one line", () => {
    const whole: Diagnostic = {
      severity: "error",
      rule: "file-size",
      file: FILE,
      message: "too large",
    };
    const texts = new Map([[FILE, "text"]]);
    expect(printDiagnostics([whole], { texts, color: false })).toBe(
      "accounts.yaml: too large [file-size]\n",
    );
  });

  test("in a file whose text is not at hand goes without the line", () => {
    expect(print("", [3, 1, 3, 2], { file: "other.json" })).toBe(
      "other.json:3:1: this is wrong [value]\n",
    );
    expect(print("one line", [3, 1, 3, 2])).toBe("accounts.yaml:3:1: this is wrong [value]\n");
  });

  test("says its severity unless it is an error", () => {
    const firstLine = (overrides: Partial<Diagnostic>): string | undefined =>
      print("a", [1, 1, 1, 2], overrides).split("\n")[0];
    expect(firstLine({ severity: "warning" })).toBe(
      "accounts.yaml:1:1: warning: this is wrong [value]",
    );
    expect(firstLine({ severity: "info" })).toBe("accounts.yaml:1:1: info: this is wrong [value]");
  });

  test("that was accepted says why and until when, instead of what to type", () => {
    const accepted = { reason: "known to the team", until: "2027-01-01T00:00:00Z" };
    expect(print("a", [1, 1, 1, 2], { accepted, help: "change it" })).toBe(
      `accounts.yaml:1:1: accepted: this is wrong [value]
  |
1 | a
  | ^
  = reason: known to the team (until 2027-01-01T00:00:00Z)
`,
    );
  });

  test("shows second places, aligned with the first", () => {
    const text = Array.from({ length: 12 }, (_, n) => `line ${n + 1}`).join("\n");
    const related = [
      { file: FILE, span: spanOf(9, 1), message: "first used here" },
      { file: "gone.json", span: spanOf(100, 7), message: "and here" },
    ];
    expect(print(text, [12, 6, 12, 8], { related, help: "decide" })).toBe(
      `accounts.yaml:12:6: this is wrong [value]
    |
 12 | line 12
    |      ^~
    = first used here: accounts.yaml:9:1
  9 | line 9
    = and here: gone.json:100:7
    = help: decide
`,
    );
  });
});

describe("the underline", () => {
  /** The printed line and its underline. */
  function excerpt(text: string, span: [number, number, number, number]): string[] {
    return print(text, span)
      .split("\n")
      .slice(2, 4)
      .map((line) => line.slice(4));
  }

  test("has at least one column", () => {
    expect(excerpt("a: ", [1, 3, 1, 3])).toEqual(["a:", "  ^"]);
    expect(excerpt("abc", [1, 3, 1, 1])).toEqual(["abc", "  ^"]);
  });

  test("behind the end of a line stands behind its last character", () => {
    expect(excerpt("id:", [1, 4, 1, 5])).toEqual(["id:", "   ^"]);
    expect(excerpt("id:", [1, 90, 1, 95])).toEqual(["id:", "   ^"]);
  });

  test("of several lines reaches to the end of the first", () => {
    expect(excerpt("a: [b,\n  c]\n", [1, 4, 2, 5])).toEqual(["a: [b,", "   ^~~"]);
  });

  test("stands right below tabs", () => {
    expect(excerpt("\ta:\tb", [1, 5, 1, 6])).toEqual(["\ta:\tb", "\t  \t^"]);
  });

  test("takes two columns for wide characters, and none for marks", () => {
    expect(excerpt('name: "\u8CA1\u52D9" x', [1, 8, 1, 10])).toEqual([
      'name: "\u8CA1\u52D9" x',
      "       ^~~~",
    ]);
    expect(excerpt("\u8CA1\u52D9: x", [1, 5, 1, 6])).toEqual(["\u8CA1\u52D9: x", "      ^"]);
    expect(excerpt("e\u0301: x", [1, 5, 1, 6])).toEqual(["e\u0301: x", "   ^"]);
    expect(excerpt("\u{1F469}\u200D\u{1F4BB}: x", [1, 8, 1, 9])).toEqual([
      "\u{1F469}\u200D\u{1F4BB}: x",
      "    ^",
    ]);
  });

  test("leaves the carriage return of Windows out", () => {
    expect(excerpt("a: b\r\nc: d\r\n", [1, 4, 2, 1])).toEqual(["a: b", "   ^"]);
  });

  test("of a place in a long line stands below the piece that is shown", () => {
    const line = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
    expect(excerpt(line, [1, 301, 1, 305])).toEqual([
      `...${"a".repeat(40)}HERE${"b".repeat(66)}...`,
      `${" ".repeat(43)}^~~~`,
    ]);
    expect(excerpt(line, [1, 1, 1, 3])).toEqual([`${"a".repeat(110)}...`, "^~"]);
    expect(excerpt(line, [1, 604, 1, 605])).toEqual([
      `...${"b".repeat(110)}`,
      `${" ".repeat(112)}^`,
    ]);
    expect(excerpt(line, [1, 301, 1, 605])).toEqual([
      `...${"a".repeat(40)}HERE${"b".repeat(66)}...`,
      `${" ".repeat(43)}^${"~".repeat(69)}`,
    ]);
  });
});

describe("what is printed", () => {
  test("shows characters that would command a terminal or mislead its reader by a sign", () => {
    const printed = print("a: \u001B[31m\u202Eb\u0000\u007F\u0085", [1, 4, 1, 5], {
      message: "got \u001B]0;title\u0007",
      help: "line\nbreak",
      file: FILE,
    });
    expect(printed).toBe(
      `accounts.yaml:1:4: got \u241B]0;title\u2407 [value]
  |
1 | a: \u241B[31m\uFFFDb\u2400\u2421\uFFFD
  |    ^
  = help: line\u240Abreak
`,
    );
  });

  test("cuts messages that nobody would read to the end", () => {
    const [first = ""] = print("a", [1, 1, 1, 2], { message: "m".repeat(5000) }).split("\n");
    expect(first).toBe(`accounts.yaml:1:1: ${"m".repeat(1997)}... [value]`);
  });

  test("is 100 findings at the most, and the number of the others", () => {
    const finding = (n: number): Diagnostic => ({
      severity: "error",
      rule: "value",
      file: FILE,
      message: `number ${n}`,
    });
    const printed = (count: number): string[] =>
      printDiagnostics(
        Array.from({ length: count }, (_, n) => finding(n + 1)),
        { texts: new Map(), color: false },
      ).split("\n\n");
    expect(printed(100)).toHaveLength(100);
    expect(printed(100).at(-1)).toBe("accounts.yaml: number 100 [value]\n");
    expect(printed(101).at(-1)).toBe("and 1 more finding\n");
    expect(printed(5000)).toHaveLength(101);
    expect(printed(5000).at(-1)).toBe("and 4900 more findings\n");
  });

  test("is nothing where nothing was found", () => {
    expect(printDiagnostics([], { texts: new Map(), color: false })).toBe("");
  });

  test("has an empty line between findings", () => {
    const finding: Diagnostic = { severity: "error", rule: "value", file: FILE, message: "m" };
    expect(printDiagnostics([finding, finding], { texts: new Map(), color: false })).toBe(
      "accounts.yaml: m [value]\n\naccounts.yaml: m [value]\n",
    );
  });

  test("has colours only when asked, and then the same words", () => {
    const finding: Diagnostic = {
      severity: "warning",
      rule: "value",
      file: FILE,
      span: spanOf(1, 1),
      message: "wrong",
      help: "mend it",
    };
    const texts = new Map([[FILE, "a: b"]]);
    const plain = printDiagnostics([finding], { texts, color: false });
    const colored = printDiagnostics([finding], { texts, color: true });
    // eslint-disable-next-line no-control-regex -- colours are control sequences
    const sequences = /\u001B\[\d+m/g;
    expect(plain).not.toMatch(sequences);
    expect(colored.match(sequences)?.length).toBeGreaterThan(4);
    expect(colored.replace(sequences, "")).toBe(plain);
  });
});

function spanOf(line: number, column: number): Diagnostic["span"] & object {
  return { start: { line, column }, end: { line, column: column + 1 } };
}

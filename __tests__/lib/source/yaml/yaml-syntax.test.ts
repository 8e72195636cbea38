import { readYaml } from "../../../../lib/source/yaml/yaml-source";

const DEEPER = "the line below is indented deeper, but this key has a value already";
const COLUMN = "let all keys of a map, and all items of a list, begin in the same column";

/** What is said about a text: `LINE:COLUMN message | help`. */
function said(text: string): string[] {
  return readYaml("accounts.yaml", text).diagnostics.map(({ span, message, help }) => {
    const place = `${span?.start.line}:${span?.start.column}`;
    return `${place} ${message}${help === undefined ? "" : ` | ${help}`}`;
  });
}

describe("an error of YAML syntax", () => {
  test.each<[string, string]>([
    [
      "a:\n\tb: c\n",
      "2:1 a tab indents this line; YAML allows only spaces | replace the tab with spaces",
    ],
    ["a\n  b: c\n", "1:1 a colon is missing after the key | write `a:`"],
    ['a:\n  id:"1"\n  b: c\n', '2:3 a space is missing after the colon | write `id: "1"`'],
    ['a: "b\nc: d\n', '1:4 the quote that opens here is never closed | close it with `"`'],
    ["a: 'b\nc: d\n", "1:4 the quote that opens here is never closed | close it with `'`"],
    [
      "a: [b, [c, d]\ne: f\n",
      "1:4 the `[` that opens here is not closed before the next line of its neighbours | close it with `]`",
    ],
    [
      "a: [b, {c: d\ne: f\n",
      "1:8 the `{` that opens here is not closed before the next line of its neighbours | close it with `}`",
    ],
    ["a:\n    b: c\n  d: e\n", `3:3 this line is indented unlike its neighbours | ${COLUMN}`],
    ["a:\n  b: c\n    d: e\n", `2:3 ${DEEPER} | ${COLUMN}`],
    [
      "a: b: c\n",
      "1:4 a second `key: value` is on the same line | quote a text that contains `: `, or begin a new line",
    ],
    ["a: @b c # d\n", '1:4 a text that begins with `@` must be quoted | write `"@b c"`'],
    ["a: %b\n", '1:4 a text that begins with `%` must be quoted | write `"%b"`'],
    ["a: >= 5\n", '1:4 a text that begins with `>` must be quoted | write `">= 5"`'],
    ["a: |b\n", '1:4 a text that begins with `|` must be quoted | write `"|b"`'],
    [
      "a: *\n",
      '1:4 YAML reads `*` as the begin of an alias, and a name is missing | write `"*"` if the text is meant',
    ],
    [
      "a: & b\n",
      '1:4 YAML reads `&` as the begin of an anchor, and a name is missing | write `"& b"` if the text is meant',
    ],
    [
      "a: {{account.id}}-x # y\n",
      '1:4 a text that begins with `{{` must be quoted; otherwise YAML reads maps | write `"{{account.id}}-x"`',
    ],
    [
      "a: [{{b}}, c]\n",
      '1:5 a text that begins with `{{` must be quoted; otherwise YAML reads maps | write `"{{b}}"`',
    ],
    ["? [a]\n: b\n", "1:3 a key must be a text"],
    ['"a\nb": c\n', "1:1 a key must be on one line"],
    [`${"k".repeat(1100)}: a\n`, "1:1 a key has at most 1024 characters"],
    [
      'a: "b"c"\n',
      "1:7 a value has ended before this | put the whole value in quotes, or begin a new line",
    ],
    [
      'a: "\\d"\n',
      "1:5 `\\d` means nothing within double quotes | write `\\\\` for a backslash, or use single quotes",
    ],
    ["a: [b,, c]\n", "1:7 this comma has no item before it | remove the comma"],
    [
      "a: {b: c d: e}\n",
      "1:8 a second `key: value` has no comma before it | put a comma between the two, or quote a text that contains `: `",
    ],
    ['a: "b"#c\n', "1:7 a space is missing before `#` | quote the text if the `#` belongs to it"],
    [
      "a: !ref b\n",
      "1:4 YAML reads `!ref` as a tag, and tags have no meaning here | remove it, or quote the text if the `!` belongs to it",
    ],
    [
      "a: !!binary aGk=\n",
      "1:4 YAML reads `!!binary` as a tag, and tags have no meaning here | remove it, or quote the text if the `!` belongs to it",
    ],
    ["a: &x &y b\n", "1:7 not valid YAML: a node can have at most one anchor"],
    [
      "a: b\n...\nc: d\n",
      "3:1 a second document begins here; the file must have only one | remove the line `---` or `...`, or move what follows into its own file",
    ],
    [
      "a: b\u0000\n",
      "1:5 the control character U+0000 is not allowed in a YAML file | remove it; an editor that shows invisible characters finds it",
    ],
  ])("in %j", (text, expected) => {
    expect(said(text)).toEqual([expected]);
  });

  test("is told for each line on which there is one", () => {
    expect(said('a:\n  b\n    c: d\n  e:"f"\n  g: @h\n')).toEqual([
      "2:3 a colon is missing after the key | write `b:`",
      '4:3 a space is missing after the colon | write `e: "f"`',
      '5:6 a text that begins with `@` must be quoted | write `"@h"`',
    ]);
  });

  test("is told twenty times at the most", () => {
    expect(said("a: @b\n".repeat(30).replace(/a/g, (_, at: number) => `a${at}`))).toHaveLength(20);
  });

  test("goes without saying where a merge was left unfinished", () => {
    const mark = "an unfinished merge left its marks here";
    const text = "a:\n<<<<<<< HEAD\n  b: c\n=======\n  b: d\n>>>>>>> other\n";
    expect(said(text + text).map((each) => each.split(" | ")[0])).toEqual([
      `2:1 ${mark}`,
      `8:1 ${mark}`,
    ]);
  });
});

describe("no error of YAML syntax", () => {
  test.each([
    "a: {\n  b: c,\n}\n",
    "a: [\n  b\n]\n",
    '{"a": [1, 2,]}',
    "a: x-{{b}}\n",
    "a: b#c\n",
    "a: |\n  <<<<<<< HEAD\n",
    "---\na: b\n",
    "a: b\n...\n",
    "- a\n",
  ])("is %j", (text) => {
    expect(said(text)).toEqual([]);
  });
});

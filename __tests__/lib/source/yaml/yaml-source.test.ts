import { readYaml } from "../../../../lib/source/yaml/yaml-source";
import type { YamlSource } from "../../../../lib/source/yaml/yaml-source";
import type { Span } from "../../../../lib/diagnostics/diagnostic";

const TEXT = `accounts:
  one: &one
    id: 012345678901
    tags: &tags { team: shop, "cost center": 7 }
  two:
    <<: *one
    tags:
      <<: [{ stage: prod }, *tags]
      team: data
  three: *one
  four:
    id:
    via: [a, { role: b }]
`;

function sourceOf(text: string): YamlSource {
  const { source, diagnostics } = readYaml("accounts.yaml", text);
  expect(diagnostics).toEqual([]);
  if (source === undefined) throw new Error("there is no source");
  return source;
}

/** What stands at a span of one line. */
function textAt(text: string, { start, end }: Span): string {
  expect(end.line).toBe(start.line);
  return `${start.line}: ${text.split("\n")[start.line - 1]?.slice(start.column - 1, end.column - 1) ?? ""}`;
}

describe("a YAML source", () => {
  const source = sourceOf(TEXT);
  const at = (...path: (string | number)[]): string => textAt(TEXT, source.locate(path));
  const keyAt = (...path: (string | number)[]): string => textAt(TEXT, source.locateKey(path));

  test("holds plain values, with merged keys below its own", () => {
    expect(source.value).toEqual({
      accounts: {
        one: { id: 12345678901, tags: { team: "shop", "cost center": 7 } },
        two: { id: 12345678901, tags: { stage: "prod", team: "data", "cost center": 7 } },
        three: { id: 12345678901, tags: { team: "shop", "cost center": 7 } },
        four: { id: null, via: ["a", { role: "b" }] },
      },
    });
  });

  test("knows where values stand", () => {
    expect(at("accounts", "one", "id")).toBe("3: 012345678901");
    expect(at("accounts", "one", "tags", "cost center")).toBe("4: 7");
    expect(at("accounts", "four", "via", 0)).toBe("13: a");
    expect(at("accounts", "four", "via", 1, "role")).toBe("13: b");
    expect(at("accounts", "four", "via")).toBe("13: [a, { role: b }]");
  });

  test("shows a map by its key", () => {
    expect(at("accounts", "two")).toBe("5: two");
    expect(at("accounts", "one", "tags")).toBe("4: tags");
  });

  test("knows where keys stand, and items of lists", () => {
    expect(keyAt("accounts", "one", "id")).toBe("3: id");
    expect(keyAt("accounts", "one", "tags", "cost center")).toBe('4: "cost center"');
    expect(keyAt("accounts", "four", "via", 0)).toBe("13: a");
  });

  test("follows aliases to where a value was written", () => {
    expect(at("accounts", "three", "id")).toBe("3: 012345678901");
    expect(keyAt("accounts", "three", "tags", "team")).toBe("4: team");
    expect(at("accounts", "three")).toBe("10: *one");
  });

  test("follows merged keys, nearer ones first", () => {
    expect(at("accounts", "two", "id")).toBe("3: 012345678901");
    expect(at("accounts", "two", "tags", "team")).toBe("9: data");
    expect(at("accounts", "two", "tags", "stage")).toBe("8: prod");
    expect(at("accounts", "two", "tags", "cost center")).toBe("4: 7");
  });

  test("shows the nearest place above what is missing", () => {
    expect(at("accounts", "one", "region")).toBe("2: one");
    expect(at("accounts", "four", "via", 7)).toBe("13: via");
    expect(at("accounts", "nine", "id")).toBe("1: accounts");
    expect(keyAt("accounts", "four", "via", 7)).toBe("13: via");
  });

  test("shows the place behind a key that has no value", () => {
    expect(source.locate(["accounts", "four", "id"]).start).toEqual({ line: 12, column: 8 });
  });

  test("tells numbers as they were typed, also behind aliases", () => {
    expect(source.typed(["accounts", "one", "id"])).toBe("012345678901");
    expect(source.typed(["accounts", "two", "id"])).toBe("012345678901");
    expect(source.typed(["accounts", "one"])).toBeUndefined();
    expect(source.typed(["accounts", "one", "region"])).toBeUndefined();
  });
});

describe("reading YAML", () => {
  test("an empty file has no value, and a place all the same", () => {
    const source = sourceOf("");
    expect(source.value).toBeNull();
    expect(source.locate([]).start).toEqual({ line: 1, column: 1 });
  });

  test("of a key that stands twice the last value counts, with its place", () => {
    const { source, diagnostics } = readYaml("a.yaml", "a: 1\nb: 2\na: 3\n");
    expect(source?.value).toEqual({ a: 3, b: 2 });
    expect(source?.locate(["a"]).start).toEqual({ line: 3, column: 4 });
    expect(diagnostics).toEqual([
      {
        severity: "error",
        rule: "duplicate-key",
        file: "a.yaml",
        span: { start: { line: 3, column: 1 }, end: { line: 3, column: 2 } },
        message: "the key `a` appears twice in the same map",
        help: "rename or remove one of them",
        related: [
          {
            file: "a.yaml",
            span: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
            message: "first defined here",
          },
        ],
      },
    ]);
  });

  test("there is no source where the text is not YAML", () => {
    const { source, diagnostics } = readYaml("a.yaml", "a: [b\n");
    expect(source).toBeUndefined();
    expect(diagnostics.map(({ rule }) => rule)).toEqual(["yaml-syntax"]);
  });

  test("a declared version 1.1 changes no values", () => {
    const text = "%YAML 1.1\n---\na: yes\nb: 2020-01-01\nc: 010\nd: 1_000\n";
    expect(sourceOf(text).value).toEqual({ a: "yes", b: "2020-01-01", c: 10, d: "1_000" });
  });

  test("an anchor that is used twice stands for the nearest one above", () => {
    expect(sourceOf("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").value).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test("a quoted `<<` is a key, an unquoted one merges", () => {
    expect(sourceOf('a: { "<<": { b: c } }\n').value).toEqual({ a: { "<<": { b: "c" } } });
    expect(sourceOf("a: { <<: { b: c } }\n").value).toEqual({ a: { b: "c" } });
  });

  test("names of the prototype become keys of the map itself", () => {
    const value = sourceOf("__proto__: { polluted: yes }\nconstructor: x\n").value as object;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  test("columns count behind a byte order mark, and lines end by CR LF, too", () => {
    expect(sourceOf("\ufeffa: b\r\nc: d\r\n").locate(["c"]).start).toEqual({ line: 2, column: 4 });
  });
});

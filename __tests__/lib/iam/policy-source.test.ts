import fc from "fast-check";
import type { Diagnostic, Span } from "../../../lib/diagnostics/diagnostic";
import { managedPolicyDocument } from "../../../lib/iam/managed-policy";
import { policyDocument } from "../../../lib/iam/policy-document";
import { policyText } from "../../../lib/iam/policy-text";
import { readPolicySource } from "../../../lib/iam/policy-source";
import type { PolicySource } from "../../../lib/iam/policy-shape";
import { cpuMilliseconds } from "../../support/cpu-time";

const FILE = "policies/reading.json";

const GOOD = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:ListBucket"],
      "Resource": "arn:{{partition}}:s3:::{{bucket}}/*",
      "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-exampleorg1" } }
    }
  ]
}
`;

function findings(text: string): readonly Diagnostic[] {
  return readPolicySource(FILE, text).diagnostics;
}

/** Findings as `line:column-line:column severity message [rule]`, with what to type behind `=>`. */
function said(text: string): string[] {
  return findings(text).map(({ span, severity, message, rule, help }) => {
    const place = span === undefined ? "-" : placeOf(span);
    return `${place} ${severity}: ${message} [${rule}]${help === undefined ? "" : ` => ${help}`}`;
  });
}

function placeOf({ start, end }: Span): string {
  const to = start.line === end.line ? "" : `${end.line}:`;
  return `${start.line}:${start.column}-${to}${end.column}`;
}

function sourceOf(text: string): PolicySource {
  const { source } = readPolicySource(FILE, text);
  if (source === undefined) throw new Error("the text was refused");
  return source;
}

/** A document with this text as its condition, from the beginning of line 2. */
function withCondition(condition: string): string {
  return `{"Version": "2012-10-17", "Statement": [{"Condition":\n${condition}}]}`;
}

describe("a good document", () => {
  test("gives no finding", () => {
    expect(findings(GOOD)).toEqual([]);
  });

  test("is read as it is, with its parameters", () => {
    expect(sourceOf(GOOD).document).toEqual(JSON.parse(GOOD));
  });

  test("with a single statement reads as a list of one", () => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const { document } = sourceOf(JSON.stringify({ Version: "2012-10-17", Statement: statement }));
    expect(document).toEqual(policyDocument([statement as { Effect: "Allow" }]));
  });

  test.each(["ReadOnlyAccess", "PowerUserAccess", "SystemAdministrator"])(
    "such as %s is read as it was written",
    (name) => {
      const document = managedPolicyDocument(name) ?? policyDocument([]);
      const text = policyText(document);
      expect(findings(text)).toEqual([]);
      expect(sourceOf(text).document).toEqual(JSON.parse(text));
    },
  );
});

describe("the place of a part", () => {
  const source = sourceOf(GOOD);

  test.each<[string, (string | number)[], string]>([
    ["the document", [], "1:1-11:2"],
    ["a string", ["Version"], "2:14-26"],
    ["a statement", ["Statement", 0], "4:5-9:6"],
    ["an item of a list", ["Statement", 0, "Action", 1], "6:34-49"],
    [
      "a value deep inside",
      ["Statement", 0, "Condition", "StringEquals", "aws:PrincipalOrgID"],
      "8:62-77",
    ],
    ["the first item of what is no list", ["Statement", 0, "Resource", 0], "7:19-56"],
    ["an element that is missing, its statement", ["Statement", 0, "Sid"], "4:5-9:6"],
    ["a statement that is missing, the list", ["Statement", 7, "Effect"], "3:16-10:4"],
  ])("%s", (_what, path, place) => {
    expect(placeOf(source.locate(path))).toBe(place);
  });

  test.each<[string, (string | number)[], string]>([
    ["an element", ["Version"], "2:3-12"],
    [
      "a condition key",
      ["Statement", 0, "Condition", "StringEquals", "aws:PrincipalOrgID"],
      "8:40-60",
    ],
    ["an item of a list, the item itself", ["Statement", 0, "Action", 0], "6:18-32"],
    ["the document, the document itself", [], "1:1-11:2"],
  ])("key of %s", (_what, path, place) => {
    expect(placeOf(source.locateKey(path))).toBe(place);
  });

  test("in a single statement is found as if it were a list of one", () => {
    const single = sourceOf('{"Statement": {\n"Effect": "Allow"}}');
    expect(placeOf(single.locate(["Statement", 0, "Effect"]))).toBe("2:11-18");
    expect(placeOf(single.locateKey(["Statement", 0, "Effect"]))).toBe("2:1-9");
    expect(placeOf(single.locate(["Statement", 0]))).toBe("1:15-2:19");
  });

  test("counts lines that end as on Windows", () => {
    expect(placeOf(sourceOf('{\r\n  "Id": "x"\r\n}').locate(["Id"]))).toBe("2:9-12");
  });

  test("of a key that stands twice is that of the last", () => {
    const { source: twice } = readPolicySource(FILE, '{"Id": "a",\n "Id": "b"}');
    expect(twice?.document.Id).toBe("b");
    expect(twice && placeOf(twice.locate(["Id"]))).toBe("2:8-11");
  });
});

describe("what is no JSON", () => {
  test.each<[string, string, string]>([
    ["an empty file", "", "1:1-1 error: not valid JSON: expected a value, got the end of the text"],
    [
      "a truncated document",
      GOOD.slice(0, 58),
      "5:7-7 error: not valid JSON: expected `}`, got the end of the text",
    ],
    [
      "a truncated string",
      '{"Version": "2012-',
      '1:13-19 error: not valid JSON: expected a double quote at the end of the string, got `"2012-`',
    ],
    [
      "a comma at the end",
      '{\n  "Version": "2012-10-17",\n}',
      "3:1-2 error: not valid JSON: expected a key in double quotes, got `}`",
    ],
    [
      "a missing comma",
      '{"Version": "2012-10-17" "Statement": []}',
      '1:26-37 error: not valid JSON: expected a comma or a closing bracket, got `"Statement"`',
    ],
    [
      "a comment",
      "// who may read\n{}",
      "1:1-16 error: not valid JSON: comments are not allowed, got `// who may read`",
    ],
    [
      "quotes of typography",
      "{\u201CVersion\u201D: 1}",
      "1:2-11 error: not valid JSON: expected a string, a number, `true`, `false`, `null`, `{` or `[`, got `\u201CVersion\u201D`",
    ],
    [
      "a bracket that closes another",
      '{"Statement": [}',
      "1:16-17 error: not valid JSON: expected a value, got `}`",
    ],
    [
      "something behind the document",
      "{} []",
      "1:4-5 error: not valid JSON: expected nothing after the document, got `[`",
    ],
    [
      "YAML",
      "Version: 2012-10-17",
      "1:1-8 error: not valid JSON: expected a string, a number, `true`, `false`, `null`, `{` or `[`, got `Version`",
    ],
    [
      "a mark of byte order",
      "\uFEFF{}",
      "1:1-2 error: not valid JSON: expected a string, a number, `true`, `false`, `null`, `{` or `[`, got `\uFEFF`",
    ],
  ])("%s", (_what, text, expected) => {
    expect(said(text)).toEqual([`${expected} [json-syntax]`]);
    expect(readPolicySource(FILE, text).source).toBeUndefined();
  });

  test("is exactly what is none elsewhere", () => {
    const alphabet = [
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      '"',
      "\\",
      " ",
      "\n",
      "-",
      ".",
      "0",
      "1",
      "e",
      "/",
      "*",
      "u",
      "true",
      "null",
      '"a"',
      '"\\u0041"',
      "\uFEFF",
    ];
    const text = fc
      .array(fc.constantFrom(...alphabet), { maxLength: 12 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (candidate) => {
        const refused = findings(candidate).some(({ rule }) => rule === "json-syntax");
        expect(refused).toBe(!isJson(candidate));
      }),
      { numRuns: 1000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("quotes in conditions", () => {
  const values = (condition: string): unknown => {
    const statement = sourceOf(withCondition(condition)).document.Statement?.[0];
    return statement?.Condition;
  };

  test("are optional for numbers and booleans, alone and in lists", () => {
    const condition =
      '{"NumericLessThan": {"aws:MultiFactorAuthAge": 3600, "s3:max-keys": [10, "20", -1.5]}, "Bool": {"aws:SecureTransport": true}, "Null": {"aws:TagKeys": [false]}, "DateLessThan": {"aws:CurrentTime": 1893456000}}';
    expect(findings(withCondition(condition))).toEqual([]);
    expect(values(condition)).toEqual({
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600", "s3:max-keys": ["10", "20", "-1.5"] },
      Bool: { "aws:SecureTransport": "true" },
      Null: { "aws:TagKeys": ["false"] },
      DateLessThan: { "aws:CurrentTime": "1893456000" },
    });
  });

  test.each(["12345678901234567890", "1e-9", "1e300"])("are needed around %s", (number) => {
    const text = withCondition(`{"NumericEquals": {"s3:max-keys": ${number}}}`);
    expect(findings(text)).toMatchObject([
      {
        severity: "error",
        message: `the value of \`s3:max-keys\`, too large or too small for a number, must be text in quotes, got the number ${String(Number(number))}`,
      },
    ]);
  });

  test("are needed around numbers that stand elsewhere", () => {
    expect(findings('{"Statement": {"Sid": 1, "Action": [true]}}').map(({ rule }) => rule)).toEqual(
      ["value", "value"],
    );
  });
});

describe("GR-13", () => {
  test("refuses a key that stands twice in one object, at the second, naming the first", () => {
    const text = withCondition(
      '{\n"StringEquals": {"sts:ExternalId": "a"},\n"StringEquals": {"aws:PrincipalOrgID": "b"}}',
    );
    expect(findings(text)).toEqual([
      {
        severity: "error",
        rule: "GR-13",
        file: FILE,
        span: { start: { line: 4, column: 1 }, end: { line: 4, column: 15 } },
        message: "the key `StringEquals` appears twice in the same object",
        help: "merge the two, or remove one; the first is on line 3",
        related: [
          {
            file: FILE,
            span: { start: { line: 3, column: 1 }, end: { line: 3, column: 15 } },
            message: "first defined here",
          },
        ],
      },
    ]);
  });

  test("refuses two spellings of one condition key under one operator", () => {
    const text = withCondition(
      '{"StringEquals": {"aws:PrincipalOrgID": "a", "AWS:principalorgid": "b"}}',
    );
    expect(said(text)).toEqual([
      "2:46-66 error: the condition key `AWS:principalorgid` repeats `aws:PrincipalOrgID`: case does not count [GR-13] => merge the two, or remove one; the first is on line 2",
    ]);
  });

  test("refuses them in a single statement too", () => {
    const text = '{"Statement": {"Condition": {"Bool": {"a:b": "true", "A:B": "true"}}}}';
    expect(findings(text).map(({ rule }) => rule)).toEqual(["GR-13"]);
  });

  test("accepts one condition key under two operators, and other keys that differ by case", () => {
    const condition =
      '{"StringLike": {"aws:PrincipalArn": "a"}, "StringNotLike": {"aws:PrincipalArn": "b"}}';
    expect(findings(withCondition(condition))).toEqual([]);
    expect(findings('{"Id": "a", "ID": "b"}')).toEqual([]);
  });

  test("reports every repetition", () => {
    expect(
      findings('{"Id": "a", "Id": "b", "Id": "c", "Version": "x", "Version": "y"}'),
    ).toHaveLength(3);
  });
});

describe("ID-22", () => {
  const id = (characters: string): string => `{"Id": "${characters}"}`;
  const refusal = "is not accepted by IAM, allowed: tab, line breaks and U+0020 to U+00FF [ID-22]";

  test.each<[string, string, string]>([
    [
      "a dash of typography",
      id("hub \u2014 spoke"),
      `1:13-14 error: the character U+2014 ${refusal} => write \`-\``,
    ],
    [
      "a quote of typography",
      id("team\u2019s"),
      `1:13-14 error: the character U+2019 ${refusal} => write \`'\``,
    ],
    [
      "a letter beyond Latin-1",
      id("\u0142"),
      `1:9-10 error: the character U+0142 ${refusal} => write it with plain letters`,
    ],
    [
      "an emoji, as one character",
      id("a\u{1F600}"),
      `1:10-12 error: the character U+1F600 ${refusal} => write it with plain letters`,
    ],
    [
      "an escaped character",
      id("ab\\u2014"),
      `1:11-17 error: the character U+2014 ${refusal} => write \`-\``,
    ],
    [
      "an escaped pair",
      id("\\ud83d\\ude00"),
      `1:9-21 error: the character U+1F600 ${refusal} => write it with plain letters`,
    ],
    [
      "an escaped control character",
      id("\\\\\\u0000"),
      `1:11-17 error: the character U+0000 ${refusal} => write it with plain letters`,
    ],
    ["a key", '{"Id\u2026": "a"}', `1:5-6 error: the character U+2026 ${refusal} => write \`...\``],
  ])("refuses %s, where it stands", (_what, text, expected) => {
    expect(said(text)).toEqual([expected]);
  });

  test("reports one finding a string", () => {
    expect(findings(`{"Id": "${"\u2014".repeat(1000)}", "Version": "\u2014"}`)).toHaveLength(2);
  });

  test("accepts Latin-1 and escaped line breaks", () => {
    expect(findings(id("Gr\u00FC\u00DFe \\t\\r\\n\\u00ff \\\\ \\/"))).toEqual([]);
  });

  test("refuses a document of more than 131,072 characters, whatever is in it", () => {
    const text = "[".repeat(131_073);
    expect(said(text)).toEqual([
      "- error: the document has 131073 characters, IAM reads at most 131072 [ID-22]",
    ]);
    expect(readPolicySource(FILE, text).source).toBeUndefined();
  });

  test("accepts a document of exactly 131,072 characters", () => {
    const text = id("a".repeat(131_072 - id("").length));
    expect(text).toHaveLength(131_072);
    expect(findings(text)).toEqual([]);
  });
});

describe("a value of another type", () => {
  test.each<[string, string, string[]]>([
    [
      "a list for a document",
      "[]",
      ["1:1-3 error: a policy document must be an object, got a list of 0 [value]"],
    ],
    [
      "a string for a document",
      '"Allow"',
      ['1:1-8 error: a policy document must be an object, got "Allow" [value]'],
    ],
    [
      "a number for the version",
      '{"Version": 2012}',
      ['1:13-17 error: `Version` must be a string, got the number 2012 [value] => write "2012"'],
    ],
    [
      "a string for the statements",
      '{"Statement": "Allow"}',
      ['1:15-22 error: `Statement` must be an object or a list of objects, got "Allow" [value]'],
    ],
    [
      "a string for a statement",
      '{"Statement": [{}, "Allow"]}',
      ['1:20-27 error: a statement must be an object, got "Allow" [value]'],
    ],
    [
      "a number for an action",
      '{"Statement": [{"Action": 5}]}',
      [
        '1:27-28 error: `Action` must be a string or a list of strings, got the number 5 [value] => write "5"',
      ],
    ],
    [
      "a boolean for the effect",
      '{"Statement": [{"Effect": true}]}',
      ['1:27-31 error: `Effect` must be a string, got the boolean true [value] => write "true"'],
    ],
    [
      "a list within a list",
      '{"Statement": [{"Resource": ["*", ["a", "b"]]}]}',
      ["1:35-45 error: each item of `Resource` must be a string, got a list of 2 [value]"],
    ],
    [
      "an account id as a number",
      '{"Statement": [{"Principal": {"AWS": [111111111111]}}]}',
      [
        '1:39-51 error: each item of `AWS` must be a string, got the number 111111111111 [value] => write "111111111111"',
      ],
    ],
    [
      "nothing for a principal",
      '{"Statement": [{"Principal": null}]}',
      ["1:30-34 error: `Principal` must be an object, got nothing [value]"],
    ],
    [
      "an operator without keys",
      withCondition('{"Bool": "true"}'),
      ['2:10-16 error: `Bool` must be an object of condition keys, got "true" [value]'],
    ],
    [
      "a condition that is a list",
      withCondition("[]"),
      ["2:1-3 error: `Condition` must be an object, got a list of 0 [value]"],
    ],
  ])("%s", (_what, text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  test("takes its statement out, and no other", () => {
    const { source } = readPolicySource(FILE, '{"Statement": [{"Effect": 1}, {"Effect": "Deny"}]}');
    expect(source?.document).toEqual({ Statement: [null, { Effect: "Deny" }] });
  });

  test("is told from an element that is missing", () => {
    const { source } = readPolicySource(FILE, '{"Version": 1, "Statement": 2}');
    expect(source?.document).toEqual({ Version: null, Statement: null });
  });
});

describe("hostile input ends in a diagnostic, in time", () => {
  /** Reads a text and fails when that takes long or throws. */
  function read(text: string): readonly Diagnostic[] {
    let found: readonly Diagnostic[] = [];
    expect(cpuMilliseconds(() => (found = findings(text)))).toBeLessThan(10_000);
    return found;
  }

  test.each<[string, string, string]>([
    ["lists within lists", "[".repeat(131_072), "1:17-18"],
    ["objects within objects", '{"a":'.repeat(26_000), "1:81-82"],
    ["a statement within a condition", withCondition('{"a":'.repeat(20)), "2:66-67"],
  ])("%s", (_what, text, place) => {
    expect(read(text).map(({ rule, message }) => [rule, message])).toEqual([
      ["nesting", "lists and objects are nested more than 16 deep"],
    ]);
    expect(read(text).map(({ span }) => span && placeOf(span))).toEqual([place]);
  });

  test("as deep as is read, nesting is no finding", () => {
    expect(read(`${"[".repeat(16)}${"]".repeat(16)}`).map(({ rule }) => rule)).toEqual(["value"]);
  });

  test.each<[string, string]>([
    ["brackets that do not pair", "[}".repeat(65_000)],
    ["brackets behind a comment", `/*"*/${"[".repeat(16)}${"}[".repeat(60_000)}`],
    ["nonsense", "x".repeat(131_072)],
    ["commas", `[${",".repeat(131_000)}`],
    ["quotes", '"'.repeat(131_071)],
    ["backslashes", `"${"\\".repeat(131_070)}`],
  ])("%s", (_what, text) => {
    expect(read(text).map(({ rule }) => rule)).toEqual(["json-syntax"]);
  });

  test("10,000 statements are read, the broken one among them is found", () => {
    const statements = Array.from({ length: 10_000 }, (_, index) =>
      index === 9_876 ? '{"Sid":1}' : '{"Sid":""}',
    );
    const found = read(`{"Statement":[\n${statements.join(",\n")}]}`);
    expect(found.map(({ span }) => span && placeOf(span))).toEqual(["9878:8-9"]);
  });

  test("thousands of repeated keys are all reported", () => {
    const found = read(`{${Array.from({ length: 14_000 }, () => '"Id":"a"').join(",")}}`);
    expect(found).toHaveLength(13_999);
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(["GR-13"]));
  });

  test("keys that mean something to JavaScript are plain keys", () => {
    const text =
      '{"__proto__": {"Version": "x"}, "constructor": "a", "Statement": [{"__proto__": "b"}]}';
    expect(read(text)).toEqual([]);
    expect(sourceOf(text).document.Version).toBeUndefined();
    expect(Object.keys(sourceOf(text).document)).toEqual(["__proto__", "constructor", "Statement"]);
  });
});

test("no text makes it throw", () => {
  const json = fc.json({ maxDepth: 6 });
  const cut = fc.tuple(json, fc.nat(200)).map(([text, length]) => text.slice(0, length));
  fc.assert(
    fc.property(fc.oneof(json, cut, fc.string({ unit: "binary" })), (text) => {
      const { source, diagnostics } = readPolicySource(FILE, text);
      expect(source !== undefined || diagnostics.length > 0).toBe(true);
    }),
  );
});

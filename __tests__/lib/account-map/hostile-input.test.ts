import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { readAccountMap } from "../../../lib/account-map/read/read-account-map";
import type { AccountMapResult } from "../../../lib/account-map/read/read-account-map";
import type { Diagnostic } from "../../../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../../../lib/diagnostics/print";
import { cpuMilliseconds } from "../../support/cpu-time";
import { ROOT } from "../../support/project";

const MEGABYTE = 1024 * 1024;
/** Processor time that any text may take, in milliseconds. */
const MOST_TIME = 15_000;

const ACCOUNTS = 'accounts:\n  one:\n    id: "111111111111"\n';

/** Reads and prints a text as the commands do, and checks what must hold for any text. */
function findingsIn(text: string): readonly Diagnostic[] {
  let result: AccountMapResult = { diagnostics: [] };
  let printed = "";
  const took = cpuMilliseconds(() => {
    result = readAccountMap({
      file: "accounts.yaml",
      text,
      documents: new Map(),
      readFile: () => undefined,
    });
    const texts = new Map([["accounts.yaml", text]]);
    printed = printDiagnostics(result.diagnostics, { texts, color: false });
  });
  expect(took).toBeLessThan(MOST_TIME);
  const { map, diagnostics } = result;
  // What is printed stays readable: not too long, and nothing in it commands a terminal.
  expect(printed.length).toBeLessThan(300_000);
  // eslint-disable-next-line no-control-regex -- control characters are what must be absent
  expect(printed).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
  expect(map === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  return diagnostics;
}

function messagesIn(text: string): string[] {
  return findingsIn(text).map(({ message }) => message);
}

describe("a file of megabytes", () => {
  test("is refused unparsed beyond 8 MB", () => {
    expect(messagesIn("#".repeat(8 * MEGABYTE + 1))).toEqual([
      "the file has 8388609 characters, at most 8388608 are read",
    ]);
  });

  test("is refused as soon as it has more tokens than any map", () => {
    expect(messagesIn(`[${",".repeat(4 * MEGABYTE)}]`)).toEqual([
      "the file has more than 3000000 tokens, no more are read",
    ]);
  });

  test.each(["[]{}:,-?&*!|>'\"%@` \n\tab#", "abc \n", "-: \n", "\"'\n ", "{}\n", "[,\n"])(
    "of nonsense from %j gives a few findings",
    (alphabet) => {
      const findings = findingsIn(nonsense(alphabet, MEGABYTE / 4));
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.length).toBeLessThanOrEqual(25);
    },
  );

  test.each([
    "}",
    '"',
    "'",
    "@",
    "`",
    "*",
    "& ",
    "! ",
    "|\n",
    "- !a a\n",
    "---\n",
    "%a\n",
    "a: &a &b c\n",
  ])("of %j gives a few findings", (piece) => {
    const findings = findingsIn(piece.repeat(MEGABYTE / 4 / piece.length));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThanOrEqual(20);
  });

  test.each(["", " ", "\t", "\n", "# comment\n", "\r\n"])(
    "that is nothing but %j holds nothing",
    (piece) => {
      expect(messagesIn(piece.repeat(100_000))).toEqual(["the file must be a map, got nothing"]);
    },
  );
});

describe("deep nesting", () => {
  const deep = 100_000;
  test.each([
    ["lists", "[".repeat(deep)],
    ["maps", "{a: ".repeat(deep)],
    ["closed lists", "[".repeat(deep) + "]".repeat(deep)],
    ["list items on one line", "- ".repeat(deep)],
    ["explicit keys", "? ".repeat(deep)],
    ["empty keys", ": ".repeat(deep)],
    ["keys on one line", "a: ".repeat(deep)],
    ["indented keys", staircase("a:", 2000)],
    ["indented items", staircase("-", 2000)],
    ["indented explicit keys", staircase("?", 2000)],
  ])("of %s is refused", (_, text) => {
    expect(messagesIn(text)).toEqual(["lists and maps are nested more than 100 deep"]);
  });

  test("below the limit is read", () => {
    expect(messagesIn(`accounts: ${"[".repeat(99)}${"]".repeat(99)}`)).toEqual([
      "`accounts` must be a map, got a list of 1 item",
    ]);
  });

  test("of brackets in texts and comments is none", () => {
    const brackets = "[{".repeat(1000);
    expect(messagesIn(`${ACCOUNTS}    name: "${brackets}"\n# ${brackets}\n`)).toEqual([]);
  });

  test("of merged maps costs no more than reading them once", () => {
    const merged = "<<: { ".repeat(90) + 'id: "111111111111"' + " }".repeat(90);
    expect(messagesIn(`accounts: { one: { ${merged} } }`)).toEqual([]);
  });
});

describe("aliases", () => {
  const tooMany = "aliases refer to more than 1000000 values";

  test("that double what they stand for are refused", () => {
    const lines = Array.from({ length: 60 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
    expect(messagesIn(`a0: &a0 [x]\n${lines.join("\n")}\n`)).toEqual([tooMany]);
  });

  test("of a long list are refused", () => {
    const list = `[${"x,".repeat(10_000)}]`;
    expect(messagesIn(`a: &a ${list}\nb: [${"*a,".repeat(10_000)}]\n`)).toEqual([tooMany]);
  });

  test("of a large map that is merged again and again are refused", () => {
    const keys = Array.from({ length: 10_000 }, (_, n) => `k${n}: x`).join(", ");
    const maps = "{ <<: *a },".repeat(10_000);
    expect(messagesIn(`a: &a { ${keys} }\nb: [${maps}]\n`)).toEqual([tooMany]);
  });

  test("of one short text can be many", () => {
    const items = "*name, ".repeat(100_000);
    expect(messagesIn(`accounts: [&name x, ${items}]`)).toEqual([
      "`accounts` must be a map, got a list of 100001 items",
    ]);
  });

  test("of themselves are refused", () => {
    expect(messagesIn("a: &a { b: [*a] }\nc: &c\n  <<: *c\n")).toEqual([
      "the alias `*a` refers to a value that contains it",
      "the alias `*c` refers to a value that contains it",
    ]);
  });
});

describe("huge numbers", () => {
  const many = 20_000;

  test("of equal keys are counted up to a limit", () => {
    const findings = findingsIn(`accounts:\n${"  one:\n".repeat(many)}`);
    expect(findings.filter(({ rule }) => rule === "duplicate-key")).toHaveLength(1000);
  });

  test("of unknown keys are counted up to a limit", () => {
    const keys = Array.from({ length: many }, (_, n) => `key-${n}: x`).join("\n    ");
    const findings = findingsIn(`${ACCOUNTS}    ${keys}\n`);
    expect(findings.filter(({ rule }) => rule === "unknown-key")).toHaveLength(10_000);
    expect(findings[0]?.message).toBe(
      "there are more than 10000 findings, the others are not listed",
    );
  });

  test("of lines in one text are no problem", () => {
    const lines = "x\n      ".repeat(100_000);
    const names = [`"${lines}"`, `'${lines}'`, lines, `|\n      ${lines}`, `>-\n      ${lines}`];
    for (const name of names) expect(messagesIn(`${ACCOUNTS}    name: ${name}\n`)).toEqual([]);
  });

  test("of characters in a name do not flood the findings", () => {
    const name = "x".repeat(MEGABYTE);
    const key = "y".repeat(1000);
    const messages = messagesIn(`accounts:
  one: { id: "${name}", ${key}: "${name}", partition: "${name}" }
  two: { id: "222222222222", region: "${name}", deploymentRole: "${name}" }
hubs: { hub: { account: "${name}", role: "${name}" }, ${key}: {} }
`);
    expect(messages.length).toBeGreaterThan(5);
    for (const message of messages) expect(message.length).toBeLessThan(500);
  });

  test("of list items are compared in linear time", () => {
    const spoke = (items: string): string =>
      `${ACCOUNTS}hubs: { h: { account: one } }\nspokes: { s: { accounts: { keys: [${items}] }, hubs: [${items}], externalId: [${items}] } }\n`;
    const texts = Array.from({ length: many }, (_, n) => `a${n}`).join(", ");
    expect(messagesIn(spoke(texts))).toEqual([
      "`spokes.s.externalId` must be a list of at most 2 items, got a list of 20000 items",
    ]);
    expect(messagesIn(spoke(`${texts}, a0, a1`))).toEqual([
      '`spokes.s.accounts.keys` names "a0" twice',
      '`spokes.s.hubs` names "a0" twice',
      "`spokes.s.externalId` must be a list of at most 2 items, got a list of 20002 items",
      '`spokes.s.externalId` names "a0" twice',
    ]);
    expect(messagesIn(spoke("{}, ".repeat(many)))).toHaveLength(10_001);
  });

  test("of wrong references among many accounts are found in time", () => {
    const accounts = Array.from(
      { length: 10_000 },
      (_, n) => `  account-${n}: { id: "${String(n).padStart(12, "0")}" }\n`,
    );
    const wrong = Array.from({ length: 10_000 }, (_, n) => `acount-${n}`).join(", ");
    const findings = findingsIn(
      `accounts:\n${accounts.join("")}spokes: { s: { accounts: { keys: [${wrong}] } } }\n`,
    );
    expect(findings).toHaveLength(10_000);
    expect(findings[0]).toMatchObject({
      message: "there is no account `acount-0` among the 10000 known",
      help: "did you mean `account-0`?",
    });
  });
});

describe("a large map", () => {
  test("is read in about the time that the YAML library needs to parse it", () => {
    const accounts = Array.from({ length: 3000 }, (_, n) => {
      const id = String(100_000_000_000 + n);
      return `  account-${n}:\n    id: "${id}"\n    unit: /Work/Prod\n    tags: { team: team-${n % 50}, stage: prod }\n`;
    });
    const text = `accounts:\n${accounts.join("")}spokes: { s: { accounts: { units: [/Work/**] } } }\n`;
    const time = (run: () => void): number =>
      Math.min(...Array.from({ length: 2 }, () => cpuMilliseconds(run)));
    const parsing = time(() => void parseDocument(text, { uniqueKeys: false }).toJS());
    const reading = time(() => {
      expect(findingsIn(text)).toEqual([]);
    });
    // 1.3 where nothing else runs.
    expect(reading / parsing).toBeLessThan(3);
  });
});

describe("characters that do not belong", () => {
  test.each([
    ["NUL", "\u0000", "U+0000"],
    ["escape", "\u001B[31m", "U+001B"],
    ["backspace", "\b", "U+0008"],
    ["delete", "\u007F", "U+007F"],
  ])("%s is refused and shown by a sign", (_, character, code) => {
    expect(messagesIn(`${ACCOUNTS}    name: a${character}b\n`)).toEqual([
      `the control character ${code} is not allowed in a YAML file`,
    ]);
  });

  test("an escape sequence in quotes reaches no terminal", () => {
    expect(messagesIn(`${ACCOUNTS}    unit: "\\e[2J\\u202e"\n`)).toEqual([
      '`accounts.one.unit` must be a path such as `/` or `/Workloads/Prod`, got "\\u001b[2J\u202E"',
    ]);
  });

  test("names of the prototype are keys like any other", () => {
    expect(
      messagesIn(`${ACCOUNTS}    tags: { __proto__: x, constructor: y, toString: z }\n`),
    ).toEqual([]);
    expect(messagesIn("__proto__: { accounts: {} }\n")).toEqual([
      "the file lacks the key `accounts`",
      expect.stringMatching(/^unknown key `__proto__`, allowed: /),
    ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("any text", () => {
  test("ends in findings or in a map, never in an exception", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void findingsIn(text)),
      {
        numRuns: 500,
      },
    );
  });

  test("that was a map before somebody changed it, too", () => {
    const words = readFileSync(join(ROOT, "accounts.yaml"), "utf8").split(/(?<=\s)|(?=[:{},[\]"])/);
    const change = fc.record({
      at: fc.nat(words.length - 1),
      remove: fc.nat(3),
      insert: fc.oneof(
        fc.constantFrom(..."[]{}:,-?&*!|>'\"%@` \n\t#".split("")),
        fc.constantFrom(...words),
        fc.constantFrom(
          "null",
          "7",
          "true",
          "~",
          "{{account.id}}",
          "<<: ",
          "__proto__: ",
          "[]",
          "{}",
        ),
      ),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const changed = [...words];
        for (const { at, remove, insert } of changes) changed.splice(at, remove, insert);
        findingsIn(changed.join(""));
      }),
      { numRuns: 150 },
    );
  });
});

/** A text of characters from an alphabet, the same on every run. */
function nonsense(alphabet: string, length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return alphabet[(state >> 16) % alphabet.length] ?? "";
  }).join("");
}

/** Lines that are indented one deeper each. */
function staircase(line: string, height: number): string {
  return Array.from({ length: height }, (_, n) => `${" ".repeat(n)}${line}\n`).join("");
}

import fc from "fast-check";

/** The text of a map, and the keys of its accounts. */
export interface MapSample {
  readonly text: string;
  readonly keys: readonly string[];
}

const comment = fc.constantFrom("", "", "", " # note", "\t# tab\there", " # it's: {a}, [b] & *c");
const quotes = fc.constantFrom('"', "'");

interface Field {
  readonly key: string;
  readonly value: string;
}

const fields = fc
  .record({
    unit: fc.option(fc.constantFrom("/", "/Prod", "/Test", '"/Prod/A b"'), { nil: undefined }),
    name: fc.option(fc.constantFrom("Shop", '"The shop"', '"it\'s"'), { nil: undefined }),
    tags: fc.option(fc.constantFrom("{ team: shop }", '{team: shop, cost: "1"}'), {
      nil: undefined,
    }),
    idLast: fc.boolean(),
  })
  .map(({ idLast, ...others }): { idLast: boolean; others: Field[] } => ({
    idLast,
    others: Object.entries(others).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, value }],
    ),
  }));

/** Lines of an account, in lines or in braces, with comments wherever they may stand. */
function accountLines(key: string, id: string, step: number): fc.Arbitrary<string[]> {
  return fc
    .record({
      fields,
      quote: quotes,
      braces: fc.boolean(),
      tail: fc.array(comment, { minLength: 6, maxLength: 6 }),
      own: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    })
    .map(({ fields: { idLast, others }, quote, braces, tail, own }) => {
      const idField = { key: "id", value: `${quote}${id}${quote}` };
      const all = idLast ? [...others, idField] : [idField, ...others];
      const outer = " ".repeat(step);
      const inner = " ".repeat(2 * step);
      if (braces) {
        const pairs = all.map(({ key: name, value }) => `${name}: ${value}`).join(", ");
        return [`${outer}${key}: { ${pairs} }${tail[0] ?? ""}`];
      }
      return [
        `${outer}${key}:${tail[0] ?? ""}`,
        ...all.flatMap(({ key: name, value }, index) => [
          ...(own[index] === true ? [`${inner}# before ${name}`] : []),
          `${inner}${name}: ${value}${tail[index + 1] ?? ""}`,
        ]),
        ...(own[5] === true ? [`${inner}# behind ${key}`] : []),
      ];
    });
}

/** Random texts of maps: other indentation, line ends, quotes, blank lines and comments, with a hub and a spoke. */
export const accountMapTexts: fc.Arbitrary<MapSample> = fc
  .record({
    count: fc.integer({ min: 2, max: 5 }),
    step: fc.constantFrom(2, 4),
    eol: fc.constantFrom("\n", "\r\n"),
    closed: fc.boolean(),
    spaced: fc.constantFrom("none", "all", "some"),
    blanks: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    above: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    accountsLast: fc.boolean(),
    marker: fc.boolean(),
  })
  .chain((shape) => {
    const keys = Array.from({ length: shape.count }, (_, index) => `account-${index}`);
    const lines = keys.map((key, index) =>
      accountLines(key, `${index + 1}`.repeat(12), shape.step),
    );
    return fc.tuple(...lines).map((accounts) => ({ text: textOf(shape, accounts, keys), keys }));
  });

interface Shape {
  readonly step: number;
  readonly eol: string;
  readonly closed: boolean;
  readonly spaced: string;
  readonly blanks: readonly boolean[];
  readonly above: readonly boolean[];
  readonly accountsLast: boolean;
  readonly marker: boolean;
}

function textOf(shape: Shape, accounts: readonly string[][], keys: readonly string[]): string {
  const { step, eol, closed, spaced, blanks, above, accountsLast, marker } = shape;
  const indent = " ".repeat(step);
  const section = [
    "accounts: # all of them",
    ...accounts.flatMap((lines, index) => [
      ...(index > 0 && (spaced === "all" || (spaced === "some" && blanks[index] === true))
        ? [""]
        : []),
      ...(above[index] === true ? [`${indent}# above ${keys[index] ?? ""}`] : []),
      ...lines,
    ]),
  ];
  const others = [
    "hubs:",
    `${indent}people: # a hub`,
    `${indent.repeat(2)}account: ${keys[0] ?? ""} # home`,
    "spokes:",
    `${indent}reader: { hubs: [people], accounts: { keys: [${keys.join(", ")}] } }`,
  ];
  const parts = accountsLast ? [...others, "", ...section] : [...section, "", "# below", ...others];
  const lines = [...(marker ? ["# top", "---"] : []), "version: 1", ...parts];
  return lines.join(eol) + (closed ? eol : "");
}

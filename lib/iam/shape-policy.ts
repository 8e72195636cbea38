import { isObject } from "../source/json-object";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { findingAt } from "../source/finding";
import type { Finding } from "../source/finding";
import type { Severity } from "../diagnostics/severity";
import { parseOperator } from "./condition/condition-operator";
import type {
  DocumentShape,
  PolicyPath,
  PolicyPlaces,
  PolicySource,
  StatementShape,
} from "./policy-shape";
import { shorten } from "../diagnostics/quote";

/** Whether numbers and booleans of conditions may be written without quotes, as in IAM's JSON, or not, as in YAML, which drops digits. */
export type Quotes = "optional" | "needed";

/**
 * Gives a parsed value, of JSON or YAML, the shape of a policy document. What has another type is
 * reported and left out. Numbers and booleans as values of conditions become the strings that IAM reads them
 * as: its grammar has quotes around them as optional ("Grammar of the IAM JSON policy language").
 *
 * @param quotes of `needed`, a boolean is read with a warning, and a number is an error
 */
export function shapePolicy(
  value: unknown,
  places: PolicyPlaces,
  quotes: Quotes = "optional",
): { readonly source?: PolicySource; readonly diagnostics: readonly Diagnostic[] } {
  const shaping = new Shaping(isObject(value) ? forListPaths(value, places) : places, quotes);
  if (!isObject(value)) {
    shaping.wrong([], "a policy document", "an object", value);
    return { diagnostics: shaping.diagnostics };
  }
  const source = { ...forListPaths(value, places), document: shaping.document(value) };
  return { source, diagnostics: shaping.diagnostics };
}

/** Lets paths name a single statement as if it stood in a list. */
function forListPaths(
  document: Readonly<Record<string, unknown>>,
  places: PolicyPlaces,
): PolicyPlaces {
  const single = !Array.isArray(document.Statement);
  const ownPath = (path: PolicyPath): PolicyPath =>
    single && path[0] === "Statement" && path[1] === 0 ? ["Statement", ...path.slice(2)] : path;
  return {
    file: places.file,
    locate: (path) => places.locate(ownPath(path)),
    locateKey: (path) => places.locateKey(ownPath(path)),
  };
}

/** As IAM compares numbers: no exponent. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

const STRING_LISTS = ["Action", "NotAction", "Resource", "NotResource"];

class Shaping {
  readonly diagnostics: Diagnostic[] = [];
  readonly #places: PolicyPlaces;

  readonly #quotes: Quotes;

  constructor(places: PolicyPlaces, quotes: Quotes) {
    this.#places = places;
    this.#quotes = quotes;
  }

  document(value: Readonly<Record<string, unknown>>): DocumentShape {
    const document: Record<string, unknown> = { ...value };
    for (const element of ["Version", "Id"]) {
      const content = value[element];
      if (content !== undefined && !this.isString([element], element, content)) {
        document[element] = null;
      }
    }
    if (value.Statement !== undefined) document.Statement = this.statements(value.Statement);
    return document;
  }

  statements(value: unknown): readonly (StatementShape | null)[] | null {
    if (Array.isArray(value)) return value.map((each, index) => this.statement(each, index));
    if (isObject(value)) return [this.statement(value, 0)];
    this.wrong(["Statement"], "`Statement`", "an object or a list of objects", value);
    return null;
  }

  statement(value: unknown, index: number): StatementShape | null {
    const path = ["Statement", index];
    if (!isObject(value)) {
      this.wrong(path, "a statement", "an object", value);
      return null;
    }
    const before = this.diagnostics.length;
    const statement: Record<string, unknown> = { ...value };
    for (const [element, content] of Object.entries(value)) {
      const at = [...path, element];
      if (element === "Sid" || element === "Effect") this.isString(at, element, content);
      else if (STRING_LISTS.includes(element)) this.isOneOrMore(at, element, content);
      else if (element === "Principal" || element === "NotPrincipal")
        this.principal(at, element, content);
      else if (element === "Condition") statement[element] = this.condition(at, content);
    }
    const failed = this.diagnostics.slice(before).some(({ severity }) => severity === "error");
    return failed ? null : statement;
  }

  principal(path: PolicyPath, element: string, value: unknown): void {
    if (typeof value === "string") return;
    if (!isObject(value)) this.wrong(path, `\`${element}\``, "an object", value);
    else
      for (const [kind, names] of Object.entries(value))
        this.isOneOrMore([...path, kind], kind, names);
  }

  condition(path: PolicyPath, value: unknown): unknown {
    if (!isObject(value)) {
      this.wrong(path, "`Condition`", "an object", value);
      return value;
    }
    return mapValues(value, (keys, operator) => {
      const at = [...path, operator];
      if (isObject(keys)) {
        return mapValues(keys, (values, key) =>
          this.conditionValues([...at, key], operator, key, values),
        );
      }
      this.wrong(at, `\`${operator}\``, "an object of condition keys", keys);
      return keys;
    });
  }

  conditionValues(path: PolicyPath, operator: string, key: string, value: unknown): unknown {
    const plain = Array.isArray(value)
      ? value.map((each: unknown, index) => this.unquoted([...path, index], key, each))
      : this.unquoted(path, key, value);
    this.isOneOrMore(path, key, plain);
    return isTruth(operator) ? this.truths(path, operator, plain) : plain;
  }

  /** `True` is read as `true`, with a warning (rule GR-24), so that whatever reads the document compares one form. */
  truths(path: PolicyPath, operator: string, value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((each: unknown, index) => this.truths([...path, index], operator, each));
    }
    const truth = typeof value === "string" ? value.toLowerCase() : "";
    if (value === truth || (truth !== "true" && truth !== "false")) return value;
    const message = `\`${operator}\` takes \`true\` or \`false\`, got ${describe(value)}`;
    const help = `write "${truth}"`;
    const finding: Finding = { severity: "warning", rule: "GR-24", message, help };
    this.diagnostics.push(findingAt(this.#places, path, finding));
    return truth;
  }

  /** The text of a number or boolean without quotes; if digits were lost on the way, the text is unknown. */
  unquoted(path: PolicyPath, key: string, value: unknown): unknown {
    const what = `the value of \`${key}\``;
    if (typeof value === "boolean") {
      if (this.#quotes === "needed") this.wrong(path, what, "a string", value, "warning");
      return String(value);
    }
    if (typeof value !== "number" || this.#quotes === "needed") return value;
    const text = String(value);
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER && DECIMAL.test(text)) return text;
    this.wrong(path, `${what}, too large or too small for a number,`, "text in quotes", value);
    return text;
  }

  isString(path: PolicyPath, element: string, value: unknown): boolean {
    if (typeof value === "string") return true;
    this.wrong(path, `\`${shorten(element, 60)}\``, "a string", value);
    return false;
  }

  isOneOrMore(path: PolicyPath, element: string, value: unknown): void {
    if (typeof value === "string") return;
    const name = `\`${shorten(element, 60)}\``;
    if (!Array.isArray(value)) this.wrong(path, name, "a string or a list of strings", value);
    else {
      for (const [index, each] of value.entries()) {
        if (typeof each !== "string")
          this.wrong([...path, index], `each item of ${name}`, "a string", each);
      }
    }
  }

  wrong(
    path: PolicyPath,
    what: string,
    allowed: string,
    value: unknown,
    severity: Severity = "error",
  ): void {
    const scalar = typeof value === "number" || typeof value === "boolean";
    const finding: Finding = {
      severity,
      rule: "value",
      message: `${what} must be ${allowed}, got ${describe(value)}`,
      ...(scalar && allowed.includes("string") ? { help: `write "${String(value)}"` } : {}),
    };
    this.diagnostics.push(findingAt(this.#places, path, finding));
  }
}

/** Whether an operator compares truths (rule GR-15). */
function isTruth(operator: string): boolean {
  const { family } = parseOperator(operator) ?? {};
  return family === "Bool" || family === "Null";
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return JSON.stringify(shorten(value, 60));
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

function mapValues(
  record: Readonly<Record<string, unknown>>,
  change: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value, key)]),
  );
}

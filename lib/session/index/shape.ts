/** What is wrong with an index, by place: `roles[3].arn: ...`. */
export type ShapeProblems = string[];

/** Reads a value at a place, or adds what is wrong with it. */
export type Shape = (value: unknown, at: string, problems: ShapeProblems) => void;

/** A text that a pattern matches. */
export function text(pattern: RegExp, allowed: string): Shape {
  return (value, at, problems) => {
    if (typeof value === "string" && pattern.test(value)) return;
    problems.push(`${at}: must be ${allowed}, got ${shown(value)}`);
  };
}

/** Exactly one of these values. */
export function oneOf(...values: readonly unknown[]): Shape {
  return (value, at, problems) => {
    if (values.includes(value)) return;
    problems.push(`${at}: must be ${values.map(shown).join(" or ")}, got ${shown(value)}`);
  };
}

/** A whole number within bounds. */
export function whole(least: number, most: number): Shape {
  return (value, at, problems) => {
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
    problems.push(`${at}: must be a whole number from ${least} to ${most}, got ${shown(value)}`);
  };
}

/** Either shape. */
export function either(one: Shape, other: Shape): Shape {
  return (value, at, problems) => {
    const first: ShapeProblems = [];
    one(value, at, first);
    const second: ShapeProblems = [];
    if (first.length > 0) other(value, at, second);
    if (second.length > 0) problems.push(...first.slice(0, 1));
  };
}

/** A list of values of one shape. */
export function list(each: Shape): Shape {
  return (value, at, problems) => {
    if (!Array.isArray(value)) {
      problems.push(`${at}: must be a list, got ${shown(value)}`);
      return;
    }
    for (const [index, item] of value.entries()) each(item, `${at}[${index}]`, problems);
  };
}

/** A mapping of texts to values of one shape. */
export function mapping(each: Shape): Shape {
  return (value, at, problems) => {
    if (!isRecord(value)) {
      problems.push(`${at}: must be a mapping, got ${shown(value)}`);
      return;
    }
    for (const [key, item] of Object.entries(value)) each(item, `${at}.${key}`, problems);
  };
}

/** An object of these members; others are of later versions of the same format, and mean nothing here. */
export function record(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const needed = Object.entries(required);
  const further = Object.entries(optional);
  return (value, at, problems) => {
    if (!isRecord(value)) {
      problems.push(`${at}: must be an object, got ${shown(value)}`);
      return;
    }
    const place = at === "" ? "" : `${at}.`;
    for (const [key, shape] of needed) shape(value[key], `${place}${key}`, problems);
    for (const [key, shape] of further) {
      if (value[key] !== undefined) shape(value[key], `${place}${key}`, problems);
    }
  };
}

/** An object whose `kind` says which shape it has. */
export function kinds(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, at, problems) => {
    const kind = isRecord(value) ? value.kind : undefined;
    const shape =
      typeof kind === "string" && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    if (shape === undefined) {
      problems.push(
        `${at}.kind: must be one of ${Object.keys(shapes).join(", ")}, got ${shown(kind)}`,
      );
    } else shape(value, at, problems);
  };
}

/** Whether a value is an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const written = JSON.stringify(value);
  return written.length > 80 ? `${written.slice(0, 77)}...` : written;
}

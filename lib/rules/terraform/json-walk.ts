import type { Path } from "../../source/source";

/** A string of a JSON value and where it stands. */
export interface PlacedString {
  readonly text: string;
  /** The way to it, made only when asked for. */
  readonly path: () => Path;
}

/** Every string of a value except comments, which are under `//`. Not recursive: a text may be nested as deep as it likes. */
export function* stringsOf(value: unknown): Generator<PlacedString> {
  const pending: Place[] = [{ value, key: "", parent: undefined }];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const here = place;
    if (typeof here.value === "string") yield { text: here.value, path: () => pathOf(here) };
    else if (typeof here.value === "object" && here.value !== null) {
      const list = Array.isArray(here.value);
      for (const [key, child] of Object.entries(here.value as Readonly<Record<string, unknown>>)) {
        if (key !== "//")
          pending.push({ value: child, key: list ? Number(key) : key, parent: here });
      }
    }
  }
}

/** A value under a label, such as a resource under its name. */
export interface Labelled {
  readonly label: string;
  readonly value: unknown;
  readonly at: Path;
}

/** What is under the labels of a block; a list of blocks counts as one. */
export function* labelled(value: unknown, at: Path): Generator<Labelled> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* entries(each, [...at, index]);
  } else yield* entries(value, at);
}

/** The blocks of a kind, of which there may be one or a list. */
export function* blocks(value: unknown, at: Path): Generator<Omit<Labelled, "label">> {
  if (!Array.isArray(value)) yield { value, at };
  else
    for (const [index, each] of value.entries())
      yield { value: each as unknown, at: [...at, index] };
}

/** A resource or data source of a stack. */
export interface StackResource extends Labelled {
  readonly kind: "resource" | "data";
  readonly type: string;
}

/** The resources and data sources of a stack. */
export function resourcesOf(stack: Readonly<Record<string, unknown>>): readonly StackResource[] {
  const found: StackResource[] = [];
  for (const kind of ["resource", "data"] as const) {
    for (const { label: type, value, at } of labelled(memberOf(stack, kind), [kind])) {
      for (const each of labelled(value, at)) found.push({ ...each, kind, type });
    }
  }
  return found;
}

/** A member of an object, or `undefined`. */
export function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function* entries(value: unknown, at: Path): Generator<Labelled> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [label, child] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    if (label !== "//") yield { label, value: child, at: [...at, label] };
  }
}

interface Place {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Place | undefined;
}

function pathOf(place: Place): Path {
  const path: (string | number)[] = [];
  for (let here = place; here.parent !== undefined; here = here.parent) path.push(here.key);
  return path.reverse();
}

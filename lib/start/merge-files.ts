import { applyEdits, modify, parse } from "jsonc-parser";
import type { ParseError } from "jsonc-parser";

/** What a starting repository adds to a package.json. */
export interface PackageParts {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * A package.json with scripts and dependencies that it lacks; what it has stays, byte for byte, also where it says
 * something else. `undefined` where it is no object of JSON.
 */
export function mergePackage(text: string, parts: PackageParts): string | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors);
  if (errors.length > 0 || typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  const has = (part: string, name: string): boolean =>
    Object.hasOwn((value as Record<string, object | undefined>)[part] ?? {}, name);
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)"/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  let merged = text;
  for (const part of ["scripts", "dependencies", "devDependencies"] as const) {
    for (const [name, entry] of Object.entries(parts[part])) {
      const isThere =
        part === "scripts"
          ? has(part, name)
          : has("dependencies", name) || has("devDependencies", name);
      if (isThere) continue;
      merged = applyEdits(merged, modify(merged, [part, name], entry, { formattingOptions }));
    }
  }
  return merged;
}

/** A list of ignored files with the lines that it lacks, at its end. */
export function mergeLines(text: string, lines: readonly string[]): string {
  const there = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !there.has(line) && !there.has(line.replace(/\/$/, "")));
  if (missing.length === 0) return text;
  const end = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${end}${missing.join("\n")}\n`;
}

import type { Profile } from "./plan-profiles";

const BEGIN = "# >>> trustwheel profiles";
const END = "# <<< trustwheel profiles";

/** The block of an AWS configuration file that trustwheel writes: everything else in the file is the user's. */
export function profileBlock(profiles: readonly Profile[], mapDigest: string): string {
  const sections = profiles.map(({ name, settings, why }) =>
    [
      `[profile ${name}]`,
      ...(why === undefined ? [] : [`# ${why}`]),
      ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`),
      "",
    ].join("\n"),
  );
  const head = `${BEGIN} of map ${mapDigest.slice(0, 16)}: generated, edits are lost`;
  return `${[head, ...sections].join("\n")}\n${END}\n`;
}

/** What became of a configuration file, or why it stays as it is. */
export type BlockEdit = { readonly text: string } | { readonly problem: string };

/** The text of a file with this block instead of the one in it, or at its end; no other byte changes. */
export function withBlock(text: string, block: string): BlockEdit {
  const found = findBlock(text);
  if (found === "broken") {
    return {
      problem: `the file has one of the two marker lines, or several: ${JSON.stringify(BEGIN)} and ${JSON.stringify(END)} must be there once each, or not at all`,
    };
  }
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const own = block.replaceAll("\n", lineEnd);
  if (found === undefined) {
    const gap = text === "" ? "" : text.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
    return { text: text + gap + own };
  }
  return { text: text.slice(0, found.start) + own + text.slice(found.end) };
}

/** The block in a file. @default - there is none */
export function blockIn(text: string): string | undefined {
  const found = findBlock(text);
  return found === undefined || found === "broken"
    ? undefined
    : text.slice(found.start, found.end).replaceAll("\r\n", "\n");
}

function findBlock(
  text: string,
): { readonly start: number; readonly end: number } | "broken" | undefined {
  const begins = [...text.matchAll(/^# >>> trustwheel profiles.*$/gm)];
  const ends = [...text.matchAll(/^# <<< trustwheel profiles.*$/gm)];
  if (begins.length === 0 && ends.length === 0) return undefined;
  const [begin] = begins;
  const [end] = ends;
  if (
    begins.length !== 1 ||
    ends.length !== 1 ||
    begin === undefined ||
    end === undefined ||
    end.index < begin.index
  )
    return "broken";
  const newline = text.indexOf("\n", end.index);
  return { start: begin.index, end: newline < 0 ? text.length : newline + 1 };
}

/** Strings, and what begins, ends and parts objects and lists. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/**
 * A key that one object of a JSON text has twice, if there is one. A parser keeps the last of the two, and
 * Terraform reads the blocks below both.
 *
 * @param text valid JSON
 */
export function repeatedKey(text: string): string | undefined {
  /** The keys of the objects that are open; none for lists. */
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(TOKENS)) {
    switch (token) {
      case "{":
        open.push(new Set());
        isKey = true;
        break;
      case "[":
        open.push(undefined);
        isKey = false;
        break;
      case "}":
      case "]":
        open.pop();
        isKey = false;
        break;
      case ",":
        isKey = open.at(-1) !== undefined;
        break;
      default: {
        if (!isKey) break;
        isKey = false;
        const key = token.includes("\\") ? String(JSON.parse(token)) : token.slice(1, -1);
        const keys = open.at(-1);
        if (keys?.has(key) === true) return key;
        keys?.add(key);
      }
    }
  }
  return undefined;
}

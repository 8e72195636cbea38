/**
 * Compiles a pattern for paths, as CODEOWNERS files and git have them: `name` and `*.ext` match in any folder, `/name`
 * below the project alone, and `name/` matches what is in a folder. `*` stands for any part of a name.
 */
export function pathPattern(pattern: string): RegExp {
  const anchored = pattern.startsWith("/");
  const folder = pattern.endsWith("/");
  const names = pattern
    .slice(anchored ? 1 : 0, folder ? -1 : undefined)
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]*");
  // Git and hosts also look for their files on systems where case means nothing.
  return new RegExp(`${anchored ? "^" : "(?:^|/)"}${names}${folder ? "/" : "$"}`, "i");
}

/** Whether a unit path fits a pattern: `*` is one unit, a final `**` the unit before it and all below. */
export function matchesUnit(unit: string, pattern: string): boolean {
  const names = unit.split("/").filter((name) => name !== "");
  const parts = pattern.split("/").filter((part) => part !== "");
  const open = parts.at(-1) === "**";
  const fixed = open ? parts.slice(0, -1) : parts;
  if (open ? names.length < fixed.length : names.length !== fixed.length) return false;
  return fixed.every((part, index) => part === "*" || part === names[index]);
}

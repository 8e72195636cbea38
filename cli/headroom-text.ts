import type { Headroom } from "../lib/rules/headroom";

/** How many lines are worth reading. */
const SHOWN = 3;

/** The fullest trust policies and permissions, a line each; nothing where there are none. */
export function printHeadroom(rooms: readonly Headroom[]): string {
  if (rooms.length === 0) return "";
  const lines = rooms.slice(0, SHOWN).map(({ what, role, account, size, quota, fits, unit }) => {
    const percent = Math.round((100 * size) / quota);
    return `  ${what} of ${role} in ${account}: ${size} of ${quota} characters (${percent} %), about ${fits} more ${unit} fit`;
  });
  return `headroom, the fullest first:\n${lines.join("\n")}\n`;
}

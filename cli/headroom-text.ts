import type { Headroom } from "../lib/rules/headroom";

/** Lines that `check` shows; its JSON has all. */
const SHOWN = 12;

/** How full trust policies and permissions are, the fullest first, under a title; nothing where there are none. */
export function printHeadroom(rooms: readonly Headroom[]): string {
  const lines = headroomLines(rooms, SHOWN);
  return lines.length === 0 ? "" : `headroom, the fullest first:\n${lines.join("\n")}\n`;
}

/** The fullest trust policies and permissions, a line each. */
export function headroomLines(rooms: readonly Headroom[], most: number): string[] {
  const lines = rooms.slice(0, most).map(({ what, role, account, size, quota, fits, unit }) => {
    const percent = Math.round((100 * size) / quota);
    return `  ${what} of ${role} in ${account}: ${size} of ${quota} characters (${percent} %), about ${fits} more ${unit} fit`;
  });
  return rooms.length > most ? [...lines, `  and ${rooms.length - most} more`] : lines;
}

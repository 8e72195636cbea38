import type { Headroom } from "../../lib/plan/quota-use";
import { counted } from "../../lib/diagnostics/words";

/** Lines that `check` shows; its JSON has all. */
const SHOWN = 12;
/** The use of a quota from which people want to know of it, percent. */
const WORTH_SHOWING = 70;

/** Which quotas are nearly used up, the fullest first, under a title; nothing where there are none. */
export function printHeadroom(rooms: readonly Headroom[]): string {
  const lines = headroomLines(rooms, SHOWN);
  return lines.length === 0 ? "" : `quota use, highest first:\n${lines.join("\n")}\n`;
}

/** The trust policies and permissions that use 70 % of their quota or more, the fullest first, a line each. */
export function headroomLines(rooms: readonly Headroom[], most: number): string[] {
  const full = rooms.filter(({ size, quota }) => 100 * size >= WORTH_SHOWING * quota);
  const lines = full.slice(0, most).map(({ what, role, account, size, quota, fits, unit }) => {
    const percent = Math.round((100 * size) / quota);
    const more = counted(fits, unit.replace(/s$/, ""));
    return `  ${what} of ${role} in ${account}: ${size} of ${quota} characters (${percent}%), room for about ${more}`;
  });
  return full.length > most ? [...lines, `  and ${full.length - most} more`] : lines;
}

const EPOCH_SECONDS = /^\d{9,11}$/;
const W3C =
  /^(?<year>\d{4})-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>\.\d+)?)?(?<zone>Z|[+-]\d\d:\d\d))?)?$/;

/**
 * The instant that a date condition names, in milliseconds since 1970, or `undefined` when the text
 * names none: a W3C form of ISO 8601, or seconds since 1970 (rule GR-25).
 *
 * Decision, where AWS documents nothing: a time without a zone, and digits that could be a year, a date
 * or seconds (anything but 9 to 11 of them) name no instant.
 */
export function parseDate(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  const groups = W3C.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const field = (name: string, absent: number): number => Number(groups[name] ?? absent);
  const fields = [
    field("year", 0),
    field("month", 1) - 1,
    field("day", 1),
    field("hour", 0),
    field("minute", 0),
    field("second", 0),
  ] as const;
  const date = new Date(Date.UTC(...fields));
  // `Date.UTC` takes years below 100 for those of the last century.
  const real =
    date.getUTCFullYear() === fields[0] &&
    date.getUTCMonth() === fields[1] &&
    date.getUTCDate() === fields[2] &&
    date.getUTCHours() === fields[3] &&
    fields[4] < 60 &&
    fields[5] < 60;
  if (!real) return undefined;
  const offset = zoneOffset(groups.zone ?? "Z");
  return offset === undefined ? undefined : date.getTime() - offset + field("fraction", 0) * 1000;
}

/** An instant as the text that requests carry it in. */
export function formatDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

function zoneOffset(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

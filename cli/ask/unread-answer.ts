import type { UnreadInAnswer } from "../../lib/access/unread/in-the-way";

/** What was not read, as the JSON of an answer has it. */
export function unreadJson(unread: readonly UnreadInAnswer[]): readonly object[] {
  return unread.map(({ file, span, resource, argument, reason, matters }) => ({
    file,
    ...(span === undefined ? {} : span.start),
    ...(resource === undefined ? {} : { resource }),
    ...(argument === undefined ? {} : { argument }),
    reason,
    matters,
  }));
}

/** Whether something that was not read could change the answer. */
export function isOpen(unread: readonly UnreadInAnswer[]): boolean {
  return unread.some(({ matters }) => matters);
}

/** Lines that say what could change the answer; none if nothing could. */
export function unreadLines(unread: readonly UnreadInAnswer[]): readonly string[] {
  const open = unread.filter(({ matters }) => matters);
  if (open.length === 0) return [];
  return [
    "unknown: there can be more, because this was not read",
    ...open.map(({ file, span, reason }) => {
      const place = span === undefined ? file : `${file}:${span.start.line}`;
      return `  ${place}: ${reason}`;
    }),
  ];
}

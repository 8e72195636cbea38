import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { formatDate, parseDate } from "../../lib/iam/condition/date-value";
import { currentTime } from "../system/current-time";

/** When a question is asked for. */
export interface AskedTime {
  readonly time: string;
  /** Whether somebody named it: then every call is made at that time. */
  readonly isTimeFixed: boolean;
}

/** The option that names the time of a question. */
export function atOption() {
  return new Option(
    "--at <time>",
    "ask for a time, such as 2026-12-31T23:59:59Z, instead of now",
  ).argParser(parseTime);
}

/** The time that was named, or now. */
export function askedTime(at: string | undefined): AskedTime {
  return { time: at ?? currentTime(), isTimeFixed: at !== undefined };
}

function parseTime(text: string): string {
  // Seconds since 1970 are a date in policies, and nothing that a person types.
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? parseDate(text) : undefined;
  if (date === undefined) {
    throw new InvalidArgumentError(
      "It is not a time of ISO 8601 with a zone, such as 2026-12-31T23:59:59Z or 2026-12-31.",
    );
  }
  return formatDate(date);
}

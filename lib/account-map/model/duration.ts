const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration such as `900s`, `90m` or `12h`; the schema has checked its form. */
export function durationSeconds(text: string): number {
  const unit = text.slice(-1) as keyof typeof SECONDS;
  return Number(text.slice(0, -1)) * SECONDS[unit];
}

/** A number of seconds as a person would write it. */
export function formatDuration(seconds: number): string {
  if (seconds % SECONDS.h === 0) return `${seconds / SECONDS.h}h`;
  if (seconds % SECONDS.m === 0) return `${seconds / SECONDS.m}m`;
  return `${seconds}s`;
}

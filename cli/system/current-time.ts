/** The time as a date condition writes it, in whole seconds: `2026-12-31T23:59:59Z`. */
export function currentTime(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

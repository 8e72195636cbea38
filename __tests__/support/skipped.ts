/**
 * Says on standard error that a suite was skipped and what it needs. Not by the console: Jest keeps to itself
 * what a file of which every test is skipped writes there.
 */
export function warnOfSkipped(suite: string, why: string): void {
  process.stderr.write(`SKIPPED: ${suite}: ${why}\n`);
}

/**
 * Milliseconds of processor time that synchronous work of this process takes: unlike the time of a clock,
 * what else the machine does hardly counts.
 */
export function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

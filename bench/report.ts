import type { Measurement } from "./measurement";

/** What was measured for one number of accounts. */
export interface SizeResult {
  readonly accounts: number;
  readonly resources: number;
  readonly rounds: number;
  readonly trustwheel: Measurement;
  readonly bare: Measurement;
  readonly floor: Measurement;
  /** Synthesis again after one account changed. */
  readonly changed: Measurement;
}

/** Everything that a bench measured. */
export interface BenchResult {
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  readonly synthExample: Measurement;
  readonly checkExample: Measurement;
  readonly sizes: readonly SizeResult[];
}

/** The result as a table of ratios, with the budgets. */
export function benchTable(result: BenchResult): string {
  const { node, cores, processor, synthExample, checkExample, sizes } = result;
  const lines = [`Node ${node}, ${cores} cores, ${processor}`, ""];
  lines.push(
    ...table([
      ["the example", "seconds", "budget", "peak MB"],
      ["synth, everything included", seconds(synthExample), "0.70", megabytes(synthExample)],
      ["check", seconds(checkExample), "0.40", megabytes(checkExample)],
    ]),
  );
  for (const size of sizes) {
    const { accounts, resources, rounds, trustwheel, bare, floor, changed } = size;
    const how = rounds === 1 ? "1 run" : `median of ${rounds} runs`;
    const row = (name: string, measurement: Measurement): string[] => [
      name,
      ratio(measurement, bare),
      ratio(measurement, floor),
      seconds(measurement),
      megabytes(measurement),
    ];
    lines.push(
      "",
      ...table([
        [`${accounts} accounts, ${how}`, "of bare", "of floor", "seconds", "peak MB"],
        row("trustwheel, everything but the proof", trustwheel),
        row("bare CDKTF program", bare),
        row("floor: the same bytes, written", floor),
        row(`trustwheel again, ${changed.written ?? 0} stack changed`, changed),
      ]),
      `${resources} resources, the same in both`,
      `trustwheel by phase: ${phases(trustwheel)}; the proof apart: ${inSeconds(trustwheel.proof ?? 0)}`,
    );
  }
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) {
    const growth = (last.trustwheel.total / first.trustwheel.total).toFixed(1);
    const factor = last.accounts / first.accounts;
    lines.push("", `${factor} times the accounts take ${growth} times the time (budget: 12)`);
  }
  return `${lines.join("\n")}\n`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  "),
  );
}

function phases({ phases: measured }: Measurement): string {
  return Object.entries(measured)
    .map(([name, milliseconds]) => `${name} ${inSeconds(milliseconds)}`)
    .join(", ");
}

function ratio(measurement: Measurement, base: Measurement): string {
  return `${(measurement.total / base.total).toFixed(2)}x`;
}

function seconds({ total }: Measurement): string {
  return inSeconds(total);
}

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function megabytes({ peakMegabytes }: Measurement): string {
  return peakMegabytes.toFixed(0);
}

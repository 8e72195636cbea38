import type { Measurement, ProofMeasurement } from "./measurement";

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
  /** The proof of what was synthesized, in the process that synthesized it. */
  readonly proof: ProofMeasurement;
  /** Who can assume one of the roles: reading the Terraform, and the answer. */
  readonly whoCan: Measurement;
  /** What a review of one changed account does once both trees are there. */
  readonly review: Measurement;
  /** One account added to the map. */
  readonly edit: Measurement;
}

/** Everything that a bench measured. */
export interface BenchResult {
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  readonly synthExample: Measurement;
  readonly checkExample: Measurement;
  /** The proof of the example, in the process that synthesized it. */
  readonly proveExample: ProofMeasurement;
  /** What a review of the example with one more account does once both trees are there. */
  readonly reviewExample: Measurement;
  /** A trust policy of 20 statements held against the same in other words, both ways. */
  readonly policy: Measurement;
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
      `trustwheel by phase: ${phases(trustwheel)}`,
    );
  }
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) {
    const growth = (last.trustwheel.total / first.trustwheel.total).toFixed(1);
    const factor = last.accounts / first.accounts;
    lines.push("", `${factor} times the accounts take ${growth} times the time (budget: 12)`);
  }
  lines.push("", ...proofTable(result), "", ...changeTable(result));
  return `${lines.join("\n")}\n`;
}

/** What the proof takes, which is not in the figures of the synthesis. */
function proofTable({ proveExample, policy, sizes }: BenchResult): string[] {
  const budgets = new Map([
    [1000, "5.00"],
    [10_000, "linear"],
  ]);
  const [first, last] = [sizes[0], sizes.at(-1)];
  return [
    ...table([
      ["the proof", "roles", "of example", "of floor", "seconds", "budget", "peak MB", "budget"],
      [
        "the example",
        String(proveExample.roles),
        "1.0x",
        "",
        inSeconds(proveExample.milliseconds),
        "0.20",
        proveExample.peakMegabytes.toFixed(0),
        "",
      ],
      ...sizes.map(({ accounts, proof, floor }) => [
        `${accounts} accounts`,
        String(proof.roles),
        `${(proof.milliseconds / proveExample.milliseconds).toFixed(1)}x`,
        `${(proof.milliseconds / floor.total).toFixed(2)}x`,
        inSeconds(proof.milliseconds),
        budgets.get(accounts) ?? "",
        proof.peakMegabytes.toFixed(0),
        accounts === 10_000 ? "1500" : "",
      ]),
      [
        "a policy of 20 statements",
        "1",
        "",
        "",
        inSeconds(policy.phases.prove ?? 0),
        "0.20",
        "",
        "",
      ],
    ]),
    ...(first === undefined || last === undefined || first === last
      ? []
      : [
          `${last.accounts / first.accounts} times the accounts take ${(last.proof.milliseconds / first.proof.milliseconds).toFixed(1)} times the time to prove`,
        ]),
    ...sizes.map(
      ({ whoCan, proof }) =>
        `who-can among ${proof.roles} roles: ${phases({ ...whoCan, phases: withoutLoad(whoCan) })}, peak ${megabytes(whoCan)} MB`,
    ),
  ];
}

/** What a change of a map takes: to make it, and to review what it does. */
function changeTable({ reviewExample, sizes }: BenchResult): string[] {
  const budgets = new Map([
    [1000, { review: "3.00", edit: "" }],
    [10_000, { review: "", edit: "2.00" }],
  ]);
  const row = (name: string, measurement: Measurement, budget: string): string[] => [
    name,
    inSeconds(sum(withoutLoad(measurement))),
    budget,
    megabytes(measurement),
    phases({ ...measurement, phases: withoutLoad(measurement) }),
  ];
  return table([
    ["a change, without loading", "seconds", "budget", "peak MB", "phases"],
    row("review of the example", reviewExample, "0.30"),
    ...sizes.flatMap(({ accounts, review, edit }) => [
      row(`review, ${accounts} accounts`, review, budgets.get(accounts)?.review ?? ""),
      row(`one more account, ${accounts} accounts`, edit, budgets.get(accounts)?.edit ?? ""),
    ]),
  ]);
}

function sum(measured: Measurement["phases"]): number {
  return Object.values(measured).reduce((total, milliseconds) => total + milliseconds, 0);
}

function withoutLoad({ phases: { load: _, ...measured } }: Measurement): Measurement["phases"] {
  return measured;
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

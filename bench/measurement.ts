/** What one process measured about itself. */
export interface Measurement {
  /** Milliseconds by phase, in the order of the phases. */
  readonly phases: Readonly<Record<string, number>>;
  /** Milliseconds from the start of the process to the end of its work, without preparing its input. */
  readonly total: number;
  /** Largest resident size up to then, megabytes. */
  readonly peakMegabytes: number;
  /** The proof, which is measured apart and comes last in the process. @default - nothing was proved */
  readonly proof?: ProofMeasurement;
  /** Stacks that were written, where files of an earlier run are kept. @default - all */
  readonly written?: number;
}

/** What a process measured of its proof. */
export interface ProofMeasurement {
  readonly milliseconds: number;
  /** Roles whose trust policies and permissions were proved. */
  readonly roles: number;
  /** Largest resident size of the process with its proof, megabytes. */
  readonly peakMegabytes: number;
}

/** Largest resident size of this process up to now, megabytes. */
export function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Measures the phases of a process from its start on; what loads modules has then happened already. */
export class Stopwatch {
  readonly #phases: Record<string, number> = { load: performance.now() };
  #unmeasured = 0;

  /** Runs and measures a phase. */
  phase<T>(name: string, work: () => T): T {
    const start = performance.now();
    const result = work();
    this.#phases[name] = (this.#phases[name] ?? 0) + performance.now() - start;
    return result;
  }

  /** Runs what does not belong to the work, such as reading an input that is given. */
  unmeasured<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    this.#unmeasured += performance.now() - start;
    return result;
  }

  /** Moves a part of one phase to a phase of its own. */
  split(whole: string, part: string, milliseconds: number): void {
    this.#phases[whole] = (this.#phases[whole] ?? 0) - milliseconds;
    this.#phases[part] = milliseconds;
  }

  /** Stops, and tells what was measured. */
  stop(): Measurement {
    const total = performance.now() - this.#unmeasured;
    return { phases: this.#phases, total, peakMegabytes: peakMegabytes() };
  }
}

/** Hands a measurement to the process that waits for it. */
export function tell(measurement: Measurement): void {
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}

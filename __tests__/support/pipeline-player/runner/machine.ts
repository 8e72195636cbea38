/** A machine that jobs run on, one after the other or a few at once. */
export interface Machine {
  /** Folder in which each job gets one of its own, and `HOME`. */
  readonly folder: string;
  /** Folders with programs, which come before those of this machine. */
  readonly programs: readonly string[];
  /** Environment of every job: where the emulated AWS is, and the settings of npm and Terraform. */
  readonly env: Readonly<Record<string, string>>;
  /** Puts something next to the working folder of a job, before its first step. @default - nothing */
  readonly prepare?: (jobFolder: string) => void;
  readonly slots: Slots;
}

/** Lets only so many go on at once. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs something as soon as there is a place. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    if (this.#free === 0) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    } else {
      this.#free -= 1;
    }
    try {
      return await run();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

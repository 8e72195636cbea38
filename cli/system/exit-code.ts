/** What the commands return to the shell. */
export const EXIT = {
  /** Nothing was found. */
  clean: 0,
  /** Findings, denied, refuted or unknown. */
  findings: 1,
  /** Wrong usage or unreadable input. */
  usage: 2,
  /** Our own failure. */
  failure: 3,
  /** The user pressed Ctrl-C at a question: 128 and the number of the signal, as shells count. */
  interrupted: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

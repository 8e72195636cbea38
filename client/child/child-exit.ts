/** Exit codes of ours, which leave those of commands alone; the same as those of `env` and `timeout`. */
export const CHILD_EXIT = {
  /** No credentials, or a failure of trustwheel. */
  ours: 125,
  /** The command was found and cannot be executed. */
  notExecutable: 126,
  notFound: 127,
} as const;

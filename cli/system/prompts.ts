/** The user pressed Ctrl-C instead of answering: the command ends. */
export class Interrupted extends Error {}

/**
 * Questions to the user at a terminal. An answer is absent if it was refused; Ctrl-C throws {@link
 * Interrupted}.
 */
export interface Prompts {
  /** Asks for a text; `problemOf` says what is wrong with one. */
  readonly input: (
    question: string,
    options?: {
      readonly default?: string;
      readonly problemOf?: (text: string) => string | undefined;
    },
  ) => Promise<string | undefined>;
  readonly confirm: (question: string) => Promise<boolean>;
}

/** Questions on the terminal of this process; nothing if it is not one. */
export function processPrompts(): Prompts | undefined {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  return {
    input: (message, { default: suggested, problemOf } = {}) =>
      answered(
        inquirer().input({
          message,
          ...(suggested === undefined ? {} : { default: suggested }),
          validate: (text) => problemOf?.(text.trim()) ?? true,
        }),
      ).then((text) => text.trim()),
    confirm: (message) => answered(inquirer().confirm({ message, default: false })),
  };
}

/** Loaded here, so that no command pays for it that asks nothing. */
function inquirer(): typeof import("@inquirer/prompts") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("@inquirer/prompts") as typeof import("@inquirer/prompts");
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") throw new Interrupted();
    throw error;
  }
}

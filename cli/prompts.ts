/** Questions to whoever sits at a terminal. An answer is absent where it was refused, as by Ctrl-C. */
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

/** Questions on the terminal of this process; nothing where it is none. */
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
      ).then((text) => text?.trim()),
    confirm: async (message) =>
      (await answered(inquirer().confirm({ message, default: false }))) ?? false,
  };
}

/** Loaded here, so that no command pays for it that asks nothing. */
function inquirer(): typeof import("@inquirer/prompts") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("@inquirer/prompts") as typeof import("@inquirer/prompts");
}

async function answered<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") return undefined;
    throw error;
  }
}

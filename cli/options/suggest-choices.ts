import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { Argument, CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { nearest } from "../../lib/diagnostics/nearest";
import { quoteName } from "../../lib/diagnostics/quote";

/** Adds what was probably meant to the usage error of a mistyped choice, in options and arguments. */
export function suggestChoices(command: CommandUnknownOpts): void {
  for (const each of [...command.options, ...command.registeredArguments]) suggestChoice(each);
}

function suggestChoice(each: Option | Argument): void {
  const { argChoices, parseArg } = each;
  if (argChoices === undefined || parseArg === undefined) return;
  each.parseArg = <T>(value: string, previous: T): T => {
    try {
      return parseArg(value, previous);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      const meant = nearest(value, argChoices);
      if (meant === undefined) throw error;
      throw new InvalidArgumentError(`${error.message}\n(did you mean ${quoteName(meant)}?)`);
    }
  };
}

import type { Command, OptionValues } from "@commander-js/extra-typings";
import { formatOption } from "./access-options";

/** Adds the options that mean the same in every command that changes the map. */
export function addChangeOptions<
  Args extends unknown[],
  Options extends OptionValues,
  Global extends OptionValues,
>(command: Command<Args, Options, Global>) {
  return command
    .option("-y, --yes", "write without asking")
    .option("-n, --dry-run", "show, check and prove; write nothing")
    .addOption(formatOption());
}

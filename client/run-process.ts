import { reportFailure } from "../cli/system/failure";
import { processTerminal } from "../cli/system/terminal";
import { run } from "./command-line";

/** Runs the client's command line of this process; what escapes is a bug of ours. */
export async function runProcess(): Promise<void> {
  const terminal = processTerminal();
  try {
    process.exitCode = await run(process.argv.slice(2), terminal);
  } catch (error) {
    process.exitCode = reportFailure(error, terminal);
  }
}

import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { addCanCommand } from "./can";
import { addCheckCommand } from "./check";
import { addExplainCommand } from "./explain";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { addProveCommand } from "./prove";
import { addReachCommand } from "./reach";
import { addSynthCommand } from "./synth";
import { processTerminal } from "./terminal";
import type { Terminal } from "./terminal";
import { addWhoCanCommand } from "./who-can";

/** Runs the command line with its arguments and tells the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const program = new Command("trustwheel")
    .description("AWS accounts and the access between them, from one file to proved Terraform")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr })
    .showHelpAfterError("(add --help for the usage)")
    .addHelpText(
      "after",
      "\nExit codes: 0 clean, 1 findings, 2 wrong usage or unreadable input, 3 a failure of trustwheel itself",
    );
  const finish = (result: ExitCode): void => {
    code = result;
  };
  addSynthCommand(program, terminal, finish);
  addCheckCommand(program, terminal, finish);
  addProveCommand(program, terminal, finish);
  addCanCommand(program, terminal, finish);
  addWhoCanCommand(program, terminal, finish);
  addReachCommand(program, terminal, finish);
  addExplainCommand(program, terminal, finish);
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  }
  return code;
}

/** Runs the command line of this process; what escapes is a bug of ours. */
export async function runProcess(): Promise<void> {
  const terminal = processTerminal();
  try {
    process.exitCode = await run(process.argv.slice(2), terminal);
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.stderr(
      `trustwheel failed; this is a bug of trustwheel, not of your files\n${trace}\n`,
    );
    process.exitCode = EXIT.failure;
  }
}

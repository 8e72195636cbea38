import { Command, CommanderError } from "commander";
import type { Terminal } from "../cli/system/terminal";
import { addCredentialsCommand } from "./commands/credentials";
import { addExecCommand } from "./commands/exec";
import { addProfilesCommand } from "./commands/profiles";
import { addRunCommand } from "./commands/run";
import { addWhyCommand } from "./commands/why";
import { CHILD_EXIT } from "./child/child-exit";
import { version } from "../package.json";

/** Runs the client's command line with its arguments, and returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const program = new Command("trustwheel")
    .description(
      "Use the access of a trustwheel map: run commands and get credentials as roles of other accounts",
    )
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr })
    .showHelpAfterError("(add --help for the usage)");
  const finish = (result: number): void => {
    code = result;
  };
  for (const add of [
    addExecCommand,
    addCredentialsCommand,
    addProfilesCommand,
    addWhyCommand,
    addRunCommand,
  ]) {
    add(program, terminal, finish);
  }
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    return args[0] === "exec" ? CHILD_EXIT.ours : 2;
  }
  return code;
}

import { Command, CommanderError } from "@commander-js/extra-typings";
import type { Command as PlainCommand } from "commander";
import { CHILD_EXIT } from "../client/child/child-exit";
import { version } from "../package.json";
import { suggestChoices } from "./options/suggest-choices";
import { EXIT } from "./system/exit-code";
import type { ExitCode } from "./system/exit-code";
import { reportFailure } from "./system/failure";
import { addGlobalOptions, applyGlobalOptions, commandIn } from "./options/global-options";
import type { OwnTerminal, Program } from "./options/global-options";
import { Interrupted } from "./system/prompts";
import { processTerminal } from "./system/terminal";
import type { Terminal } from "./system/terminal";

type AddCommand = (program: Program, terminal: Terminal, finish: (code: number) => void) => void;

/** A command of the client, which has exit codes of its own. */
type AddClientCommand = (
  program: PlainCommand,
  terminal: Terminal,
  finish: (code: number) => void,
) => void;

/* eslint-disable @typescript-eslint/no-require-imports -- a command that runs loads no other */
const COMMANDS: Readonly<Record<string, () => AddCommand>> = {
  synth: () => (require("./commands/synth") as typeof import("./commands/synth")).addSynthCommand,
  check: () => (require("./commands/check") as typeof import("./commands/check")).addCheckCommand,
  prove: () => (require("./commands/prove") as typeof import("./commands/prove")).addProveCommand,
  can: () => (require("./commands/can") as typeof import("./commands/can")).addCanCommand,
  "who-can": () =>
    (require("./commands/who-can") as typeof import("./commands/who-can")).addWhoCanCommand,
  reach: () => (require("./commands/reach") as typeof import("./commands/reach")).addReachCommand,
  sync: () => (require("./commands/sync") as typeof import("./commands/sync")).addSyncCommand,
  review: () =>
    (require("./commands/review") as typeof import("./commands/review")).addReviewCommand,
  affected: () =>
    (require("./commands/affected") as typeof import("./commands/affected")).addAffectedCommand,
  ci: () => (require("./commands/ci") as typeof import("./commands/ci")).addCiCommand,
  init: () => (require("./commands/init") as typeof import("./commands/init")).addInitCommand,
  bootstrap: () =>
    (require("./commands/bootstrap") as typeof import("./commands/bootstrap")).addBootstrapCommand,
  doctor: () =>
    (require("./commands/doctor") as typeof import("./commands/doctor")).addDoctorCommand,
  onboard: () =>
    (require("./commands/onboard") as typeof import("./commands/onboard")).addOnboardCommand,
  adopt: () => (require("./commands/adopt") as typeof import("./commands/adopt")).addAdoptCommand,
  import: () =>
    (require("./commands/import") as typeof import("./commands/import")).addImportCommand,
  offboard: () =>
    (require("./commands/offboard") as typeof import("./commands/offboard")).addOffboardCommand,
  rename: () =>
    (require("./commands/rename") as typeof import("./commands/rename")).addRenameCommand,
  completion: () =>
    (require("./commands/completion") as typeof import("./commands/completion"))
      .addCompletionCommand,
  exec: () =>
    ofClient(
      (require("../client/commands/exec") as typeof import("../client/commands/exec"))
        .addExecCommand,
    ),
  credentials: () =>
    ofClient(
      (require("../client/commands/credentials") as typeof import("../client/commands/credentials"))
        .addCredentialsCommand,
    ),
  profiles: () =>
    ofClient(
      (require("../client/commands/profiles") as typeof import("../client/commands/profiles"))
        .addProfilesCommand,
    ),
  why: () =>
    ofClient(
      (require("../client/commands/why") as typeof import("../client/commands/why")).addWhyCommand,
    ),
  run: () =>
    ofClient(
      (require("../client/commands/run") as typeof import("../client/commands/run")).addRunCommand,
    ),
  explain: () =>
    (require("./commands/explain") as typeof import("./commands/explain")).addExplainCommand,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** The client builds its commands without the types of this command line. */
function ofClient(add: AddClientCommand): AddCommand {
  return (program, terminal, finish) => {
    add(program as unknown as PlainCommand, terminal, finish);
  };
}

/** The named command, or all of them: for help, and to list them. */
function commands(named: string | undefined): AddCommand[] {
  // Completion lists all of them.
  if (named === "completion") return Object.values(COMMANDS).map((each) => each());
  const load = named !== undefined && Object.hasOwn(COMMANDS, named) ? COMMANDS[named] : undefined;
  return load === undefined ? Object.values(COMMANDS).map((each) => each()) : [load()];
}

/** Runs the command line with its arguments and returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.clean;
  const command = new Command("trustwheel")
    .description("Generate proved Terraform for cross-account AWS access from one YAML file")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr })
    .showHelpAfterError("(add --help for the usage)")
    .addHelpText(
      "after",
      "\nExit codes: 0 clean, 1 findings, 2 usage error or unreadable input, 3 internal error",
    );
  const program = addGlobalOptions(command);
  const own: OwnTerminal = { ...terminal };
  program.hook("preAction", (_, action) => {
    applyGlobalOptions(program, action, own);
  });
  const finish = (result: number): void => {
    code = result;
  };
  for (const add of commands(commandIn(args))) add(program, own, finish);
  program.commands.forEach(suggestChoices);
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof Interrupted) return interrupted(terminal);
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.clean;
    return commandIn(args) === "exec" ? CHILD_EXIT.ours : EXIT.usage;
  }
  return code;
}

function interrupted(terminal: Terminal): ExitCode {
  terminal.stderr("interrupted, nothing written\n");
  return EXIT.interrupted;
}

/** Runs the command line of this process; what escapes is a bug of ours. */
export async function runProcess(): Promise<void> {
  const terminal = processTerminal();
  try {
    process.exitCode = await run(process.argv.slice(2), terminal);
  } catch (error) {
    process.exitCode = reportFailure(error, terminal);
  }
}

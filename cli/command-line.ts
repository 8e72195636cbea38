import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { suggestChoices } from "./commands/suggest-choices";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { reportFailure } from "./failure";
import { addGlobalOptions, applyGlobalOptions, commandIn } from "./project/global-options";
import type { OwnTerminal } from "./project/global-options";
import { Interrupted } from "./prompts";
import { processTerminal } from "./terminal";
import type { Terminal } from "./terminal";

type AddCommand = (program: Command, terminal: Terminal, finish: (code: ExitCode) => void) => void;

/* eslint-disable @typescript-eslint/no-require-imports -- a command that runs loads no other */
const COMMANDS: Readonly<Record<string, () => AddCommand>> = {
  synth: () => (require("./synth") as typeof import("./synth")).addSynthCommand,
  check: () => (require("./check") as typeof import("./check")).addCheckCommand,
  prove: () => (require("./prove") as typeof import("./prove")).addProveCommand,
  can: () => (require("./can") as typeof import("./can")).addCanCommand,
  "who-can": () => (require("./who-can") as typeof import("./who-can")).addWhoCanCommand,
  reach: () => (require("./reach") as typeof import("./reach")).addReachCommand,
  sync: () => (require("./sync") as typeof import("./sync")).addSyncCommand,
  review: () => (require("./review") as typeof import("./review")).addReviewCommand,
  affected: () => (require("./affected") as typeof import("./affected")).addAffectedCommand,
  ci: () => (require("./ci") as typeof import("./ci")).addCiCommand,
  init: () => (require("./init") as typeof import("./init")).addInitCommand,
  bootstrap: () => (require("./bootstrap") as typeof import("./bootstrap")).addBootstrapCommand,
  doctor: () => (require("./doctor") as typeof import("./doctor")).addDoctorCommand,
  onboard: () => (require("./onboard") as typeof import("./onboard")).addOnboardCommand,
  adopt: () => (require("./adopt") as typeof import("./adopt")).addAdoptCommand,
  offboard: () => (require("./offboard") as typeof import("./offboard")).addOffboardCommand,
  rename: () => (require("./rename") as typeof import("./rename")).addRenameCommand,
  completion: () =>
    (require("./commands/completion") as typeof import("./commands/completion"))
      .addCompletionCommand,
  explain: () => (require("./explain") as typeof import("./explain")).addExplainCommand,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** The named command, or all of them: for help, and to list them. */
function commands(named: string | undefined): AddCommand[] {
  // Completion lists all of them.
  if (named === "completion") return Object.values(COMMANDS).map((each) => each());
  const load = named !== undefined && Object.hasOwn(COMMANDS, named) ? COMMANDS[named] : undefined;
  return load === undefined ? Object.values(COMMANDS).map((each) => each()) : [load()];
}

/** Runs the command line with its arguments and returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const program = new Command("trustwheel")
    .description("Generate proved Terraform for cross-account AWS access from one YAML file")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr })
    .showHelpAfterError("(add --help for the usage)")
    .addHelpText(
      "after",
      "\nExit codes: 0 clean, 1 findings, 2 usage error or unreadable input, 3 internal error",
    );
  addGlobalOptions(program);
  const own: OwnTerminal = { ...terminal };
  program.hook("preAction", (_, command) => {
    applyGlobalOptions(program, command, own);
  });
  const finish = (result: ExitCode): void => {
    code = result;
  };
  for (const add of commands(commandIn(args))) add(program, own, finish);
  program.commands.forEach(suggestChoices);
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof Interrupted) return interrupted(terminal);
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
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

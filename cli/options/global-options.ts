import { statSync } from "node:fs";
import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import { reasonOf } from "../system/read-text";
import type { Terminal } from "../system/terminal";

/** Commands that read no map of the folder, or that of each side of a comparison. */
const WITHOUT_MAP: ReadonlySet<string> = new Set([
  "credentials",
  "exec",
  "profiles",
  "run",
  "why",
  "init",
  "review",
  "affected",
  "completion",
]);

/** Global options that have a value, as they are typed. */
const WITH_VALUE: ReadonlySet<string> = new Set(["-C", "--chdir", "-m", "--map"]);

/** Adds the options that mean the same in every command. */
export function addGlobalOptions(program: Command) {
  return program
    .option("-C, --chdir <folder>", "work in this folder")
    .option("-m, --map <file>", 'the account map (default: "accounts.yaml")')
    .option("--json", "the same as `--format json`")
    .option("-q, --quiet", "print problems only; the exit code says the rest")
    .configureHelp({ showGlobalOptions: true });
}

/** The command line with these options, to which commands are added. */
export type Program = ReturnType<typeof addGlobalOptions>;

/** The options of a command, with those of every command. */
export type OptionsOf<Declare extends (program: Program) => CommandUnknownOpts> = ReturnType<
  ReturnType<Declare>["optsWithGlobals"]
>;

/** The name of the command among the arguments; nothing if there is none. */
export function commandIn(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index += 1) {
    const each = args[index] ?? "";
    if (WITH_VALUE.has(each)) index += 1;
    else if (!each.startsWith("-")) return each;
  }
  return undefined;
}

/** Hands the global options to the command that runs; what it cannot do with them is wrong usage. */
export function applyGlobalOptions(
  program: Program,
  command: CommandUnknownOpts,
  terminal: OwnTerminal,
): void {
  const { chdir, json, map, quiet } = program.opts();
  const name = command.name();
  if (map !== undefined && WITHOUT_MAP.has(name)) {
    command.error(`error: option '--map' is not for '${name}'`);
  }
  if (json === true) {
    const format = command.options.find(({ long }) => long === "--format");
    if (format?.argChoices?.includes("json") !== true) {
      command.error(`error: '${name}' has no JSON output`);
    }
    const given = command.getOptionValueSource("format") === "cli";
    if (given && command.getOptionValue("format") !== "json") {
      command.error("error: options '--json' and '--format' ask for two formats");
    }
    command.setOptionValue("format", "json");
  }
  if (quiet === true) makeQuiet(command, terminal);
  if (chdir === undefined) return;
  try {
    if (!statSync(chdir).isDirectory()) command.error(`error: '-C ${chdir}': it is not a folder`);
    process.chdir(chdir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    command.error(`error: '-C ${chdir}': ${reasonOf(error)}`);
  }
}

/** A terminal that a command is given before its options are known. */
export type OwnTerminal = { -readonly [Key in keyof Terminal]: Terminal[Key] };

/** With `--quiet`, text for people is omitted and no question is asked; machine-readable output stays. */
function makeQuiet(command: CommandUnknownOpts, terminal: OwnTerminal): void {
  const format: unknown = command.getOptionValue("format");
  if (format !== undefined && format !== "text") return;
  terminal.stdout = () => undefined;
  terminal.quiet = true;
  delete terminal.prompts;
}

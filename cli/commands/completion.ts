import { Argument } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { bashCompletion, fishCompletion, zshCompletion } from "../print/completion-scripts";
import type { CompletedCommand, CompletedOption } from "../print/completion-scripts";
import type { Program } from "../options/global-options";
import type { Terminal } from "../system/terminal";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
const SHELL_NAMES = ["bash", "zsh", "fish"] as const satisfies readonly (keyof typeof SHELLS)[];

const EXAMPLES = `
Examples:
  source <(trustwheel completion bash)                                in ~/.bashrc
  source <(trustwheel completion zsh)                                 in ~/.zshrc, after compinit
  trustwheel completion fish > ~/.config/fish/completions/trustwheel.fish`;

/** `trustwheel completion`: what lets a shell complete commands, options and their values. */
export function addCompletionCommand(program: Program, terminal: Terminal): void {
  program
    .command("completion")
    .description("print shell completion for commands, options and values")
    .addArgument(new Argument("<shell>", "shell").choices(SHELL_NAMES))
    .addHelpText("after", EXAMPLES)
    .action((shell: keyof typeof SHELLS) => {
      const global = optionsOf(program);
      terminal.stdout(SHELLS[shell](program.commands.map(completed), global));
    });
}

function completed(command: CommandUnknownOpts): CompletedCommand {
  const values = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  return {
    name: command.name(),
    description: command.description(),
    options: optionsOf(command),
    values,
  };
}

function optionsOf(command: CommandUnknownOpts): CompletedOption[] {
  return command.options
    .filter(({ hidden }) => !hidden)
    .flatMap(({ long, short, description, argChoices = [], required, optional }) =>
      typeof long !== "string"
        ? []
        : [
            {
              long,
              ...(typeof short !== "string" ? {} : { short }),
              description,
              takesValue: required || optional,
              values: argChoices,
            },
          ],
    );
}

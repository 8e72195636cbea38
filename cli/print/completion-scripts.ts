/** A command that a shell completes. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Values of its arguments; a command without any takes files and names. */
  readonly values: readonly string[];
}

/** An option that a shell completes. */
export interface CompletedOption {
  /** With its hyphens, as `short`. */
  readonly long: string;
  /** @default - it has no short form */
  readonly short?: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** All values that it takes; empty where it takes others, such as files. */
  readonly values: readonly string[];
}

/** A function for bash, 3.2 or later, and what binds it to the command. */
export function bashCompletion(
  commands: readonly CompletedCommand[],
  global: readonly CompletedOption[],
): string {
  const names = commands.map(({ name }) => name);
  const valueCases = commands.flatMap(({ name, options }) =>
    [...options, ...global]
      .filter(({ takesValue }) => takesValue)
      .map((option) => {
        const patterns = formsOf(option).map((form) => `"${name} ${form}"`);
        return `    ${patterns.join(" | ")}) ${reply(option.values)}; return ;;`;
      }),
  );
  const wordCases = commands.map(
    ({ name, options, values }) =>
      `    ${name}) words="${[...longs(options), ...longs(global)].join(" ")}"; values="${values.join(" ")}" ;;`,
  );
  return `# trustwheel: completion for bash
_trustwheel() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" values="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
    ${names.join(" | ")}) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$command $before" in
${valueCases.join("\n")}
  esac
  case "$command" in
    "") words="${longs(global).join(" ")}"; values="${names.join(" ")}" ;;
${wordCases.join("\n")}
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$word"))
  elif [[ -n "$values" ]]; then COMPREPLY=($(compgen -W "$values" -- "$word"))
  else COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _trustwheel trustwheel
`;
}

/** A function for zsh, and what binds it to the command. */
export function zshCompletion(
  commands: readonly CompletedCommand[],
  global: readonly CompletedOption[],
): string {
  const option = ({ long, short, description, takesValue, values }: CompletedOption): string => {
    const value = takesValue
      ? `:value:${values.length === 0 ? "_files" : `(${values.join(" ")})`}`
      : "";
    const text = `[${zshText(description)}]${value}`;
    return short === undefined
      ? `'${long}${text}'`
      : `'(${short} ${long})'{${short},${long}}'${text}'`;
  };
  const cases = commands.map(({ name, options, values }) => {
    const rest = values.length === 0 ? "'*:file:_files'" : `'*:value:(${values.join(" ")})'`;
    const lines = [...options, ...global].map((each) => `        ${option(each)} \\`);
    return `      ${name})\n        _arguments \\\n${lines.join("\n")}\n        ${rest} ;;`;
  });
  const described = commands.map(
    ({ name, description }) => `    '${name}:${zshText(description)}'`,
  );
  return `#compdef trustwheel
# trustwheel: completion for zsh
_trustwheel() {
  local -a commands
  commands=(
${described.join("\n")}
  )
  local state
  local -a line
  _arguments -C \\
${global.map((each) => `    ${option(each)} \\`).join("\n")}
    '1:command:->command' '*::argument:->argument'
  case "$state" in
  command) _describe command commands ;;
  argument)
    case "$line[1]" in
${cases.join("\n")}
    esac ;;
  esac
}
compdef _trustwheel trustwheel
`;
}

/** The lines for fish. */
export function fishCompletion(
  commands: readonly CompletedCommand[],
  global: readonly CompletedOption[],
): string {
  const line = (condition: string, option: CompletedOption): string => {
    const { long, short, description, takesValue, values } = option;
    const shortForm = short === undefined ? "" : ` -s ${short.replace(/^-/, "")}`;
    const value = !takesValue ? "" : values.length === 0 ? " -r" : ` -xa "${values.join(" ")}"`;
    return `complete -c trustwheel${condition}${shortForm} -l ${long.replace(/^--/, "")}${value} -d ${fishText(description)}`;
  };
  return `${[
    "# trustwheel: completion for fish",
    ...global.map((option) => line("", option)),
    ...commands.flatMap(({ name, description, options, values }) => {
      const seen = ` -n "__fish_seen_subcommand_from ${name}"`;
      return [
        `complete -c trustwheel -f -n __fish_use_subcommand -a ${name} -d ${fishText(description)}`,
        ...(values.length === 0
          ? []
          : [`complete -c trustwheel -f${seen} -a "${values.join(" ")}"`]),
        ...options.map((option) => line(seen, option)),
      ];
    }),
  ].join("\n")}\n`;
}

function formsOf({ long, short }: CompletedOption): string[] {
  return short === undefined ? [long] : [long, short];
}

function longs(options: readonly CompletedOption[]): string[] {
  return options.map(({ long }) => long);
}

/** What bash offers for a value: its choices, or files. */
function reply(values: readonly string[]): string {
  const generated = values.length === 0 ? "-f" : `-W "${values.join(" ")}"`;
  return `COMPREPLY=($(compgen ${generated} -- "$word"))`;
}

function zshText(text: string): string {
  return text.replaceAll("'", "’").replace(/[[\]:\\]/g, "\\$&");
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

import { Argument } from "@commander-js/extra-typings";
import type { MapEdit } from "../../lib/account-map/edit/map-edit";
import { SUBJECT_REFERENCES, referencesAt } from "../../lib/account-map/edit/references";
import type { AccessPreview } from "../change/access-preview";
import { keyProblem } from "../change/account-answers";
import { applyMapEdits, commitStep, deployStep, readSoundProject } from "../change/apply-map-edits";
import type { ValidProject } from "../change/apply-map-edits";
import { addChangeOptions } from "../options/change-options";
import type { OptionsOf, Program } from "../options/global-options";
import type { ExitCode } from "../system/exit-code";
import { unknownName } from "../project/unknown-name";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";
import type { NextStep } from "../print/next-steps";

const KINDS = ["account", "hub", "spoke", "chain"] as const;
type Kind = (typeof KINDS)[number];

const EXAMPLES = `
Examples:
  trustwheel rename account shop-prod store-prod    no state moves: it is keyed by account ID
  trustwheel rename hub people engineers            the role keeps its name, Terraform moves its resources
  trustwheel rename hub people engineers --rename-role
                                                    renames the role: Terraform replaces it`;

function declare(program: Program) {
  return addChangeOptions(
    program
      .command("rename")
      .description("rename an account, hub, spoke or chain everywhere in the map")
      .addArgument(new Argument("<kind>", "kind of entry").choices(KINDS))
      .argument("<old>", "its key")
      .argument("<new>", "its new key")
      .option("--rename-role", "also rename a role that is named after the key"),
  ).addHelpText("after", EXAMPLES);
}

type RenameOptions = OptionsOf<typeof declare>;

/** `trustwheel rename`: gives an account, a hub, a spoke or a chain another key. */
export function addRenameCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (kind, from, to, _, command) => {
    const options = command.optsWithGlobals();
    if (options.renameRole === true && (kind === "account" || kind === "chain")) {
      command.error(`error: option '--rename-role' is for hubs and spokes, not for ${kind}s`);
    }
    finish(await rename(kind, from, to, options, terminal));
  });
}

async function rename(
  kind: Kind,
  from: string,
  to: string,
  options: RenameOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const problem = keyProblem(to) ?? (from === to ? "the new key is the old one" : undefined);
  if (problem !== undefined) return reportProblem({ problem }, terminal);
  const project = readSoundProject(terminal, options.map);
  if (typeof project === "number") return project;
  const { accounts, hubs, spokes, chains } = project.map;
  const entries = { account: accounts, hub: hubs, spoke: spokes, chain: chains }[kind];
  if (!entries.has(from)) return reportProblem(unknownName(kind, from, entries.keys()), terminal);
  const keepRoleName = options.renameRole !== true;
  const edit: MapEdit =
    kind === "account"
      ? { kind: "rename-account", from, to }
      : { kind: "rename-entry", section: `${kind}s`, from, to, keepRoleName };
  return applyMapEdits(
    project,
    {
      edits: [edit],
      notes: (preview) => [
        ...movedNotes(kind, from),
        ...replacedNotes(preview),
        ...(kind === "account" ? patternNotes(project, from) : []),
      ],
      next: (_, { deploy }) =>
        nextSteps(kind, { from, to, mapFile: project.files.mapFile }, deploy),
    },
    options,
    terminal,
  );
}

/** What Terraform does with what it keeps under the old key. */
function movedNotes(kind: Kind, from: string): string[] {
  return kind === "account"
    ? ["no state moves: it is keyed by account ID"]
    : [
        `Terraform moves the resources of \`${from}\` in its state and recreates none, as long as \`formerly: ${from}\` is set`,
      ];
}

/**
 * A name or a path cannot change in AWS: Terraform deletes it and creates another, and its users lose
 * access meanwhile.
 */
function replacedNotes({ roles }: AccessPreview): string[] {
  const removed = roles.filter(({ change }) => change === "removed");
  if (removed.length === 0) return [];
  const users = [...new Set(removed.flatMap(({ enteredBy }) => enteredBy))];
  return [
    ...removed.map(
      ({ account, role }) =>
        `AWS can't rename a role: ${role} in ${account} is deleted and a new one created`,
    ),
    ...(users.length === 0 ? [] : [`until all is applied, they lose access: ${users.join(", ")}`]),
    "to avoid that, keep the role's name with `role:`; or add a second entry with the new name, apply it, switch its users, then remove the old one",
  ];
}

/** Patterns of assertions that match the old key: whether they mean the new one, a person knows. */
function patternNotes({ raw }: ValidProject, from: string): string[] {
  return referencesAt(raw, SUBJECT_REFERENCES).flatMap(({ path, name }) => {
    const [pattern = ""] = name.split("/");
    const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return pattern.includes("*") && new RegExp(`^${expression}$`).test(from)
      ? [
          `\`${path.join(".")}\` says \`${name}\`, which matched \`${from}\`: check whether it should match the new key`,
        ]
      : [];
  });
}

function nextSteps(
  kind: Kind,
  { from, to, mapFile }: { readonly from: string; readonly to: string; readonly mapFile: string },
  deploy: readonly string[],
): NextStep[] {
  const commit = commitStep(`rename the ${kind} ${from} to ${to}`, mapFile);
  if (kind === "account") {
    return [commit, ...deployStep("apply the stacks that use the key", deploy)];
  }
  return [
    commit,
    ...deployStep("apply it", deploy),
    { what: `once applied everywhere, remove \`formerly: ${from}\``, commands: [] },
  ];
}

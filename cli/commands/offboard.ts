import { existsSync } from "node:fs";
import { join } from "node:path";
import { Argument } from "@commander-js/extra-typings";
import { createColors } from "picocolors";
import type { Account, StateBackend } from "../../lib/account-map/model/account-map";
import {
  applyMapEdits,
  commitStep,
  deployStep,
  outputFolder,
  ownCommands,
  readSoundProject,
} from "../change/apply-map-edits";
import type { ValidProject } from "../change/apply-map-edits";
import { counted } from "../../lib/diagnostics/words";
import { addChangeOptions } from "../options/change-options";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { previousSynthesis } from "../project/output-folder";
import { unknownName } from "../project/unknown-name";
import { archiveSteps } from "../../lib/bootstrap/state-archive";
import { readText, reasonOf } from "../system/read-text";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";
import { nextText } from "../print/next-steps";
import type { NextStep } from "../print/next-steps";

const EXAMPLES = `
Step 1 removes its roles and all trust in them. Once that is applied, step 2 removes the account.

Examples:
  trustwheel offboard shop-test             step 1: state: leaving
  trustwheel offboard shop-test --finish    step 2: remove the account from the map
  trustwheel offboard shop-test --finish --state shop-test.tfstate
                                            with remote state, as pulled by Terraform`;

function declare(program: Program) {
  return addChangeOptions(
    program
      .command("offboard")
      .description("remove an account in two steps: first its roles, then the account")
      .addArgument(new Argument("<key>", "key of the account"))
      .option("--finish", "step 2, once step 1 is applied: remove the account from the map")
      .option(
        "--state <file>",
        "with --finish: output of `terraform state pull`, if the state is remote",
      ),
  ).addHelpText("after", EXAMPLES);
}

type OffboardOptions = OptionsOf<typeof declare>;

/** `trustwheel offboard`: lets an account leave the map in two steps. */
export function addOffboardCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (key, _, command) => {
    const options = command.optsWithGlobals();
    if (options.state !== undefined && options.finish !== true) {
      command.error("error: option '--state <file>' goes with '--finish'");
    }
    finish(await offboard(key, options, terminal));
  });
}

async function offboard(
  key: string,
  options: OffboardOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const project = readSoundProject(terminal, options.map);
  if (typeof project === "number") return project;
  const { accounts } = project.map;
  const account = accounts.get(key);
  if (account === undefined) {
    return reportProblem(unknownName("account", key, accounts.keys()), terminal);
  }
  return options.finish === true
    ? drop(account, project, options, terminal)
    : leave(account, project, options, terminal);
}

/** The first step. */
async function leave(
  account: Account,
  project: ValidProject,
  options: OffboardOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { key } = account;
  if (account.leaving) {
    const next = [...deployStep("apply it, if you haven't yet", [key]), finishStep(key)];
    terminal.stdout(
      options.format === "json"
        ? `${JSON.stringify({ outcome: "unchanged", next }, undefined, 2)}\n`
        : `${key} is already leaving\n${nextText(next, createColors(terminal.color).bold)}`,
    );
    return EXIT.clean;
  }
  const title = `offboard ${key}: remove its roles`;
  return applyMapEdits(
    project,
    {
      edits: [{ kind: "set-account-field", key, field: ["state"], value: "leaving" }],
      next: (_, { deploy }) => [
        commitStep(title, project.files.mapFile),
        ...deployStep("apply it: removes the account's roles and all access to them", deploy),
        finishStep(key),
      ],
    },
    options,
    terminal,
  );
}

/** The second step. */
async function drop(
  account: Account,
  project: ValidProject,
  options: OffboardOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { key, id } = account;
  const { state } = project.map;
  if (!account.leaving) {
    const problem = `\`${key}\` is not leaving: its roles would stay in the account, unmanaged`;
    return refuse(
      { problem, help: `first \`trustwheel offboard ${key}\`, and apply that` },
      terminal,
    );
  }
  const obstacle = unapplied(account, state, options.state);
  if (obstacle !== undefined) return refuse(obstacle, terminal);
  return applyMapEdits(
    project,
    {
      edits: [{ kind: "remove-account", key }],
      next: (): readonly NextStep[] => [
        commitStep(`offboard ${key}: remove the account`, project.files.mapFile),
        ...archiveSteps(state, key, id, outputFolder()),
      ],
    },
    options,
    terminal,
  );
}

function finishStep(key: string): NextStep {
  return {
    what: "once applied, remove the account",
    commands: [`npx trustwheel offboard ${key} --finish`],
  };
}

/** What shows that the first step was not synthesized or not applied. */
function unapplied(
  { key, id }: Account,
  state: StateBackend,
  stateFile: string | undefined,
): Obstacle | undefined {
  const outdir = outputFolder();
  const { accountIds, roleCounts } = previousSynthesis(outdir, ".", state);
  const folder = [...accountIds].find(([, own]) => own === id)?.[0];
  if (folder === undefined) {
    return {
      problem: `${outdir} has no stack for \`${key}\`, so its roles may still exist`,
      help: `run \`${ownCommands().synth}\` first, and apply it if you haven't yet`,
    };
  }
  const roles = roleCounts?.get(folder) ?? 0;
  const { synth, deploy } = ownCommands();
  const help = `run \`${synth}\`, then \`${deploy([key]).join(" && ")}\``;
  if (roles > 0) {
    return {
      problem: `the stack of \`${key}\` in ${outdir} still has ${counted(roles, "role")}`,
      help,
    };
  }
  if (state.kind !== "local" && stateFile === undefined) {
    const pulled = `${key}.tfstate`;
    const stack = `${outdir}/stacks/${folder}`;
    return {
      problem: `the state of \`${key}\` is remote, so its roles may still exist`,
      help: `\`terraform -chdir=${stack} init && terraform -chdir=${stack} state pull > ${pulled}\`, then \`npx trustwheel offboard ${key} --finish --state ${pulled}\``,
    };
  }
  const file = stateFile ?? localState(state, id, outdir);
  if (file === undefined) return undefined;
  const left = resourcesIn(file);
  if (typeof left !== "number") return left;
  return left === 0
    ? undefined
    : { problem: `the state of \`${key}\` still has ${counted(left, "resource")}`, help };
}

/** The file of a local state; nothing if there is none. */
function localState(state: StateBackend, id: string, outdir: string): string | undefined {
  if (state.kind !== "local") return undefined;
  return [join(outdir, ".."), "."]
    .map((folder) => join(folder, state.folder, `${id}.tfstate`))
    .find((file) => existsSync(file));
}

/** Largest state that is read, bytes. */
const MAX_STATE_BYTES = 64 * 1024 * 1024;

/**
 * How many resources a state manages; an empty one, which `terraform state pull` prints if there is none,
 * has none.
 */
function resourcesIn(file: string): number | Obstacle {
  const refused = (why: string): Obstacle => ({
    problem: `${file} ${why}, so the roles may still exist`,
    help: "pass the output of `terraform state pull`",
  });
  let text;
  try {
    text = readText(file, MAX_STATE_BYTES);
  } catch (error) {
    return refused(`cannot be read (${reasonOf(error)})`);
  }
  if (text.trim() === "") return 0;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("is not JSON");
  }
  const { version, resources } = (value ?? {}) as {
    readonly version?: unknown;
    readonly resources?: readonly { readonly mode?: string }[];
  };
  if (version !== 4 || !Array.isArray(resources)) return refused("is not a Terraform state");
  return (resources as readonly { readonly mode?: string }[]).filter(({ mode }) => mode !== "data")
    .length;
}

interface Obstacle {
  readonly problem: string;
  readonly help: string;
}

function refuse(
  problem: { readonly problem: string; readonly help?: string },
  terminal: Terminal,
): ExitCode {
  reportProblem(problem, terminal);
  return EXIT.findings;
}

import type { AddAccount } from "../../lib/account-map/edit/map-edit";
import type { Account, AccountMap } from "../../lib/account-map/model/account-map";
import { administratorRole } from "../../lib/bootstrap/administrator-roles";
import { ownerOf } from "../change/account-answers";
import { applyMapEdits, commitStep, deployStep, readSoundProject } from "../change/apply-map-edits";
import type { ChangeOptions } from "../change/apply-map-edits";
import { addChangeOptions } from "../options/change-options";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { askForAccount } from "../change/onboard-questions";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";
import type { NextStep } from "../print/next-steps";

const EXAMPLES = `
Examples:
  trustwheel onboard                                    asks for everything
  trustwheel onboard --key shop-prod --id 012345678901 --unit /Workloads/Prod \\
    --tag environment=prod --tag team=shop --yes        no prompts, for pipelines
  trustwheel onboard --key shop-prod --id 012345678901 --unit / --dry-run`;

function declare(program: Program) {
  const collect = (value: string, values: readonly string[] | undefined): string[] => [
    ...(values ?? []),
    value,
  ];
  return addChangeOptions(
    program
      .command("onboard")
      .description("add an account to the map: show its access, check, prove, write")
      .option("-k, --key <name>", "its key in the map")
      .option("-i, --id <id>", "its ID, 12 digits")
      .option("-u, --unit <path>", "its OU path; `/` is the root")
      .option("--ou <path>", "the same as --unit")
      .option("--name <name>", "its display name (default: the key)")
      .option("-o, --organization <key>", "its organization, if the map has several")
      .option("--partition <partition>", "its partition (default: the map's)")
      .option("--region <region>", "region of its provider (default: the map's)")
      .option("--deployment-role <name>", "role that Terraform assumes (default: the map's)")
      .option("-t, --tag <key=value>", "a tag; repeatable", collect)
      .option(
        "-p, --parameter <key=value>",
        "a value for a parameter in the map; repeatable",
        collect,
      ),
  ).addHelpText("after", EXAMPLES);
}

type OnboardOptions = OptionsOf<typeof declare>;

/** `trustwheel onboard`: takes a new account into the map. */
export function addOnboardCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (_, command) => {
    finish(await onboard(command.optsWithGlobals(), terminal));
  });
}

async function onboard(options: OnboardOptions, terminal: Terminal): Promise<ExitCode> {
  const project = readSoundProject(terminal, options.map);
  if (typeof project === "number") return project;
  const { map } = project;
  const { unit, ou = unit } = options;
  if (unit !== undefined && unit !== ou) {
    const problem = `--unit says ${unit} and --ou says ${ou ?? ""}, which are the same option`;
    return reportProblem({ problem, help: "give one of them" }, terminal);
  }
  const prompts = options.format === "text" ? terminal.prompts : undefined;
  const edit = await askForAccount(options, project, prompts);
  if (edit === undefined) {
    terminal.stderr("nothing written\n");
    return EXIT.findings;
  }
  if (isProblem(edit)) return reportProblem(edit, terminal);
  const known = knownAccount(edit, map, options, terminal);
  if (known !== undefined) return known;
  const title = `onboard ${edit.key}`;
  return applyMapEdits(
    project,
    {
      edits: [edit],
      next: (edited, { deploy }) => {
        const account = edited.accounts.get(edit.key);
        return [
          commitStep(title, project.files.mapFile),
          ...(account === undefined ? [] : bootstrapSteps(account, edited)),
          ...deployStep("apply it", [edit.key, ...deploy.filter((key) => key !== edit.key)]),
        ];
      },
    },
    options,
    terminal,
  );
}

/** What is to say where the map has the key or the id already. */
function knownAccount(
  edit: AddAccount,
  map: AccountMap,
  { format }: ChangeOptions,
  terminal: Terminal,
): ExitCode | undefined {
  const account = map.accounts.get(edit.key);
  const owner = ownerOf(map, edit.id);
  if (account === undefined && owner === undefined) return undefined;
  const fail = (problem: string, help: string): ExitCode => {
    reportProblem({ problem, help }, terminal);
    return EXIT.findings;
  };
  if (account === undefined) {
    return fail(
      `the ID ${edit.id} already belongs to \`${owner ?? ""}\`; nothing written`,
      `to give it another key, \`trustwheel rename account ${owner ?? ""} ${edit.key}\`; else check the ID`,
    );
  }
  if (account.id !== edit.id) {
    return fail(
      `the map has an account \`${edit.key}\` with the ID ${account.id}; nothing written`,
      "the ID of a key never changes: choose another key, or check the ID",
    );
  }
  const other = differences(edit, account);
  if (other.length > 0) {
    return fail(
      `\`${edit.key}\` is already in the map, with another ${other.join(" and another ")}; nothing written`,
      "change it in the map, or let `trustwheel sync --write` do it",
    );
  }
  terminal.stdout(
    format === "json"
      ? `${JSON.stringify({ outcome: "unchanged", key: edit.key, id: edit.id }, undefined, 2)}\n`
      : `${edit.key} (${edit.id}) is already in the map, nothing to do\n`,
  );
  return EXIT.clean;
}

/** Fields that are given and are not those of the account. */
function differences(edit: AddAccount, account: Account): string[] {
  const { name, unit = "/", organization, partition, region, deploymentRole, tags = {} } = edit;
  const differ = (given: string | undefined, own: string | undefined): boolean =>
    given !== undefined && given !== own;
  return [
    ...(differ(name, account.name) ? ["name"] : []),
    ...(differ(unit, account.unit) ? ["unit"] : []),
    ...(differ(organization, account.organization?.key ?? "none") ? ["organization"] : []),
    ...(differ(partition, account.partition) ? ["partition"] : []),
    ...(differ(region, account.region) ? ["region"] : []),
    ...(differ(deploymentRole, account.deploymentRole?.roleName ?? "none")
      ? ["deployment role"]
      : []),
    ...Object.entries(tags).flatMap(([key, value]) =>
      differ(value, account.tags[key]) ? [`tag \`${key}\``] : [],
    ),
  ];
}

/** What must be there before Terraform gets into an account. */
function bootstrapSteps(
  { deploymentRole, key, id }: Account,
  { pipeline }: AccountMap,
): NextStep[] {
  if (deploymentRole === undefined) return [];
  const { roleName } = deploymentRole;
  const made =
    administratorRole(roleName) === undefined
      ? `the role ${roleName} and what else is missing`
      : `a deployment role that can do less than ${roleName}, if you want one`;
  const caller = pipeline === undefined ? " --caller ARN_OF_YOUR_ROLE" : "";
  return [
    {
      what: `create in ${id} what Terraform needs first: ${made}`,
      commands: [`npx trustwheel bootstrap --account ${key}${caller}`],
    },
    {
      what: "check that Terraform has access",
      commands: [`npx trustwheel doctor --account ${key}`],
    },
  ];
}

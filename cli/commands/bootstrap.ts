import { join } from "node:path";
import { Option } from "@commander-js/extra-typings";
import type { Account, AccountMap } from "../../lib/account-map/model/account-map";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import { policyDocument } from "../../lib/iam/policy-document";
import { readPolicySource } from "../../lib/iam/policy-source";
import type { Bootstrap } from "../../lib/bootstrap/bootstrap-stack";
import { stateBucketTemplate, templateText } from "../../lib/bootstrap/cloudformation-template";
import { planBootstrap } from "../../lib/bootstrap/plan-bootstrap";
import type { BootstrapCaller } from "../../lib/bootstrap/plan-bootstrap";
import { stackSets } from "../../lib/bootstrap/stack-sets";
import {
  terraformBootstrap,
  terraformStateBucket,
  terraformText,
} from "../../lib/bootstrap/terraform-bootstrap";
import { bootstrapReport } from "../print/bootstrap-report";
import type { BootstrapFormat } from "../print/bootstrap-report";
import { readSoundProject } from "../change/apply-map-edits";
import type { ValidProject } from "../change/apply-map-edits";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { unknownName } from "../project/unknown-name";
import { writeIfDifferent } from "../system/write-if-different";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";
import type { UsageProblem } from "../system/usage-problem";

const EXAMPLES = `
Examples:
  trustwheel bootstrap                                    Terraform, one folder for each account
  trustwheel bootstrap --format cloudformation            templates, for StackSets
  trustwheel bootstrap --account shop-prod                a single new account
  trustwheel bootstrap --caller arn:aws:iam::111111111111:role/platform-admin
                                                          trusts this role, too

docs/bootstrap.md says what it creates and how to apply.`;

function declare(program: Program) {
  return program
    .command("bootstrap")
    .description("generate what each account needs before Terraform can use it")
    .addOption(
      new Option("-f, --format <format>", "what is written")
        .choices(["terraform", "cloudformation"])
        .default("terraform"),
    )
    .option("-o, --output <folder>", "output folder", "bootstrap")
    .option("-a, --account <keys...>", "only these accounts (default: all)")
    .option("--caller <arns...>", "roles to trust besides the pipeline's")
    .option("--state-account <key>", "account of the state bucket (default: the pipeline's)")
    .addHelpText("after", EXAMPLES);
}

type BootstrapCommandOptions = OptionsOf<typeof declare>;

/** `trustwheel bootstrap`: writes what must exist before Terraform can work in the accounts. */
export function addBootstrapCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((_, command) => {
    finish(bootstrap(command.optsWithGlobals(), terminal));
  });
}

function bootstrap(options: BootstrapCommandOptions, terminal: Terminal): ExitCode {
  const project = readSoundProject(terminal, options.map);
  if (typeof project === "number") return project;
  const planned = planWith(project, options);
  if (isProblem(planned)) return reportProblem(planned, terminal);
  const files = filesOf(planned, options.format, project.map.providerVersion);
  const written = [...files].filter(([name, text]) =>
    writeIfDifferent(join(options.output, name), text),
  );
  terminal.stdout(
    bootstrapReport(planned, {
      ...options,
      written: written.map(([name]) => name),
      files: [...files.keys()],
      ...(project.map.pipeline === undefined
        ? {}
        : { pipelineAccount: project.map.pipeline.account }),
    }),
  );
  return EXIT.clean;
}

/** The bootstrap that the options ask for, or what is wrong with them. */
function planWith(
  { map, plan, files }: ValidProject,
  { account: keys, caller = [], stateAccount: stateKey }: BootstrapCommandOptions,
): Bootstrap | UsageProblem {
  const only: Account[] = [];
  for (const key of keys ?? []) {
    const account = map.accounts.get(key);
    if (account === undefined) return unknownName("account", key, map.accounts.keys());
    if (account.deploymentRole === undefined) {
      return {
        problem: `Terraform runs in \`${key}\` already: its \`deploymentRole\` is \`none\``,
        help: "name a role under `deploymentRole` of the account, or leave it out",
      };
    }
    only.push(account);
  }
  const callers: BootstrapCaller[] = [];
  for (const arn of caller) {
    const read = readCaller(arn, map);
    if ("problem" in read) return read;
    callers.push(read);
  }
  if (map.pipeline === undefined && callers.length === 0) {
    return {
      problem: "no one could assume the deployment roles: the map has no `pipeline:`",
      help: "add `pipeline:` to accounts.yaml, or name the role that applies: `--caller arn:aws:iam::ID:role/NAME`",
    };
  }
  const stateAccount = stateKey === undefined ? undefined : map.accounts.get(stateKey);
  if (stateKey !== undefined && stateAccount === undefined)
    return unknownName("account", stateKey, map.accounts.keys());
  return planBootstrap({
    map,
    plan,
    documents: documentsOf(files.policies),
    callers,
    ...(keys === undefined ? {} : { only }),
    ...(stateAccount === undefined ? {} : { stateAccount }),
  });
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(?<id>\d{12}):role\/(?:[^*?]+\/)?[^*?/]+$/;

function readCaller(arn: string, map: AccountMap): BootstrapCaller | UsageProblem {
  const id = ROLE_ARN.exec(arn)?.groups?.id;
  if (id === undefined) {
    return {
      problem: `\`${arn}\` is not the ARN of one role`,
      help: "write it as `arn:aws:iam::ID:role/NAME`, with its path; for a session, the ARN of its role",
    };
  }
  const account = [...map.accounts.values()].find((each) => each.id === id);
  if (account !== undefined) return { account, arn };
  return {
    problem: `the account ${id} of ${arn} is not in the map`,
    help: "add the account to accounts.yaml, or name a role of a mapped account",
  };
}

/** The documents of `policies/`; the map was checked with them. */
function documentsOf(
  policies: ReadonlyMap<string, { readonly file: string; readonly text: string }>,
): ReadonlyMap<string, PolicyDocument> {
  return new Map(
    [...policies].flatMap(([name, { file, text }]) => {
      const statements = readPolicySource(file, text).source?.document.Statement;
      return statements === undefined
        ? []
        : [[name, policyDocument(statements as PolicyDocument["Statement"])] as const];
    }),
  );
}

function filesOf(
  { stacks, stateBucket }: Bootstrap,
  format: BootstrapFormat,
  providerVersion: string | undefined,
): ReadonlyMap<string, string> {
  if (format === "cloudformation") {
    return new Map([
      ...stackSets(stacks).map(({ name, text }) => [`${name}.template.json`, text] as const),
      ...(stateBucket === undefined
        ? []
        : [["states.template.json", templateText(stateBucketTemplate(stateBucket))] as const]),
    ]);
  }
  return new Map([
    ...stacks.map(
      (stack) =>
        [
          `accounts/${stack.account.key}/main.tf.json`,
          terraformText(terraformBootstrap(stack, providerVersion)),
        ] as const,
    ),
    ...(stateBucket === undefined
      ? []
      : [
          [
            "states/main.tf.json",
            terraformText(terraformStateBucket(stateBucket, providerVersion)),
          ] as const,
        ]),
  ]);
}

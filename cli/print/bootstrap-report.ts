import type { Account } from "../../lib/account-map/model/account-map";
import type { Bootstrap, BootstrapStack, StateBucket } from "../../lib/bootstrap/bootstrap-stack";
import { stackSets } from "../../lib/bootstrap/stack-sets";
import type { StackSet } from "../../lib/bootstrap/stack-sets";
import { counted } from "../../lib/diagnostics/words";
import { nextText } from "./next-steps";
import type { NextStep } from "./next-steps";
import { addTo } from "../../lib/values/group";

/** The two forms of a bootstrap. */
export type BootstrapFormat = "terraform" | "cloudformation";

/** What was written, and for whom. */
export interface BootstrapFacts {
  readonly format: BootstrapFormat;
  readonly output: string;
  readonly files: readonly string[];
  /** Those of the files that differed. */
  readonly written: readonly string[];
  /** @default - the map has no pipeline */
  readonly pipelineAccount?: Account;
}

/** What a bootstrap means and how it is applied, as a person reads it. */
export function bootstrapReport(bootstrap: Bootstrap, facts: BootstrapFacts): string {
  const { stacks, stateBucket } = bootstrap;
  const { files, written, output, format } = facts;
  const remarks = [...remarksOf(stacks)].map(
    ([text, keys]) => `  ${text}\n    in ${accountsText(keys, stacks.length)}`,
  );
  const steps = [
    ...(format === "terraform"
      ? terraformSteps(bootstrap, output)
      : cloudFormationSteps(bootstrap, output)),
    ...switchSteps(stacks),
    ...firstApply(facts),
    { what: "check that everything exists", commands: ["npx trustwheel doctor"] },
  ];
  return [
    `${counted(stacks.length, "account")}${stateBucket === undefined ? "" : ` and the bucket ${stateBucket.name}`}: ${counted(files.length, "file")} in ${output}, ${String(written.length)} written\n`,
    ...(remarks.length === 0 ? [] : [`\nNote\n${remarks.join("\n")}\n`]),
    nextText(steps, (text) => text),
  ].join("");
}

/** Remarks with the keys of the accounts that they are about. */
function remarksOf(stacks: readonly BootstrapStack[]): ReadonlyMap<string, readonly string[]> {
  const remarks = new Map<string, string[]>();
  for (const { account, deploymentRole, administratorBecause, notes } of stacks) {
    const own = [
      ...administratorBecause.map(
        (because) => `${deploymentRole.name} is effectively account administrator: ${because}`,
      ),
      ...notes,
    ];
    for (const text of own) {
      const general = text.replaceAll(account.id, "ACCOUNT");
      addTo(remarks, general, account.key);
    }
  }
  return remarks;
}

/** Accounts that are named one by one. */
const MOST_NAMED = 8;

function accountsText(keys: readonly string[], all: number): string {
  if (keys.length === all && all > 1) return `all ${String(all)} accounts`;
  const named = keys.slice(0, MOST_NAMED).join(", ");
  const more = keys.length - MOST_NAMED;
  return more > 0 ? `${named} and ${String(more)} more` : named;
}

function terraformSteps({ stacks, stateBucket }: Bootstrap, output: string): NextStep[] {
  const apply = (folder: string): string[] => [
    `terraform -chdir=${folder} init`,
    `terraform -chdir=${folder} apply`,
  ];
  const [only, second] = stacks;
  return [
    ...(stateBucket === undefined
      ? []
      : [
          {
            what: `as administrator of ${stateBucket.account.key} (${stateBucket.account.id}), create the state bucket`,
            commands: apply(`${output}/states`),
          },
        ]),
    ...(only === undefined
      ? []
      : [
          {
            what: "apply each folder with credentials that can assume its `bootstrap_role_arn`, or as account administrator with `-var bootstrap_role_arn=null`",
            commands:
              second === undefined
                ? apply(`${output}/accounts/${only.account.key}`)
                : [
                    `for folder in ${output}/accounts/*/; do terraform -chdir="$folder" init && terraform -chdir="$folder" apply || break; done`,
                  ],
          },
        ]),
  ];
}

function cloudFormationSteps({ stacks, stateBucket }: Bootstrap, output: string): NextStep[] {
  return [
    ...(stateBucket === undefined ? [] : [statesStep(stateBucket, output)]),
    ...stackSets(stacks).flatMap((set) => [
      ...stackSetStep(set, output),
      ...stackSteps(set, output),
    ]),
  ];
}

function statesStep({ account, region }: StateBucket, output: string): NextStep {
  return {
    what: `as administrator of ${account.key} (${account.id}), create the state bucket`,
    commands: [
      `aws cloudformation deploy --region ${region} --stack-name trustwheel-states --template-file ${output}/states.template.json`,
    ],
  };
}

/** A StackSet for a template; the accounts are picked out of the whole organization. */
function stackSetStep({ name, members }: StackSet, output: string): NextStep[] {
  const [first] = members;
  if (first === undefined) return [];
  const { organization, region } = first;
  const targets = `OrganizationalUnitIds=${organization?.rootId ?? "ROOT_ID"},Accounts=${members.map(({ id }) => id).join(",")},AccountFilterType=INTERSECTION`;
  const set = `trustwheel-bootstrap-${name}`;
  return [
    {
      what: `in the management account, a StackSet for ${counted(members.length, "account")}${organization?.rootId === undefined ? " (get ROOT_ID from `aws organizations list-roots`)" : ""}`,
      commands: [
        `aws cloudformation create-stack-set --region ${region} --stack-set-name ${set} --template-body file://${output}/${name}.template.json --capabilities CAPABILITY_NAMED_IAM --permission-model SERVICE_MANAGED --auto-deployment Enabled=false`,
        `aws cloudformation create-stack-instances --region ${region} --stack-set-name ${set} --deployment-targets '${targets}' --regions ${region}`,
      ],
    },
  ];
}

/** What no service-managed StackSet reaches (rule BS-04). */
function stackSteps({ name, others }: StackSet, output: string): NextStep[] {
  return others.map((account) => ({
    what: `as administrator of ${account.key} (${account.id}), ${account.management ? "the management account, which service-managed StackSets skip (BS-04)" : "which is in no organization that StackSets can use"}`,
    commands: [
      `aws cloudformation deploy --region ${account.region} --stack-name trustwheel-bootstrap --template-file ${output}/${name}.template.json --capabilities CAPABILITY_NAMED_IAM`,
    ],
  }));
}

/** Where the map names a role that others make, and how to leave it. */
function switchSteps(stacks: readonly BootstrapStack[]): NextStep[] {
  const byName = new Map<string, string[]>();
  for (const { account, administrator, deploymentRole } of stacks) {
    if (administrator === undefined) continue;
    const what = `write \`deploymentRole: ${deploymentRole.name}\` in accounts.yaml instead of \`${administrator.name}\`, which can do everything in an account`;
    addTo(byName, what, account.key);
  }
  return [...byName].map(([what, keys]) => ({
    what: `${what}: in ${accountsText(keys, stacks.length)}`,
    commands: ["npx trustwheel check && npx trustwheel synth"],
  }));
}

/** The pipeline's own roles are created by the stack of its account. */
function firstApply({ pipelineAccount }: BootstrapFacts): NextStep[] {
  if (pipelineAccount === undefined) return [];
  const { key, id } = pipelineAccount;
  const folder = `cdktf.out/stacks/${key}`;
  return [
    {
      what: `apply the stack of ${key} (${id}) once by hand: it creates the pipeline's roles, which the pipeline can't create itself`,
      commands: [
        "npx trustwheel synth",
        `terraform -chdir=${folder} init`,
        `terraform -chdir=${folder} apply -var deployment_role_arn=ARN_OF_A_ROLE_OF_YOURS_IN_${id}`,
      ],
    },
  ];
}

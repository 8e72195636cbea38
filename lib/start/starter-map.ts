import { DEPLOYMENT_ROLE_NAME } from "../bootstrap/plan-bootstrap";

/** What a first map is made from. All values are checked. */
export interface StarterAnswers {
  /** @default - trust is bound to account ids */
  readonly organizationId?: string;
  /** @default - unknown */
  readonly rootId?: string;
  readonly management: StarterAccount;
  /** The account where people sign in. */
  readonly account: StarterAccount;
  readonly region: string;
  /** Permission set of the people. */
  readonly permissionSet: string;
  /** @default - states are files */
  readonly stateBucket?: string;
  /** `owner/name`. @default - no pipeline */
  readonly github?: string;
}

/** An account of a first map. */
export interface StarterAccount {
  readonly key: string;
  readonly id: string;
  /** @default - the key */
  readonly name?: string;
  /** @default - the root */
  readonly unit?: string;
}

/** Name of the boundary that every role gets, and of its document. */
export const STARTER_BOUNDARY = "access-boundary";

/** Where editors find what completes and checks the map. */
const SCHEMA = "node_modules/trustwheel/schema/accounts.schema.json";

/** The text of a first map: one principal for people, and one read-only role in every account. */
export function starterMap(answers: StarterAnswers): string {
  const { organizationId, rootId, management, account, region, permissionSet } = answers;
  return `# yaml-language-server: $schema=${SCHEMA}
#
# The account map: our AWS accounts, and who can assume which roles. Editors complete and check it;
# \`npx trustwheel check\` checks it, \`npx trustwheel explain RULE\` explains a finding.
version: 1
${
  organizationId === undefined
    ? ""
    : `
organizations:
  main:
    id: ${organizationId}
${rootId === undefined ? "" : `    root: ${rootId}\n`}`
}
defaults:
  region: ${region}
  # The role that Terraform assumes in each account. \`npx trustwheel bootstrap\` creates it.
  deploymentRole: ${DEPLOYMENT_ROLE_NAME}
  # The path of all roles. The deployment role can't write anywhere else.
  rolePath: /access/
  # No role can do more than policies/${STARTER_BOUNDARY}.json allows, whatever its policies say. \`npx trustwheel
  # bootstrap\` creates the policy, and the deployment role cannot change it.
  permissionsBoundary: { existing: access/${STARTER_BOUNDARY}, document: ${STARTER_BOUNDARY} }
${stateText(answers)}${pipelineText(answers)}
accounts:
${accountText(management, ["management: true", "deploymentRole: none # Terraform creates nothing here"])}
${accountText(account, [])}
hubs:
  # People assume this role first, and the spokes from it.
  people:
    account: ${account.key}
    principals:
      engineers:
        permissionSet: { name: ${quoted(permissionSet)} }

spokes:
  # In every account except the management account, people can read.
  reader:
    hubs: [people]
    accounts:
      units: [/**]
    access: read-only
    permissions:
      managed: [job-function/ViewOnlyAccess]
      documents: [read-logs]
`;
}

function stateText({ stateBucket, region }: StarterAnswers): string {
  return stateBucket === undefined
    ? `
# Terraform state is kept in files in state/. Teams keep it in a bucket:
# state: { s3: { bucket: NAME, region: ${region} } }
`
    : `
# The Terraform state, one file per account.
state: { s3: { bucket: ${stateBucket}, region: ${region} } }
`;
}

function pipelineText({ github, account }: StarterAnswers): string {
  return github === undefined
    ? ""
    : `
# Who plans and applies. After a change here, update the workflows with \`npx trustwheel ci github\`.
pipeline:
  account: ${account.key}
  githubActions: { repository: ${quoted(github)} }
`;
}

function accountText({ key, id, name, unit }: StarterAccount, more: readonly string[]): string {
  const lines = [
    `id: "${id}"`,
    ...(name === undefined || name === key ? [] : [`name: ${quoted(name)}`]),
    ...(unit === undefined || unit === "/" ? [] : [`unit: ${quoted(unit)}`]),
    ...more,
  ];
  return `  ${key}:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

/** A text that YAML reads as itself: what JSON quotes, YAML reads, too. */
function quoted(text: string): string {
  const plain =
    /^[A-Za-z/][\w/.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

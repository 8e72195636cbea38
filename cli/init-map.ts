import { DEPLOYMENT_ROLE_NAME } from "../lib/plan/bootstrap/plan-bootstrap";

/** What a first map is made from. All values are checked. */
export interface StarterAnswers {
  /** @default - trust is bound to account ids */
  readonly organizationId?: string;
  /** @default - it is not known */
  readonly rootId?: string;
  readonly management: StarterAccount;
  /** The account that people enter. */
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

/** The text of a first map: one way in for people, and one role to read with in every account. */
export function starterMap(answers: StarterAnswers): string {
  const { organizationId, rootId, management, account, region, permissionSet } = answers;
  return `# yaml-language-server: $schema=${SCHEMA}
#
# The account map: our AWS accounts, and who may get from where to where. Editors complete and check it;
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
  # The role that Terraform assumes in each account. \`npx trustwheel bootstrap\` makes it.
  deploymentRole: ${DEPLOYMENT_ROLE_NAME}
  # Where all roles lie. The deployment role writes nowhere else.
  rolePath: /access/
  # No role can do more than policies/${STARTER_BOUNDARY}.json permits, whatever it is given. \`npx trustwheel
  # bootstrap\` makes the policy, and the deployment role cannot change it.
  permissionsBoundary: { existing: access/${STARTER_BOUNDARY}, document: ${STARTER_BOUNDARY} }
${stateText(answers)}${pipelineText(answers)}
accounts:
${accountText(management, ["management: true", "deploymentRole: none # Terraform makes nothing here"])}
${accountText(account, [])}
hubs:
  # People enter here, and go on to the accounts.
  people:
    account: ${account.key}
    principals:
      engineers:
        permissionSet: { name: ${quoted(permissionSet)} }

spokes:
  # In every account but the management account, people read.
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
# The states of Terraform are files in state/. A team keeps them in a bucket:
# state: { s3: { bucket: NAME, region: ${region} } }
`
    : `
# Where Terraform keeps its states, one for each account.
state: { s3: { bucket: ${stateBucket}, region: ${region} } }
`;
}

function pipelineText({ github, account }: StarterAnswers): string {
  return github === undefined
    ? ""
    : `
# Who plans and applies. After a change here, \`npx trustwheel ci github\` writes the workflows anew.
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

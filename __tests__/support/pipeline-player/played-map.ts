/**
 * A map of two accounts with a pipeline, in the form of a file that several people edit: what they add has
 * places of its own, so that Git merges it.
 */
export function playedMap(
  pipeline: string,
  state = "s3: { bucket: example-org-states, region: eu-central-1 }",
): string {
  return `organizations:
  main: { id: o-exampleorg1, root: r-ex01 }

terraform:
  providerVersion: ">= 5.100, < 7"

defaults:
  region: eu-central-1
  deploymentRole: trustwheel-deployment
  rolePath: /access/

state:
  ${state}

pipeline:
  account: tools
  ${pipeline}

accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  # Further accounts come here.

hubs:
  # Further hubs come here.

  automation:
    account: tools
    principals:
      bot: { user: { name: bot }, grant: declared }

spokes:
  # Further spokes come here.

  reader:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;
}

/** Adds an account, a hub whose role spokes name by its ARN, and a spoke that it can assume in two accounts: two waves. */
export const PEOPLE: readonly (readonly [from: string, to: string])[] = [
  ["  # Further accounts come here.\n", '  bank: { id: "333333333333" }\n'],
  [
    "  # Further hubs come here.\n",
    `  # Further hubs come here.

  people:
    account: tools
    trustMode: roleArn
    principals:
      engineers: { user: { name: engineer }, grant: declared }
`,
  ],
  [
    "  # Further spokes come here.\n",
    `  # Further spokes come here.

  auditor:
    hubs: [people]
    accounts: { keys: [shop, bank] }
    permissions: { managed: [SecurityAudit] }
`,
  ],
];

/** A map with edits, each of what must be there. */
export function edited(
  map: string,
  edits: readonly (readonly [from: string, to: string])[],
): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the map has no ${from}`);
    return text.replace(from, to);
  }, map);
}

/** A map of three accounts in the form of a file that several people edit, with a pipeline on GitHub. */
export function playedMap(pipeline: string): string {
  return `organizations:
  main: { id: o-exampleorg1, root: r-ex01 }

terraform:
  providerVersion: ">= 5.100, < 7"

defaults:
  region: eu-central-1
  deploymentRole: trustwheel-deployment
  rolePath: /access/

state:
  s3: { bucket: example-org-states, region: eu-central-1 }

pipeline:
  account: tools
  ${pipeline}

accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  bank: { id: "333333333333" }

hubs:
  automation:
    account: tools
    principals:
      bot: { user: { name: bot }, grant: declared }

spokes:
  reader:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { managed: [job-function/ViewOnlyAccess] }

  # Further spokes come here.

  auditor:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { managed: [SecurityAudit] }
`;
}

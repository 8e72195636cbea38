import type { EmulatedOrganization } from "../emulated-aws/emulated-organization";

/** Role of the management account by which people bring the bootstrap about. */
export const ADMINISTRATOR = "platform-admin";

/** A statement with so much text that it does not fit with others into inline policies. */
function wideStatement(sid: string, first: number): object {
  const queues = Array.from(
    { length: 90 },
    (_, index) => `arn:aws:sqs:eu-central-1:{{account.id}}:orders-${first + index}`,
  );
  return { Sid: sid, Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: queues };
}

/** Documents of `policies/` by name: one that becomes customer managed policies, and boundaries. */
export const YEAR_DOCUMENTS: Readonly<Record<string, object>> = {
  orders: {
    Version: "2012-10-17",
    Statement: [wideStatement("First", 1000), wideStatement("Second", 2000)],
  },
  parcels: { Version: "2012-10-17", Statement: [wideStatement("Parcels", 3000)] },
  guard: boundary("iam:Upload*"),
  "probe-boundary": boundary("iam:Enable*"),
};

/** Allows everything but what is about identities; one more action tells two of them apart. */
export function boundary(action: string): object {
  const Action = [
    "iam:Create*",
    "iam:Attach*",
    "iam:Put*",
    "iam:Update*",
    "organizations:*",
    action,
  ];
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Ceiling", Effect: "Allow", Action: "*", Resource: "*" },
      { Sid: "NoIdentities", Effect: "Deny", Action, Resource: "*" },
    ],
  };
}

/** Metadata of a SAML identity provider: IAM takes no less than 1,000 characters. */
export const SAML_METADATA = `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://login.example.com/saml">
<!-- ${"-padding".repeat(140).slice(1)} -->
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://login.example.com/sso"/>
</IDPSSODescriptor>
</EntityDescriptor>
`;

/**
 * A map in which every kind of resource is made that trustwheel makes: hubs with users, a role and a user that
 * others made, GitHub and a SAML provider; spokes with inline, customer managed and AWS managed policies,
 * boundaries that Terraform makes and that the bootstrap makes; a chain that starts at an instance.
 */
export function yearMap(organization: EmulatedOrganization): string {
  return `# Who can assume what, played for a year.
version: 1

terraform: { providerVersion: ">= 5.100, < 7" }

organizations:
  main: { id: ${organization.id} }

defaults:
  region: eu-central-1
  deploymentRole: trustwheel-deployment
  rolePath: /access/
  permissionsBoundary: { existing: access/guard, document: guard }

tags:
  managed-by: trustwheel
  audit: yearly

identityProviders:
  github:
    oidc: { url: https://token.actions.githubusercontent.com }
    create: true
  login:
    saml: { name: login, metadata: saml.xml }
    create: true

accounts:
  management: # Terraform signs in here
    id: "${organization.accountId("management")}"
    management: true
    deploymentRole: none
  shared:
    id: "${organization.accountId("shared")}"
    unit: /Infrastructure
  shop-prod:
    id: "${organization.accountId("shop-prod")}"
    unit: /Workloads/Prod
  shop-test:
    id: "${organization.accountId("shop-test")}"
    unit: /Workloads/Test

hubs:
  automation:
    account: shared
    role: automation-hub
    principals:
      pipeline:
        githubActions:
          provider: github
          repository: example-org/platform
          environment: production
      deploy-bot:
        user: { name: sys-automation, create: true }
        sourceIps: [203.0.113.0/24]
      runner:
        role: { account: shared, name: runner, path: /services/ }
      ann:
        user: { account: shared, name: ann }
        mfa: true
  people:
    account: shared
    role: people-hub
    maxSession: 4h
    tags: { audience: people }
    principals:
      engineers:
        saml: { provider: login }

spokes:
  deployer:
    hubs: [automation]
    accounts: { units: [/Workloads/**] }
    permissions: { documents: [orders, parcels] }
    externalId: deploy-{{account.id}}
  reader:
    hubs: [people]
    accounts:
      units: [/**]
    access: read-only
    permissions: { managed: [job-function/ViewOnlyAccess] }
  probe:
    hubs: [people]
    accounts: { units: [/Workloads/Prod] }
    permissionsBoundary: probe-boundary
    permissions:
      statements: [{ Effect: Allow, Action: "sqs:SendMessage", Resource: "*" }]

chains:
  reporting:
    start: { instanceProfile: { account: shared, role: reporting-instance } }
    steps:
      - roles:
          orders:
            account: shop-prod
            role: orders
            externalId: orders
            permissions:
              statements:
                - { Effect: Allow, Action: "sqs:ReceiveMessage", Resource: "*" }
`;
}

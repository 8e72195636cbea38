import { EmulatedAccounts } from "./emulated-accounts";
import { EmulatedOrganization } from "./emulated-organization";
import { EmulatedProject } from "./emulated-project";
import { startMoto } from "./moto";

/** An organization in an emulator that runs, and a project with its map. */
export interface EmulatedYear {
  readonly url: string;
  readonly accounts: EmulatedAccounts;
  readonly organization: EmulatedOrganization;
  readonly project: EmulatedProject;
  /** Stops the emulator and removes the project. */
  readonly end: () => Promise<void>;
}

/** Roles that AWS makes with each account of an organization. */
export const GIVEN_ROLES: ReadonlySet<string> = new Set(["OrganizationAccountAccessRole"]);

/**
 * Starts an emulator with an organization of four accounts in nested units, and a project whose map knows all
 * of them but `shop-prod`.
 */
export async function startYear(): Promise<EmulatedYear> {
  const moto = await startMoto();
  const accounts = new EmulatedAccounts(moto.url);
  const organization = new EmulatedOrganization(moto.url);
  const project = new EmulatedProject(moto.environment, accounts);
  await organization.create();
  for (const unit of ["/Infrastructure", "/Workloads", "/Workloads/Prod", "/Workloads/Test"]) {
    await organization.addUnit(unit);
  }
  await organization.addAccount("shared", "/Infrastructure");
  await organization.addAccount("shop-prod", "/Workloads/Prod");
  await organization.addAccount("shop-test", "/Workloads/Test");
  project.mapText = firstMap(organization);
  return {
    url: moto.url,
    accounts,
    organization,
    project,
    end: async () => {
      await moto.stop();
      accounts.destroy();
      organization.destroy();
      project.remove();
    },
  };
}

/** The organization, two hubs in a shared account, spokes by unit. */
function firstMap(organization: EmulatedOrganization): string {
  return `# Who gets where in the organization.
version: 1

organizations:
  main: { id: ${organization.id} }

defaults:
  region: eu-central-1
  deploymentRole: OrganizationAccountAccessRole
  rolePath: /access/
  permissionsBoundary: access-boundary

tags:
  managed-by: trustwheel

identityProviders:
  github:
    oidc: { url: https://token.actions.githubusercontent.com }
    create: true

accounts:
  management: # Terraform signs in here
    id: "${organization.accountId("management")}"
    management: true
    deploymentRole: none
  shared:
    id: "${organization.accountId("shared")}"
    unit: /Infrastructure
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
  people:
    account: shared
    role: people-hub
    maxSession: 4h
    tags: { audience: people }
    principals:
      engineers:
        permissionSet: { name: PlatformEngineer }
        sourceIdentity: { values: ["*@example.com"] }

spokes:
  deployer:
    hubs: [automation]
    accounts: { units: [/Workloads/**] }
    permissions: { documents: [deploy-services] }
    externalId: deploy-{{account.id}}
  reader:
    hubs: [people]
    accounts:
      keys: [management]
      units: [/**]
      managementReason: what the organization costs is read there
    access: read-only
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;
}

import { accountFactoryDeploymentRole } from "../account-factory-deployment-role";
import { controlTowerDeploymentRole } from "../control-tower-deployment-role";
import { deploymentStart } from "../deployment-start";
import { managementDeploymentRole } from "../management-deployment-role";
import type { CatalogueEntry } from "../rule";
import { stackSetDeploymentRole } from "../stack-set-deployment-role";

/** Section K: deployment roles. */
export const SECTION_K: readonly CatalogueEntry[] = [
  { status: "checked", rule: managementDeploymentRole },
  { status: "checked", rule: controlTowerDeploymentRole },
  { status: "checked", rule: accountFactoryDeploymentRole },
  { status: "checked", rule: stackSetDeploymentRole },
  { status: "checked", rule: deploymentStart },
];

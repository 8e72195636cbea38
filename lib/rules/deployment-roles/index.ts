import { accountFactoryDeploymentRole } from "./bs-03-account-factory-deployment-role";
import { controlTowerDeploymentRole } from "./bs-02-control-tower-deployment-role";
import { deploymentStart } from "./bs-05-deployment-start";
import { managementDeploymentRole } from "./bs-01-management-deployment-role";
import type { Section } from "../rule";
import { stackSetDeploymentRole } from "./bs-04-stack-set-deployment-role";

export const DEPLOYMENT_ROLES: Section = {
  title: "Deployment roles",
  entries: [
    { status: "checked", rule: managementDeploymentRole },
    { status: "checked", rule: controlTowerDeploymentRole },
    { status: "checked", rule: accountFactoryDeploymentRole },
    { status: "checked", rule: stackSetDeploymentRole },
    { status: "checked", rule: deploymentStart },
  ],
};

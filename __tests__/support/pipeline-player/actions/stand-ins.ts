import { downloadArtifact, uploadArtifact } from "./artifacts";
import { configureAwsCredentials } from "./aws-credentials";
import { checkout } from "./checkout";
import type { StandIn } from "./stand-in";
import { createAppToken, setupNode, setupTerraform } from "./tools";

const STAND_INS: ReadonlyMap<string, StandIn> = new Map([
  ["actions/checkout", checkout],
  ["actions/create-github-app-token", createAppToken],
  ["actions/download-artifact", downloadArtifact],
  ["actions/setup-node", setupNode],
  ["actions/upload-artifact", uploadArtifact],
  ["aws-actions/configure-aws-credentials", configureAwsCredentials],
  ["hashicorp/setup-terraform", setupTerraform],
]);

/** What stands in for an action, which must be pinned to a commit. One that is not known is an exception. */
export function standInOf(uses: string): StandIn {
  const [, action = "", commit] = /^([^@]+)@([0-9a-f]{40})$/.exec(uses) ?? [];
  const standIn = commit === undefined ? undefined : STAND_INS.get(action);
  if (standIn === undefined) throw new Error(`the action ${uses} is not played`);
  return standIn;
}

import { Scalar } from "yaml";

/** The actions that workflows use, each pinned to the commit of a release: a tag can be moved. */
const ACTIONS = {
  checkout: ["actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "v5.0.0"],
  setupNode: ["actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020", "v4.4.0"],
  uploadArtifact: ["actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02", "v4.6.2"],
  downloadArtifact: [
    "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093",
    "v4.3.0",
  ],
  setupTerraform: ["hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd", "v3.1.2"],
  appToken: ["actions/create-github-app-token@df432ceedc7162793a195dd1713ff69aefc7379e", "v2.0.6"],
  awsCredentials: [
    "aws-actions/configure-aws-credentials@b47578312673ae6fa5b5096b330d9fbac3d116df",
    "v4.2.1",
  ],
} as const;

/** The value of `uses:` for an action, with its version as a comment. */
export function uses(action: keyof typeof ACTIONS): Scalar<string> {
  const [pinned, version] = ACTIONS[action];
  const scalar = new Scalar<string>(pinned);
  scalar.comment = ` ${version}`;
  return scalar;
}

import { failed, SUCCEEDED } from "./stand-in";
import type { StandIn } from "./stand-in";

/** actions/setup-node without a cache: the Node.js of this process stands in for the version. */
export const setupNode: StandIn = (inputs, job) => {
  const version = inputs.required("node-version");
  if (!/^\d+(?:\.\d+){0,2}$/.test(version)) {
    return Promise.resolve(failed(job, `Unable to find Node version '${version}'`));
  }
  job.say(`Node.js ${process.version} stands in for ${version}`);
  return Promise.resolve(SUCCEEDED);
};

/** hashicorp/setup-terraform without its wrapper: the Terraform of this machine stands in for the version. */
export const setupTerraform: StandIn = async (inputs, job) => {
  const version = inputs.required("terraform_version");
  if (inputs.boolean("terraform_wrapper", true)) {
    throw new Error("setup-terraform: the wrapper is not played");
  }
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    return failed(job, `Could not find Terraform version ${version}`);
  }
  const { code } = await job.program("terraform", ["version"], { CHECKPOINT_DISABLE: "1" });
  return code === 0 ? SUCCEEDED : failed(job, "terraform is not on this machine");
};

/** actions/create-github-app-token: a token of the App that has just the permissions that are named. */
export const createAppToken: StandIn = (inputs, job) => {
  inputs.required("app-id");
  const key = inputs.optional("private-key");
  const level = inputs.required("permission-statuses");
  if (key === undefined)
    return Promise.resolve(failed(job, "[@octokit/auth-app] privateKey option is required"));
  if (level !== "write" && level !== "read") throw new Error(`permission-statuses: ${level}`);
  const token = job.settings.server.forge.issueToken({
    login: "trustwheel-gate[bot]",
    permissions: { statuses: level },
  });
  return Promise.resolve({ isSuccess: true, outputs: { token } });
};

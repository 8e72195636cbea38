import { LocalBackend, S3Backend } from "cdktf";
import type { S3BackendConfig, TerraformStack } from "cdktf";
import type { StateBackend } from "../lib/account-map/model/account-map";

/**
 * Gives a stack its state, keyed by the account's id and never by a name, so that no rename moves it.
 * The backend names no role: plan and apply bring their own credentials.
 */
export function addStateBackend(
  stack: TerraformStack,
  state: StateBackend,
  accountId: string,
): void {
  switch (state.kind) {
    case "local":
      // Relative to the folder of the stack, where Terraform runs: an absolute path would differ by machine.
      new LocalBackend(stack, { path: `../../../${state.folder}/${accountId}.tfstate` });
      return;
    case "s3": {
      const config: S3BackendConfig & { useLockfile: boolean } = {
        bucket: state.bucket,
        key: `${state.prefix}/${accountId}/terraform.tfstate`,
        region: state.region,
        encrypt: true,
        useLockfile: true, // not in the library's type; written as `use_lockfile` all the same
        ...(state.kmsKey === undefined ? {} : { kmsKeyId: state.kmsKey }),
      };
      new S3Backend(stack, config);
      return;
    }
    case "hcp":
      // The library's own construct runs the terraform command at synthesis.
      stack.addOverride("terraform.cloud", {
        hostname: state.hostname,
        organization: state.organization,
        workspaces: {
          name: `${state.workspacePrefix}${accountId}`,
          ...(state.project === undefined ? {} : { project: state.project }),
        },
      });
  }
}

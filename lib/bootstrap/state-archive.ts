import type { StateBackend } from "../account-map/model/account-map";

/** A step, and the commands that do it. */
export interface ArchiveStep {
  readonly what: string;
  readonly commands: readonly string[];
}

/** How to archive the state of a removed account: nothing reads it any more, but it shows what existed. */
export function archiveSteps(
  state: StateBackend,
  key: string,
  id: string,
  outdir: string,
): ArchiveStep[] {
  const stack = `${outdir}/stacks/${key}`;
  switch (state.kind) {
    case "local": {
      const { folder } = state;
      return [
        {
          what: "archive its state, which is empty",
          commands: [
            `mkdir -p ${folder}/archive && mv ${folder}/${id}.tfstate* ${folder}/archive/`,
          ],
        },
      ];
    }
    case "s3": {
      const at = `s3://${state.bucket}/${state.prefix}`;
      return [
        emptyStep(stack),
        {
          what: "archive it",
          commands: [
            `aws s3 mv ${at}/${id}/terraform.tfstate ${at}/archive/${id}/terraform.tfstate --region ${state.region}`,
          ],
        },
      ];
    }
    case "hcp": {
      const workspace = `${state.workspacePrefix}${id}`;
      return [
        emptyStep(stack),
        {
          what: `keep a copy, then delete the workspace ${workspace} of ${state.organization} on ${state.hostname}`,
          commands: [`terraform -chdir=${stack} state pull > ${id}.tfstate`],
        },
      ];
    }
  }
}

function emptyStep(stack: string): ArchiveStep {
  return {
    what: "check that its state is empty",
    commands: [`terraform -chdir=${stack} state list`],
  };
}

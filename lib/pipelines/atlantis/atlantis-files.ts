import type { PipelineRunner } from "../../account-map/model/pipeline-runner";
import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import type { PipelineSettings } from "../pipeline-settings";
import { CHECK_STACK, hook } from "./hook";
import { STRICT, TERRAFORM } from "../shell/plan-stack";

/** Settings of a pipeline that an Atlantis server runs. */
export type AtlantisSettings = PipelineSettings<Extract<PipelineRunner, { kind: "atlantis" }>>;

/** The file of a pipeline on Atlantis: the server's configuration. A hook creates the projects of a pull request. */
export function atlantisFiles(settings: AtlantisSettings): PipelineFile[] {
  return [server(settings)];
}

/** A file that earlier versions wrote: a pull request could change it. */
export const RETIRED_ATLANTIS_FILES: readonly string[] = ["atlantis.yaml"];

/** Reads the deployment role from the stack: Atlantis does not know it. */
const ROLE_OF_STACK = `deployment="$(jq -r .variable.deployment_role_arn.default cdk.tf.json)"`;

function server(settings: AtlantisSettings): PipelineFile {
  const { runner, planRoleArn, applyRoleArn, accountPlanRole, maxParallel, hcpHost } = settings;
  const about = [
    "For the server: add these entries to its --repo-config. A hook reviews a pull request with the program of the",
    "base, and the server plans only what the hook wrote. Plan and apply assume different roles. Start the server with",
    "--fail-on-pre-workflow-hook-error and --write-git-creds, never with --allow-fork-prs, and with",
    `--parallel-pool-size=${maxParallel}${hcpHost === undefined ? "" : ` and a token for ${hcpHost}`}.`,
  ];
  const plan = `${STRICT}
${ROLE_OF_STACK}
${TERRAFORM} plan -input=false -no-color -lock=false -out="$PLANFILE" \\
  -var "deployment_role_arn=\${deployment%%:role/*}:role/${accountPlanRole}"
`;
  const apply = `${STRICT}
${ROLE_OF_STACK}
${TERRAFORM} apply -input=false -no-color -var "deployment_role_arn=$deployment" "$PLANFILE"
`;
  return pipelineFile("atlantis", ".atlantis/repos.yaml", about, {
    repos: [
      {
        id: runner.repository,
        branch: `/^${runner.branch.replace(/[./]/g, "\\$&")}$/`,
        workflow: "trustwheel",
        allowed_overrides: [],
        allow_custom_workflows: false,
        apply_requirements: ["approved", "mergeable", "undiverged"],
        pre_workflow_hooks: [
          {
            description: "Review with the program of the base",
            run: hook(runner.repository, runner.branch),
          },
        ],
      },
    ],
    workflows: {
      trustwheel: {
        plan: {
          steps: [
            { run: CHECK_STACK },
            { multienv: assume(planRoleArn) },
            { run: `${TERRAFORM} init -input=false -no-color` },
            { run: plan },
            { run: `${TERRAFORM} show -json "$PLANFILE" > "$SHOWFILE"` },
          ],
        },
        apply: {
          steps: [{ run: CHECK_STACK }, { multienv: assume(applyRoleArn) }, { run: apply }],
        },
      },
    },
  });
}

/** Prints credentials of a role in the form that Atlantis reads. */
function assume(roleArn: string): string {
  const query = "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]";
  return `aws sts assume-role --role-arn ${roleArn} --role-session-name "atlantis-$PULL_NUM" --query "${query}" --output text | awk '{printf "AWS_ACCESS_KEY_ID=%s,AWS_SECRET_ACCESS_KEY=%s,AWS_SESSION_TOKEN=%s", $1, $2, $3}'`;
}

import type { PipelineRunner } from "../../account-map/pipeline";
import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import type { PipelineSettings } from "../pipeline-settings";
import { STRICT, TERRAFORM } from "../shell/plan-stack";

/** Settings of a pipeline that an Atlantis server runs. */
export type AtlantisSettings = PipelineSettings<Extract<PipelineRunner, { kind: "atlantis" }>>;

/** The files of a pipeline on Atlantis: the projects of the repository, and what the server must know. */
export function atlantisFiles(settings: AtlantisSettings): PipelineFile[] {
  return [projects(settings), server(settings)];
}

function projects({ stacks }: AtlantisSettings): PipelineFile {
  const about = [
    "One project for each account. The server synthesizes first, and its own configuration says how a project",
    "is planned and applied (.atlantis/repos.yaml): nothing here can change that.",
  ];
  return pipelineFile("atlantis", "atlantis.yaml", about, {
    version: 3,
    parallel_plan: true,
    parallel_apply: true,
    abort_on_execution_order_fail: true,
    projects: stacks.map(({ name, depth }) => ({
      name,
      dir: `cdktf.out/stacks/${name}`,
      execution_order_group: depth,
      autoplan: {
        enabled: true,
        when_modified: [
          "accounts.yaml",
          "policies/**",
          "package-lock.json",
          "main.ts",
          "constructs/**",
        ].map((file) => `../../../${file}`),
      },
    })),
  });
}

/** Reads what the stack says of itself: Atlantis does not know it. */
const ROLE_OF_STACK = `deployment="$(jq -r .variable.deployment_role_arn.default cdk.tf.json)"`;

function server(settings: AtlantisSettings): PipelineFile {
  const { runner, planRoleArn, applyRoleArn, accountPlanRole, maxParallel, hcpHost } = settings;
  const about = [
    "For the server: put these entries into its --repo-config. Plans and applies enter different roles, which",
    `a repository could not be trusted to choose. Start the server with --parallel-pool-size=${maxParallel}${hcpHost === undefined ? "" : ` and a token for ${hcpHost}`}.`,
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
            description: "Synthesize",
            run: "npm ci && npm run synth && npx trustwheel ci atlantis --check",
          },
        ],
      },
    ],
    workflows: {
      trustwheel: {
        plan: {
          steps: [
            { multienv: assume(planRoleArn) },
            { run: `${TERRAFORM} init -input=false -no-color` },
            { run: plan },
            { run: `${TERRAFORM} show -json "$PLANFILE" > "$SHOWFILE"` },
          ],
        },
        apply: { steps: [{ multienv: assume(applyRoleArn) }, { run: apply }] },
      },
    },
  });
}

/** Prints credentials of a role as Atlantis takes them on. */
function assume(roleArn: string): string {
  const query = "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]";
  return `aws sts assume-role --role-arn ${roleArn} --role-session-name "atlantis-$PULL_NUM" --query "${query}" --output text | awk '{printf "AWS_ACCESS_KEY_ID=%s,AWS_SECRET_ACCESS_KEY=%s,AWS_SESSION_TOKEN=%s", $1, $2, $3}'`;
}

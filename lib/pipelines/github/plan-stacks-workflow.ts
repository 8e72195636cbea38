import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { PLAN_READING, REVIEW_PLAN } from "../shell/plan-stack";
import { WRITE_RESULT } from "../shell/results";
import type { GithubSettings } from "./github-settings";
import { uses } from "./actions";
import { assumeRole, checkout, setUp, stateToken, upload } from "./steps";

/** What jobs of a stack know of it, from their matrix. */
export const STACK_ENV = {
  STACK: "${{ matrix.stack }}",
  ACCOUNT: "${{ matrix.account }}",
  DIRECTORY: "${{ matrix.directory }}",
  RESULT: "results/${{ matrix.stack }}.json",
  TERRAFORM_BINARY_NAME: "${{ vars.TERRAFORM_BINARY_NAME }}",
};

/** The inputs of a workflow that works on the stacks of a matrix. */
export const MATRIX_INPUT = {
  matrix: {
    description: "The stacks, as JSON: {include: [{stack, account, directory}]}",
    type: "string",
    required: true,
  },
};

/** What is planned. */
const TREE_INPUTS = {
  ref: {
    description: "Commit whose program runs (default: that of the workflow)",
    type: "string",
    default: "",
  },
  tree: {
    description: "Artifact of this run with the stacks (default: they are synthesized)",
    type: "string",
    default: "",
  },
  head: {
    description: "Commit of a pull request that the stacks are planned for (default: none)",
    type: "string",
    default: "",
  },
};

/** A matrix in which no stack stops another. */
export function strategy({ maxParallel }: GithubSettings): Readonly<Record<string, unknown>> {
  return {
    "fail-fast": false,
    "max-parallel": maxParallel,
    matrix: "${{ fromJSON(inputs.matrix) }}",
  };
}

/** Plans the stacks of a matrix with roles that only read, and keeps the reviews of their plans. */
export function planStacksWorkflow(settings: GithubSettings): PipelineFile {
  const about = [
    "Plans stacks, one job each, with roles that can only read what Terraform manages. Called by other workflows.",
    "It runs the base's program; a pull request's stacks are Terraform JSON that the gate has read.",
  ];
  return pipelineFile("github", ".github/workflows/trustwheel-plan-stacks.yaml", about, {
    name: "trustwheel plan stacks",
    on: { workflow_call: { inputs: { ...MATRIX_INPUT, ...TREE_INPUTS } } },
    permissions: {},
    jobs: {
      plan: {
        name: "plan ${{ matrix.stack }}",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 30,
        permissions: { contents: "read", "id-token": "write" },
        strategy: strategy(settings),
        env: STACK_ENV,
        steps: [
          checkout("${{ inputs.ref }}"),
          setUp({ terraform: true, synth: "${{ inputs.tree == '' }}" }),
          {
            name: "Fetch the stacks",
            if: "inputs.tree != ''",
            uses: uses("downloadArtifact"),
            with: { name: "${{ inputs.tree }}", path: "cdktf.out" },
          },
          assumeRole(settings.planRoleArn, settings),
          {
            name: "Plan",
            id: "plan",
            env: {
              PARTITION: settings.partition,
              ACCOUNT_PLAN_ROLE: settings.accountPlanRole,
              ...stateToken(settings),
            },
            run: PLAN_READING,
          },
          {
            name: "Review",
            id: "review",
            env: { PROJECT: "${{ inputs.tree != '' && 'cdktf.out/project' || '.' }}" },
            run: REVIEW_PLAN,
          },
          {
            if: "inputs.head != ''",
            ...upload(
              "trustwheel-approved-${{ inputs.head }}-${{ matrix.stack }}",
              "${{ matrix.directory }}/review.json",
              90,
            ),
          },
          {
            name: "Result",
            if: "always()",
            env: { PLANNED: "${{ steps.review.outcome }}" },
            run: WRITE_RESULT,
          },
          { if: "always()", ...upload("trustwheel-result-${{ matrix.stack }}", "results", 7) },
        ],
      },
    },
  });
}

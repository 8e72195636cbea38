import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { uses } from "./actions";

/** The action that installs what the jobs need, and synthesizes. */
export function setupAction(): PipelineFile {
  const about = [
    "Installs Node.js, the packages without their scripts and, if requested, Terraform; then synthesizes.",
  ];
  return pipelineFile("github", ".github/actions/trustwheel/action.yaml", about, {
    name: "trustwheel",
    description: "Install the project and synthesize",
    inputs: {
      "node-version": { description: "Version of Node.js, 20 or later", default: "22" },
      synth: { description: "Whether to synthesize", default: "true" },
      terraform: { description: "Whether to install Terraform", default: "false" },
      "terraform-version": {
        description: "Version of Terraform, 1.10 or later",
        default: "1.11.4",
      },
    },
    runs: {
      using: "composite",
      steps: [
        { uses: uses("setupNode"), with: { "node-version": "${{ inputs.node-version }}" } },
        {
          if: "inputs.terraform == 'true' && (env.TERRAFORM_BINARY_NAME || 'terraform') == 'terraform'",
          uses: uses("setupTerraform"),
          with: {
            terraform_version: "${{ inputs.terraform-version }}",
            terraform_wrapper: false, // it swallows exit codes
          },
        },
        { shell: "bash", run: "npm ci --ignore-scripts --no-audit --no-fund" },
        { if: "inputs.synth == 'true'", shell: "bash", run: "npm run synth" },
      ],
    },
  });
}

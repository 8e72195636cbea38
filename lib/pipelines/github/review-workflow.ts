import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { HEAD_FILE, PACK_HEAD, programChanges } from "../shell/head";
import { STRICT } from "../shell/plan-stack";
import { HEAD_ARTIFACT, REVIEW_WORKFLOW } from "./gate/names";
import { CHECKOUT, INSTALL, NODE, upload } from "./steps";

/** Whether more than data changes. The commit is a merge, whose first parent is the base. */
const PROGRAM_CHANGES = `${STRICT}
if ${programChanges("HEAD^1")}; then
  echo "program=true" >> "$GITHUB_OUTPUT"
else
  echo "only data changes: the gate uses the program of the base"
  echo "program=false" >> "$GITHUB_OUTPUT"
fi
`;

/**
 * Runs the program of a pull request where it changes, without credentials, and uploads what it synthesized.
 * This file is the pull request's own, so nothing that it produces is trusted.
 */
export function reviewWorkflow(): PipelineFile {
  const about = [
    "For a pull request, also from a fork, without credentials and secrets. If it changes the program, this",
    "synthesizes with that program and uploads the result for the gate, which reads it as data. Nothing here",
    "is a verdict: a pull request can change this file. The verdict is the status `trustwheel / gate`.",
  ];
  const changed = "steps.changes.outputs.program == 'true'";
  return pipelineFile("github", ".github/workflows/trustwheel-review.yaml", about, {
    name: REVIEW_WORKFLOW,
    on: { pull_request: { types: ["opened", "synchronize", "reopened", "edited"] } },
    permissions: { contents: "read" },
    jobs: {
      head: {
        if: "github.event.action != 'edited' || github.event.changes.base", // not for a title
        concurrency: {
          group: "trustwheel-review-${{ github.event.pull_request.number }}",
          "cancel-in-progress": true,
        },
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 30,
        steps: [
          CHECKOUT,
          { name: "Check whether the program changes", id: "changes", run: PROGRAM_CHANGES },
          { if: changed, ...NODE },
          { if: changed, ...INSTALL },
          { name: "Synthesize", if: changed, run: "npm run synth" },
          { name: "Pack", if: changed, run: `${STRICT}\n${PACK_HEAD}` },
          { if: changed, ...upload(HEAD_ARTIFACT, HEAD_FILE, 7) },
          {
            name: "Check that the pipeline files match the map",
            if: changed,
            run: "npx --no-install trustwheel ci github --check",
          },
        ],
      },
    },
  });
}

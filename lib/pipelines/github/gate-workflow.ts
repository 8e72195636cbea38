import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { uses } from "./actions";
import { APPROVAL_ENVIRONMENT, GUARDED } from "./gate/approval";
import { POST_COMMENT } from "./gate/comment";
import { FETCH_HEAD, FETCH_HEAD_TREE } from "./gate/fetch-head";
import { FIND_PULL_REQUESTS } from "./gate/find-pull-requests";
import { JUDGE, plannedStacks, TEAMS } from "./gate/judge";
import {
  COMMIT_ARTIFACT,
  GATE_FILE,
  GATE_JOB,
  JUDGED,
  JUDGED_ARTIFACT,
  PLANNED_TREE,
  REVIEW_WORKFLOW,
} from "./gate/names";
import { APP_TOKEN, DECIDE, STATUS_ENV, STATUS_ENVIRONMENT, STATUS_TOKEN } from "./gate/status";
import type { GithubSettings } from "./github-settings";
import { matrixJobIds, matrixJobs } from "./matrix-jobs";
import { checkout, INSTALL, NODE, tableSteps, upload } from "./steps";

const HEAD_SHA = "${{ github.event.workflow_run.head_sha }}";
const PULLS = "${{ needs.begin.outputs.pulls }}";
/** A run that did nothing, after a title was edited, must not cancel the one that decides. */
const GROUP =
  "${{ github.event.workflow_run.conclusion == 'skipped' && github.run_id || github.event.workflow_run.head_sha }}";
const FOUND = "needs.begin.result == 'success' && needs.begin.outputs.pulls != '[]'";

/** Reviews a pull request with the program of the base, and sets the status that the branch requires. */
export function gateWorkflow(settings: GithubSettings): PipelineFile {
  const { branch } = settings.runner;
  const about = [
    "Decides whether a pull request passes the gate. It runs from the default branch, with the program and packages",
    "of the base, and reads the pull request as data: it checks out and runs nothing of it. Its verdict is the",
    "commit status `trustwheel / gate`: require it. No job has more permissions than its steps need.",
  ];
  const plans = {
    prefix: "plan",
    from: "judge",
    needs: ["begin"],
    count: settings.matrices,
    workflow: "trustwheel-plan-stacks.yaml",
    permissions: { contents: "read", "id-token": "write" },
    inOrder: false,
    secrets: settings.hcpHost !== undefined,
    with: {
      ref: "${{ needs.begin.outputs.base }}",
      tree: PLANNED_TREE,
      head: HEAD_SHA,
    },
  };
  return pipelineFile("github", GATE_FILE, about, {
    name: "trustwheel gate",
    on: { workflow_run: { workflows: [REVIEW_WORKFLOW], types: ["completed"] } },
    permissions: {},
    concurrency: { group: `trustwheel-gate-${GROUP}`, "cancel-in-progress": true },
    jobs: {
      begin: {
        if: "github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion != 'skipped'",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        environment: STATUS_ENVIRONMENT,
        permissions: { contents: "read", "pull-requests": "read", statuses: "write" },
        outputs: {
          base: "${{ steps.find.outputs.base }}",
          own: "${{ steps.find.outputs.own }}",
          pulls: "${{ steps.find.outputs.pulls }}",
        },
        steps: [
          APP_TOKEN,
          {
            name: "Find pull requests",
            id: "find",
            env: {
              ...STATUS_ENV,
              GH_TOKEN: "${{ github.token }}",
              STATUS_TOKEN,
              BRANCH: branch,
            },
            run: FIND_PULL_REQUESTS,
          },
        ],
      },
      judge: {
        needs: ["begin"],
        if: FOUND,
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 30,
        permissions: { actions: "read", contents: "read" },
        outputs: {
          outcome: "${{ steps.judge.outputs.outcome }}",
          teams: "${{ steps.judge.outputs.teams }}",
          matrices: "${{ steps.planned.outputs.matrices }}",
        },
        steps: [
          checkout("${{ needs.begin.outputs.base }}"),
          NODE,
          INSTALL,
          {
            name: "Fetch the head as data",
            id: "head",
            env: {
              GH_TOKEN: "${{ github.token }}",
              BASE: "${{ needs.begin.outputs.base }}",
              HEAD_SHA,
            },
            run: FETCH_HEAD,
          },
          {
            name: "Fetch the head's output as data",
            env: {
              GH_TOKEN: "${{ github.token }}",
              RUN_ID: "${{ github.event.workflow_run.id }}",
            },
            run: FETCH_HEAD_TREE,
          },
          {
            name: "Review",
            id: "judge",
            env: {
              BASE: "${{ needs.begin.outputs.base }}",
              MERGED: "${{ steps.head.outputs.merged }}",
              TEAMS,
            },
            run: JUDGE,
          },
          {
            name: "Select the stacks to plan",
            id: "planned",
            env: {
              BASE: "${{ needs.begin.outputs.base }}",
              MERGED: "${{ steps.head.outputs.merged }}",
              OUTCOME: "${{ steps.judge.outputs.outcome }}",
              OWN: "${{ needs.begin.outputs.own }}",
            },
            run: plannedStacks(settings.matrices),
          },
          { ...upload(JUDGED_ARTIFACT, JUDGED, 30) },
          // Hidden, as `.terraform.lock.hcl` is, which pins the providers that plans run.
          { ...upload(PLANNED_TREE, "planned-tree", 7, true) },
          { ...upload(`${COMMIT_ARTIFACT}-${HEAD_SHA}`, `${JUDGED}/review.json`, 90) },
        ],
      },
      ...matrixJobs(plans),
      table: {
        needs: ["begin", "judge", ...matrixJobIds(plans)],
        if: "always() && needs.judge.result == 'success' && needs.judge.outputs.matrices != '[]'",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: {},
        steps: tableSteps("judge"),
      },
      comment: {
        needs: ["begin", "judge"],
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: { "pull-requests": "write" },
        steps: [
          { uses: uses("downloadArtifact"), with: { name: JUDGED_ARTIFACT, path: JUDGED } },
          {
            name: "Comment",
            env: { GH_TOKEN: "${{ github.token }}", HEAD_SHA, PULLS },
            run: POST_COMMENT,
          },
        ],
      },
      approval: {
        name: "approval of ${{ matrix.team }}",
        needs: ["begin", "judge"],
        if: "needs.judge.outputs.outcome == 'approval'",
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        permissions: { actions: "read" },
        environment: APPROVAL_ENVIRONMENT,
        strategy: {
          "fail-fast": false,
          matrix: { team: "${{ fromJSON(needs.judge.outputs.teams) }}" },
        },
        steps: [
          {
            name: "Check that a reviewer approved",
            env: {
              GH_TOKEN: "${{ github.token }}",
              ENVIRONMENT: APPROVAL_ENVIRONMENT,
              PULLS,
            },
            run: GUARDED,
          },
        ],
      },
      [GATE_JOB]: {
        needs: ["begin", "judge", "approval"],
        if: `always() && ${FOUND}`,
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 5,
        environment: STATUS_ENVIRONMENT,
        permissions: { statuses: "write" },
        steps: [
          APP_TOKEN,
          {
            name: "Decide",
            env: {
              ...STATUS_ENV,
              STATUS_TOKEN,
              JUDGE: "${{ needs.judge.result }}",
              OUTCOME: "${{ needs.judge.outputs.outcome }}",
              APPROVAL: "${{ needs.approval.result }}",
              TEAMS: "${{ needs.judge.outputs.teams }}",
            },
            run: DECIDE,
          },
        ],
      },
    },
  });
}

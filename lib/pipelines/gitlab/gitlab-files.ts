import { pipelineFile } from "../pipeline-file";
import type { PipelineFile } from "../pipeline-file";
import { COMPARE_REVIEWS } from "../shell/compare-reviews";
import { HEAD_FILE } from "../shell/head";
import { ALL_MATRICES, SINCE_BASE } from "../shell/matrices";
import { APPLY_PLAN, PLAN_DEPLOYING, PLAN_READING, REVIEW_PLAN, STRICT } from "../shell/plan-stack";
import { HOLD_BACK, WRITE_RESULT } from "../shell/results";
import { sequence } from "../shell/sequence";
import { CHILD_PIPELINE, childPipeline, STACK_JOBS } from "./child-pipeline";
import { HEAD_JOB, HEAD_STACKS, JUDGE_MERGE_REQUESTS, LIST_MERGE_REQUESTS } from "./gate-job";
import type { PipelineRunner } from "../../account-map/model/pipeline-runner";
import type { PipelineSettings } from "../pipeline-settings";

/** Settings of a pipeline that GitLab CI runs. */
type GitlabSettings = PipelineSettings<Extract<PipelineRunner, { kind: "gitlab" }>>;

const PIPELINE = ".gitlab/trustwheel.yml";

/** The files of a pipeline on GitLab: one to include, and the jobs of its child pipelines. */
export function gitlabFiles(settings: GitlabSettings): PipelineFile[] {
  return [stackJobs(settings), parentPipeline(settings)];
}

const JQ =
  "command -v jq > /dev/null || (apt-get update -qq && apt-get install -qq -y jq > /dev/null)";
const INSTALL = "npm ci --ignore-scripts --no-audit --no-fund";

const AFFECTED = `${STRICT}
${SINCE_BASE}
npx trustwheel affected "\${since[@]}" --format matrix > affected.json
`;

const ALL = `${ALL_MATRICES.trimEnd()} | jq '{waves: .}' > affected.json
`;

function parentPipeline({ runner, maxParallel }: GitlabSettings): PipelineFile {
  const about = [
    "Include it: `include: [{ local: .gitlab/trustwheel.yml }]`. The gate runs only on the deployed branch, for a",
    "trigger or a schedule, with that branch's program, and reads a merge request as data. A merge request's own",
    "pipeline has no permissions and no verdict. Merged changes are deployed; a schedule plans every stack.",
  ];
  const onMergeRequest = '$CI_PIPELINE_SOURCE == "merge_request_event"';
  const onBranch = `$CI_COMMIT_BRANCH == "${runner.branch}"`;
  const isGate = '($CI_PIPELINE_SOURCE == "trigger" || $TRUSTWHEEL == "gate")';
  const isOther = '$CI_PIPELINE_SOURCE != "trigger" && $TRUSTWHEEL != "gate"';
  const scheduled = `$CI_PIPELINE_SOURCE == "schedule" && $TRUSTWHEEL != "gate" && ${onBranch}`;
  const pushed = `$CI_PIPELINE_SOURCE != "schedule" && ${isOther} && ${onBranch}`;
  return pipelineFile("gitlab", PIPELINE, about, {
    ".trustwheel": {
      image: "node:22-bookworm",
      stage: "test",
      variables: { GIT_DEPTH: "0" },
      before_script: [JQ, INSTALL],
    },
    [HEAD_JOB]: {
      extends: ".trustwheel",
      rules: [{ if: onMergeRequest }],
      interruptible: true,
      before_script: [JQ],
      script: [HEAD_STACKS],
      artifacts: { paths: [HEAD_FILE], expire_in: "7 days" },
    },
    "trustwheel gate": {
      extends: ".trustwheel",
      rules: [{ if: `${onBranch} && ${isGate}` }],
      resource_group: "trustwheel-gate",
      script: [LIST_MERGE_REQUESTS, JUDGE_MERGE_REQUESTS],
    },
    "trustwheel stacks": {
      extends: ".trustwheel",
      rules: [
        { if: scheduled, variables: { MODE: "drift", BASE: "" } },
        { if: pushed, variables: { MODE: "apply", BASE: "$CI_COMMIT_BEFORE_SHA" } },
      ],
      before_script: [JQ, INSTALL, "npm run synth"],
      script: [
        `if [ -n "$BASE" ]; then
bash /dev/fd/3 3<<'AFFECTED_SCRIPT'
${AFFECTED}AFFECTED_SCRIPT
else
bash /dev/fd/3 3<<'ALL_SCRIPT'
${ALL}ALL_SCRIPT
fi
`,
        childPipeline(maxParallel),
      ],
      artifacts: { paths: [CHILD_PIPELINE], expire_in: "7 days" },
    },
    "trustwheel run": {
      stage: "deploy",
      rules: [{ if: scheduled }, { if: pushed }],
      needs: ["trustwheel stacks"],
      trigger: {
        include: [{ artifact: CHILD_PIPELINE, job: "trustwheel stacks" }],
        strategy: "depend",
      },
    },
  });
}

/** Writes the job token to the file that the AWS provider and the backend read. */
const ASSUME = `${STRICT}
umask 077
printf '%s' "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
`;

/** A deployment changes something; a run on a schedule finds what differs. */
const REPORT = `${STRICT}
case "$MODE" in
  apply) results=results; expected='["applied", "unchanged"]' ;;
  *) results=reviewed; expected='["unchanged"]' ;;
esac
mkdir -p "$results"
find "$results" -name '*.json' -exec cat {} + > outcomes.json
jq -rs 'sort_by(.stack)[] | "\\(.stack) (\\(.account)): \\(.outcome)"' outcomes.json
jq -es --argjson expected "$expected" \\
  'length > 0 and all(.[]; .outcome as $outcome | $expected | index($outcome))' outcomes.json > /dev/null
`;

function stackJobs(settings: GitlabSettings): PipelineFile {
  const { runner, partition, accountPlanRole } = settings;
  const about = [
    "Jobs for one stack each, used by the child pipelines. They need an image with Node.js, Terraform, jq and git:",
    "set it in the variable TRUSTWHEEL_IMAGE.",
  ];
  const aws = (roleArn: string): Readonly<Record<string, string>> => ({
    AWS_ROLE_ARN: roleArn,
    AWS_ROLE_SESSION_NAME: "trustwheel-$CI_PIPELINE_ID",
    AWS_REGION: settings.region,
    AWS_WEB_IDENTITY_TOKEN_FILE: "$CI_PROJECT_DIR/.aws-token",
  });
  const job = {
    image: "$TRUSTWHEEL_IMAGE",
    id_tokens: { AWS_TOKEN: { aud: runner.audience } },
    before_script: [INSTALL, "npm run synth", ASSUME],
    after_script: ['rm -f "$CI_PROJECT_DIR/.aws-token"'],
  };
  const review = sequence(
    [
      { variable: "PLANNED", script: PLAN_READING },
      { variable: "PLANNED", script: `${REVIEW_PLAN}${KEEP_REVIEW}` },
    ],
    WRITE_RESULT,
  );
  const changed = '[ -f "$DIRECTORY/changes" ]';
  const apply = sequence(
    [
      { variable: "PLANNED", script: PLAN_DEPLOYING },
      { variable: "PLANNED", script: REVIEW_PLAN },
      { variable: "HELD", script: HOLD_BACK, when: changed },
      { variable: "COMPARED", script: COMPARE_REVIEWS },
      { variable: "APPLIED", script: APPLY_PLAN, when: changed },
    ],
    WRITE_RESULT,
  );
  const results = { when: "always", expire_in: "7 days" };
  return pipelineFile("gitlab", STACK_JOBS, about, {
    ".trustwheel-review": {
      ...job,
      stage: "review",
      allow_failure: true, // so the other jobs continue; the report fails
      variables: {
        ...aws(settings.planRoleArn),
        PARTITION: partition,
        ACCOUNT_PLAN_ROLE: accountPlanRole,
        RESULT: "reviewed/$STACK.json",
      },
      script: [review],
      artifacts: { ...results, paths: ["approved/", "reviewed/"] },
    },
    ".trustwheel-apply": {
      ...job,
      allow_failure: true,
      environment: { name: runner.environment },
      variables: {
        ...aws(settings.applyRoleArn),
        APPROVED: "approved/$STACK/review.json",
        RESULT: "results/$STACK.json",
        RESULTS: "results",
      },
      script: [apply],
      artifacts: { ...results, paths: ["results/"] },
    },
    ".trustwheel-report": {
      stage: "report",
      image: "$TRUSTWHEEL_IMAGE",
      when: "always",
      script: [REPORT],
    },
  });
}

/** The review that whoever approves the deployment sees. */
const KEEP_REVIEW = `mkdir -p "approved/$STACK"
cp "$DIRECTORY/review.json" "approved/$STACK/review.json"
cat "$DIRECTORY/review.json"
`;

import { STRICT } from "../shell/plan-stack";

/** The file with the jobs that the child pipelines extend. */
export const STACK_JOBS = ".gitlab/trustwheel-stacks.yml";
/** The child pipeline, which a job makes. */
export const CHILD_PIPELINE = "trustwheel-child.json";

/** The job of an empty pipeline, which GitLab would refuse. */
const NOTHING = `{"nothing to do": {stage: "review", script: ["echo no stack is affected"]}}`;

/**
 * Makes the pipeline of the stacks in `affected.json`, with at most so many at once: a job
 * holds one of that many resources while it runs. JSON is YAML. Each is reviewed and, where
 * `MODE` is `apply`, applied in its wave.
 */
export function childPipeline(maxParallel: number): string {
  const program = `
  def stack: {STACK: .stack, ACCOUNT: .account, DIRECTORY: .directory};
  [.waves | to_entries[] | (.key + 1) as $wave | .value.include[] | . + {wave: $wave}]
  | to_entries
  | (map(.value.wave) | max // 0) as $last
  | {
      include: [{local: "${STACK_JOBS}"}],
      stages: (["review"] + [range(1; $last + 1) | "wave-\\(.)"] + ["report"])
    }
    + (if length == 0 then ${NOTHING} else {"report": {extends: ".trustwheel-report", variables: {MODE: $mode}}} end)
    + (map(.key as $index | .value
        | {
            key: "review \\(.stack)",
            value: {
              extends: ".trustwheel-review",
              variables: stack,
              resource_group: "trustwheel-review-\\($index % ${maxParallel})"
            }
          }) | from_entries)
    + (if $mode != "apply" then {} else (map(.key as $index | .value
        | {
            key: "apply \\(.stack)",
            value: {
              extends: ".trustwheel-apply",
              stage: "wave-\\(.wave)",
              variables: (stack + {WAVE: "\\(.wave)"}),
              resource_group: "trustwheel-apply-\\($index % ${maxParallel})"
            }
          }) | from_entries) end)`;
  return `${STRICT}\njq < affected.json --arg mode "$MODE" '${program}' > ${CHILD_PIPELINE}\n`;
}

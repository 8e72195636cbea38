/** The workflow that runs for a pull request, whose end starts the gate. */
export const REVIEW_WORKFLOW = "trustwheel review";
/** The workflow of the gate, in which a deployment looks for approved reviews. */
export const GATE_FILE = ".github/workflows/trustwheel-gate.yaml";
/** Context of the commit status that branch protection requires. */
export const GATE_CONTEXT = "trustwheel / gate";
/** The job that sets the status. */
export const GATE_JOB = "gate";

/** The artifact with the stacks that the program of a pull request synthesized. */
export const HEAD_ARTIFACT = "trustwheel-head";

/** The artifact with the review of the gate, and its folder. */
export const JUDGED_ARTIFACT = "trustwheel-judged";
export const JUDGED = "judged";
/** The artifact with the stacks that the gate read, and that are planned. */
export const PLANNED_TREE = "trustwheel-planned-tree";
/** The artifact that says which commit a run of the gate is about: it is found by it. */
export const COMMIT_ARTIFACT = "trustwheel-gate-of";

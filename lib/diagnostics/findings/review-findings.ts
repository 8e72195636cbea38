import type { FindingFacts } from "./finding-facts";

/** The findings of a review, as SARIF shows them. */
export const REVIEW_FINDINGS = [
  {
    id: "review-replaced-role",
    summary: "A role is replaced.",
    why: "AWS stores the unique ID of the old role in trust policies that name it by ARN, so they no longer allow the new one. Until it exists again, nobody can assume roles through it.",
  },
  {
    id: "review-pipeline-locked-out",
    summary: "The pipeline loses its own access.",
    why: "Once the change is applied, the pipeline can apply nothing more and can't revert it.",
  },
  {
    id: "review-broken-assertion",
    summary: "An assertion of the base would no longer hold.",
    why: "The map says that this must stay true.",
  },
  {
    id: "review-unknown",
    summary: "Something could not be compared.",
    why: "Unknown is never no change: it can widen access.",
  },
  {
    id: "review-safeguard-changed",
    summary: "A safeguard was changed.",
    why: "A change must not weaken unseen what decides about it, and the code that deploys it can do anything with it.",
  },
  {
    id: "review-widened",
    summary: "Someone gains access.",
    why: "New access needs someone who wants it.",
  },
  {
    id: "review-new-escalation",
    summary: "A role can now raise its own permissions.",
    why: "Anyone who can assume such a role can get everything that its account allows.",
  },
  {
    id: "review-changed",
    summary: "Some access is gained and some is lost.",
    why: "Each side allows requests that the other denies, so access does not only narrow.",
  },
  {
    id: "review-narrowed",
    summary: "Someone loses access.",
    why: "Whatever needs the access stops working.",
  },
  {
    id: "review-quota",
    summary: "An IAM quota is nearly used up.",
    why: "AWS rejects a change that exceeds the quota.",
  },
  {
    id: "review-notice",
    summary: "Something changed, and access stays the same or other findings say how it changes.",
    why: "Reviewers see it in the Terraform and need to know that it was compared.",
  },
  {
    id: "review-gate",
    summary: "A gate rule needs an approval or blocks the change.",
    why: "The rules are in the base's account map.",
  },
] as const satisfies readonly Omit<FindingFacts, "source">[];

/** The rules of the findings of a review, as SARIF says them. */
export const REVIEW_RULES: readonly {
  readonly id: string;
  readonly summary: string;
  readonly why: string;
}[] = [
  {
    id: "review-replaced-role",
    summary: "A role is destroyed and made again.",
    why: "A trust policy that names the role by its ARN is stored with the unique id of the old one and no longer lets the new one in; meanwhile nobody gets through it.",
  },
  {
    id: "review-pipeline-locked-out",
    summary: "The pipeline loses its own way in.",
    why: "After the change is applied, nothing can be applied any more, nor the change be taken back.",
  },
  {
    id: "review-broken-assertion",
    summary: "An assertion of the base would no longer hold.",
    why: "Somebody wrote down that this must stay true.",
  },
  {
    id: "review-unknown",
    summary: "Something could not be compared.",
    why: "Unknown is never no change: it may widen access.",
  },
  {
    id: "review-safeguard-changed",
    summary: "A safeguard was changed.",
    why: "A change must not weaken what decides about it unseen, and what deploys it can make anything of it.",
  },
  {
    id: "review-widened",
    summary: "Somebody gains access.",
    why: "Access that was not there before is to be wanted by somebody.",
  },
  {
    id: "review-new-escalation",
    summary: "A role can now raise its own permissions.",
    why: "Whoever gets into such a role can get everything that its account allows.",
  },
  {
    id: "review-changed",
    summary: "Somebody gains access and somebody loses it.",
    why: "Each side allows what the other does not, so it is no mere narrowing.",
  },
  {
    id: "review-narrowed",
    summary: "Somebody loses access.",
    why: "What needs the access stops working.",
  },
  {
    id: "review-quota",
    summary: "A quota of IAM comes near.",
    why: "Past the quota AWS refuses the change.",
  },
  {
    id: "review-notice",
    summary: "Something changed, and access stays the same or other findings say how it changes.",
    why: "A reviewer sees it in the Terraform and wants to know that it was compared.",
  },
  {
    id: "review-gate",
    summary: "A rule of the gate asks for an approval or does not let the change pass.",
    why: "The rules stand in the account map of the base.",
  },
];

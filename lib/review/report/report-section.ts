import type { AccessChange } from "../kinds/access-change";
import type { ChangeGroup } from "./change-group";
import { KINDS } from "./change-group";

/** Kinds of changes as titles. */
export const KIND_TITLES: Readonly<Record<AccessChange["kind"], string>> = {
  reach: "Paths to roles",
  edge: "Trust relationships",
  trust: "Trust policies",
  permissions: "Permissions",
  escalation: "Escalations",
  session: "Sessions",
  boundary: "Permissions boundaries",
  "external-id": "External IDs",
  existence: "Created and destroyed",
  replacement: "Replaced roles",
  assertion: "Broken assertions",
  quota: "Quotas",
  safeguard: "Safeguards",
  pipeline: "Pipeline access",
  provider: "Identity providers",
  "instance-profile": "Instance profiles",
  terraform: "Other Terraform changes",
  unknown: "Could not be compared",
};

/** The groups of one kind. */
export interface ReportSection {
  readonly kind: AccessChange["kind"];
  readonly title: string;
  readonly groups: readonly ChangeGroup[];
}

/** Groups by kind, in the order of the kinds; those of a kind stay in their order. */
export function sectionsOf(groups: readonly ChangeGroup[]): ReportSection[] {
  return KINDS.map((kind) => ({
    kind,
    title: KIND_TITLES[kind],
    groups: groups.filter(({ example }) => example.kind === kind),
  })).filter((section) => section.groups.length > 0);
}

import type { AccessChange } from "../access-change";
import type { ChangeGroup } from "./change-group";
import { KINDS } from "./change-group";

/** Kinds of changes as titles. */
export const KIND_TITLES: Readonly<Record<AccessChange["kind"], string>> = {
  reach: "Ways to roles",
  edge: "Direct ways into roles",
  trust: "Trust policies",
  permissions: "Permissions",
  escalation: "Escalations",
  session: "Sessions",
  boundary: "Permissions boundaries",
  "external-id": "External ids",
  existence: "Made and destroyed",
  replacement: "Replaced roles",
  assertion: "Assertions that would break",
  quota: "Quotas",
  safeguard: "Safeguards",
  pipeline: "The pipeline's way in",
  provider: "Identity providers",
  "instance-profile": "Instance profiles",
  terraform: "Around the access",
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

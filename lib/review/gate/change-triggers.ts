import type { ReviewTrigger } from "../../account-map/model/review-rule";
import type {
  AccessChange,
  BoundaryChange,
  Direction,
  ExistenceChange,
  TerraformConcern,
  ComparisonResult,
} from "../kinds/access-change";

/** What a change is for the rules of the review. What only tells of a change that is listed by itself is nothing. */
export function changeTriggers(change: AccessChange): readonly ReviewTrigger[] {
  switch (change.kind) {
    case "reach":
      return direction(change.direction);
    case "edge":
      return [
        ...direction(change.direction),
        ...(change.foreign && change.direction === "gained" ? FOREIGN : []),
      ];
    case "trust":
      return [...widening(change.change), ...(change.gained?.foreign === true ? FOREIGN : [])];
    case "permissions":
    case "provider":
      return widening(change.change);
    case "boundary":
      return [...widening(change.change), ...(isExchanged(change) ? EXCHANGED : [])];
    case "escalation":
      return change.direction === "gained" ? ["new-escalation", "widened"] : ["narrowed"];
    case "session":
      return [change.after > change.before ? "widened" : "narrowed"];
    case "external-id":
      return change.openAfter && !change.openBefore ? ["widened"] : [];
    case "existence":
      return existence(change);
    case "instance-profile":
      return change.before === undefined || change.after === undefined
        ? ["unknown"]
        : ["widened", "narrowed"];
    case "terraform":
      return CONCERNS[change.concerns];
    case "replacement":
      return ["replaced-role"];
    case "assertion":
      return ["broken-assertion"];
    case "safeguard":
      return ["safeguard-changed"];
    case "pipeline":
      return ["pipeline-locked-out"];
    case "unknown":
      return ["unknown"];
    case "quota":
      return [];
  }
}

/**
 * Whether a role loses its boundary or gets another one, and its policies allow the same with and without it:
 * the boundary also limits policies that come later.
 */
function isExchanged({ before, after, change }: BoundaryChange): boolean {
  return change === "equivalent" && before !== undefined && before !== after;
}

const EXCHANGED: readonly ReviewTrigger[] = ["safeguard-changed"];
const FOREIGN: readonly ReviewTrigger[] = ["foreign-principal"];

/** What deploys a change can do anything with it, so it is a safeguard, too. */
const CONCERNS: Readonly<Record<TerraformConcern, readonly ReviewTrigger[]>> = {
  deployment: ["safeguard-changed"],
  tags: [],
  unread: ["unknown"],
};

function existence({
  what,
  direction: way,
  abandonedRoles,
}: ExistenceChange): readonly ReviewTrigger[] {
  if (abandonedRoles !== undefined) return ["destroyed-role"];
  // Roles that the Terraform does not create can trust an identity provider, too.
  if (what === "provider") return direction(way);
  return way === "lost" && (what === "role" || what === "user") ? ["destroyed-role"] : [];
}

function direction(each: Direction): readonly ReviewTrigger[] {
  return [each === "gained" ? "widened" : "narrowed"];
}

function widening(each: ComparisonResult): readonly ReviewTrigger[] {
  switch (each) {
    case "widened":
      return ["widened"];
    case "narrowed":
      return ["narrowed"];
    case "changed":
      return ["widened", "narrowed"];
    case "equivalent":
      return [];
    case "unknown":
      return ["unknown"];
  }
}

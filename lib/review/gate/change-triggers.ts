import type { ReviewTrigger } from "../../account-map/review-rule";
import type { AccessChange, Direction, Widening } from "../access-change";

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
    case "boundary":
    case "provider":
      return widening(change.change);
    case "escalation":
      return change.direction === "gained" ? ["new-escalation", "widened"] : ["narrowed"];
    case "session":
      return [change.after > change.before ? "widened" : "narrowed"];
    case "external-id":
      return change.openAfter && !change.openBefore ? ["widened"] : [];
    case "existence":
      return change.direction === "lost" && (change.what === "role" || change.what === "user")
        ? ["destroyed-role"]
        : [];
    case "replacement":
      return ["replaced-role"];
    case "assertion":
      return ["broken-assertion"];
    case "judge":
      return ["judge-changed"];
    case "pipeline":
      return ["pipeline-locked-out"];
    case "unknown":
      return ["unknown"];
    case "quota":
      return [];
  }
}

const FOREIGN: readonly ReviewTrigger[] = ["foreign-principal"];

function direction(each: Direction): readonly ReviewTrigger[] {
  return [each === "gained" ? "widened" : "narrowed"];
}

function widening(each: Widening): readonly ReviewTrigger[] {
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

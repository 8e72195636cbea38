import { globOf } from "../condition/glob";
import { globsMeet } from "../condition/glob-relation";
import { valuesOf } from "../policy-document";
import type { StatementShape } from "../policy-shape";
import type { PolicyKind } from "./policy-kind";

/**
 * Whether a statement of a control policy is about other services than the one that lets roles be assumed:
 * no request for a role ever meets it.
 */
export function isAboutOthers({ Action, NotAction }: StatementShape, kind: PolicyKind): boolean {
  if (kind !== "service-control" && kind !== "resource-control") return false;
  return (
    Action !== undefined &&
    NotAction === undefined &&
    valuesOf(Action).every(
      (action) => action.includes(":") && !globsMeet(globOf(action.toLowerCase()), STS),
    )
  );
}

const STS = globOf("sts:*");

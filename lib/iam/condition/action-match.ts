import { globOf, matchesGlob } from "./glob";

/** Whether an action, such as `sts:AssumeRole`, matches a pattern of an Action element: in any case, with `*` and `?`. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesGlob(globOf(pattern.toLowerCase()), action.toLowerCase());
}

import type { Diagnostic } from "../../diagnostics/diagnostic";
import { byHand, anchorConflict } from "./by-hand";
import { applyChanges } from "./change";
import type { Change } from "./change";
import { editProblem } from "./edit-problem";
import { nextBatch } from "./edit-round";
import type { PlannedEdit } from "./edit-round";
import type { MapEdit } from "./map-edit";
import { MapText } from "./map-text";
import { sameValue } from "./same-value";
import { applySplices } from "./splice";

/** A map's text after edits, or why there is none. */
export type EditedMap = { readonly text: string } | { readonly problems: readonly Diagnostic[] };

/**
 * Edits the text of a map by splices: everything else stays as it is, byte for byte. Each result is parsed
 * again and must hold exactly what was intended; an edit that is not possible this way is rejected with what to do
 * by hand. Either all edits are made or none.
 */
export function editMap(
  text: string,
  edits: readonly MapEdit[],
  file = "accounts.yaml",
): EditedMap {
  let pending = edits;
  let current = MapText.read(file, text);
  if ("problems" in current) return current;
  while (pending.length > 0) {
    const round = nextBatch(current, pending);
    if ("problems" in round) return round;
    const { next, later } = makeEdits(current, round.taken);
    if ("problems" in next) return next;
    current = next;
    pending = [...later, ...round.left];
  }
  return { text: current.text };
}

/** Makes edits at once, or the first half of them where together they do not come out as intended. */
function makeEdits(
  map: MapText,
  planned: readonly PlannedEdit[],
): { next: MapText | { problems: readonly Diagnostic[] }; later: readonly MapEdit[] } {
  const changes = planned.flatMap((each) => each.changes);
  if (changes.length === 0) return { next: map, later: [] };
  const edited = applySplices(
    map.text,
    planned.flatMap(({ splices }) => splices ?? []),
  );
  const next = MapText.read(map.file, edited);
  const intended = applyChanges(map.value, changes);
  const complete = planned.every(({ splices }) => splices !== undefined);
  if (complete && !("problems" in next) && sameValue(next.value, intended)) {
    return { next, later: [] };
  }
  if (planned.length === 1) return { next: { problems: refusals(map, changes) }, later: [] };
  const half = Math.ceil(planned.length / 2);
  const later = planned.slice(half).map(({ edit }) => edit);
  const first = makeEdits(map, planned.slice(0, half));
  return { next: first.next, later: [...first.later, ...later] };
}

/** Why an edit is not made: the changes that the text has no place for, each with what to do by hand. */
function refusals(map: MapText, changes: readonly Change[]): Diagnostic[] {
  const obstacles = changes.flatMap((change) => {
    const obstacle = anchorConflict(map, change);
    return obstacle === undefined ? [] : [{ change, obstacle }];
  });
  const [first] = changes;
  const told =
    obstacles.length > 0 || first === undefined
      ? obstacles
      : [{ change: first, obstacle: "the lines around it have other content, too" }];
  return told.map(({ change, obstacle }) => {
    const message = `\`${change.path.join(".")}\` cannot be edited without touching other things: ${obstacle}`;
    return editProblem(map, change.path, message, `edit it by hand: ${byHand(map, change)}`);
  });
}

import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { Change } from "./change";
import type { MapEdit } from "./map-edit";
import type { MapText } from "./map-text";
import { planEdit } from "./plan-edit";
import { overlap } from "./splice";
import type { Splice } from "./splice";
import { spliceChange } from "./splice-change";

/** An edit as changes of values and of text. */
export interface PlannedEdit {
  readonly edit: MapEdit;
  readonly changes: readonly Change[];
  /** @default - the text leaves no place for them */
  readonly splices?: readonly Splice[];
}

/** Edits that are made at once, and those that wait for their result. */
export interface Round {
  readonly taken: readonly PlannedEdit[];
  readonly left: readonly MapEdit[];
}

/**
 * The edits that can be made at once: each touches other values and other text than those before it. With
 * them a map of ten thousand accounts is parsed once, and not once for each edit.
 */
export function nextBatch(
  map: MapText,
  edits: readonly MapEdit[],
): Round | { readonly problems: readonly Diagnostic[] } {
  const taken: PlannedEdit[] = [];
  const left: MapEdit[] = [];
  const splices: Splice[] = [];
  const problems: Diagnostic[] = [];
  const claims = new Claims();
  for (const edit of edits) {
    if (!claims.claim(edit)) {
      left.push(edit);
      continue;
    }
    const planned = planEdit(map, edit);
    if ("problems" in planned) {
      problems.push(...planned.problems);
      continue;
    }
    const made = splicesOf(map, planned.changes);
    if (made?.some((splice) => splices.some((other) => overlap(splice, other)))) {
      left.push(edit);
      continue;
    }
    splices.push(...(made ?? []));
    const { changes } = planned;
    taken.push({ edit, changes, ...(made === undefined ? {} : { splices: made }) });
  }
  return problems.length > 0 ? { problems } : { taken, left };
}

/** What the edits so far are about, so that a later one waits for its turn. */
class Claims {
  /** Fields by account; `*` is all of it. */
  readonly #fields = new Map<string, Set<string>>();
  readonly #ids = new Set<string>();
  #everything = false;
  #any = false;

  /** Whether an edit depends on none of those before it. */
  claim(edit: MapEdit): boolean {
    const first = !this.#any;
    this.#any = true;
    if (edit.kind.startsWith("rename")) {
      this.#everything = true;
      return first;
    }
    if (this.#everything || !("key" in edit)) return false;
    const owner = edit.kind === "add-entry" ? `${edit.section}.${edit.key}` : edit.key;
    const field = edit.kind === "set-account-field" ? edit.field[0] : "*";
    const fields = this.#fields.get(owner) ?? new Set();
    this.#fields.set(owner, fields);
    let free = field === "*" ? fields.size === 0 : !fields.has(field) && !fields.has("*");
    fields.add(field);
    if (edit.kind === "add-account") {
      free &&= !this.#ids.has(edit.id);
      this.#ids.add(edit.id);
    }
    return free;
  }
}

/** The splices of an edit; changes that are made through one alias or anchor are made once. */
function splicesOf(map: MapText, changes: readonly Change[]): Splice[] | undefined {
  const splices = new Map<string, Splice>();
  for (const [index, change] of changes.entries()) {
    const made = spliceChange(map, change);
    if (made === undefined) return undefined;
    for (const splice of made) {
      const { start, end, text } = splice;
      // Insertions at one place are different things that follow one another.
      splices.set(start === end ? `${start} ${index} ${text}` : `${start} ${end} ${text}`, splice);
    }
  }
  return [...splices.values()];
}

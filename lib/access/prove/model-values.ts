import { evaluate } from "./formula";
import type { Atom } from "./formula";
import type { RequestSpace } from "./request-space";
import type { Model } from "./search";
import type { Theory } from "./theory";

/** What a model says of the request that it stands for. */
export interface ModelValues {
  /** The values of a dimension; the fewest that its facts allow, where the model left it open. */
  readonly valueOf: (dimension: string) => readonly string[];
  /** The values that a key has in the request; none if the request doesn't carry the key. */
  readonly keyValues: (key: string) => readonly string[];
}

/** Reads a model of a space: what the search left open is settled when it is first asked for. */
export function modelValues(
  space: Pick<RequestSpace, "dimensions" | "keyState">,
  model: Model,
  theory: Theory,
): ModelValues {
  const chosen = new Map(model.values);

  function valueOf(dimension: string): readonly string[] {
    let value = chosen.get(dimension);
    if (value === undefined) {
      const facts = space.dimensions.get(dimension);
      const solution = facts && theory.solve(facts, [], true);
      value = solution?.solved === true ? solution.value : [];
      chosen.set(dimension, value);
    }
    return value;
  }

  /** Atoms that were not asked follow from the values; flags that were not asked are down. */
  function answer(atom: Atom): boolean {
    const asked = model.answers.get(atom.id);
    if (asked !== undefined) return asked;
    return "dimension" in atom && theory.holds(atom, valueOf(atom.dimension));
  }

  function keyValues(key: string): readonly string[] {
    const state = space.keyState(key);
    if (state.fixed !== undefined) return state.fixed;
    if (evaluate(state.presence, answer) !== true || state.value.kind === "untold") return [];
    return state.value.read(valueOf(state.value.dimension));
  }

  return { valueOf, keyValues };
}

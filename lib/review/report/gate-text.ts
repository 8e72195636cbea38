import type { GateOutcome, GateResult, GateRuleResult } from "../gate/gate-result";
import { counted, listedNames, say, words } from "./text";
import type { Sentence } from "./text";

/** How many teams a sentence names; the others are counted. */
const NAMED = 5;

/** What the gate says, in one sentence. */
export function gateSentence({ outcome, missing }: GateResult): Sentence {
  switch (outcome) {
    case "merge":
      return words("the gate lets it through");
    case "block":
      return words("the gate blocks it");
    case "approval":
      return missing.length === 0
        ? words("the gate waits for an approval")
        : say`the gate waits for ${listedNames(missing, NAMED)}`;
  }
}

/** What a rule of the gate decided, in one sentence. */
export function gateRuleSentence({
  name,
  outcome,
  teams,
  reason,
  changes,
}: GateRuleResult): Sentence {
  const by =
    outcome === "approval" && teams.length > 0 ? say` by ${listedNames(teams, NAMED)}` : [];
  const why = reason === undefined ? [] : say`; ${reason}`;
  const number = counted(changes.length, "change");
  return say`rule ${name} ${words(DOES[outcome])}${by}: ${words(number)}${why}`;
}

const DOES: Readonly<Record<GateOutcome, string>> = {
  merge: "lets through",
  approval: "asks for approval",
  block: "blocks",
};

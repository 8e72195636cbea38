import type { GateOutcome, GateResult, GateRuleResult } from "../gate/gate-result";
import { listedNames, say, words } from "../words/text";
import { counted } from "../../diagnostics/words";
import type { Sentence } from "../words/text";
import { reportedChanges } from "./reported-changes";

/** How many teams a sentence names; the others are counted. */
const NAMED = 5;

/** What the gate does, behind its name. */
export function gateSentence({ outcome, missing }: GateResult): Sentence {
  switch (outcome) {
    case "merge":
      return words(OUTCOMES.merge);
    case "block":
      return words(OUTCOMES.block);
    case "approval":
      return missing.length === 0
        ? words(OUTCOMES.approval)
        : say`needs approval by ${listedNames(missing, NAMED)}`;
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
  const number = counted(reportedChanges(changes).length, "change");
  return say`rule ${name}: ${words(OUTCOMES[outcome])}${by}, ${words(number)}${why}`;
}

const OUTCOMES: Readonly<Record<GateOutcome, string>> = {
  merge: "passes",
  approval: "needs approval",
  block: "blocked",
};

import { expandAction } from "../../iam/escalation/action-access";
import { globOf } from "../../iam/condition/glob";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import { BLOCK_COUNT, LOWER_OR_DIGITS, representative } from "../prove/solvers/characters";
import { DEAD, patternAutomaton, run } from "../prove/solvers/pattern-automaton";
import type { PatternState } from "../prove/solvers/pattern-automaton";
import { glob, pattern, text } from "../prove/solvers/string-pattern";
import type { Token } from "../prove/solvers/string-pattern";
import type { OwnStatement } from "./statement-set";

/** Actions that the same of some statements name: one of them, and which statements these are. */
export interface ActionClass {
  /** Such as `s3:GetObject`, as AWS spells it where it is known. */
  readonly action: string;
  /** Of each statement whether it names the action. */
  readonly named: readonly boolean[];
}

/** Tells actions apart by the statements that name them. */
export interface ActionClasses {
  /** The class of one action. */
  classOf(action: string): ActionClass;
  /** The classes among the actions that a pattern names, as far as actions are known: the pattern's own example and those of AWS. */
  within(pattern: string): readonly ActionClass[];
  /** A class of every kind that there is among the actions that patterns name; `undefined` where there are too many. */
  all(patterns: readonly string[]): readonly ActionClass[] | undefined;
}

/** Classes of the actions that statements tell apart, of those that AWS has and of those that it may have some day. */
export function actionClasses(
  statements: readonly OwnStatement[],
  stateLimit: number,
): ActionClasses {
  const starts = statements.map(({ statement }) => automatonOf(statement));
  const excepts = statements.map(({ statement }) => statement.Action === undefined);

  function named(states: readonly PatternState[]): boolean[] {
    return states.map((state, index) => state.accepts !== excepts[index]);
  }

  function classOf(action: string): ActionClass {
    const spelled = action.toLowerCase();
    return { action, named: named(starts.map((state) => run(state, spelled))) };
  }

  function within(written: string): readonly ActionClass[] {
    if (!/[*?]/.test(written)) return [classOf(written)];
    const known = expandAction(written);
    const example = EXAMPLES.map((each) => written.replaceAll("*", each).replaceAll("?", "x"));
    const actions = [
      ...(known === "unknown" ? [] : known),
      ...example.filter((each) => ACTION.test(each)),
    ];
    return distinct(actions.map(classOf));
  }

  function all(patterns: readonly string[]): readonly ActionClass[] | undefined {
    const found: ActionClass[] = [];
    const queue: Visit[] = [
      { text: "", language: LANGUAGE, wanted: union(patterns), states: starts },
    ];
    const visited = new Set<string>();
    for (const { text: begun, language, wanted, states } of queue) {
      if (language.accepts && wanted.accepts) found.push({ action: begun, named: named(states) });
      for (const code of candidates([language, wanted, ...states])) {
        const reached = {
          text: begun + String.fromCharCode(code),
          language: language.next(code),
          wanted: wanted.next(code),
          states: states.map((state) => state.next(code)),
        };
        if (reached.language === DEAD || reached.wanted === DEAD) continue;
        const key = [reached.language, reached.wanted, ...reached.states]
          .map(({ id }) => id)
          .join();
        if (visited.has(key)) continue;
        if (visited.size >= stateLimit) return undefined;
        visited.add(key);
        queue.push(reached);
      }
    }
    return distinct(found);
  }

  return { classOf, within, all };
}

/** A text of the class by its key; equal for actions that the same statements name. */
export function classKey({ named }: ActionClass): string {
  return named.map(Number).join("");
}

interface Visit {
  readonly text: string;
  readonly language: PatternState;
  readonly wanted: PatternState;
  readonly states: readonly PatternState[];
}

/** What a wildcard may stand for: an action of a service, or the rest of a name. */
const EXAMPLES = ["Any", "any:Any"];
const ACTION = /^[a-z0-9-]+:[a-z0-9]+$/i;

const NAME: Token = { codes: [], set: LOWER_OR_DIGITS, many: false };
const SERVICE: Token = { codes: ["-".charCodeAt(0)], set: LOWER_OR_DIGITS, many: false };
/** Every action there can be, in lower case. */
const LANGUAGE = patternAutomaton(
  pattern([SERVICE, { ...SERVICE, many: true }, ...text(":"), NAME, { ...NAME, many: true }]),
);

function automatonOf({ Action, NotAction }: Statement): PatternState {
  return union(valuesOf(Action ?? NotAction));
}

/** The automaton of actions that any of these patterns names. */
function union(patterns: readonly string[]): PatternState {
  const different = [...new Set(patterns.map((each) => each.toLowerCase()))];
  return patternAutomaton(pattern(...different.map((each) => glob(globOf(each)))));
}

/** Characters that some state tells from others, and one of each block for the rest. */
function candidates(states: readonly PatternState[]): readonly number[] {
  const [language, wanted] = states;
  const narrow = [language, wanted].find((state) => state?.onlyNamed === true);
  if (narrow !== undefined) return narrow.named;
  const named = new Set(states.flatMap((state) => state.named));
  const codes: number[] = [...named];
  for (let block = 0; block < BLOCK_COUNT; block++) {
    const code = representative(block, named);
    if (code !== undefined) codes.push(code);
  }
  return codes;
}

function distinct(classes: readonly ActionClass[]): readonly ActionClass[] {
  const known = new Map<string, ActionClass>();
  for (const each of classes) if (!known.has(classKey(each))) known.set(classKey(each), each);
  return [...known.values()];
}

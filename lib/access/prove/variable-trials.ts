import { parseOperator } from "../../iam/condition/condition-operator";
import { withoutVariables } from "../../iam/condition/policy-variables";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import { valueFormulas } from "./compile-values";
import { FALSE, and, not } from "./formula";
import type { Formula } from "./formula";
import type { RequestSpace } from "./request-space";
import type { Theory } from "./theory";

/** What policy variables are taken to be in one trial. */
export interface VariableTrial {
  /** By key in lower case. */
  readonly assumed: ReadonlyMap<string, string>;
  /** Keys that are absent, so that the default of their variables stands in. */
  readonly absent: ReadonlySet<string>;
}

/** Values to try of one variable, and trials in all. */
const MOST_VALUES = 8;
const MOST_TRIALS = 32;
/** A value that no policy names. */
const NOBODYS = "zz0";

/**
 * Values to try of the variables that a scenario leaves open: what the policies compare them and the keys beside them
 * with, and what nobody names. A counterexample is found by them, never a proof.
 */
export function variableTrials(
  open: ReadonlySet<string>,
  documents: readonly PolicyDocument[],
  space: RequestSpace,
  theory: Theory,
): readonly VariableTrial[] {
  const tests = documents.flatMap(testsOf);
  let trials: readonly VariableTrial[] = [{ assumed: new Map(), absent: new Set() }];
  for (const key of [...open].sort()) {
    const candidates = candidatesOf(key, tests, space, theory);
    trials = trials
      .flatMap((trial) =>
        candidates.map(({ value, isAbsent }) => ({
          assumed: new Map([...trial.assumed, [key, value]]),
          absent: isAbsent ? new Set([...trial.absent, key]) : trial.absent,
        })),
      )
      .slice(0, MOST_TRIALS);
  }
  return open.size === 0 ? [] : trials;
}

/** That variables have the values of a trial; `FALSE` where a key cannot be asked for one. */
export function isTrial({ assumed, absent }: VariableTrial, space: RequestSpace): Formula {
  const equals = parseOperator("StringEquals");
  return and(
    ...[...assumed].map(([key, value]) => {
      const state = space.keyState(key);
      if (state.fixed !== undefined || equals === undefined) return FALSE;
      if (absent.has(key)) return not(state.presence);
      if (state.value.kind !== "string") return FALSE;
      const { parts } = withoutVariables(value);
      return and(state.presence, valueFormulas(equals, [parts], state.value).some);
    }),
  );
}

interface Test {
  readonly key: string;
  readonly value: string;
}

function testsOf({ Statement: statements }: PolicyDocument): readonly Test[] {
  return statements.flatMap(({ Principal, Condition = {} }) => {
    const tested = Object.values(Condition).flatMap((keys) =>
      Object.entries(keys).flatMap(([key, values]) =>
        valuesOf(values).map((value) => ({ key: key.toLowerCase(), value })),
      ),
    );
    const named = typeof Principal === "object" ? valuesOf(Principal.AWS) : [];
    const pinned = tested.filter(({ key }) => key === "aws:principalarn");
    return [...tested, ...[...named, ...pinned.map(({ value }) => value)].flatMap(userName)];
  });
}

/** A principal that is a user also says what its name is. */
function userName(arn: string): readonly Test[] {
  const name = /:user\/(?:.*\/)?([^/*?]+)$/.exec(arn)?.[1];
  return name === undefined ? [] : [{ key: "aws:username", value: name }];
}

interface Candidate {
  readonly value: string;
  readonly isAbsent: boolean;
}

function candidatesOf(
  key: string,
  tests: readonly Test[],
  space: RequestSpace,
  theory: Theory,
): readonly Candidate[] {
  const variable = new RegExp(`\\$\\{\\s*${escaped(key)}\\s*(?:,\\s*'([^']*)'\\s*)?\\}`, "i");
  const inserting = tests.filter(({ value }) => variable.test(value));
  const defaults = inserting.flatMap(({ value }) => variable.exec(value)?.[1] ?? []);
  const constants = (name: string): readonly string[] => {
    const { fixed = [] } = space.keyState(name);
    const written = tests.filter((test) => test.key === name && !test.value.includes("${"));
    return [...fixed, ...written.map(({ value }) => value.replace(/[*?]/g, "x"))];
  };
  const beside = inserting.flatMap((test) => {
    const [before = "", after = ""] = split(test.value, variable);
    return constants(test.key).flatMap((value) => [middle(value, before, after), value]);
  });
  const state = space.keyState(key);
  const dimension =
    state.fixed === undefined ? space.dimensions.get(state.value.dimension) : undefined;
  const sample = dimension === undefined ? undefined : theory.solve(dimension, [], true);
  const samples =
    sample?.solved === true && state.fixed === undefined ? state.value.read(sample.value) : [];
  const values = [...constants(key), NOBODYS, ...samples, ...beside, ...defaults];
  const distinct = [...new Set(values)].flatMap((value) => (value === undefined ? [] : [value]));
  return [
    ...[...new Set(defaults)].map((value) => ({ value, isAbsent: true })),
    ...distinct.map((value) => ({ value, isAbsent: false })),
  ].slice(0, MOST_VALUES);
}

function split(value: string, variable: RegExp): readonly string[] {
  const found = variable.exec(value);
  if (found === null) return [value];
  return [value.slice(0, found.index), value.slice(found.index + found[0].length)];
}

/** What stands in a value where a variable stands in another. */
function middle(value: string, before: string, after: string): string | undefined {
  const [start, end] = [before.replaceAll("*", ""), after.replaceAll("*", "")];
  const from = value.indexOf(start);
  const to = end === "" ? value.length : value.lastIndexOf(end);
  return from < 0 || to < from + start.length ? undefined : value.slice(from + start.length, to);
}

function escaped(text: string): string {
  return text.replace(/[.+^${}()|[\]\\/*?]/g, "\\$&");
}

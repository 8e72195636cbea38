import type { Path } from "../../source/source";
import { valuesOf } from "../../iam/policy-document";
import type { OneOrMore, Statement } from "../../iam/policy-document";

/** A text of a statement that may name resources or principals. */
export interface StatementText {
  readonly text: string;
  /** Path below the statement. */
  readonly path: Path;
}

/** The texts of the Resource and NotResource elements of a statement. */
export function resourceTexts(statement: Statement): readonly StatementText[] {
  return (["Resource", "NotResource"] as const).flatMap((element) =>
    textsOf(statement[element], [element]),
  );
}

/** The values of all conditions of a statement. */
export function conditionTexts({ Condition }: Statement): readonly StatementText[] {
  return Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => textsOf(values, ["Condition", operator, key])),
  );
}

function textsOf(values: OneOrMore | undefined, path: Path): readonly StatementText[] {
  return valuesOf(values).map((text, index) => ({
    text,
    path: typeof values === "string" ? path : [...path, index],
  }));
}

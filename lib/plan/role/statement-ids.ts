import type { Statement } from "../../iam/policy-document";

/**
 * A statement id from words such as a key of the map: `deploy-bot` becomes `DeployBot` (rule GR-12:
 * letters and digits only).
 */
export function statementId(...words: readonly string[]): string {
  return words
    .flatMap((word) => word.split(/[^A-Za-z0-9]+/))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** Keys can meet after their punctuation is gone; the later statement gets a number (rule GR-12). */
export function withUniqueSids(statements: readonly Statement[]): Statement[] {
  const given = new Set(statements.map(({ Sid }) => Sid));
  const seen = new Set<string>();
  return statements.map((statement) => {
    const sid = statement.Sid ?? "";
    if (!seen.has(sid)) {
      seen.add(sid);
      return statement;
    }
    let number = 2;
    while (given.has(`${sid}${number}`) || seen.has(`${sid}${number}`)) number += 1;
    seen.add(`${sid}${number}`);
    return { ...statement, Sid: `${sid}${number}` };
  });
}

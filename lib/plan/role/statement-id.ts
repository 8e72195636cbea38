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

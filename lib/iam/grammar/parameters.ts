/** A parameter of a document, such as `{{account.id}}`, which is filled in before the document is used. */
const PARAMETER = /\{\{\s*[A-Za-z0-9._-]+\s*\}\}/g;

/** Whether a text holds a parameter: what it will say is not known yet. */
export function holdsParameter(text: string): boolean {
  return text.search(PARAMETER) >= 0;
}

/** A text without its parameters: what is known of it already. */
export function withoutParameters(text: string): string {
  return text.replace(PARAMETER, "");
}

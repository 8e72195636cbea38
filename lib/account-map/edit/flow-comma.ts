/** Where the comma behind an item in braces stands; nothing where the braces end first. */
export function commaAfter(text: string, offset: number): number | undefined {
  const rest = /(?:[ \t\r\n]+(?:#[^\n]*)?)*,/y;
  rest.lastIndex = offset;
  return rest.test(text) ? rest.lastIndex - 1 : undefined;
}

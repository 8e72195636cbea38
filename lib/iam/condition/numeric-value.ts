const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** The number that a decimal text writes, or `undefined`: no exponents, no spaces, nothing too large to be told apart. */
export function parseNumeric(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

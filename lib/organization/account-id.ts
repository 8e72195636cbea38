import { quoteText } from "../diagnostics/quote";

/** What is wrong with an account id, and what to type instead. */
export interface AccountIdProblem {
  readonly rule: "ID-01";
  readonly message: string;
  /** @default - nobody can tell which account is meant */
  readonly help?: string;
}

/**
 * Reads an account id as some file has it. Ids lose their leading zeros, or become other numbers, wherever
 * a program takes them for numbers: such an id is refused, with what it probably was.
 *
 * @param typed - the value as it stands in the file
 */
export function readAccountId(
  value: unknown,
  typed?: string,
): { readonly id: string } | { readonly problem: AccountIdProblem } {
  if (typeof value === "string" && /^\d{12}$/.test(value)) return { id: value };
  const problemOf = (shown: string): Pick<AccountIdProblem, "rule" | "message"> => ({
    rule: "ID-01",
    message: `an account id is a string of 12 digits, got ${shown}`,
  });
  if (value === undefined) return { problem: problemOf("nothing") };
  const text = typed ?? (typeof value === "string" ? value : JSON.stringify(value));
  const shown = typeof value === "string" ? quoteText(value) : `the ${typeof value} ${text}`;
  const help = helpOf(value, text.replace(/["'\s-]/g, ""));
  return { problem: { ...problemOf(shown), ...(help === undefined ? {} : { help }) } };
}

function helpOf(value: unknown, digits: string): string | undefined {
  if (/^0[ox]/i.test(digits)) {
    return "it is the id in another base: take the 12 digits from the AWS console, and put them in double quotes";
  }
  if (!/^\d{9,12}$/.test(digits)) return undefined;
  const id = digits.padStart(12, "0");
  if (digits.length < 12) {
    return `leading zeros were lost, probably in a spreadsheet or by a program that takes ids for numbers: write "${id}"`;
  }
  return typeof value === "number"
    ? `write "${id}" in double quotes: as a number, an id loses its leading zeros`
    : `write "${id}"`;
}

import { quoteText } from "../../diagnostics/quote";

/** What is wrong with an account id, and what to type instead. */
export interface AccountIdProblem {
  readonly rule: "ID-01";
  readonly message: string;
  /** @default - the meant account is unclear */
  readonly help?: string;
}

/**
 * Reads an account ID as some file has it. IDs lose their leading zeros, or become other numbers, if a
 * program reads them as numbers: such an ID is rejected, with what it probably was.
 *
 * @param typed - the value as it is in the file
 */
export function readAccountId(
  value: unknown,
  typed?: string,
): { readonly id: string } | { readonly problem: AccountIdProblem } {
  if (typeof value === "string" && /^\d{12}$/.test(value)) return { id: value };
  const problemOf = (shown: string): Pick<AccountIdProblem, "rule" | "message"> => ({
    rule: "ID-01",
    message: `an account ID is a string of 12 digits, got ${shown}`,
  });
  if (value === undefined) return { problem: problemOf("nothing") };
  const text = typed ?? (typeof value === "string" ? value : JSON.stringify(value));
  const shown = typeof value === "string" ? quoteText(value) : `the ${typeof value} ${text}`;
  const help = helpOf(value, text.replace(/["'\s-]/g, ""));
  return { problem: { ...problemOf(shown), ...(help === undefined ? {} : { help }) } };
}

function helpOf(value: unknown, digits: string): string | undefined {
  if (/^0[ox]/i.test(digits)) {
    return "the ID is in another base: take the 12 digits from the AWS console, and put them in double quotes";
  }
  if (!/^\d{9,12}$/.test(digits)) return undefined;
  const id = digits.padStart(12, "0");
  if (digits.length < 12) {
    return `leading zeros were lost, probably in a spreadsheet or by a program that reads IDs as numbers: write "${id}"`;
  }
  return typeof value === "number"
    ? `write "${id}" in double quotes: as a number, an ID loses its leading zeros`
    : `write "${id}"`;
}

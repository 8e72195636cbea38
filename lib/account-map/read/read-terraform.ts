import { quoteName } from "../../diagnostics/quote";
import type { RawTerraform } from "./raw-account-map";
import type { Reporter } from "../../source/reporter";
import { isEmptyRange, providerRange, reachesBelow, reachesTo } from "./provider-range";
import type { ProviderVersion } from "./provider-range";

/**
 * Versions of the AWS provider whose IAM resources trustwheel reads argument by argument, and that a range may
 * admit: from the first, below the second.
 */
const FIRST_KNOWN: ProviderVersion = [5, 100, 0];
const FIRST_UNKNOWN: ProviderVersion = [7, 0, 0];

const PLACE = ["terraform", "providerVersion"];
const HELP =
  "write a range within `>= 5.100, < 7`, or remove the key for the version of the bindings";

/** Reads the range of provider versions; `undefined` for the version that the bindings were made for. */
export function readProviderVersion(
  raw: RawTerraform | undefined,
  reporter: Reporter,
): string | undefined {
  const text = raw?.providerVersion;
  if (text === undefined) return undefined;
  const range = providerRange(text);
  const report = (message: string): void => {
    reporter.report(PLACE, { rule: "provider-version", message, help: HELP });
  };
  if (isEmptyRange(range)) {
    report(`no version fulfils ${quoteName(text)}`);
    return text;
  }
  const unknown = [
    ...(reachesBelow(range, FIRST_KNOWN) ? [`versions below ${FIRST_KNOWN.join(".")}`] : []),
    ...(reachesTo(range, FIRST_UNKNOWN) ? [`version ${FIRST_UNKNOWN.join(".")} or later`] : []),
  ].join(" and ");
  if (unknown !== "")
    report(`${quoteName(text)} admits ${unknown}, which trustwheel does not know`);
  return text;
}

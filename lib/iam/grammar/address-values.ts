import { containsRange, parseAddressRange } from "../condition/address-range";
import type { AddressRange } from "../condition/address-range";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { conditionLines } from "./condition-line";
import { quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter } from "./parameters";

/** Addresses are addresses or CIDR ranges, for `aws:SourceIp` public ones (rule GR-26). */
export function* addressValues(
  statement: StatementShape,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const { name, operator, key, values, at: place } of conditionLines(statement, at)) {
    if (operator.family !== "Ip") continue;
    for (const [index, value] of values.entries()) {
      if (holdsParameter(value) || value.includes("${")) continue; // variables: rule GR-22
      const range = parseAddressRange(value);
      if (range === undefined) {
        yield {
          rule: "GR-26",
          at: [...place, index],
          message: `\`${name}\` takes addresses and ranges, got ${quoted(value)}`,
          help: "write an address such as 203.0.113.7, or a range such as 203.0.113.0/24",
        };
      } else if (key.toLowerCase() === "aws:sourceip" && isPrivate(range)) {
        yield {
          rule: "GR-26",
          at: [...place, index],
          message: `\`${key}\` is the public address of the caller and never matches a private one, got ${quoted(value)}`,
          help: "write the public address that calls leave from, or use `aws:VpcSourceIp` with `aws:SourceVpc`",
        };
      }
    }
  }
}

/** Ranges that no call over the internet comes from. */
const PRIVATE: readonly AddressRange[] = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
].flatMap((text) => parseAddressRange(text) ?? []);

function isPrivate(range: AddressRange): boolean {
  return PRIVATE.some((each) => containsRange(each, range));
}

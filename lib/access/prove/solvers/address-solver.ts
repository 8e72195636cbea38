import { containsRange, formatAddress, parseAddress } from "../../../iam/condition/address-range";
import type { AddressRange } from "../../../iam/condition/address-range";
import { NONE, solved } from "./solution";
import type { Solution } from "./solution";

/** Addresses for documentation: what a reader expects in an example. */
const PREFERRED = ["198.51.100.1", "203.0.113.1", "192.0.2.1", "2001:db8::1"];

/** Finds an address of either family in all of some ranges and in none of others. */
export function solveAddress(
  inside: readonly AddressRange[],
  outside: readonly AddressRange[],
): Solution<string> {
  const fits = (address: AddressRange): boolean =>
    inside.every((range) => containsRange(range, address)) &&
    !outside.some((range) => containsRange(range, address));
  for (const text of PREFERRED) {
    const address = parseAddress(text);
    if (address !== undefined && fits(address)) return solved(text);
  }
  for (const family of [4, 6] as const) {
    const first = firstOutside(family, inside, outside);
    if (first !== undefined) return solved(formatAddress(family, first));
  }
  return NONE;
}

function firstOutside(
  family: 4 | 6,
  inside: readonly AddressRange[],
  outside: readonly AddressRange[],
): bigint | undefined {
  if (inside.some((range) => range.family !== family)) return undefined;
  let address = 0n;
  let last = (1n << (family === 4 ? 32n : 128n)) - 1n;
  for (const range of inside) {
    if (range.first > address) address = range.first;
    if (range.last < last) last = range.last;
  }
  const excluded = outside
    .filter((range) => range.family === family)
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  for (const range of excluded) {
    if (range.first <= address && address <= range.last) address = range.last + 1n;
  }
  return address <= last ? address : undefined;
}

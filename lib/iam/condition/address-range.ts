/** A range of addresses of one family, both ends included; an IPv4 and an IPv6 address never compare. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * The range that a text in CIDR notation names, or `undefined`. A bare address is a range of one: `/32`
 * for IPv4 (rule GR-26), `/128` for IPv6. Bits behind the prefix are ignored.
 */
export function parseAddressRange(text: string): AddressRange | undefined {
  const slash = text.indexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.family === 4 ? 32 : 128;
  const prefix = slash < 0 ? bits : parsePrefix(text.slice(slash + 1), bits);
  if (prefix === undefined) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = address.first - (address.first % size);
  return { family: address.family, first, last: first + size - 1n };
}

/** The single address that a text names as a range of one, or `undefined`. */
export function parseAddress(text: string): AddressRange | undefined {
  const four = parseIpv4(text);
  if (four !== undefined) return { family: 4, first: four, last: four };
  const six = text.includes(":") ? parseIpv6(text) : undefined;
  return six === undefined ? undefined : { family: 6, first: six, last: six };
}

/** Whether a range contains all of another. */
export function containsRange(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** An address as text; IPv6 as eight groups without compression, which every parser reads. */
export function formatAddress(family: 4 | 6, address: bigint): string {
  const [groups, bits, radix, separator] =
    family === 4 ? ([4, 8n, 10, "."] as const) : ([8, 16n, 16, ":"] as const);
  return Array.from({ length: groups }, (_, index) => {
    const shift = BigInt(groups - 1 - index) * bits;
    return ((address >> shift) & ((1n << bits) - 1n)).toString(radix);
  }).join(separator);
}

function parsePrefix(text: string, bits: number): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= bits ? Number(text) : undefined;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  // A leading zero is octal to some readers and decimal to others: no address.
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) {
    return undefined;
  }
  if (parts.some((part) => Number(part) > 255)) return undefined;
  return parts.reduce((address, part) => address * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = withoutIpv4Tail(text).split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((address, group) => address * 65536n + BigInt(`0x${group}`), 0n);
}

/** An IPv4 address at the end stands for two groups. */
function withoutIpv4Tail(text: string): string {
  const last = text.lastIndexOf(":") + 1;
  const four = parseIpv4(text.slice(last));
  if (four === undefined) return text;
  return `${text.slice(0, last)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
}

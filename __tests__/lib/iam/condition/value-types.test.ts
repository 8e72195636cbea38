import fc from "fast-check";
import {
  containsRange,
  formatAddress,
  parseAddress,
  parseAddressRange,
} from "../../../../lib/iam/condition/address-range";
import { formatDate, parseDate } from "../../../../lib/iam/condition/date-value";
import { parseNumeric } from "../../../../lib/iam/condition/numeric-value";

describe("numbers", () => {
  test.each([
    ["0", 0],
    ["-1", -1],
    ["+5", 5],
    ["3600.5", 3600.5],
    ["", undefined],
    ["1e3", undefined],
    [" 1", undefined],
    ["0x10", undefined],
    ["99999999999999999999", undefined],
  ])("`%s` is %s", (text, expected) => {
    expect(parseNumeric(text)).toBe(expected);
  });
});

describe("dates (GR-25)", () => {
  test.each([
    ["1970-01-01T00:00:00Z", 0],
    ["2026-12-31T23:59:59Z", Date.UTC(2026, 11, 31, 23, 59, 59)],
    ["2026-12-31T23:59Z", Date.UTC(2026, 11, 31, 23, 59)],
    ["2026-12-31T23:59:59.250Z", Date.UTC(2026, 11, 31, 23, 59, 59, 250)],
    ["2027-01-01T00:59:59+01:00", Date.UTC(2026, 11, 31, 23, 59, 59)],
    ["2026-12-31", Date.UTC(2026, 11, 31)],
    ["2026-12", Date.UTC(2026, 11, 1)],
    ["1798761599", 1_798_761_599_000],
    ["2026", undefined],
    ["20261231", undefined],
    ["1798761599000", undefined],
    ["2026-12-31T23:59:59", undefined],
    ["2026-02-30", undefined],
    ["2026-13-01", undefined],
    ["2026-12-31T24:00:00Z", undefined],
    ["2026-12-31T23:60:00Z", undefined],
    ["2026-12-31T23:59:59+24:00", undefined],
    ["2026-*", undefined],
    ["", undefined],
  ])("`%s` is %s", (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  test("an instant survives being written and read", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (instant) => {
        expect(parseDate(formatDate(instant))).toBe(instant);
      }),
    );
  });
});

describe("addresses (GR-26)", () => {
  test.each([
    ["203.0.113.0/24", "203.0.113.255", true],
    ["203.0.113.0/24", "203.0.114.0", false],
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.8", false],
    ["203.0.113.7/24", "203.0.113.1", true],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["0.0.0.0/0", "::1", false],
    ["2001:db8:1234:5678::/64", "2001:DB8:1234:5678:9::1", true],
    ["2001:db8:1234:5678::/64", "2001:db8:1234:5679::", false],
    ["2001:db8::1", "2001:db8:0:0:0:0:0:1", true],
    ["2001:db8::1", "2001:db8::2", false],
    ["::/0", "203.0.113.7", false],
    ["::ffff:203.0.113.7", "::ffff:cb00:7107", true],
  ])("range `%s` contains `%s`: %s", (range, address, expected) => {
    const outer = parseAddressRange(range);
    const inner = parseAddress(address);
    if (outer === undefined || inner === undefined) throw new Error("the test's texts must parse");
    expect(containsRange(outer, inner)).toBe(expected);
  });

  test.each([
    "",
    "203.0.113",
    "203.0.113.256",
    "203.0.113.07",
    "203.0.113.0/33",
    "203.0.113.0/",
    "203.0.113.0/024",
    "203.0.113.*",
    "2001:db8::/129",
    "2001::db8::1",
    "2001:db8",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8:9",
    "::12345",
    "203.0.113.7::",
    "example.com",
  ])("`%s` is no range", (text) => {
    expect(parseAddressRange(text)).toBeUndefined();
  });

  test("an address survives being written and read", () => {
    const four = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });
    const six = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
    fc.assert(
      fc.property(four, six, (ipv4, ipv6) => {
        expect(parseAddress(formatAddress(4, ipv4))).toEqual({
          family: 4,
          first: ipv4,
          last: ipv4,
        });
        expect(parseAddress(formatAddress(6, ipv6))).toEqual({
          family: 6,
          first: ipv6,
          last: ipv6,
        });
      }),
    );
  });
});

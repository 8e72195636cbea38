import { quoteText } from "../../diagnostics/quote";
import { BlockList, isIP } from "node:net";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

// Ranges that a call to STS over the internet never comes from (rule GR-26).
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["fc00::", 7],
  ["fe80::", 10],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv6");
}

/** Checks an address or a range for `aws:SourceIp`: it must exist, be public, and not be everything (rules GR-26, CK-11). */
export function checkSourceIp(text: string, path: Path, reporter: Reporter): void {
  const [address = "", prefixText, ...rest] = text.split("/");
  const family = isIP(address);
  const bits = family === 6 ? 128 : 32;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  const wellFormed = /^\d+$/.test(prefixText ?? "0") && prefix <= bits && rest.length === 0;
  if (family === 0 || !wellFormed) {
    reporter.report(path, {
      rule: "GR-26",
      message: `${quoteText(text)} is neither an address nor a range`,
      help: "write an address such as 203.0.113.7, or a range such as 203.0.113.0/24",
    });
    return;
  }
  if (prefix === 0) {
    reporter.report(path, {
      rule: "GR-26",
      message: `${text} is every address, which is no condition`,
      help: "remove it, or write the ranges that are meant",
    });
    return;
  }
  if (PRIVATE.check(address, family === 6 ? "ipv6" : "ipv4")) {
    reporter.report(path, {
      rule: "GR-26",
      message: `${text} is private; STS sees public addresses, so this never matches`,
      help: "write the public address that calls leave from, or use `vpcEndpoints`",
    });
  }
}

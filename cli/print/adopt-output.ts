import type { Colors } from "picocolors/types";
import type { Adoption } from "../../lib/adopt/adoption";

/** What becomes of the roles that were read, in lines. */
export function adoptionLines(
  { adopted, refused, leftAlone }: Adoption,
  { bold, dim, green, red, yellow }: Colors,
): string[] {
  const lines: string[] = [];
  if (adopted.length > 0) {
    lines.push(bold("Adopted"));
    for (const { account, name, section, key, changes, declared } of adopted) {
      const sign = changes.length === 0 ? green("=") : yellow("~");
      const outcome = changes.length === 0 ? "no change" : "rewritten, same access";
      const place = `${section.slice(0, -1)} ${key}`;
      lines.push(`  ${sign} ${name} in ${account}: ${outcome} ${dim(`(${place})`)}`);
      lines.push(...changes.map((change) => `      ${change}`));
      if (declared) {
        lines.push("      what it can assume stays in its own policies: `grant: declared`");
      }
    }
  }
  if (refused.length > 0) {
    lines.push(bold("Not adopted"));
    for (const { arn, reason } of refused) lines.push(`  ${red("x")} ${arn}`, `      ${reason}`);
  }
  const { otherAccounts, inMap, servicesOnly, notNamed, serviceLinked, reserved } = leftAlone;
  const left: [number, string][] = [
    [inMap, "already in the map"],
    [servicesOnly, "assumed only by AWS services"],
    [notNamed, "not named by --only"],
    [serviceLinked, "linked to AWS services"],
    [reserved, "of IAM Identity Center"],
    ...[...otherAccounts].map(([id, count]): [number, string] => [
      count,
      `in ${id}, which is not an active account in the map`,
    ]),
  ];
  const counted = left.filter(([count]) => count > 0);
  if (counted.length > 0) {
    lines.push(bold("Not touched"), ...counted.map(([count, what]) => `  ${count} ${what}`));
  }
  return [...lines, ""];
}

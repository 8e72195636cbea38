import { quoteName } from "../../diagnostics/quote";
import type { Reporter } from "../../source/reporter";

/**
 * Checks the former keys of hubs, spokes or chains: Terraform moves resources from there, so nothing may stand
 * there any more, and only one entry can have what stood there.
 */
export function checkFormerly(
  section: "hubs" | "spokes" | "chains",
  entries: Readonly<Record<string, { readonly formerly?: string }>>,
  reporter: Reporter,
): void {
  const heirs = new Map<string, string>();
  for (const [key, { formerly }] of Object.entries(entries)) {
    if (formerly === undefined) continue;
    const at = [section, key, "formerly"];
    if (Object.hasOwn(entries, formerly)) {
      reporter.report(at, {
        rule: "formerly",
        message: `${quoteName(formerly)} is still under \`${section}\`, so ${quoteName(key)} cannot take over its resources`,
        help: "remove `formerly:`, or remove the entry that was renamed",
        related: { path: [section, formerly], message: "it is here" },
      });
    }
    const heir = heirs.get(formerly);
    if (heir !== undefined) {
      reporter.report(at, {
        rule: "formerly",
        message: `${quoteName(heir)} already takes over the resources of ${quoteName(formerly)}`,
        help: "remove `formerly:` from one of them",
        related: { path: [section, heir, "formerly"], message: "first named here" },
      });
    } else heirs.set(formerly, key);
  }
}

import { readYaml } from "../../source/yaml/yaml-source";
import type { Path } from "../../source/yaml/yaml-source";
import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import { quoteName } from "../../diagnostics/quote";
import { FileFindings } from "./file-findings";
import type { OrganizationAccount } from "../organization";
import { isObject } from "./organization-result";
import type { OrganizationResult } from "./organization-result";

/**
 * Reads `accounts-config.yaml` of Landing Zone Accelerator. Its names are its own and need not be those
 * of AWS; IDs are only in the list `accountIds`, which environments with Control Tower lack.
 */
export function readLandingZone(file: string, text: string): OrganizationResult {
  const { source, diagnostics } = readYaml(file, text);
  if (source === undefined) return { diagnostics: sortDiagnostics(diagnostics) };
  const findings = new FileFindings(source);
  const config = isObject(source.value) ? source.value : {};
  const ids = readIds(config.accountIds, findings);
  const accounts = ["mandatoryAccounts", "workloadAccounts"].flatMap((section) =>
    readAccounts(config[section], [section], ids, findings),
  );
  if (accounts.length === 0) {
    const message = "the file lists no accounts under `mandatoryAccounts` or `workloadAccounts`";
    const help = "pass `accounts-config.yaml` of Landing Zone Accelerator";
    findings.report([], "organization-file", message, help);
  }
  const all = sortDiagnostics([...diagnostics, ...findings.diagnostics]);
  if (hasErrors(all)) return { diagnostics: all };
  // The accelerator forbids other names for the accounts that it needs.
  const management = accounts.find(({ name }) => name === "Management")?.id;
  const organization = {
    ...(management === undefined ? {} : { managementAccountId: management }),
    units: [],
    accounts,
    complete: true,
    awsNames: false,
  };
  return { organization, diagnostics: all };
}

/** Ids by e-mail address, in lower case. */
function readIds(list: unknown, findings: FileFindings): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const items: unknown[] = Array.isArray(list) ? list : [];
  for (const [index, item] of items.entries()) {
    if (!isObject(item) || typeof item.email !== "string") continue;
    const id = findings.accountId(["accountIds", index, "accountId"], item.accountId);
    if (id !== undefined) ids.set(item.email.toLowerCase(), id);
  }
  return ids;
}

function readAccounts(
  list: unknown,
  path: Path,
  ids: ReadonlyMap<string, string>,
  findings: FileFindings,
): OrganizationAccount[] {
  const items: unknown[] = Array.isArray(list) ? list : [];
  return items.flatMap((item, index) => {
    if (!isObject(item) || typeof item.name !== "string") {
      const message = `an account of ${quoteName(String(path[0]))} must be a map with a \`name\``;
      findings.report([...path, index], "organization-account", message);
      return [];
    }
    const { name, email, organizationalUnit = "Root" } = item;
    const id = typeof email === "string" ? ids.get(email.toLowerCase()) : undefined;
    const account: OrganizationAccount = {
      ...(id === undefined ? {} : { id }),
      name,
      unit: unitPath(String(organizationalUnit)),
      place: findings.place([...path, index, "name"]),
    };
    return [account];
  });
}

/** `Root` is the root, `Infrastructure/Network` a nested unit. */
function unitPath(unit: string): string {
  return unit === "Root" ? "/" : `/${unit.replace(/^\/|\/$/g, "")}`;
}

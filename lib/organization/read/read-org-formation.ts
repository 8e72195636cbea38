import { parseYaml } from "../../source/yaml/yaml-parse";
import { readYaml } from "../../source/yaml/yaml-source";
import type { Path } from "../../source/yaml/yaml-source";
import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import { quoteName } from "../../diagnostics/quote";
import { pathSegment } from "./assemble-organization";
import { FileFindings } from "./file-findings";
import { isObject } from "./organization-result";
import type { OrganizationResult } from "./organization-result";
import type { OrganizationAccount, OrganizationUnit } from "../organization";

/**
 * Reads `organization.yml` of org-formation: its accounts, units and tags. The file has neither the id of
 * the organization nor those of its units, and accounts that are not yet made have no id.
 */
export function readOrgFormation(file: string, text: string): OrganizationResult {
  const { source, diagnostics } = readYaml(file, withoutTags(text));
  if (source === undefined) return { diagnostics: sortDiagnostics(diagnostics) };
  const findings = new FileFindings(source);
  const resources = isObject(source.value) ? source.value.Organization : undefined;
  if (!isObject(resources)) {
    const path = ["Organization"];
    const message = "the file of org-formation must have a map `Organization`";
    const help =
      typeof resources === "string"
        ? `pass the included file, ${quoteName(resources)}, with \`Organization:\` above it`
        : "pass the file that `org-formation init` wrote";
    findings.report(path, "organization-file", message, help);
    return { diagnostics: [...diagnostics, ...findings.diagnostics] };
  }
  const template = new Template(resources, findings);
  const organization = template.read();
  const all = sortDiagnostics([...diagnostics, ...findings.diagnostics]);
  return hasErrors(all) ? { diagnostics: all } : { organization, diagnostics: all };
}

/** The text with blanks in place of CloudFormation's tags: `!Ref Name` is read as the name, where it stood. */
function withoutTags(text: string): string {
  const parsed = parseYaml(text);
  if ("refused" in parsed) return text;
  let blanked = text;
  for (const { code, pos } of parsed.parsed.document.warnings) {
    const [start, end] = pos;
    if (code !== "TAG_RESOLVE_FAILED" || text[start] !== "!") continue;
    blanked = blanked.slice(0, start) + " ".repeat(end - start) + blanked.slice(end);
  }
  return blanked;
}

type Values = Readonly<Record<string, unknown>>;

interface Resource {
  readonly name: string;
  readonly properties: Values;
  readonly path: Path;
}

class Template {
  readonly #findings: FileFindings;
  readonly #accounts: Resource[] = [];
  readonly #units = new Map<string, Resource>();
  #management: Resource | undefined;
  /** The parent OU of each account and OU, by logical name. */
  readonly #parents = new Map<string, string>();

  constructor(resources: Values, findings: FileFindings) {
    this.#findings = findings;
    for (const [name, value] of Object.entries(resources)) {
      if (!isObject(value)) continue;
      const properties = isObject(value.Properties) ? value.Properties : {};
      const resource = { name, properties, path: ["Organization", name, "Properties"] };
      if (value.Type === "OC::ORG::OrganizationalUnit") this.#units.set(name, resource);
      if (value.Type === "OC::ORG::MasterAccount") this.#management = resource;
      if (value.Type === "OC::ORG::Account" || value.Type === "OC::ORG::MasterAccount") {
        this.#accounts.push(resource);
      }
    }
  }

  read(): NonNullable<OrganizationResult["organization"]> {
    if (this.#accounts.length === 0) {
      const message = "`Organization` has no `OC::ORG::Account`";
      this.#findings.report(["Organization"], "organization-file", message);
    }
    for (const unit of this.#units.values()) this.#readMembers(unit);
    const accounts = this.#accounts.map((account) => this.#readAccount(account));
    const management = accounts[this.#accounts.findIndex((each) => each === this.#management)];
    return {
      ...(management?.id === undefined ? {} : { managementAccountId: management.id }),
      units: [...this.#units.values()].map((unit) => this.#readUnit(unit)),
      accounts,
      complete: true,
      awsNames: true,
    };
  }

  #readMembers({ name, properties, path }: Resource): void {
    const accounts = new Set(this.#accounts.map((account) => account.name));
    for (const key of ["Accounts", "OrganizationalUnits"] as const) {
      for (const reference of references(properties[key])) {
        const known = key === "Accounts" ? accounts.has(reference) : this.#units.has(reference);
        if (!known) {
          const kind = key === "Accounts" ? "account" : "unit";
          const message = `${quoteName(name)} refers to ${quoteName(reference)}, and the file has no ${kind} of that name`;
          this.#findings.report([...path, key], "organization-file", message);
        }
        this.#parents.set(reference, name);
      }
    }
  }

  #readUnit(unit: Resource): OrganizationUnit {
    return { name: unitName(unit), path: this.#unitPath(unit.name) };
  }

  /** The path of an OU; one within itself gets only the path up to there. */
  #unitPath(logicalName: string | undefined): string {
    const names: string[] = [];
    const seen = new Set<string>();
    for (let at = logicalName; at !== undefined && !seen.has(at); at = this.#parents.get(at)) {
      seen.add(at);
      const unit = this.#units.get(at);
      if (unit !== undefined) names.unshift(pathSegment(unitName(unit)));
    }
    return `/${names.join("/")}`;
  }

  #readAccount({ name, properties, path }: Resource): OrganizationAccount {
    const { AccountName, AccountId, Tags } = properties;
    const idPath = [...path, "AccountId"];
    const id = AccountId === undefined ? undefined : this.#findings.accountId(idPath, AccountId);
    const tags = isObject(Tags)
      ? Object.fromEntries(Object.entries(Tags).map(([key, value]) => [key, String(value)]))
      : {};
    return {
      ...(id === undefined ? {} : { id }),
      name: typeof AccountName === "string" ? AccountName : name,
      unit: this.#unitPath(this.#parents.get(name)),
      tags,
      place: this.#findings.place(["Organization", name]),
    };
  }
}

function unitName({ name, properties }: Resource): string {
  const { OrganizationalUnitName } = properties;
  return typeof OrganizationalUnitName === "string" ? OrganizationalUnitName : name;
}

/** Logical names that a property refers to: `!Ref Name`, `{Ref: Name}`, or a list of these. */
function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (isObject(value)) return references(value.Ref);
  return typeof value === "string" ? [value] : [];
}

import type { Path } from "../../source/source";
import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import { quoteName } from "../../diagnostics/quote";
import { pathSegment } from "./assemble-organization";
import { FileFindings } from "./file-findings";
import type { OrganizationResult } from "./organization-result";
import { readTemplate } from "./template";
import type { FindIncluded } from "./template";
import type { OrganizationAccount, OrganizationUnit } from "../organization";

/** `!Include FILE` puts in a file of YAML, and `!Ref NAME` refers to a resource of the template. */
const TAGS = { reference: "!Ref", include: "!Include" };

/**
 * Reads `organization.yml` of org-formation: its accounts, units and tags, with the files that it
 * includes. The template has neither the id of the organization nor those of its units, and accounts that
 * are not yet made have no id.
 */
export function readOrgFormation(
  file: string,
  text: string,
  find: FindIncluded,
): OrganizationResult {
  const { template, diagnostics } = readTemplate(file, text, TAGS, find);
  if (template === undefined) return { diagnostics: sortDiagnostics(diagnostics) };
  const findings = new FileFindings(template);
  const { Organization } = isMap(template.value) ? template.value : {};
  const resources = findings.known(["Organization"], Organization);
  if (!isMap(resources)) {
    if (findings.diagnostics.length === 0) {
      const message = "the file of org-formation must have a map `Organization`";
      const help = "pass the file that `org-formation init` wrote";
      findings.report(["Organization"], "organization-file", message, help);
    }
    return { diagnostics: sortDiagnostics([...diagnostics, ...findings.diagnostics]) };
  }
  const organization = new Resources(resources, findings).read();
  const all = sortDiagnostics([...diagnostics, ...findings.diagnostics]);
  return hasErrors(all) ? { diagnostics: all } : { organization, diagnostics: all };
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Values = Readonly<Record<string, unknown>>;

interface Resource {
  readonly name: string;
  readonly properties: Values;
  readonly path: Path;
}

class Resources {
  readonly #findings: FileFindings;
  readonly #accounts: Resource[] = [];
  readonly #units = new Map<string, Resource>();
  #management: Resource | undefined;
  /** The parent OU of each account and OU, by logical name. */
  readonly #parents = new Map<string, string>();

  constructor(resources: Values, findings: FileFindings) {
    this.#findings = findings;
    for (const [name, value] of Object.entries(resources)) {
      const at = ["Organization", name];
      const { Type, Properties } = findings.map(at, value);
      const kind = findings.known([...at, "Type"], Type);
      const unit = kind === "OC::ORG::OrganizationalUnit";
      const management = kind === "OC::ORG::MasterAccount";
      const account = management || kind === "OC::ORG::Account";
      if (!unit && !account) continue;
      const path = [...at, "Properties"];
      const resource = { name, properties: findings.map(path, Properties), path };
      if (unit) this.#units.set(name, resource);
      if (management) this.#management = resource;
      if (account) this.#accounts.push(resource);
    }
  }

  read(): NonNullable<OrganizationResult["organization"]> {
    if (this.#accounts.length === 0 && this.#findings.diagnostics.length === 0) {
      const message = "`Organization` has no `OC::ORG::Account`";
      this.#findings.report(["Organization"], "organization-file", message);
    }
    for (const unit of this.#units.values()) this.#readMembers(unit);
    const accounts = this.#accounts.map((account) => this.#readAccount(account));
    this.#checkIds(accounts);
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
      for (const reference of this.#references([...path, key], properties[key])) {
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

  /** Two accounts with one ID are a slip that would hide one of them. */
  #checkIds(accounts: readonly OrganizationAccount[]): void {
    const first = new Map<string, Resource>();
    for (const [index, { id }] of accounts.entries()) {
      const resource = this.#accounts[index];
      if (id === undefined || resource === undefined) continue;
      const earlier = first.get(id);
      if (earlier === undefined) first.set(id, resource);
      else {
        this.#findings.reportSecond(
          [...resource.path, "AccountId"],
          [...earlier.path, "AccountId"],
          `${quoteName(earlier.name)} and ${quoteName(resource.name)} have the same ID, ${id}`,
          "give each account its own ID",
        );
      }
    }
  }

  #readUnit(unit: Resource): OrganizationUnit {
    return { name: this.#unitName(unit), path: this.#unitPath(unit.name) };
  }

  #unitName({ name, properties, path }: Resource): string {
    const at = [...path, "OrganizationalUnitName"];
    return this.#findings.text(at, properties.OrganizationalUnitName) ?? name;
  }

  /** Logical names that a property refers to: `!Ref Name`, `{Ref: Name}`, or a list of these. */
  #references(path: Path, value: unknown): string[] {
    const known = this.#findings.known(path, value);
    if (Array.isArray(known)) {
      return known.flatMap((item, index) => this.#references([...path, index], item));
    }
    if (typeof known === "object" && known !== null && "Ref" in known) {
      return this.#references([...path, "Ref"], known.Ref);
    }
    if (typeof known === "string") return [known];
    if (known !== undefined && known !== null) {
      const message = "a member must be `!Ref` with the name of an account or unit of the file";
      this.#findings.report(path, "organization-file", message);
    }
    return [];
  }

  /** The path of an OU; one within itself gets only the path up to there. */
  #unitPath(logicalName: string | undefined): string {
    const names: string[] = [];
    const seen = new Set<string>();
    for (let at = logicalName; at !== undefined && !seen.has(at); at = this.#parents.get(at)) {
      seen.add(at);
      const unit = this.#units.get(at);
      if (unit !== undefined) names.unshift(pathSegment(this.#unitName(unit)));
    }
    return `/${names.join("/")}`;
  }

  #readAccount({ name, properties, path }: Resource): OrganizationAccount {
    const { AccountName, AccountId, Tags } = properties;
    const id = this.#findings.accountId([...path, "AccountId"], AccountId);
    const tagsPath = [...path, "Tags"];
    const tags = Object.entries(this.#findings.map(tagsPath, Tags)).flatMap(([key, value]) => {
      const text = this.#findings.text([...tagsPath, key], value);
      return text === undefined ? [] : [[key, text]];
    });
    return {
      ...(id === undefined ? {} : { id }),
      name: this.#findings.text([...path, "AccountName"], AccountName) ?? name,
      unit: this.#unitPath(this.#parents.get(name)),
      tags: Object.fromEntries(tags) as Readonly<Record<string, string>>,
      place: this.#findings.place(["Organization", name]),
    };
  }
}

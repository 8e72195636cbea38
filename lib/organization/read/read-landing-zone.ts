import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import { quoteName, quoteText } from "../../diagnostics/quote";
import type { Path } from "../../source/source";
import type { OrganizationAccount } from "../organization";
import { FileFindings } from "./file-findings";
import type { OrganizationResult } from "./organization-result";
import { readTemplate } from "./template";
import type { FindIncluded } from "./template";

/** What an account's ID is found by, and where it was first used. */
interface Known {
  readonly id?: string;
  readonly path: Path;
}

/**
 * Reads `accounts-config.yaml` of Landing Zone Accelerator, with the files that it includes. Its names are
 * its own and need not be those of AWS; IDs are only in the list `accountIds`, which environments with
 * Control Tower lack.
 */
export function readLandingZone(
  file: string,
  text: string,
  find: FindIncluded,
): OrganizationResult {
  const { template, diagnostics } = readTemplate(file, text, { include: "!include" }, find);
  if (template === undefined) return { diagnostics: sortDiagnostics(diagnostics) };
  const reader = new ConfigReader(new FileFindings(template));
  const organization = reader.read(template.value);
  const all = sortDiagnostics([...diagnostics, ...reader.findings.diagnostics]);
  return hasErrors(all) ? { diagnostics: all } : { organization, diagnostics: all };
}

class ConfigReader {
  readonly findings: FileFindings;
  /** IDs by e-mail address, in lower case, and addresses by ID. */
  readonly #ids = new Map<string, Known>();
  readonly #emails = new Map<string, Path>();

  constructor(findings: FileFindings) {
    this.findings = findings;
  }

  read(value: unknown): NonNullable<OrganizationResult["organization"]> {
    const config = this.findings.map([], value);
    this.#readIds(config.accountIds);
    const accounts = ["mandatoryAccounts", "workloadAccounts"].flatMap((section) =>
      this.#items([section], config[section]).flatMap(([path, item]) =>
        this.#readAccount(path, item),
      ),
    );
    if (accounts.length === 0 && this.findings.diagnostics.length === 0) {
      const message = "the file lists no accounts under `mandatoryAccounts` or `workloadAccounts`";
      const help = "pass `accounts-config.yaml` of Landing Zone Accelerator";
      this.findings.report([], "organization-file", message, help);
    }
    // The accelerator forbids other names for the accounts that it needs.
    const management = accounts.find(({ name }) => name === "Management")?.id;
    return {
      ...(management === undefined ? {} : { managementAccountId: management }),
      units: [],
      accounts,
      complete: true,
      awsNames: false,
    };
  }

  #readIds(list: unknown): void {
    const addresses = new Map<string, Path>();
    for (const [path, item] of this.#items(["accountIds"], list)) {
      const email = this.findings.text([...path, "email"], item.email)?.toLowerCase();
      const id = this.findings.accountId([...path, "accountId"], item.accountId);
      if (email === undefined || id === undefined) continue;
      const known = this.#ids.get(email);
      const address = addresses.get(id);
      if (known !== undefined && known.id !== id) {
        this.findings.reportSecond(
          [...path, "email"],
          [...known.path, "email"],
          `${quoteText(email)} has two account IDs, ${known.id ?? ""} and ${id}`,
          "remove the entry that is wrong",
        );
      } else if (address !== undefined && known === undefined) {
        this.findings.reportSecond(
          [...path, "accountId"],
          [...address, "accountId"],
          `two e-mail addresses have the account ID ${id}`,
          "AWS allows an address for one account only: correct the ID of one of them",
        );
      }
      addresses.set(id, path);
      if (known === undefined) this.#ids.set(email, { id, path });
    }
  }

  #readAccount(path: Path, item: Values): OrganizationAccount[] {
    const name = this.findings.text([...path, "name"], item.name);
    if (name === undefined) {
      if (item.name === undefined || item.name === null) {
        const message = `an account of ${quoteName(String(path[0]))} must be a map with a \`name\``;
        this.findings.report(path, "organization-account", message);
      }
      return [];
    }
    const email = this.findings.text([...path, "email"], item.email)?.toLowerCase();
    const at = [...path, "email"];
    const earlier = email === undefined ? undefined : this.#emails.get(email);
    if (email !== undefined && earlier !== undefined) {
      this.findings.reportSecond(
        at,
        earlier,
        `two accounts have the e-mail address ${quoteText(email)}, which says which ID an account has`,
        "AWS allows an address for one account only: correct one of them",
      );
    } else if (email !== undefined) this.#emails.set(email, at);
    const unit = this.findings.text([...path, "organizationalUnit"], item.organizationalUnit);
    const id = email === undefined ? undefined : this.#ids.get(email)?.id;
    return [
      {
        ...(id === undefined ? {} : { id }),
        name,
        ...(unit === undefined ? {} : { unit: unitPath(unit) }),
        place: this.findings.place([...path, "name"]),
      },
    ];
  }

  /** The maps of a list, with their paths; nothing is an empty list. */
  #items(path: Path, value: unknown): (readonly [path: Path, item: Values])[] {
    const known = this.findings.known(path, value) ?? [];
    if (!Array.isArray(known)) {
      this.findings.report(
        path,
        "organization-file",
        `${quoteName(String(path[0]))} must be a list`,
      );
      return [];
    }
    const items: readonly unknown[] = known;
    return items.map((item, index) => [
      [...path, index],
      this.findings.map([...path, index], item),
    ]);
  }
}

type Values = Readonly<Record<string, unknown>>;

/** `Root` is the root, `Infrastructure/Network` a nested unit. */
function unitPath(unit: string): string {
  return unit === "Root" ? "/" : `/${unit.replace(/^\/|\/$/g, "")}`;
}

import { isObject } from "../../source/json-object";
import type { Tags } from "../../account-map/model/account-map";
import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { quoteText } from "../../diagnostics/quote";
import type { Path } from "../../source/source";
import { findingAt } from "../../source/finding";
import { readAccountId } from "./account-id";
import { readJsonDocuments } from "../../source/json/json-documents";
import type { JsonDocument } from "../../source/json/json-documents";
import { accountState } from "../organization";
import type { OrganizationAccount } from "../organization";
import type { OrganizationFinding, OrganizationResult } from "./organization-result";
import { byTextOf } from "../../values/order";

/**
 * Reads accounts of Account Factory for Terraform from JSON: what `aws dynamodb scan` prints of the tables
 * `aft-request-metadata`, where ids are, and `aft-request`; and account requests, as `*.tf.json` or as
 * `hcl2json` prints them, which have no ids. A request and the metadata of its account are one account
 * where they have the same e-mail address. Accounts that AFT did not make are not there.
 */
export function readAccountFactory(texts: ReadonlyMap<string, string>): OrganizationResult {
  const reader = new AccountFactoryReader();
  for (const [file, text] of texts) reader.readFile(file, text);
  return reader.result();
}

type Values = Readonly<Record<string, unknown>>;

interface Place {
  readonly document: JsonDocument;
  readonly path: Path;
}

class AccountFactoryReader {
  readonly #diagnostics: Diagnostic[] = [];
  /** Accounts by e-mail address, or by the place of those without one. */
  readonly #accounts = new Map<string, OrganizationAccount>();

  readFile(file: string, text: string): void {
    if (file.endsWith(".tf")) {
      this.#diagnostics.push({
        severity: "error",
        rule: "organization-file",
        file,
        message: "Terraform's own language is not read, only its JSON",
        help: `write \`hcl2json ${file} > ${file}.json\` (github.com/tmccombs/hcl2json) and pass that; for account IDs add the output of \`aws dynamodb scan --table-name aft-request-metadata\``,
      });
      return;
    }
    const { documents, diagnostics } = readJsonDocuments(file, text);
    this.#diagnostics.push(...diagnostics);
    for (const document of documents) {
      const { value } = document;
      const place = { document, path: [] };
      if (isObject(value) && Array.isArray(value.Items)) this.#readScan(value, place);
      else if (isObject(value) && isObject(value.module)) this.#readModules(value.module, place);
      else {
        this.#report(place, {
          rule: "organization-file",
          message: "this is neither a scan of a table, with `Items`, nor Terraform with `module`",
          help: "pass the output of `aws dynamodb scan --table-name aft-request-metadata --output json`",
        });
      }
    }
  }

  result(): OrganizationResult {
    const diagnostics = sortDiagnostics(this.#diagnostics);
    if (hasErrors(diagnostics)) return { diagnostics };
    const accounts = [...this.#accounts.values()].sort(byTextOf(({ id }) => id ?? "~"));
    return { organization: { units: [], accounts, complete: false, awsNames: true }, diagnostics };
  }

  #readScan(scan: Values, place: Place): void {
    for (const key of ["NextToken", "LastEvaluatedKey"]) {
      if (scan[key] === undefined || scan[key] === null) continue;
      this.#report(
        { ...place, path: [key] },
        {
          rule: "organization-incomplete",
          message: `the output is one page of several: it has a \`${key}\``,
          help: "run the command again without `--max-items` and `--no-paginate`, it then gets all pages",
        },
      );
    }
    for (const [index, raw] of (scan.Items as unknown[]).entries()) {
      const item = plainItem(raw);
      const at = { ...place, path: ["Items", index] };
      if (isObject(item.control_tower_parameters)) {
        this.#readRequest(item.control_tower_parameters, item.account_tags, at);
      } else this.#readMetadata(item, at);
    }
  }

  /** An entry of `aft-request-metadata`. */
  #readMetadata(item: Values, place: Place): void {
    const at = { ...place, path: [...place.path, "id"] };
    const read = readAccountId(item.id);
    if ("problem" in read) {
      this.#report(at, read.problem);
      return;
    }
    const { account_name: name, parent_ou: parent, email } = item;
    const state = accountState(undefined, item.account_status);
    this.#add(email, at, {
      id: read.id,
      name: typeof name === "string" ? name : read.id,
      ...(state === undefined ? {} : { state }),
      ...(typeof parent === "string" ? placeOf(parent) : {}),
      ...tagsOf(item.account_level_tags),
    });
  }

  #readModules(modules: Values, place: Place): void {
    for (const [name, value] of Object.entries(modules)) {
      // hcl2json has a list of all blocks of one name.
      const blocks: unknown[] = Array.isArray(value) ? value : [value];
      for (const block of blocks.filter(isObject)) {
        const parameters: unknown = block.control_tower_parameters;
        if (!isObject(parameters)) continue;
        this.#readRequest(parameters, block.account_tags, { ...place, path: ["module", name] });
      }
    }
  }

  #readRequest(parameters: Values, tags: unknown, place: Place): void {
    const { AccountName: name, AccountEmail: email, ManagedOrganizationalUnit: unit } = parameters;
    if (typeof name !== "string" || name.includes("${")) {
      const shown = typeof name === "string" ? quoteText(name) : "nothing";
      this.#report(place, {
        rule: "organization-account",
        message: `the request has no literal \`AccountName\`, but ${shown}`,
        help: "pass the scan of the table `aft-request`, where Terraform has filled in the values",
      });
      return;
    }
    this.#add(email, place, {
      name,
      ...(typeof unit === "string" ? placeOf(unit) : {}),
      ...tagsOf(tags),
    });
  }

  #add(email: unknown, { document, path }: Place, account: OrganizationAccount): void {
    const { file } = document;
    const span = document.locate(path);
    const key =
      typeof email === "string"
        ? email.toLowerCase()
        : `${file}:${String(span.start.line)}:${path.join(".")}`;
    this.#accounts.set(key, {
      ...this.#accounts.get(key),
      ...account,
      madeBy: "account-factory-for-terraform",
      place: { file, span },
    });
  }

  #report({ document, path }: Place, finding: OrganizationFinding): void {
    this.#diagnostics.push(findingAt(document, path, finding));
  }
}

/** Where a unit is: `Name` below the root, `Name (ou-ab12-cdefgh34)` or an id anywhere. */
function placeOf(unit: string): Pick<OrganizationAccount, "unit" | "unitId"> {
  const unitId = /(?:^|\()(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})\)?$/.exec(unit)?.[1];
  if (unitId !== undefined) return { unitId };
  return { unit: unit === "Root" || unit.startsWith("r-") ? "/" : `/${unit}` };
}

/** Tags as a map, or as the JSON text that AFT keeps in its tables. */
function tagsOf(value: unknown): { readonly tags?: Tags } {
  let tags = value;
  if (typeof value === "string") {
    try {
      tags = JSON.parse(value);
    } catch {
      return {};
    }
  }
  if (!isObject(tags)) return {};
  const entries = Object.entries(tags).map(([key, each]) => [key, String(each)] as const);
  return entries.some(([, each]) => each.includes("${"))
    ? {}
    : { tags: Object.fromEntries(entries) };
}

/** An item of DynamoDB as the CLI prints it, `{"id": {"S": "text"}}`, without the types of its values. */
function plainItem(item: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(item)) return {};
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const [type, ...others] = Object.keys(value);
  if (type === undefined || others.length > 0) return value;
  const content = value[type];
  if (type === "M") return plainItem(content);
  if (type === "L") return Array.isArray(content) ? content.map(plainValue) : content;
  if (type === "N") return Number(content);
  return type === "NULL" ? null : content;
}

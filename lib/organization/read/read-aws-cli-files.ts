import { isObject } from "../../source/json-object";
import type { Tags } from "../../account-map/model/account-map";
import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import { listNames } from "../../diagnostics/nearest";
import type { Path } from "../../source/source";
import { readAccountId } from "./account-id";
import { assembleOrganization } from "./assemble-organization";
import type { ListedAccount, ListedUnit, OrganizationListing } from "./assemble-organization";
import { readJsonDocuments } from "../../source/json/json-documents";
import type { OrganizationFinding, OrganizationResult } from "./organization-result";

/**
 * Reads what `aws organizations` prints: `describe-organization`, `list-roots`, `list-accounts`,
 * `list-accounts-for-parent`, `list-organizational-units-for-parent`, `list-tags-for-resource` and
 * `describe-account`, any number of them in any number of files. Outputs that do not say what they
 * describe need a key `ParentId` or `ResourceId`, or a file that is named for it:
 * `ou-ab12-cdefgh34.json`. Keys may be in lower case, and a list may be alone, as `--query` leaves them.
 *
 * `list-accounts` alone is enough; OUs and tags are then unknown.
 */
export function readAwsCliFiles(texts: ReadonlyMap<string, string>): OrganizationResult {
  const reader = new AwsCliReader();
  for (const [file, text] of texts) reader.readFile(file, text);
  return reader.result([...texts.keys()]);
}

type Values = Readonly<Record<string, unknown>>;

/** An output of the AWS CLI, and the place of its values. */
interface Output {
  readonly file: string;
  readonly values: Values;
  readonly locate: (path: Path) => Span;
}

class AwsCliReader {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #rootIds = new Set<string>();
  readonly #units: ListedUnit[] = [];
  readonly #accounts: ListedAccount[] = [];
  readonly #tags = new Map<string, Tags>();
  #organization: OrganizationListing["organization"];
  #allAccounts = false;
  /** Parents whose accounts are listed, and those whose units are. */
  readonly #accountsOf = new Set<string>();
  readonly #unitsOf = new Set<string>();

  /** What each key of an output holds. */
  readonly #readers: Readonly<Record<string, (output: Output) => void>> = {
    Organization: (output) => {
      this.#readOrganization(output);
    },
    Roots: (output) => {
      for (const [, root] of this.#items(output, "Roots"))
        this.#rootIds.add(String(fieldOf(root, "Id")));
    },
    OrganizationalUnits: (output) => {
      this.#readUnits(output);
    },
    Accounts: (output) => {
      this.#readAccounts(output);
    },
    Account: (output) => {
      const key = keyIn(output.values, "Account");
      const account = output.values[key];
      if (isObject(account)) this.#readAccount(output, [key], account);
    },
    Tags: (output) => {
      this.#readTags(output);
    },
  };

  readFile(file: string, text: string): void {
    const { documents, diagnostics } = readJsonDocuments(file, text);
    this.#diagnostics.push(...diagnostics);
    for (const document of documents) {
      const list = listOf(document.value);
      const value = list === undefined ? document.value : { [list]: document.value };
      const locate = (path: Path): Span =>
        document.locate(list === undefined ? path : path.slice(1));
      const keys = isObject(value)
        ? Object.keys(this.#readers).filter((key) => Object.hasOwn(value, keyIn(value, key)))
        : [];
      if (!isObject(value) || keys.length === 0) {
        const known = listNames(Object.keys(this.#readers));
        this.#report(file, locate([]), {
          rule: "organization-file",
          message: `this is not output of \`aws organizations\`, which has one of the keys ${known}`,
          help: "pass whole outputs with `--output json`, as docs/sync.md shows",
        });
        continue;
      }
      if (typeof fieldOf(value, "NextToken") === "string") {
        this.#report(file, locate([keyIn(value, "NextToken")]), {
          rule: "organization-incomplete",
          message: "the output is one page of several: it has a `NextToken`",
          help: "run the command again without `--max-items` and `--no-paginate`, it then gets all pages",
        });
      }
      for (const key of keys) this.#readers[key]?.({ file, values: value, locate });
    }
  }

  result(files: readonly string[]): OrganizationResult {
    const [file = ""] = files;
    const parents = [...this.#rootIds, ...this.#units.map(({ Id }) => Id)];
    const unlisted = [
      ...parents.filter((id) => !this.#unitsOf.has(id)),
      ...parents.filter((id) => !this.#accountsOf.has(id)),
    ];
    const complete = this.#allAccounts || (parents.length > 0 && unlisted.length === 0);
    if (!hasErrors(this.#diagnostics)) {
      if (this.#accounts.length === 0) {
        this.#report(file, undefined, {
          rule: "organization-incomplete",
          message: "no account is listed",
          help: "add the output of `aws organizations list-accounts`",
        });
      } else if (!complete) {
        const [first] = unlisted;
        const missing =
          first === undefined ? "the output of `list-accounts`" : `what is in ${first}`;
        this.#report(file, undefined, {
          severity: "warning",
          rule: "organization-incomplete",
          message: `not all accounts are listed, ${missing} is missing: accounts that only the map has are not reported`,
          help: "add the output of `aws organizations list-accounts`",
        });
      }
    }
    const { organization, problems } = assembleOrganization({
      ...(this.#organization === undefined ? {} : { organization: this.#organization }),
      rootIds: [...this.#rootIds],
      units: this.#units,
      accounts: this.#accounts,
      tags: this.#tags,
      complete,
    });
    for (const message of problems) {
      this.#report(file, undefined, {
        rule: "organization-incomplete",
        message,
        help: "pass `list-organizational-units-for-parent` of the root and of every OU, all created at the same time",
      });
    }
    const diagnostics = sortDiagnostics(this.#diagnostics);
    return hasErrors(diagnostics) ? { diagnostics } : { organization, diagnostics };
  }

  #readOrganization({ values }: Output): void {
    const organization = fieldOf(values, "Organization");
    if (!isObject(organization)) return;
    const Id = fieldOf(organization, "Id");
    const MasterAccountId = fieldOf(organization, "MasterAccountId");
    this.#organization = {
      ...(typeof Id === "string" ? { Id } : {}),
      ...(typeof MasterAccountId === "string" ? { MasterAccountId } : {}),
    };
  }

  #readUnits(output: Output): void {
    const parentId = parentOf(output);
    if (parentId === undefined) {
      this.#report(output.file, output.locate(["OrganizationalUnits"]), {
        rule: "organization-file",
        message: "the parent of these OUs is missing",
        help: "add `--query \"{ParentId: 'ou-...', OrganizationalUnits: OrganizationalUnits}\"` to the command, or name the file after the ID of the parent, such as `ou-ab12-cdefgh34.json`",
      });
      return;
    }
    this.#unitsOf.add(parentId);
    for (const [, unit] of this.#items(output, "OrganizationalUnits")) {
      const Id = String(fieldOf(unit, "Id"));
      this.#units.push({ Id, Name: String(fieldOf(unit, "Name")), parentId });
    }
  }

  #readAccounts(output: Output): void {
    const parentId = parentOf(output);
    if (parentId === undefined) this.#allAccounts = true;
    else this.#accountsOf.add(parentId);
    for (const [path, account] of this.#items(output, "Accounts")) {
      this.#readAccount(output, path, account, parentId);
    }
  }

  #readAccount(output: Output, path: Path, account: Values, parentId?: string): void {
    const { file, locate } = output;
    const span = locate([...path, keyIn(account, "Id")]);
    const read = readAccountId(fieldOf(account, "Id"));
    if ("problem" in read) {
      this.#report(file, span, read.problem);
      return;
    }
    const text = (key: string): string | undefined => {
      const value = fieldOf(account, key);
      return typeof value === "string" ? value : undefined;
    };
    this.#accounts.push({
      Id: read.id,
      Name: text("Name") ?? read.id,
      Arn: text("Arn"),
      State: text("State"),
      Status: text("Status"),
      JoinedMethod: text("JoinedMethod"),
      parentId,
      place: { file, span },
    });
  }

  #readTags(output: Output): void {
    const { file, values, locate } = output;
    const named = fieldOf(values, "ResourceId") ?? /(\d{12})\.json$/.exec(file)?.[1];
    if (typeof named !== "string" && typeof named !== "number") {
      this.#report(file, locate(["Tags"]), {
        rule: "organization-file",
        message: "the resource with these tags is missing",
        help: "add `--query \"{ResourceId: '...', Tags: Tags}\"` to the command, or name the file after the account, such as `111111111111.json`",
      });
      return;
    }
    const tags = this.#items(output, "Tags").map(([, tag]) => [
      String(fieldOf(tag, "Key")),
      String(fieldOf(tag, "Value")),
    ]);
    this.#tags.set(String(named), Object.fromEntries(tags) as Tags);
  }

  #items(output: Output, name: string): (readonly [path: Path, item: Values])[] {
    const key = keyIn(output.values, name);
    const list = output.values[key];
    // With `--query`, nothing at all is `null`.
    if (list === null) return [];
    const items = Array.isArray(list) ? (list as unknown[]) : [list];
    return items.flatMap((item, index) => {
      if (isObject(item)) return [[[key, index], item] as const];
      this.#report(output.file, output.locate([key, index]), {
        rule: "organization-file",
        message: `\`${key}\` must be a list of objects, as \`aws organizations\` prints it`,
        help: "pass the whole output, with no other `--query` than docs/sync.md shows",
      });
      return [];
    });
  }

  #report(file: string, span: Span | undefined, finding: OrganizationFinding): void {
    this.#diagnostics.push({
      severity: "error",
      file,
      ...(span === undefined ? {} : { span }),
      ...finding,
    });
  }
}

/** The root or unit that an output is about: it says so itself, or its file's name does. */
function parentOf({ file, values }: Output): string | undefined {
  const parentId = fieldOf(values, "ParentId");
  if (typeof parentId === "string") return parentId;
  return /(?:^|[^a-z0-9-])(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})\.json$/.exec(
    file,
  )?.[1];
}

/** The key of an object that is `key` but for capitals, which a `--query` chooses itself. */
function keyIn(values: Values, key: string): string {
  if (Object.hasOwn(values, key)) return key;
  const lower = key.toLowerCase();
  return Object.keys(values).find((own) => own.toLowerCase() === lower) ?? key;
}

function fieldOf(values: Values, key: string): unknown {
  return values[keyIn(values, key)];
}

/** What a list without a key lists, told by its first item; `undefined` if nothing tells it. */
function listOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  if (!isObject(first)) return undefined;
  if (fieldOf(first, "Key") !== undefined) return "Tags";
  const id = String(fieldOf(first, "Id"));
  if (id.startsWith("r-")) return "Roots";
  if (id.startsWith("ou-")) return "OrganizationalUnits";
  return fieldOf(first, "Id") === undefined ? undefined : "Accounts";
}

import type {
  Account,
  AccountMap,
  ParameterValues,
  PermissionsBoundary,
} from "../../account-map/model/account-map";
import type { Path } from "../../source/yaml/yaml-source";
import { policyKind } from "../../iam/grammar/policy-kind";
import type { Statement } from "../../iam/policy-document";
import { fillIn } from "../../plan/parameters";
import { roleEntries } from "./role-entry";
import type { RoleEntry } from "./role-entry";
import type { RuleFinding, RuleInput } from "../rule";

/** A statement of a permission policy or of a boundary that a person wrote, once, wherever it is used. */
export interface WrittenStatement {
  /** As written: parameters are not filled in. */
  readonly statement: Statement;
  /** The document of `policies/` that holds it. @default - the map does */
  readonly document?: string;
  /** Path of the statement in its document or in the map. */
  readonly at: Path;
  /** Whether it can grant something: it is in a permissions policy, or in a document without a user that reads like one. */
  readonly grants: boolean;
  /** Whether it is in a boundary, or in a document without a user that reads like one. */
  readonly bounds: boolean;
  /** The roles that it applies to. */
  readonly holders: readonly StatementHolder[];
}

/** An entry whose roles a statement applies to, with the values of its parameters. */
export interface StatementHolder {
  readonly entry: RoleEntry;
  readonly use: "permissions" | "boundary";
  readonly values: ParameterValues;
}

/** A statement as one role gets it. */
export interface HeldStatement {
  readonly entry: RoleEntry;
  readonly account: Account;
  /** With all parameters filled in. */
  readonly statement: Statement;
}

const statementsOfMap = new WeakMap<AccountMap, readonly WrittenStatement[]>();

/** Every statement that people wrote, in the documents of `policies/` and in the map. */
export function writtenStatements({ map, documents }: RuleInput): readonly WrittenStatement[] {
  const known = statementsOfMap.get(map);
  if (known !== undefined) return known;
  const holders = documentHolders(map);
  const usual = boundaryDocument(map.defaultBoundary);
  const written: WrittenStatement[] = [];
  for (const [name, { document }] of documents) {
    const own = holders.get(name) ?? [];
    // The boundary of the defaults bounds whatever role comes; what nothing uses is told by its content.
    const unused = own.length === 0 && name !== usual;
    const limits = unused && policyKind(document) === "boundary";
    const bounds = name === usual || limits || own.some(({ use }) => use === "boundary");
    const grants = (unused && !limits) || own.some(({ use }) => use === "permissions");
    for (const [index, shape] of (document.Statement ?? []).entries()) {
      if (shape === null || shape.Principal !== undefined) continue;
      const statement = shape as Statement; // its grammar was checked
      const at = ["Statement", index];
      written.push({ statement, document: name, at, grants, bounds, holders: own });
    }
  }
  for (const entry of roleEntries(map)) {
    const { statements, at } = entry.settings.permissions;
    const own: StatementHolder[] = [{ entry, use: "permissions", values: new Map() }];
    for (const [index, statement] of statements.entries()) {
      const path = [...at, "statements", index];
      written.push({ statement, at: path, grants: true, bounds: false, holders: own });
    }
  }
  statementsOfMap.set(map, written);
  return written;
}

/** Names of the documents of `policies/` that no role in the map has, as permissions or as boundary. */
export function unusedDocuments({ map, documents }: RuleInput): ReadonlySet<string> {
  const holders = documentHolders(map);
  const usual = boundaryDocument(map.defaultBoundary);
  return new Set([...documents.keys()].filter((name) => !holders.has(name) && name !== usual));
}

/** A statement as each of its roles gets it, or those among its roles that get it as a permission. */
export function* heldStatements(
  { statement, holders }: WrittenStatement,
  map: AccountMap,
  use?: StatementHolder["use"],
): Generator<HeldStatement> {
  for (const { entry, values, use: own } of holders) {
    if (use !== undefined && use !== own) continue;
    for (const account of entry.accounts) {
      // What is missing or of the wrong type was reported when the plan was made.
      const report = (): void => undefined;
      const scope = { account, declared: map.parameters, values, report, at: entry.settings.at };
      yield { entry, account, statement: fillIn(statement, scope) };
    }
  }
}

/** The path, below the statement, of a resource that a role gets; `index` counts among those of the role. */
export function resourcePath({ statement }: WrittenStatement, index: number, count: number): Path {
  const { Resource } = statement;
  // Where a parameter was a list, the places have shifted.
  return typeof Resource === "string" || Resource?.length !== count
    ? ["Resource"]
    : ["Resource", index];
}

/** Where a finding about a part of a statement points. */
export function placeIn(
  { document, at }: WrittenStatement,
  ...path: Path
): Pick<RuleFinding, "at" | "document"> {
  return { at: [...at, ...path], ...(document === undefined ? {} : { document }) };
}

function documentHolders(map: AccountMap): ReadonlyMap<string, StatementHolder[]> {
  const holders = new Map<string, StatementHolder[]>();
  const add = (document: string, holder: StatementHolder): void => {
    const list = holders.get(document) ?? [];
    list.push(holder);
    holders.set(document, list);
  };
  for (const entry of roleEntries(map)) {
    const { permissions, permissionsBoundary } = entry.settings;
    for (const { document, values } of permissions.documents) {
      add(document, { entry, use: "permissions", values });
    }
    const document = boundaryDocument(permissionsBoundary);
    if (document !== undefined) add(document, { entry, use: "boundary", values: new Map() });
  }
  return holders;
}

/** The document of `policies/` that has the text of a boundary. @default - AWS or nobody says it */
function boundaryDocument(boundary: PermissionsBoundary | undefined): string | undefined {
  return boundary === undefined || boundary.kind === "managed" ? undefined : boundary.document;
}

import type {
  Account,
  AccountMap,
  ParameterValues,
  PermissionsBoundary,
} from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import { policyKind } from "../../iam/grammar/policy-kind";
import type { PolicyKind } from "../../iam/grammar/policy-kind";
import type { PolicySource } from "../../iam/policy-shape";
import type { Statement } from "../../iam/policy-document";
import { fillIn } from "../../plan/parameters";
import type { RoleEntry } from "./role-entry";
import type { RuleFinding } from "../rule-finding";
import { addTo } from "../../values/group";

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
  /** The parameters of the map. */
  readonly declared: AccountMap["parameters"];
}

/** A statement as one role gets it. */
export interface HeldStatement {
  readonly entry: RoleEntry;
  readonly account: Account;
  /** With all parameters filled in. */
  readonly statement: Statement;
}

/**
 * The statements of documents.
 *
 * @param kinds what documents are for that nothing uses. @default - their content says it
 * @param holders by document
 * @param usual the document that bounds whatever role comes
 */
export function writtenIn(
  documents: ReadonlyMap<string, PolicySource>,
  kinds: ReadonlyMap<string, PolicyKind>,
  holders: ReadonlyMap<string, readonly StatementHolder[]>,
  usual: string | undefined,
): readonly WrittenStatement[] {
  return [...documents].flatMap(([name, { document }]) => {
    const own = holders.get(name) ?? [];
    const unused = own.length === 0 && name !== usual;
    const limits = unused && (kinds.get(name) ?? policyKind(document)) === "boundary";
    const bounds = name === usual || limits || own.some(({ use }) => use === "boundary");
    const grants = (unused && !limits) || own.some(({ use }) => use === "permissions");
    return (document.Statement ?? []).flatMap((shape, index): WrittenStatement[] => {
      if (shape === null || shape.Principal !== undefined) return [];
      const statement = shape as Statement; // its grammar was checked
      const at = ["Statement", index];
      return [{ statement, document: name, at, grants, bounds, holders: own }];
    });
  });
}

/** The statements that are in the map itself. */
export function mapStatements(
  { parameters: declared }: AccountMap,
  entries: readonly RoleEntry[],
): readonly WrittenStatement[] {
  return entries.flatMap((entry) => {
    const { statements, at } = entry.settings.permissions;
    const holders: StatementHolder[] = [{ entry, use: "permissions", values: new Map(), declared }];
    return statements.map((statement, index): WrittenStatement => {
      const path = [...at, "statements", index];
      return { statement, at: path, grants: true, bounds: false, holders };
    });
  });
}

/** A statement as each of its roles gets it, or those among its roles that get it as a permission. */
export function* heldStatements(
  { statement, holders }: WrittenStatement,
  use?: StatementHolder["use"],
): Generator<HeldStatement> {
  for (const { entry, values, declared, use: own } of holders) {
    if (use !== undefined && use !== own) continue;
    for (const account of entry.accounts) {
      // What is missing or of the wrong type was reported when the plan was made.
      const report = (): void => undefined;
      const scope = { account, declared, values, report, at: entry.settings.at };
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

/** The entries whose roles have each document, as permissions or as boundary. */
export function documentHolders(
  { parameters: declared }: AccountMap,
  entries: readonly RoleEntry[],
): ReadonlyMap<string, readonly StatementHolder[]> {
  const holders = new Map<string, StatementHolder[]>();
  const add = (document: string, holder: Omit<StatementHolder, "declared">): void => {
    addTo(holders, document, { ...holder, declared });
  };
  for (const entry of entries) {
    const { permissions, permissionsBoundary } = entry.settings;
    for (const { document, values } of permissions.documents) {
      add(document, { entry, use: "permissions", values });
    }
    const document = boundaryDocument(permissionsBoundary);
    if (document !== undefined) add(document, { entry, use: "boundary", values: new Map() });
  }
  return holders;
}

/** The document that bounds whatever role comes: that of the boundary of the defaults. */
export function usualBoundary({ defaultBoundary }: AccountMap): string | undefined {
  return boundaryDocument(defaultBoundary);
}

/** The document of `policies/` that has the text of a boundary. @default - AWS or nobody says it */
function boundaryDocument(boundary: PermissionsBoundary | undefined): string | undefined {
  return boundary === undefined || boundary.kind === "managed" ? undefined : boundary.document;
}

import type { OneOrMore } from "../../iam/policy-document";
import type { Account } from "../model/account-map";
import type { Principal } from "../model/principal";
import type { RawPrincipal } from "./raw-account-map";
import { checkIdentifier, listOf } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** Reads the names and the path of IAM users or roles. */
export function readEntity(
  raw: { readonly name: OneOrMore; readonly path?: string },
  kind: "userName" | "roleName",
  what: string,
  path: Path,
  reporter: Reporter,
): { readonly names: readonly string[]; readonly path: string } {
  const names = listOf(raw.name);
  for (const [index, name] of names.entries()) {
    const at = [...path, "name", ...(typeof raw.name === "string" ? [] : [index])];
    checkIdentifier(reporter, at, kind, what, name);
  }
  if (raw.path !== undefined) {
    checkIdentifier(reporter, [...path, "path"], "rolePath", "a path", raw.path);
  }
  return { names, path: raw.path ?? "/" };
}

/** Reads a permission set of IAM Identity Center, by name or by a pattern of names. */
export function readPermissionSet(
  raw: NonNullable<RawPrincipal["permissionSet"]>,
  path: Path,
  reporter: Reporter,
  accountOf: (name: string | undefined) => Account | undefined,
): Principal | undefined {
  const { name, namePattern } = raw;
  const pattern = name ?? namePattern;
  if (pattern === undefined || (name !== undefined && namePattern !== undefined)) {
    reporter.report(path, {
      rule: "missing-key",
      atKey: true,
      message: `a permission set is given by exactly one of \`name\` and \`namePattern\`, got ${pattern === undefined ? "none" : "both"}`,
      help: "write `name:` with the whole name, or `namePattern:` with `*` and `?` in it",
    });
    return undefined;
  }
  if (name !== undefined) {
    const what = "a permission set name";
    checkIdentifier(reporter, [...path, "name"], "permissionSetName", what, name);
  } else {
    const at = [...path, "namePattern"];
    const what = "a permission set name pattern";
    checkIdentifier(reporter, at, "permissionSetPattern", what, pattern);
  }
  return { kind: "permissionSet", account: accountOf(raw.account), pattern };
}

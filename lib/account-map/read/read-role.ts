import { splitPath } from "../../iam/arn";
import { listNames } from "../../diagnostics/nearest";
import { quoteName, shorten } from "../../diagnostics/quote";
import type { RoleName, RolePath } from "../../iam/identifier";
import { LIMITS } from "../../iam/limits";
import type { Permissions, PermissionsBoundary, RoleSettings, Tags } from "../model/account-map";
import { addressPart } from "../model/address-part";
import { durationSeconds } from "../model/duration";
import type {
  RawPermissionsBoundary,
  RawDefaults,
  RawPermissions,
  RawChainRole,
} from "./raw-account-map";
import { readParameterValues } from "./read-parameters";
import type { DeclaredParameters } from "./read-parameters";
import { checkIdentifier, lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** What the map writes of every role. */
type RawRole = Omit<RawChainRole, "account" | "externalId" | "access">;

/** What roles draw on. */
export interface RoleScope {
  readonly defaults: RawDefaults;
  /** Names of the documents in `policies/`. */
  readonly documents: ReadonlyMap<string, unknown>;
  readonly parameters: DeclaredParameters;
}

/** Reads what every role has, with the defaults of the map filled in. */
export function readRole(
  key: string,
  raw: RawRole,
  path: Path,
  scope: RoleScope,
  reporter: Reporter,
): RoleSettings {
  const { defaults } = scope;
  const roleName = raw.role ?? key;
  const namePath = raw.role === undefined ? path : [...path, "role"];
  checkIdentifier(reporter, namePath, "roleName", "a role name", roleName);
  const rolePath = raw.path ?? defaults.rolePath ?? "/";
  const pathPath = raw.path === undefined ? ["defaults", "rolePath"] : [...path, "path"];
  checkIdentifier(reporter, pathPath, "rolePath", "a role path", rolePath);
  if (raw.description !== undefined) {
    const at = [...path, "description"];
    checkIdentifier(reporter, at, "roleDescription", "a role description", raw.description);
  }
  const boundaryPath = raw.permissionsBoundary === undefined ? ["defaults"] : path;
  const boundary = readBoundary(
    raw.permissionsBoundary ?? defaults.permissionsBoundary,
    [...boundaryPath, "permissionsBoundary"],
    scope,
    reporter,
  );
  return {
    key,
    roleName: roleName as RoleName,
    path: rolePath as RolePath,
    ...(raw.description === undefined ? {} : { description: raw.description }),
    maxSessionSeconds: readMaxSession(raw, defaults, path, reporter),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    tags: readTags(raw.tags, [...path, "tags"], reporter),
    permissions: readPermissions(raw.permissions, [...path, "permissions"], scope, reporter),
    at: path,
  };
}

function readMaxSession(
  raw: RawRole,
  defaults: RawDefaults,
  path: Path,
  reporter: Reporter,
): number {
  const text = raw.maxSession ?? defaults.maxSession ?? "1h";
  const seconds = durationSeconds(text);
  if (seconds < LIMITS.roleSessionMin || seconds > LIMITS.roleSessionMax) {
    reporter.report([...(raw.maxSession === undefined ? ["defaults"] : path), "maxSession"], {
      rule: "ID-15",
      message: `the longest session of a role must be between \`1h\` and \`12h\`, got \`${text}\``,
    });
  }
  return seconds;
}

/** Reads a permissions boundary, of a role or of the defaults. */
export function readBoundary(
  raw: RawPermissionsBoundary | undefined,
  at: Path,
  scope: Pick<RoleScope, "documents">,
  reporter: Reporter,
): PermissionsBoundary | undefined {
  if (raw === undefined || raw === "none") return undefined;
  if (typeof raw === "string") {
    lookUp(reporter, at, "document", raw, scope.documents);
    return { kind: "document", document: raw, at };
  }
  const { managed, existing, document } = raw;
  if (managed !== undefined && (existing ?? document) === undefined) {
    return { kind: "managed", arnPath: managed, at };
  }
  if (managed !== undefined || existing === undefined) {
    reporter.report(at, {
      rule: "boundary",
      message: `a permissions boundary that exists must be named by \`managed\`, or by \`existing\` with or without \`document\`, got ${listNames(Object.keys(raw))}`,
      help: "AWS defines `managed` policies; set `document` only for an `existing` one",
    });
    return undefined;
  }
  const full = existing.startsWith("/") ? existing : `/${existing}`;
  const { path, name } = splitPath(full);
  checkIdentifier(reporter, [...at, "existing"], "policyName", "a policy name", name);
  checkIdentifier(reporter, [...at, "existing"], "policyPath", "a policy path", path);
  if (document === undefined) return { kind: "existing", path, name, at };
  lookUp(reporter, [...at, "document"], "document", document, scope.documents);
  return { kind: "existing", path, name, document, at };
}

/** Reads tags and checks their keys and values. */
export function readTags(
  raw: Readonly<Record<string, string>> | undefined,
  path: Path,
  reporter: Reporter,
): Tags {
  const seen = new Map<string, string>();
  for (const [key, value] of Object.entries(raw ?? {})) {
    checkIdentifier(reporter, [...path, key], "tagKey", "a tag key", key, true);
    checkIdentifier(reporter, [...path, key], "tagValue", "a tag value", value);
    const twin = seen.get(key.toLowerCase());
    if (twin !== undefined) {
      reporter.report([...path, key], {
        rule: "ID-29",
        atKey: true,
        message: `the tag keys \`${twin}\` and \`${key}\` differ only by case, which IAM ignores`,
        related: { path: [...path, twin], message: "first used here" },
      });
    }
    seen.set(key.toLowerCase(), key);
  }
  return raw ?? {};
}

function readPermissions(
  raw: RawPermissions | undefined,
  path: Path,
  scope: RoleScope,
  reporter: Reporter,
): Permissions {
  const documents = (raw?.documents ?? []).map((use, index) => {
    const at = [...path, "documents", index];
    const {
      document,
      name = document,
      with: values,
    } = typeof use === "string" ? { document: use } : use;
    const [place, namePlace] =
      typeof use === "string"
        ? [at, at]
        : [
            [...at, "document"],
            [...at, "name"],
          ];
    lookUp(reporter, place, "document", document, scope.documents);
    if (name !== document || scope.documents.has(document)) {
      checkIdentifier(reporter, namePlace, "policyName", "a policy name", name);
    }
    return {
      document,
      name,
      values: readParameterValues(values, [...at, "with"], scope.parameters, reporter),
      at,
    };
  });
  const names = new Set<string>();
  for (const { name, document, at } of documents) {
    const address = addressPart(name);
    if (names.has(address)) {
      reporter.report(at, {
        rule: "policy-name",
        message: `the role has a policy ${quoteName(name)} already`,
        help: `write \`{document: ${shorten(document, 64)}, name: ..., with: ...}\` with its own name`,
      });
    }
    names.add(address);
  }
  return {
    managed: (raw?.managed ?? []).map((name, index) => ({ name, at: [...path, "managed", index] })),
    documents,
    statements: raw?.statements ?? [],
    at: path,
  };
}

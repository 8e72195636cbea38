import { isAssumePolicyName } from "../../plan/generated-names";
import { durationSeconds, formatDuration } from "../../account-map/model/duration";
import type { NewValue } from "../../account-map/edit/change";
import type { RawPermissionsBoundary, RawDefaults } from "../../account-map/read/raw-account-map";
import type { Tags } from "../../account-map/model/account-map";
import type { PolicyDocument } from "../../iam/policy-document";
import type { AdoptedDocuments } from "./adopted-documents";
import type { ExistingRole } from "../read/existing-access";
import { ownPolicies } from "./own-policies";

/** What the fields of a role are written with. */
export interface RoleFieldsScope {
  readonly defaults: RawDefaults;
  /** Tags of everything that the map makes. */
  readonly tags: Tags;
  /** Path of the managed policies that the map makes. */
  readonly policyPath: string;
  readonly documents: AdoptedDocuments;
}

/** An entry of the map while it is written. */
export type Fields = Readonly<Record<string, NewValue>>;

/**
 * What the map says of an existing role in addition to its name and principals; what its defaults already
 * say is omitted.
 *
 * @param targets ARNs of the roles that the map allows it to assume
 * @param general whether its account ID is written as a parameter
 */
export function roleFields(
  role: ExistingRole,
  targets: ReadonlySet<string>,
  general: boolean,
  scope: RoleFieldsScope,
): Fields {
  const { defaults } = scope;
  const tags = Object.entries(role.tags).filter(([key, value]) => scope.tags[key] !== value);
  const boundary = boundaryField(role, scope);
  const permissions = permissionFields(role, targets, general, scope);
  return {
    ...(role.path === (defaults.rolePath ?? "/") ? {} : { path: role.path }),
    // Without one, the map would make one.
    description: role.description,
    ...(role.maxSessionSeconds === durationSeconds(defaults.maxSession ?? "1h")
      ? {}
      : { maxSession: formatDuration(role.maxSessionSeconds) }),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
    ...(Object.keys(permissions).length === 0 ? {} : { permissions }),
  };
}

function boundaryField(
  { boundary }: ExistingRole,
  { defaults, policyPath }: RoleFieldsScope,
): NewValue | undefined {
  const usual = defaults.permissionsBoundary;
  if (boundary === undefined) return usual === undefined || usual === "none" ? undefined : "none";
  const [, owner, path = ""] = /^arn:[a-z-]+:iam::(aws|\d{12}):policy\/(.+)$/.exec(boundary) ?? [];
  if (isUsual(usual, owner, path, policyPath)) return undefined;
  return owner === "aws" ? { managed: path } : { existing: path };
}

function isUsual(
  usual: RawPermissionsBoundary | undefined,
  owner: string | undefined,
  path: string,
  policyPath: string,
): boolean {
  if (usual === undefined || usual === "none") return false;
  if (typeof usual === "string") return owner !== "aws" && `/${path}` === `${policyPath}${usual}`;
  return owner === "aws"
    ? usual.managed === path
    : usual.managed === undefined && usual.existing?.replace(/^\//, "") === path;
}

function permissionFields(
  role: ExistingRole,
  targets: ReadonlySet<string>,
  general: boolean,
  { documents }: RoleFieldsScope,
): Fields {
  const managed = role.attached.map((arn) => arn.replace(/^arn:[a-z-]+:iam::aws:policy\//, ""));
  const uses = ownPolicies(role, targets).map(({ name, document }): NewValue => {
    const own = general ? withParameter(document, role.accountId) : document;
    // The map makes a policy of this name for what the role may assume.
    const free = targets.size > 0 && isAssumePolicyName(name) ? `own-${name}` : name;
    const used = documents.nameOf(free, own);
    return used === free ? used : { document: used, name: free };
  });
  return {
    ...(managed.length === 0 ? {} : { managed }),
    ...(uses.length === 0 ? {} : { documents: uses }),
  };
}

/** A document that says `{{account.id}}` for an account, wherever ARNs name it. */
function withParameter(document: PolicyDocument, accountId: string): PolicyDocument {
  const text = JSON.stringify(document).replaceAll(accountId, "{{account.id}}");
  return JSON.parse(text) as PolicyDocument;
}

import { listNames } from "../../diagnostics/nearest";
import { quoteName } from "../../diagnostics/quote";
import type { Organization } from "../model/account-map";
import type { Principal } from "../model/principal";
import type { RawPrincipal } from "./raw-account-map";
import { organizationPath } from "../model/organization-path";
import type { PrincipalScope } from "./principal-scope";
import { checkIdentifier, lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** Reads an OU whose people can assume a role; `home` is the organization of the role. */
export function readUnit(
  raw: RawPrincipal,
  home: Organization | undefined,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const unit = raw.organizationalUnit;
  if (unit === undefined) return undefined;
  const organization =
    unit.organization === undefined
      ? home
      : lookUp(
          reporter,
          [...path, "organization"],
          "organization",
          unit.organization,
          scope.organizations,
        );
  const rootId = organization?.rootId;
  if (organization === undefined || rootId === undefined) {
    reporter.report(path, {
      rule: "ID-04",
      atKey: true,
      message:
        organization === undefined
          ? "a principal of kind `organizationalUnit` needs an organization"
          : `the organization \`${organization.key}\` has no \`root\` ID, which every OU path begins with`,
    });
    return undefined;
  }
  const orgPath = organizationPath(organization, unit.unit);
  if (orgPath === undefined) {
    reporter.report([...path, "unit"], {
      rule: "ID-04",
      message: `${quoteName(unit.unit)} and each OU above it need an ID, known: ${listNames(organization.unitIds.keys())}`,
      help: `add the IDs under \`organizations.${organization.key}.units\``,
    });
    return undefined;
  }
  const includeChildren = unit.includeChildren ?? true;
  return { kind: "organizationalUnit", organization, orgPath, includeChildren };
}

/** Reads an account that the map does not hold and that can assume a role. */
export function readForeignAccount(
  raw: RawPrincipal,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const foreign = raw.foreignAccount;
  if (foreign === undefined) return undefined;
  const mapped = scope.accountKeys.get(foreign.id);
  if (mapped !== undefined) {
    reporter.report([...path, "id"], {
      rule: "foreign-account",
      message: `${foreign.id} is not external: it is the account \`${mapped}\` in this map`,
      help: `use \`account: {account: ${mapped}}\`, \`role:\` or \`user:\``,
    });
  }
  const { role, user } = foreign;
  if (role !== undefined && user !== undefined) {
    reporter.report(path, {
      rule: "principal-kind",
      atKey: true,
      message: "an external account takes a role or a user, not both",
    });
  }
  return {
    kind: "foreignAccount",
    accountId: foreign.id,
    partition: foreign.partition,
    entity:
      role === undefined
        ? foreignEntity("user", user, path, reporter)
        : foreignEntity("role", role, path, reporter),
    ...(foreign.organization === undefined ? {} : { organization: foreign.organization }),
    reason: foreign.reason,
  };
}

/** A role or user of another account, by name with its path: `role/team/scanner`. */
function foreignEntity(
  kind: "role" | "user",
  text: string | undefined,
  path: Path,
  reporter: Reporter,
): string | undefined {
  if (text === undefined) return undefined;
  const full = text.replace(/^\//, "");
  const cut = full.lastIndexOf("/") + 1;
  checkIdentifier(reporter, [...path, kind], `${kind}Name`, `a ${kind} name`, full.slice(cut));
  if (cut > 0) {
    checkIdentifier(reporter, [...path, kind], "rolePath", "a path", `/${full.slice(0, cut)}`);
  }
  return `${kind}/${full}`;
}

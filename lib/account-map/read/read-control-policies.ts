import { quoteName } from "../../diagnostics/quote";
import type { Account, Organization } from "../model/account-map";
import type {
  AttachedControlPolicy,
  ControlPolicySet,
  ControlPolicyTarget,
} from "../model/control-policy";
import { unitsDownTo } from "../model/control-policy";
import type { RawControlPolicies } from "./raw-account-map";
import { lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** Reads the control policies of an organization; a document, unit or account that is not there is a finding. */
export function readControlPolicies(
  raw: RawControlPolicies,
  organization: Organization,
  accounts: ReadonlyMap<string, Account>,
  documents: ReadonlyMap<string, unknown>,
  reporter: Reporter,
): ControlPolicySet<string> {
  const path = ["organizations", organization.key, "controlPolicies"];
  const readTarget = targetReader(organization, accounts, reporter);
  const readTargets = (texts: readonly string[], at: Path): ControlPolicyTarget[] =>
    texts.flatMap((text, index) => {
      const target = readTarget(text, [...at, index]);
      if (accounts.get(text)?.management === true) reportManagement(text, [...at, index], reporter);
      return target ?? [];
    });
  const read = (kind: "service" | "resource"): AttachedControlPolicy<string>[] =>
    (raw[kind] ?? []).map(({ document, targets }, index) => {
      const at = [...path, kind, index];
      lookUp(reporter, [...at, "document"], "document", document, documents);
      return { name: document, document, targets: readTargets(targets, [...at, "targets"]) };
    });
  return {
    service: read("service"),
    resource: read("resource"),
    fullAccess: {
      everywhereBut: readTargets(raw.fullAccessDetached ?? [], [...path, "fullAccessDetached"]),
    },
  };
}

/** Reads what a control policy is attached to; `undefined` where the map does not have it, which is reported. */
export type TargetReader = (text: string, at: Path) => ControlPolicyTarget | undefined;

/** Reads paths of units and keys of accounts, those of one organization. */
export function targetReader(
  organization: Organization,
  accounts: ReadonlyMap<string, Account>,
  reporter: Reporter,
): TargetReader {
  const own = new Map(
    [...accounts].filter(([, account]) => account.organization?.key === organization.key),
  );
  const units = new Map(
    [...[...own.values()].map(({ unit }) => unit), ...organization.unitIds.keys()]
      .flatMap(unitsDownTo)
      .map((unit) => [unit, unit]),
  ).set("/", "/");
  return (text, at) => {
    if (text.startsWith("/")) {
      // An account that could not be read may be what is in the unit.
      if (!units.has(text) && reporter.unread.hasAny("accounts")) return undefined;
      const path = lookUp(reporter, at, "unit", text, units);
      return path === undefined ? undefined : { kind: "unit", path };
    }
    const account = lookUp(reporter, at, "account", text, accounts);
    if (account === undefined) return undefined;
    if (own.has(text)) {
      return { kind: "account", key: text };
    }
    reporter.report(at, {
      rule: "control-policy",
      message: `the account ${quoteName(text)} is not in the organization ${quoteName(organization.key)}`,
      help: "name it under its own organization",
    });
    return undefined;
  };
}

function reportManagement(key: string, at: Path, reporter: Reporter): void {
  reporter.report(at, {
    rule: "PB-06",
    severity: "warning",
    message: `${quoteName(key)} is the management account, which no control policy binds`,
    help: "remove it from the list",
  });
}

import { quoteName, quoteText } from "../../diagnostics/quote";
import type { Account, Organization } from "../model/account-map";
import { targetReader } from "./read-control-policies";
import type { TargetReader } from "./read-control-policies";
import type { Reporter } from "../../source/reporter";

/**
 * Reads what a control policy is attached to, also by the ids under which AWS lists it: of the root, of a
 * unit, of an account. An account by an id that the map does not have is passed over: nothing in the map
 * depends on it. A unit by such an id may be one that an account in the map is in, and is a finding.
 */
export function awsTargetReader(
  organization: Organization,
  accounts: ReadonlyMap<string, Account>,
  reporter: Reporter,
): TargetReader {
  const named = targetReader(organization, accounts, reporter);
  const keyOfId = new Map([...accounts.values()].map(({ id, key }) => [id as string, key]));
  const unitOfId = new Map([...organization.unitIds].map(([unit, id]) => [id, unit]));
  return (text, at) => {
    if (accounts.has(text)) return named(text, at);
    if (/^\d{12}$/.test(text)) {
      const key = keyOfId.get(text);
      return key === undefined ? undefined : named(key, at);
    }
    if (/^r-[0-9a-z]{4,32}$/.test(text)) {
      const { rootId = text, key } = organization;
      if (rootId === text) return { kind: "unit", path: "/" };
      reporter.report(at, {
        rule: "control-policy",
        message: `${quoteText(text)} is not the root of the organization ${quoteName(key)}, which is \`${rootId}\``,
      });
      return undefined;
    }
    if (/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/.test(text)) {
      const path = unitOfId.get(text);
      if (path !== undefined) return { kind: "unit", path };
      reporter.report(at, {
        rule: "control-policy",
        message: `the account map does not define the OU ${quoteText(text)}`,
        help: `add its path and ID under \`organizations.${organization.key}.units\`, or write its path here`,
      });
      return undefined;
    }
    return named(text, at);
  };
}

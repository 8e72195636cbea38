import { IDENTIFIER_RULES } from "../identifier";
import type { IdentifierRule } from "../identifier";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { conditionLines } from "./condition-line";
import { named, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter } from "./parameters";

/**
 * Values of conditions on accounts and organizations are ids that there can be (rules ID-01, ID-02); of a path, its
 * organization is looked at. A placeholder or an empty text never matches, and a negated test of it always holds.
 */
export function* identifierValues(
  statement: StatementShape,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const { operator, key, values, at: place } of conditionLines(statement, at)) {
    const what = WHAT.get(key.toLowerCase());
    if (what === undefined || operator.family !== "String") continue;
    for (const [index, value] of values.entries()) {
      if (holdsParameter(value) || value.includes("${")) continue;
      const id = what.isPath ? (value.split("/")[0] ?? "") : value;
      if (/[*?]/.test(id) || what.rule.pattern.test(id)) continue; // wildcards: rule GR-20
      yield {
        rule: what.rule.rule,
        at: [...place, index],
        message: `${named(key)} is compared with ${what.name}, which must be ${what.rule.allowed}, got ${quoted(value)}`,
      };
    }
  }
}

interface Wanted {
  readonly name: string;
  readonly rule: IdentifierRule;
  readonly isPath?: true;
}

const ACCOUNT: Wanted = {
  name: "an account id",
  rule: { ...IDENTIFIER_RULES.accountId, allowed: "12 digits" },
};
const ORGANIZATION: Wanted = {
  name: "an organization id",
  rule: IDENTIFIER_RULES.organizationId,
};
const PATH: Wanted = {
  ...ORGANIZATION,
  name: "a path that begins with an organization id",
  isPath: true,
};

const WHAT: ReadonlyMap<string, Wanted> = new Map([
  ...["principal", "resource", "source", "vpce"].flatMap((of): [string, Wanted][] => [
    [`aws:${of}account`, ACCOUNT],
    [`aws:${of}orgid`, ORGANIZATION],
    [`aws:${of}orgpaths`, PATH],
  ]),
]);

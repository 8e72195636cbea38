import { formatDuration } from "../../../account-map/model/duration";
import type { CallerCondition } from "../../../access/callers/caller-condition";
import { asksFor } from "../../../access/callers/caller-condition";
import { namePart } from "../../../access/callers/name-part";
import { parseOperator } from "../../../iam/condition/condition-operator";
import { listed, say, words } from "../text";
import type { Sentence } from "../text";
import { partWords, unitWords } from "./caller-words";
import type { CallerNames } from "./caller-words";

/** How many values of a condition are named; the others are counted. */
const NAMED = 5;

/** A condition in words, such as `with MFA`; one without words as it is written. */
export function conditionWords(condition: CallerCondition, names: CallerNames): Sentence {
  return usualWords(condition, names) ?? exactWords(condition, names);
}

/** Words of conditions in the form in which they are usually written; `undefined` for any other. */
function usualWords(condition: CallerCondition, names: CallerNames): Sentence | undefined {
  const { kind, operator, key, values } = condition;
  const parsed = parseOperator(operator);
  if (parsed === undefined) return undefined;
  const [only = ""] = values;
  const isOne = values.length === 1;
  if (kind === "session-tag-keys" && parsed.quantifier === "all" && !parsed.negated) {
    return say`with no tag keys except ${valueList(condition, names)}`;
  }
  if (!asksFor(operator)) return undefined;
  const { comparison, family } = parsed;
  if (family === "Bool" || family === "Numeric" || family === "Date") {
    if (!isOne) return undefined;
    if (kind === "mfa" && family === "Bool") {
      const asked = only.toLowerCase();
      return asked === "true" || asked === "false"
        ? words(asked === "true" ? "with MFA" : "without MFA")
        : undefined;
    }
    if (kind === "mfa-age" && comparison.startsWith("less") && /^\d{1,9}$/.test(only)) {
      return words(`with MFA no older than ${formatDuration(Number(only))}`);
    }
    if (kind === "time" && comparison.startsWith("less")) return say`until ${only}`;
    if (kind === "time" && comparison.startsWith("greater")) return say`from ${only} on`;
    return undefined;
  }
  if (comparison === "equals-ignore-case" || family === "Binary") return undefined;
  const list = valueList(condition, names);
  switch (kind) {
    case "source-address":
      return family === "Ip" ? say`from address ${list}` : undefined;
    case "vpc-endpoint":
      return say`through VPC endpoint ${list}`;
    case "vpc":
      return say`from VPC ${list}`;
    case "external-id":
      return say`with external ID ${list}`;
    case "source-identity":
      return say`with source identity ${list}`;
    case "session-name":
      return say`with session name ${list}`;
    case "session-tag":
    case "principal-tag": {
      const noun = kind === "session-tag" ? "session tag" : "principal tag";
      return say`with ${words(noun)} ${names.value(key.slice(key.indexOf("/") + 1))} ${list}`;
    }
    case "organization":
      return say`in organization ${list}`;
    case "organizational-unit":
      return say`in ${listed(
        values.map((value) => unitWords(namePart(value, comparison === "like"), names)),
        "or",
      )}`;
    case "principal-account":
      return say`in account ${listed(
        values.map((value) => names.account(value)),
        "or",
      )}`;
    case "source-account":
      return say`with source account ${listed(
        values.map((value) => names.account(value)),
        "or",
      )}`;
    case "principal-arn":
      return say`as ${list}`;
    case "source-arn":
      return say`with source ${list}`;
    case "source-organization":
      return say`with source organization ${list}`;
    case "audience":
      return say`for audience ${list}`;
    case "claim":
      return say`with ${names.value(claimName(key))} ${list}`;
    case "mfa":
    case "mfa-age":
    case "time":
    case "session-tag-keys":
    case "other":
      return undefined;
  }
}

/** A claim without the issuer that its key begins with. */
function claimName(key: string): string {
  return /^saml:/i.test(key) ? key : key.slice(key.lastIndexOf(":") + 1);
}

function valueList({ operator, values }: CallerCondition, names: CallerNames): Sentence {
  const reads = parseOperator(operator)?.comparison === "like";
  const shown = values.slice(0, NAMED).map((value) => partWords(namePart(value, reads), names));
  const hidden = values.length - shown.length;
  return listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown, "or");
}

function exactWords(condition: CallerCondition, names: CallerNames): Sentence {
  const { operator, key, values } = condition;
  if (operator === "Null" && values.length === 1) {
    const asked = values[0]?.toLowerCase();
    if (asked === "true") return say`without ${names.value(key)}`;
    if (asked === "false") return say`with any ${names.value(key)}`;
  }
  const shown = values.slice(0, NAMED).map((value) => say`${names.value(value)}`);
  const hidden = values.length - shown.length;
  const list = listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown, "or");
  return say`if ${names.value(key)} ${operator} ${list}`;
}

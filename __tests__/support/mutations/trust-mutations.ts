import { valuesOf } from "../../../lib/iam/policy-document";
import type { ConditionBlock, PolicyDocument, Statement } from "../../../lib/iam/policy-document";

/** A trust policy with one change that lets in more, and what the change is. */
export interface Mutant {
  readonly change: string;
  readonly document: PolicyDocument;
}

/** A statement that lets in whom no policy of the tests means. */
const INTRUDER: Statement = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::666666666666:role/intruder" },
  Action: "sts:AssumeRole",
};

/** Every single change of a list that lets in more: a condition less, a principal wider, an operator weaker. */
export function mutants(document: PolicyDocument): Mutant[] {
  const statements = document.Statement;
  const made: Mutant[] = [
    {
      change: "a statement is added",
      document: { ...document, Statement: [...statements, INTRUDER] },
    },
  ];
  for (const [index, statement] of statements.entries()) {
    const replace = (change: string, ...by: Statement[]): void => {
      const Statement = [...statements.slice(0, index), ...by, ...statements.slice(index + 1)];
      made.push({
        change: `statement ${index + 1}: ${change}`,
        document: { ...document, Statement },
      });
    };
    if (statement.Effect === "Deny") {
      replace("the deny is dropped");
      continue;
    }
    for (const principal of widened(statement.Principal)) {
      replace(`principal ${JSON.stringify(principal)}`, { ...statement, Principal: principal });
    }
    replace("another action", {
      ...statement,
      Action: [...valuesOf(statement.Action), "sts:SetSourceIdentity"],
    });
    for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
      for (const [key, values] of Object.entries(keys)) {
        const without = dropped(statement.Condition ?? {}, operator, key);
        replace(`${operator} ${key} is dropped`, { ...statement, Condition: without });
        const weaker = weakened(operator);
        if (weaker !== undefined) {
          replace(`${operator} ${key} becomes ${weaker}`, {
            ...statement,
            Condition: { ...without, [weaker]: { ...without[weaker], [key]: values } },
          });
        }
        for (const more of wider(operator, valuesOf(values))) {
          replace(`${operator} ${key} takes ${more.join(" and ")}`, {
            ...statement,
            Condition: { ...without, [operator]: { ...without[operator], [key]: more } },
          });
        }
      }
    }
  }
  return made;
}

function widened(principal: Statement["Principal"]): NonNullable<Statement["Principal"]>[] {
  if (principal === undefined || principal === "*") return [];
  const made: NonNullable<Statement["Principal"]>[] = [];
  if (principal.AWS !== undefined) {
    made.push({ ...principal, AWS: [...valuesOf(principal.AWS), "666666666666"] });
    made.push({ ...principal, AWS: "*" });
  }
  if (principal.Service !== undefined) {
    made.push({ ...principal, Service: [...valuesOf(principal.Service), "sns.amazonaws.com"] });
  }
  if (principal.Federated !== undefined) {
    made.push({
      Federated: [
        ...valuesOf(principal.Federated),
        "arn:aws:iam::222222222222:saml-provider/intruder",
        "arn:aws:iam::222222222222:oidc-provider/intruder.example.com",
      ],
    });
  }
  return made;
}

function dropped(
  block: ConditionBlock,
  operator: string,
  key: string,
): Record<string, ConditionBlock[string]> {
  const { [key]: _, ...keys } = block[operator] ?? {};
  const { [operator]: __, ...rest } = block;
  return Object.keys(keys).length === 0 ? rest : { ...rest, [operator]: keys };
}

function weakened(operator: string): string | undefined {
  if (operator.startsWith("ForAnyValue:")) return operator.replace("ForAnyValue:", "ForAllValues:");
  return operator.includes("For") || operator === "Null" ? undefined : `${operator}IfExists`;
}

function wider(operator: string, values: readonly string[]): string[][] {
  const [first = ""] = values;
  if (operator === "Bool" || operator === "Null") return [["true", "false"]];
  if (operator.startsWith("Date")) {
    return [[operator.includes("Less") ? "2031-01-01T00:00:00Z" : "2021-01-01T00:00:00Z"]];
  }
  if (operator.startsWith("Numeric")) return [[String(Number(first) + 1)]];
  if (operator === "IpAddress")
    return [
      [...values, "192.0.2.0/24"],
      ["0.0.0.0/0", "::/0"],
    ];
  if (operator.includes("Not")) return [];
  if (operator.startsWith("Arn")) {
    return [
      [...values, first.replace(/:\d{12}:/, ":666666666666:")],
      [`${first}?`, ...values],
      [first.replace(/[^/]*$/, "*")],
    ];
  }
  // An id of an organization keeps its prefix: another text would be the id of none.
  return [[...values, first.startsWith("o-") ? `o-x${first.slice(2)}` : `x${first}`]];
}

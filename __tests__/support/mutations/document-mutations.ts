import { policyText } from "../../../lib/iam/policy-text";
import { valuesOf } from "../../../lib/iam/policy-document";
import type { ConditionBlock, PolicyDocument, Statement } from "../../../lib/iam/policy-document";

/** A policy document with one change, and what the change is. */
export interface DocumentMutant {
  readonly change: string;
  readonly document: PolicyDocument;
}

/** An account that no map of the tests has. */
export const STRANGER = "171717171717";

/** Every single change of a list to a trust policy or an identity policy. */
export function documentMutants(
  document: PolicyDocument,
  kind: "trust" | "identity",
): DocumentMutant[] {
  const statements = document.Statement;
  const added: Statement =
    kind === "trust"
      ? {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${STRANGER}:root` },
          Action: "sts:AssumeRole",
        }
      : { Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" };
  const made: DocumentMutant[] = [
    {
      change: "a statement is added",
      document: { ...document, Statement: [...statements, added] },
    },
  ];
  for (const [index, statement] of statements.entries()) {
    const replace = (change: string, ...by: Statement[]): void => {
      made.push({
        change: `statement ${index + 1}: ${change}`,
        document: {
          ...document,
          Statement: [...statements.slice(0, index), ...by, ...statements.slice(index + 1)],
        },
      });
    };
    replace("is removed");
    replace("Allow and Deny are swapped", {
      ...statement,
      Effect: statement.Effect === "Allow" ? "Deny" : "Allow",
    });
    const allowed = kind === "trust" ? "sts:SetContext" : "iam:AttachRolePolicy";
    const action = statement.Effect === "Allow" ? allowed : "*";
    if (statement.Action !== undefined && statement.Action !== "*") {
      replace("an action is added", {
        ...statement,
        Action: [...valuesOf(statement.Action), action],
      });
    }
    for (const [change, principal] of principals(statement.Principal)) {
      replace(change, { ...statement, Principal: principal });
    }
    for (const resource of resources(statement.Resource)) {
      replace(`the resource becomes ${resource}`, { ...statement, Resource: resource });
    }
    const block = statement.Condition ?? {};
    for (const [operator, keys] of Object.entries(block)) {
      const { [operator]: _, ...others } = block;
      if (Object.keys(keys).length > 1)
        replace(`${operator} is dropped`, withBlock(statement, others));
      const weak = `${operator}IfExists`;
      if (operator !== "Null") {
        replace(`${operator} becomes ${weak}`, withBlock(statement, { ...others, [weak]: keys }));
      }
      for (const [key, values] of Object.entries(keys)) {
        const { [key]: __, ...rest } = keys;
        const without = Object.keys(rest).length === 0 ? others : { ...others, [operator]: rest };
        replace(`${operator} ${key} is dropped`, withBlock(statement, without));
        for (const [change, more] of changedValues(operator, key, valuesOf(values))) {
          replace(
            `${operator} ${key} ${change}`,
            withBlock(statement, { ...others, [operator]: { ...keys, [key]: more } }),
          );
        }
      }
    }
  }
  const same = policyText(document);
  return made.filter((mutant) => policyText(mutant.document) !== same);
}

function withBlock({ Condition: _, ...statement }: Statement, block: ConditionBlock): Statement {
  return Object.keys(block).length === 0 ? statement : { ...statement, Condition: block };
}

function principals(
  principal: Statement["Principal"],
): [change: string, principal: NonNullable<Statement["Principal"]>][] {
  if (principal === undefined || principal === "*") return [];
  if (principal.AWS !== undefined) {
    const own = valuesOf(principal.AWS);
    return [
      ["the principal becomes *", { ...principal, AWS: "*" }],
      [
        "another account is a principal",
        { ...principal, AWS: [...own, `arn:aws:iam::${STRANGER}:root`] },
      ],
      [
        "the account of the principal is replaced",
        { ...principal, AWS: own.map((each) => each.replace(/\d{12}/, STRANGER)) },
      ],
    ];
  }
  if (principal.Service !== undefined) {
    return [
      [
        "another service is a principal",
        { Service: [...valuesOf(principal.Service), "sns.amazonaws.com"] },
      ],
      ["the service is replaced", { Service: "sns.amazonaws.com" }],
    ];
  }
  const federated = valuesOf(principal.Federated);
  return [
    [
      "the identity provider is replaced",
      { Federated: federated.map((each) => `${each}-intruder`) },
    ],
  ];
}

function resources(resource: Statement["Resource"]): string[] {
  if (resource === undefined || resource === "*") return [];
  const [first = ""] = valuesOf(resource);
  const longer = first.endsWith("*") ? [] : [`${first}*`];
  return ["*", first.replace(/\d{12}/, "*"), ...longer].filter((each) => each !== first);
}

function changedValues(
  operator: string,
  key: string,
  values: readonly string[],
): [change: string, values: readonly string[]][] {
  const [first = ""] = values;
  const family = operator.replace(/^For(?:Any|All)Values:/, "");
  if (family.startsWith("Arn")) {
    return [
      ["ends in any one character", values.map((each) => each.replace(/.$/, "?"))],
      ["takes one character more", [...values, `${first}?`]],
      ["becomes a glob", values.map((each) => each.replace(/[^/:]*$/, "*"))],
      ["names another account", values.map((each) => each.replace(/\d{12}/, STRANGER))],
      ["names any account", values.map((each) => each.replace(/\d{12}/, "*"))],
    ];
  }
  if (family.startsWith("String")) {
    const other = first.startsWith("o-")
      ? "o-intruder01"
      : /^\d{12}$/.test(first)
        ? STRANGER
        : "intruder";
    return [
      ["is replaced", [other]],
      ...(key === "aws:MultiFactorAuthPresent"
        ? []
        : [["takes another value", [...values, other]] as [string, string[]]]),
    ];
  }
  if (family === "Bool") return [["is turned round", [first === "true" ? "false" : "true"]]];
  if (family.startsWith("Date")) {
    return [
      ["is put off", [family.includes("Less") ? "2039-01-01T00:00:00Z" : "2020-01-01T00:00:00Z"]],
    ];
  }
  if (family.startsWith("Numeric")) return [["becomes one more", [String(Number(first) + 1)]]];
  if (family === "IpAddress") {
    return [
      ["takes another network", [...values, "192.0.2.0/24"]],
      [
        "takes one bit less",
        values.map((each) => each.replace(/\/(\d+)$/, (_, bits) => `/${Number(bits) - 1}`)),
      ],
    ];
  }
  return [];
}

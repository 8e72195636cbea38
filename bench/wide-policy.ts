import { policyDocument } from "../lib/iam/policy-document";
import type { PolicyDocument, Statement } from "../lib/iam/policy-document";

/** A trust policy, and another one that lets in the same callers and shares no statement of more than one value. */
export interface WidePolicy {
  readonly written: PolicyDocument;
  readonly rewritten: PolicyDocument;
}

const TEAMS = ["shop", "payments", "search", "data", "mobile", "risk", "media"] as const;

/** A trust policy of 20 statements: 14 with wildcards that allow, 6 that deny. */
export function widePolicy(): WidePolicy {
  const allows = TEAMS.flatMap((team, index): Statement[] => [
    allow({
      ArnLike: { "aws:PrincipalArn": [arns(`${team}/*`), arns(`*/${team}-?`)] },
      StringLike: { "sts:ExternalId": `${team}-*` },
    }),
    allow({
      ArnLike: { "aws:PrincipalArn": arns(`build/${team}-?-*`) },
      IpAddress: { "aws:SourceIp": [`10.${index}.0.0/16`, `10.1${index}.0.0/16`] },
    }),
  ]);
  const denies: Statement[] = [
    deny({ StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } }),
    deny({ ArnLike: { "aws:PrincipalArn": [arns("*/test-*"), arns("*-retired")] } }),
    deny({ ArnLike: { "aws:PrincipalArn": arns("*/sandbox/*") } }),
    deny({ StringLike: { "sts:ExternalId": ["*-old", "*-x-*"] } }),
    deny({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
    deny({ DateGreaterThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } }),
  ];
  const statements = [...allows, ...denies];
  return {
    written: policyDocument(statements),
    rewritten: policyDocument(statements.flatMap(oneByOne).reverse()),
  };
}

function arns(name: string): string {
  return `arn:aws:iam::222222222222:role/${name}`;
}

function allow(Condition: NonNullable<Statement["Condition"]>): Statement {
  return { Effect: "Allow", Principal: PRINCIPAL, Action: "sts:AssumeRole", Condition };
}

function deny(Condition: NonNullable<Statement["Condition"]>): Statement {
  return { Effect: "Deny", Principal: PRINCIPAL, Action: "sts:AssumeRole", Condition };
}

const PRINCIPAL = { AWS: "222222222222" };

/** A statement for each ARN and each other value that it names: together they are the statement. */
function oneByOne(statement: Statement): Statement[] {
  let conditions: Record<string, Record<string, string>>[] = [{}];
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) {
      const each = typeof values === "string" ? [values] : values;
      conditions = conditions.flatMap((block) =>
        each.map((value) => ({ ...block, [operator]: { [key]: value } })),
      );
    }
  }
  return conditions.map((Condition) => ({ ...statement, Condition }));
}

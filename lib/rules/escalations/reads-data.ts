import { matchesAction } from "../../iam/condition/action-match";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";

/** An action of each service that reads what people store there, and what that is. */
const DATA: readonly (readonly [action: string, what: string])[] = [
  ["s3:GetObject", "objects of buckets"],
  ["dynamodb:GetItem", "items of tables"],
  ["ssm:GetParameter", "parameters"],
  ["sqs:ReceiveMessage", "messages of queues"],
  ["kinesis:GetRecords", "records of streams"],
  ["lambda:GetFunction", "code of functions"],
  ["secretsmanager:GetSecretValue", "secrets"],
];

/** The kinds of data that a document lets its role read wherever they are. */
export function dataRead(document: PolicyDocument): readonly string[] {
  const allowed = document.Statement.filter(
    ({ Effect, Resource }) => Effect === "Allow" && valuesOf(Resource).includes("*"),
  ).flatMap(({ Action }) => valuesOf(Action));
  return DATA.filter(([action]) => allowed.some((pattern) => matchesAction(pattern, action))).map(
    ([, what]) => what,
  );
}

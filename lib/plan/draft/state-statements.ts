import type { StateBackend } from "../../account-map/model/account-map";
import type { Partition } from "../../iam/partition";
import type { Statement } from "../../iam/policy-document";

/** Matches any account ID: state is keyed by it. */
const ANY_ACCOUNT_ID = "?".repeat(12);

/**
 * What a role needs to read the states of all accounts or, to apply, to write and lock them. States
 * elsewhere than in S3 take no permission of AWS.
 */
export function stateStatements(
  state: StateBackend,
  partition: Partition,
  access: "read" | "write",
): Statement[] {
  if (state.kind !== "s3") return [];
  const bucket = `arn:${partition}:s3:::${state.bucket}`;
  const key = `${state.prefix}/${ANY_ACCOUNT_ID}/terraform.tfstate`;
  const reads: Statement[] = [
    {
      Sid: "ListStates",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: { StringLike: { "s3:prefix": key } },
    },
    { Sid: "ReadStates", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/${key}` },
  ];
  const writes: Statement[] = [
    { Sid: "WriteStates", Effect: "Allow", Action: "s3:PutObject", Resource: `${bucket}/${key}` },
    {
      Sid: "LockStates",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: `${bucket}/${key}.tflock`,
    },
  ];
  const actions = access === "read" ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"];
  const keys: Statement[] =
    state.kmsKey === undefined
      ? []
      : [{ Sid: "UseKeyOfStates", Effect: "Allow", Action: actions, Resource: state.kmsKey }];
  return access === "read" ? [...reads, ...keys] : [...reads, ...writes, ...keys];
}

import type { Account, StateBackend } from "../account-map/model/account-map";
import { policyDocument } from "../iam/policy-document";
import type { StateBucket } from "./bootstrap-stack";

/** The bucket of state in S3, in an account; nothing for state elsewhere. */
export function stateBucket(state: StateBackend, account: Account): StateBucket | undefined {
  if (state.kind !== "s3") return undefined;
  const { bucket: name, region, kmsKey } = state;
  const arn = `arn:${account.partition}:s3:::${name}`;
  return {
    account,
    name,
    region,
    arn,
    ...(kmsKey === undefined ? {} : { kmsKey }),
    policy: policyDocument([
      {
        Sid: "OnlyByTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]),
  };
}

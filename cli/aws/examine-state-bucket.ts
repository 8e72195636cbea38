import { GetBucketVersioningCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { awsProblem } from "./aws-problem";
import { clientSettings } from "./client-settings";
import type { ClientPatience } from "./client-settings";
import { helpForDenial } from "./denial";
import type { Examined } from "./examination";

/** The bucket of the states, as the map names it. */
export interface ExpectedBucket {
  readonly bucket: string;
  readonly region: string;
  /** The command that makes it. */
  readonly bootstrap: string;
}

/** Looks at the bucket of the states with the credentials that Terraform has before it assumes any role. */
export async function examineStateBucket(
  { bucket, region, bootstrap }: ExpectedBucket,
  patience: ClientPatience = {},
): Promise<Examined> {
  const check = "state-bucket";
  const client = new S3Client({
    ...clientSettings(region, patience),
    // Emulators have no host for each bucket.
    forcePathStyle: (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined,
  });
  let asked = "s3:ListBucket";
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    asked = "s3:GetBucketVersioning";
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
    if (Status === "Enabled")
      return { check, status: "ok", message: `${bucket} exists and keeps versions` };
    return {
      check,
      status: "problem",
      message: `${bucket} keeps no versions: a lost or corrupted state cannot be recovered`,
      commands: [
        `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
      ],
    };
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) {
      return {
        check,
        status: "problem",
        message: `the bucket ${bucket} is missing`,
        commands: [bootstrap],
      };
    }
    if (status === 301) {
      return {
        check,
        status: "problem",
        message: `the bucket ${bucket} is not in the region ${region}`,
        help: "set its region in `state.s3.region`, or choose another name: bucket names are global",
      };
    }
    if (status === 403 && asked !== "s3:ListBucket") {
      return {
        check,
        status: "unknown",
        message: `no permission to read whether ${bucket} keeps versions`,
      };
    }
    if (status === 403) {
      return {
        check,
        status: "problem",
        message: `these credentials have no access to ${bucket}`,
        help: helpForDenial(
          (error as Error).message,
          "give these credentials access, or choose another name if the bucket belongs to someone else",
        ),
      };
    }
    const problem = awsProblem(error, asked);
    if (problem === undefined) throw error;
    return { check, status: "problem", message: problem.message, help: problem.help };
  }
}

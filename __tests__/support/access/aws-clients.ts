import { spawnSync } from "node:child_process";
import { warnOfSkipped } from "../skipped";

const INSTALL = "pip install awscli boto3";

/**
 * Whether the AWS CLI and boto3 are here. Throws where they are missing and `TRUSTWHEEL_REQUIRE_AWS_CLIENTS=1` says that
 * no suite may be skipped for that.
 */
export function hasAwsClients(): boolean {
  const found =
    spawnSync("aws", ["--version"]).status === 0 &&
    spawnSync("python3", ["-c", "import boto3"]).status === 0;
  if (!found && process.env.TRUSTWHEEL_REQUIRE_AWS_CLIENTS === "1") {
    throw new Error(
      `TRUSTWHEEL_REQUIRE_AWS_CLIENTS=1, and the AWS CLI or boto3 is missing. Install them with: ${INSTALL}`,
    );
  }
  return found;
}

/** `describe`, skipped with a word where the clients are missing. */
export function describeWithClients(suite: string, tests: () => void): void {
  const found = hasAwsClients();
  if (!found)
    warnOfSkipped(suite, `the AWS CLI or boto3 is missing. Install them with: ${INSTALL}`);
  (found ? describe : describe.skip)(suite, tests);
}

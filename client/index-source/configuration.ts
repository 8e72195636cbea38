import { readText, reasonOf } from "../../cli/system/read-text";
import { isRecord } from "../../lib/session/index/shape";
import { AccessProblem } from "../access-refused";
import { configurationFile } from "../user-folders";
import type { Environment } from "../user-folders";

/** What a user says once for all commands. */
export interface Configuration {
  /** File, `https://` or `s3://`. */
  readonly index: string;
  /** SHA-256 of the index. @default - not pinned */
  readonly sha256?: string;
  /** Public key of the index's signature, PEM or a file. @default - not signed */
  readonly publicKey?: string;
}

const KEYS = ["index", "sha256", "publicKey"];

/** The user's configuration; `undefined` without one. */
export function readConfiguration(environment: Environment): Configuration | undefined {
  const file = configurationFile(environment);
  let text: string;
  try {
    text = readText(file, 64 * 1024);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return undefined;
    throw new AccessProblem(
      `${file} cannot be read: ${reasonOf(error)}`,
      "make it readable, or remove it",
      { cause: error },
    );
  }
  const help =
    'write {"index": "FILE|https://...|s3://...", "sha256": "DIGEST"} or, for a signed index, "publicKey" instead of "sha256"';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AccessProblem(`${file} is not JSON: ${(error as Error).message}`, help, {
      cause: error,
    });
  }
  if (!isRecord(value)) throw new AccessProblem(`${file} must be an object`, help);
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw new AccessProblem(
      `${file} has the key ${JSON.stringify(unknown)}; allowed are ${KEYS.join(", ")}`,
      help,
    );
  const { index, sha256, publicKey } = value;
  if (typeof index !== "string" || index === "")
    throw new AccessProblem(`${file}: \`index\` must say where the access index is`, help);
  if (sha256 !== undefined && !(typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256))) {
    throw new AccessProblem(`${file}: \`sha256\` must be 64 hexadecimal digits`, help);
  }
  if (publicKey !== undefined && typeof publicKey !== "string")
    throw new AccessProblem(`${file}: \`publicKey\` must be PEM or a file`, help);
  return {
    index,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(publicKey === undefined ? {} : { publicKey }),
  };
}

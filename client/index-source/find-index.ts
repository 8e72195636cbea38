import { createPublicKey, verify } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readText, reasonOf } from "../../cli/system/read-text";
import { textDigest } from "../../cli/system/text-digest";
import { INDEX_FILE } from "../../lib/session/index/access-index";
import type { AccessIndex } from "../../lib/session/index/access-index";
import { readAccessIndex } from "../../lib/session/index/read-access-index";
import { AccessProblem } from "../access-refused";
import { configurationFile, said } from "../user-folders";
import type { Environment } from "../user-folders";
import { readConfiguration } from "./configuration";
import { fetchText } from "./fetch-text";

/** Longest index that is read, bytes: some 100,000 accounts. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Where an index is and how it is known to be the right one. */
export interface IndexPlace {
  /** File, `https://` or `s3://`. */
  readonly location: string;
  /** SHA-256 that it must have. @default - none is pinned */
  readonly sha256?: string;
  /** Public key, PEM or a file, of the signature next to it. @default - it is not signed */
  readonly publicKey?: string;
  /** Who says so, for messages. */
  readonly said: string;
  /** The map that it must be made from. @default - it is not compared */
  readonly mapFile?: string;
}

/**
 * The index: of `--index`, TRUSTWHEEL_INDEX, the user's configuration, or the checkout that the working folder is in.
 * One from the network must be pinned or signed, because it decides where credentials go; one of a checkout must be of
 * the map beside it.
 */
export async function findIndex(
  option: string | undefined,
  environment: Environment,
  folder: string,
): Promise<AccessIndex> {
  return (await readPlacedIndex(placeOf(option, environment, folder), environment)).index;
}

/** The place of the index, by what is said first. */
export function placeOf(
  option: string | undefined,
  environment: Environment,
  folder: string,
): IndexPlace {
  const named = option ?? said(environment, "TRUSTWHEEL_INDEX");
  if (named !== undefined) {
    return withPin(
      named,
      option === undefined ? "TRUSTWHEEL_INDEX" : "--index",
      environment.TRUSTWHEEL_INDEX_KEY,
    );
  }
  const configured = readConfiguration(environment);
  if (configured !== undefined) {
    const { index, sha256, publicKey } = configured;
    const place = withPin(index, configurationFile(environment), publicKey);
    return { ...place, ...(sha256 === undefined ? {} : { sha256 }) };
  }
  for (let at = resolve(folder); ; at = dirname(at)) {
    const location = join(at, said(environment, "CDKTF_OUTDIR") ?? "cdktf.out", INDEX_FILE);
    const mapFile = join(at, "accounts.yaml");
    if (existsSync(mapFile) || existsSync(location)) {
      return { location, said: "the checkout", ...(existsSync(mapFile) ? { mapFile } : {}) };
    }
    if (dirname(at) === at) break;
  }
  throw new AccessProblem(
    "there is no access index: this folder is in no checkout with an accounts.yaml",
    `name it with \`--index FILE|https://...|s3://...\`, with TRUSTWHEEL_INDEX, or in ${configurationFile(environment)}; \`trustwheel synth\` writes it to cdktf.out/${INDEX_FILE}`,
  );
}

function withPin(text: string, said: string, publicKey: string | undefined): IndexPlace {
  const [location = "", pin] = text.split("#");
  const sha256 = pin === undefined ? undefined : /^sha256[=-]([0-9a-f]{64})$/.exec(pin)?.[1];
  if (pin !== undefined && sha256 === undefined) {
    throw new AccessProblem(
      `what follows \`#\` in ${said} pins no digest, got ${JSON.stringify(pin)}`,
      "write `#sha256=` and 64 hexadecimal digits",
    );
  }
  return {
    location,
    said,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(publicKey ? { publicKey } : {}),
  };
}

async function readPlacedIndex(
  place: IndexPlace,
  environment: Environment,
): Promise<{ readonly index: AccessIndex }> {
  const { location, sha256, publicKey, said } = place;
  const remote = /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
  if (remote && !/^(?:https|s3):\/\//.test(location)) {
    throw new AccessProblem(
      `an access index is a file, https:// or s3://, got ${location}`,
      "use https",
    );
  }
  if (remote && sha256 === undefined && publicKey === undefined) {
    throw new AccessProblem(
      `the access index of ${said} comes from the network, and nothing says which one is right`,
      "pin it: add `#sha256=DIGEST` to the location, or name the public key of its signature as `publicKey` in the configuration or TRUSTWHEEL_INDEX_KEY",
    );
  }
  const text = remote ? await fetchText(location, MOST_BYTES, environment) : fileText(place);
  if (sha256 !== undefined && textDigest(text) !== sha256) {
    throw new AccessProblem(
      `the access index ${location} is not the one that ${said} pins: SHA-256 is ${textDigest(text)}, not ${sha256}`,
      "find out who changed it; if the map was changed on purpose, pin the new digest",
    );
  }
  if (publicKey !== undefined) {
    const signature = remote
      ? await fetchText(`${location}.sig`, 64 * 1024, environment)
      : fileText({ ...place, location: `${location}.sig` });
    checkSignature(text, signature, publicKey, location);
  }
  const reading = readAccessIndex(text);
  if ("problems" in reading) {
    throw new AccessProblem(
      [
        `the access index ${location} cannot be used:`,
        ...reading.problems.map((each) => `  ${each}`),
      ].join("\n"),
      reading.help,
    );
  }
  checkFresh(reading.index, place);
  return reading;
}

function fileText({ location, said, mapFile }: IndexPlace): string {
  try {
    return readText(location, MOST_BYTES);
  } catch (error) {
    const help =
      mapFile === undefined ? `check ${said}` : "run `trustwheel synth`, which writes it";
    throw new AccessProblem(
      `the access index ${location} cannot be read: ${reasonOf(error)}`,
      help,
      { cause: error },
    );
  }
}

/** An index of another state of the map may promise what is denied, or name roles that are gone. */
function checkFresh({ map }: AccessIndex, { location, mapFile }: IndexPlace): void {
  if (mapFile === undefined) return;
  let text: string;
  try {
    text = readText(mapFile, MOST_BYTES);
  } catch (error) {
    throw new AccessProblem(
      `${mapFile} cannot be read: ${reasonOf(error)}`,
      "name the index with `--index`",
      { cause: error },
    );
  }
  if (textDigest(text) === map) return;
  throw new AccessProblem(
    `the access index ${location} is stale: it was made from another state of ${mapFile}`,
    "run `trustwheel synth`; to use it as it is, name it with `--index`",
  );
}

/** Ed25519, or ECDSA or RSA with SHA-256 as KMS signs; the signature is base64. */
function checkSignature(
  text: string,
  signature: string,
  publicKey: string,
  location: string,
): void {
  const bad = (reason: string, error?: unknown): AccessProblem =>
    new AccessProblem(
      `the signature of the access index ${location} is not valid${reason}`,
      "find out who changed the index, its signature or the public key",
      { cause: error },
    );
  let valid: boolean;
  try {
    const key = createPublicKey(
      publicKey.includes("BEGIN PUBLIC KEY") ? publicKey : readText(publicKey, 64 * 1024),
    );
    const algorithm = key.asymmetricKeyType === "ed25519" ? null : "sha256";
    valid = verify(algorithm, Buffer.from(text), key, Buffer.from(signature.trim(), "base64"));
  } catch (error) {
    throw bad(`: ${reasonOf(error)}`, error);
  }
  if (!valid) throw bad("");
}

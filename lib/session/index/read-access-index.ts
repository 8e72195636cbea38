import { PARTITIONS } from "../../iam/partition";
import { INDEX_FORMAT, INDEX_VERSION } from "./access-index";
import type { AccessIndex } from "./access-index";
import { either, isRecord, kinds, list, mapping, oneOf, record, text, whole } from "./shape";
import type { ShapeProblems } from "./shape";

/** An index, or what is wrong with its text and what to do. */
export type IndexReading =
  { readonly index: AccessIndex } | { readonly problems: readonly string[]; readonly help: string };

/** How many problems are told. */
const MOST_PROBLEMS = 5;

/**
 * Reads the text of an access index. Every member is checked, and that each ARN belongs to the account that the index
 * says: the index decides where credentials go.
 */
export function readAccessIndex(written: string): IndexReading {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (error) {
    return { problems: [`it is not JSON: ${(error as Error).message}`], help: MAKE };
  }
  if (!isRecord(value) || value.format !== INDEX_FORMAT) {
    return {
      problems: [`it is not an access index: \`format\` must be "${INDEX_FORMAT}"`],
      help: MAKE,
    };
  }
  if (value.version !== INDEX_VERSION) {
    return {
      problems: [
        `it has version ${JSON.stringify(value.version)} of the format; this trustwheel reads version ${INDEX_VERSION}`,
      ],
      help: "install the version of trustwheel that the map is synthesized with",
    };
  }
  const problems: ShapeProblems = [];
  INDEX(value, "", problems);
  if (problems.length === 0) problems.push(...inconsistencies(value as unknown as AccessIndex));
  if (problems.length === 0) return { index: value as unknown as AccessIndex };
  const hidden = problems.length - MOST_PROBLEMS;
  return {
    problems: [...problems.slice(0, MOST_PROBLEMS), ...(hidden > 0 ? [`and ${hidden} more`] : [])],
    help: MAKE,
  };
}

const MAKE = "run `trustwheel synth` to write `cdktf.out/access-index.json`";

const anyText = text(/^/, "a text");
const name = text(/^[^\s]+$/, "a text without white space");
const arn = text(/^arn:[\w-]+:iam::\d{12}:(?:role|user)\/\S+$/, "the ARN of a role or user");
const accountId = text(/^\d{12}$/, "12 digits");
const flag = oneOf(true);

const valueSource = kinds({
  choice: record({}),
  carried: record({}),
  literal: record({ value: name }),
  userName: record({}),
  sessionName: record({}),
  principalTag: record({ key: anyText }),
  assertion: record({}),
});

const entrySource = kinds({
  role: record({ arns: list(arn) }),
  user: record({ arns: list(arn) }),
  permissionSet: record({ account: accountId, name, arn }),
  account: record({ id: accountId }),
  organizationalUnit: record({ path: name }),
  webIdentity: record(
    { issuer: text(/^https:\/\/\S+$/, "an https URL"), subjects: list(anyText) },
    { audience: anyText },
  ),
  saml: record({ provider: name }),
  service: record({ service: name }),
});

const date = text(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  "a date such as 2027-01-31T12:00:00Z",
);

const entry = record(
  { name: anyText, from: entrySource, statements: list(anyText) },
  {
    externalIds: list(text(/^[\w+=,.@:/-]{2,1224}$/, "an external ID")),
    sourceIdentity: record({
      from: valueSource,
      values: list(anyText),
      required: oneOf(true, false),
    }),
    tags: list(
      record({
        key: anyText,
        from: valueSource,
        values: list(anyText),
        transitive: oneOf(true, false),
      }),
    ),
    conditions: record(
      {},
      {
        mfa: either(whole(1, 2 ** 31), flag),
        sourceIps: list(name),
        vpcEndpoints: list(name),
        notBefore: date,
        notAfter: date,
      },
    ),
    permission: oneOf("map", "owner", "none"),
  },
);

const INDEX = record({
  map: text(/^[0-9a-f]{64}$/, "64 hexadecimal digits"),
  accounts: mapping(
    record(
      {
        id: accountId,
        partition: oneOf(...PARTITIONS),
        region: text(/^[a-z]+(?:-[a-z]+)+-\d+$/, "a region"),
        unit: text(/^\//, "a path of OUs that begins with `/`"),
        tags: mapping(anyText),
      },
      { management: flag },
    ),
  ),
  roles: list(
    record({
      account: name,
      name: text(/^[\w+=,.@-]{1,64}$/, "a role name"),
      key: anyText,
      kind: oneOf("hub", "spoke", "chain", "pipeline"),
      arn,
      maxSessionSeconds: whole(3600, 43_200),
      entries: list(entry),
    }),
  ),
});

/** What no single member shows: an index whose parts contradict each other was not written by `synth`. */
function inconsistencies({ accounts, roles }: AccessIndex): ShapeProblems {
  const problems: ShapeProblems = [];
  const seen = new Set<string>();
  for (const [index, role] of roles.entries()) {
    const account = Object.hasOwn(accounts, role.account) ? accounts[role.account] : undefined;
    if (account === undefined) {
      problems.push(`roles[${index}].account: there is no account ${JSON.stringify(role.account)}`);
      continue;
    }
    const start = `arn:${account.partition}:iam::${account.id}:role/`;
    if (!role.arn.startsWith(start) || role.arn.split("/").at(-1) !== role.name) {
      problems.push(
        `roles[${index}].arn: must be ${start}[PATH/]${role.name}, got ${JSON.stringify(role.arn)}`,
      );
    }
    if (seen.has(role.arn)) problems.push(`roles[${index}].arn: it is there twice`);
    seen.add(role.arn);
  }
  return problems;
}

import controlPoliciesSchema from "../../../schema/control-policies.schema.json";
import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { listNames } from "../../diagnostics/nearest";
import { readJson } from "../../source/json/json-source";
import type { JsonSource } from "../../source/json/json-source";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { policyDocument } from "../../iam/policy-document";
import { checkPolicyGrammar } from "../../iam/policy-grammar";
import type { PolicyPath } from "../../iam/policy-shape";
import { readPolicySource } from "../../iam/policy-source";
import { shapePolicy } from "../../iam/shape-policy";
import type { AccountMap, Organization } from "../model/account-map";
import { FULL_ACCESS_POLICY } from "../model/control-policy";
import type { AttachedControlPolicy, ControlPolicySet } from "../model/control-policy";
import { awsTargetReader } from "./read-aws-target";
import { lookUp } from "./reading";
import { Reporter } from "../../source/reporter";
import { checkSchema } from "../schema/schema";
import type { Schema } from "../schema/schema-path";
import type { Path } from "../../source/source";

/** The file as it is once it fits its schema: `schema/control-policies.schema.json` documents each key. */
interface RawFile {
  readonly organization?: string;
  readonly service?: readonly RawPolicy[];
  readonly resource?: readonly RawPolicy[];
}

interface RawPolicy {
  readonly name: string;
  readonly targets: readonly string[];
  readonly document: string | object;
}

/** What a file says of the control policies of an organization of the map. */
export interface ControlPoliciesFile {
  /** Key of the organization. */
  readonly organization: string;
  readonly policies: ControlPolicySet<PolicyDocument>;
}

const { $schema, ...schema } = controlPoliciesSchema;
const ROOT = schema as unknown as Schema;

/** Largest file, characters: some 2,000 policies of the largest size, with white space. */
const MAX_LENGTH = 32 * 1024 * 1024;

/**
 * Reads a JSON file with the control policies of an organization, as they are in AWS. Findings without
 * errors come with a result.
 *
 * @param file as the user named it
 */
export function readControlPoliciesFile(
  file: string,
  text: string,
  map: Pick<AccountMap, "organizations" | "accounts">,
): { readonly read?: ControlPoliciesFile; readonly diagnostics: readonly Diagnostic[] } {
  if (text.length > MAX_LENGTH) {
    const message = `the file has ${text.length} characters, at most ${MAX_LENGTH} are read`;
    return { diagnostics: [{ severity: "error", rule: "file-size", file, message }] };
  }
  const { source, diagnostics } = readJson(file, text);
  if (source === undefined) return { diagnostics };
  const reporter = new Reporter(source);
  const misfits = checkSchema({ ...source, typed: () => undefined }, reporter, ROOT);
  const findings = reporter.diagnostics;
  if (misfits.length > 0) return { diagnostics: sortDiagnostics(findings) };
  const raw = source.value as RawFile;
  const organization = organizationOf(raw, map.organizations, reporter);
  if (organization === undefined) return { diagnostics: sortDiagnostics(findings) };
  const policies = readPolicies(raw, organization, map, source, reporter);
  const sorted = sortDiagnostics(findings);
  return hasErrors(sorted)
    ? { diagnostics: sorted }
    : { read: { organization: organization.key, policies }, diagnostics: sorted };
}

function organizationOf(
  { organization: name }: RawFile,
  organizations: ReadonlyMap<string, Organization>,
  reporter: Reporter,
): Organization | undefined {
  if (name !== undefined)
    return lookUp(reporter, ["organization"], "organization", name, organizations);
  const [only, other] = [...organizations.values()];
  if (only !== undefined && other === undefined) return only;
  reporter.report([], {
    rule: "missing-key",
    message:
      only === undefined
        ? "the account map has no organization that the policies could belong to"
        : `the file must name its organization, because the account map has several: ${listNames(organizations.keys())}`,
    ...(only === undefined ? {} : { help: `add "organization": "${only.key}", or another` }),
  });
  return undefined;
}

function readPolicies(
  raw: RawFile,
  organization: Organization,
  { accounts }: Pick<AccountMap, "accounts">,
  source: JsonSource,
  reporter: Reporter,
): ControlPolicySet<PolicyDocument> {
  const readTarget = awsTargetReader(organization, accounts, reporter);
  const read = (kind: "service" | "resource"): AttachedControlPolicy<PolicyDocument>[] =>
    (raw[kind] ?? []).flatMap(({ name, targets, document }, index) => {
      const at = [kind, index];
      const attached = targets.flatMap(
        (text, number) => readTarget(text, [...at, "targets", number]) ?? [],
      );
      // What AWS itself attaches to allow everything denies nothing, and may do what no other may.
      if (kind === "resource" && name === AWS_RESOURCE_POLICY) return [];
      const result = readDocument(document, kind, [...at, "document"], source);
      reporter.diagnostics.push(...result.diagnostics);
      return result.document === undefined
        ? []
        : [{ name, document: result.document, targets: attached }];
    });
  const service = read("service");
  const listed = service.some(({ name }) => name === FULL_ACCESS_POLICY);
  return {
    service,
    resource: read("resource"),
    fullAccess: listed ? "nowhere" : { everywhereBut: [] },
  };
}

/** Name of the resource control policy that is attached everywhere and cannot be detached (rule PB-07). */
const AWS_RESOURCE_POLICY = "RCPFullAWSAccess";

function readDocument(
  value: string | object,
  kind: "service" | "resource",
  at: Path,
  json: JsonSource,
): { readonly document?: PolicyDocument; readonly diagnostics: readonly Diagnostic[] } {
  const { file } = json;
  const span = json.locate(at);
  const ownPath = (path: PolicyPath): PolicyPath => [...at, ...path];
  const { source, diagnostics } =
    typeof value === "string"
      ? readPolicySource(file, value)
      : shapePolicy(value, {
          file,
          locate: (path) => json.locate(ownPath(path)),
          locateKey: (path) => json.locateKey(ownPath(path)),
        });
  const grammar =
    source === undefined || hasErrors(diagnostics)
      ? []
      : checkPolicyGrammar(source, `${kind}-control`);
  const found = [...diagnostics, ...grammar];
  return {
    ...(source === undefined || hasErrors(found)
      ? {}
      : { document: policyDocument((source.document.Statement ?? []) as Statement[]) }),
    // Of a text within the text, only the whole has a place.
    diagnostics: typeof value === "string" ? found.map((each) => inText(each, span)) : found,
  };
}

function inText(diagnostic: Diagnostic, span: NonNullable<Diagnostic["span"]>): Diagnostic {
  const { related, span: inner, ...rest } = diagnostic;
  const line = inner?.start.line;
  const place = line === undefined || line === 1 ? "" : ` (line ${line} of the text)`;
  return { ...rest, span, message: `${diagnostic.message}${place}` };
}

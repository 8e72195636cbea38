import { readPolicySource } from "../../iam/policy-source";
import type { PolicyDocument, PrincipalElement, Statement } from "../../iam/policy-document";
import type { DocumentShape, StatementShape } from "../../iam/policy-shape";
import { shapePolicy } from "../../iam/shape-policy";
import type { Readable } from "../access-graph";
import { terraformText } from "./terraform-value";
import { shorten } from "../../diagnostics/quote";

/** Reads an attribute that holds the text of a policy. */
export function policyValue(value: unknown): Readable<PolicyDocument> {
  const text = terraformText(value);
  switch (text.kind) {
    case "absent":
      return unreadable("there is no policy");
    case "reference":
      return unreadable(`it is taken from ${text.address}.${text.attribute}`);
    case "computed":
      return unreadable(
        `it ${text.reason}${text.expression === undefined ? "" : `: \`${shorten(text.expression, 60)}\``}`,
      );
    case "text":
      return parsePolicy(text.text);
  }
}

/** Reads the text of a policy document; an element that IAM does not have makes all of it unreadable. */
export function parsePolicy(text: string): Readable<PolicyDocument> {
  const shape = isMinimalJson(text) ? shapeQuickly(text) : shapeCarefully(text);
  if (!shape.known) return shape;
  const { Version, Statement, ...rest } = shape.value;
  const foreign = Object.keys(rest).find((element) => element !== "Id");
  if (foreign !== undefined) return unreadable(`\`${foreign}\` is no element of a policy`);
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    return unreadable(`\`${String(Version)}\` is no version of the policy language`);
  }
  if (Statement === undefined || Statement === null) return unreadable("it has no statements");
  const statements: Statement[] = [];
  for (const [index, each] of Statement.entries()) {
    const statement = readStatement(each);
    if (typeof statement === "string") return unreadable(`statement ${index + 1} ${statement}`);
    statements.push(statement);
  }
  return {
    known: true,
    value: { ...(Version === undefined ? {} : { Version }), Statement: statements },
  };
}

const ELEMENTS: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);
const PRINCIPAL_KINDS: ReadonlySet<string> = new Set(["AWS", "Federated", "Service"]);

/** A statement, or what keeps it from being one. */
function readStatement(shape: StatementShape | null): Statement | string {
  if (shape === null) return "has an element of the wrong type";
  const foreign = Object.keys(shape).find((element) => !ELEMENTS.has(element));
  if (foreign !== undefined) return `has \`${foreign}\`, which is no element of a statement`;
  const { Effect, Principal, NotPrincipal, ...rest } = shape;
  if (Effect !== "Allow" && Effect !== "Deny") return "has no effect `Allow` or `Deny`";
  for (const element of [Principal, NotPrincipal]) {
    if (element !== undefined && !isPrincipal(element)) return "has principals of an unknown kind";
  }
  return {
    ...rest,
    Effect,
    ...(Principal === undefined ? {} : { Principal: Principal as PrincipalElement | "*" }),
    ...(NotPrincipal === undefined ? {} : { NotPrincipal: NotPrincipal as PrincipalElement | "*" }),
  };
}

function isPrincipal(element: NonNullable<StatementShape["Principal"]>): boolean {
  return typeof element === "string"
    ? element === "*"
    : Object.keys(element).every((kind) => PRINCIPAL_KINDS.has(kind));
}

/** Text that is equal to what it parses to has no key twice: the parser keeps the last of two. */
function isMinimalJson(text: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}

function shapeQuickly(text: string): Readable<DocumentShape> {
  const start = { line: 1, column: 1 };
  const nowhere = { start, end: start };
  const { source, diagnostics } = shapePolicy(JSON.parse(text), {
    file: "",
    locate: () => nowhere,
    locateKey: () => nowhere,
  });
  return source === undefined
    ? unreadable(diagnostics[0]?.message ?? "it is not a policy")
    : { known: true, value: source.document };
}

function shapeCarefully(text: string): Readable<DocumentShape> {
  const { source, diagnostics } = readPolicySource("", text);
  const problem = diagnostics.find(({ severity }) => severity === "error");
  return source === undefined || problem !== undefined
    ? unreadable(problem?.message ?? "it is not a policy")
    : { known: true, value: source.document };
}

function unreadable(reason: string): { readonly known: false; readonly reason: string } {
  return { known: false, reason };
}

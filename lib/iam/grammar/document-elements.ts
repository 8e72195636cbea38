import { listNames } from "../../diagnostics/nearest";
import { POLICY_VERSION } from "../policy-document";
import type { DocumentShape } from "../policy-shape";
import { didYouMean, KIND_NAMES, named, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

/**
 * The version in which policy variables work (rule GR-01). The older one, which a document without a version has,
 * is the same except that `${...}` is plain text: an error where such a text stands, as whoever wrote it meant
 * a variable.
 */
export function* version(document: DocumentShape): Iterable<GrammarFinding> {
  const { Version } = document;
  if (Version === POLICY_VERSION || Version === null) return;
  const literal = holdsVariable(document.Statement);
  if (Version === undefined) {
    yield {
      rule: "GR-01",
      at: [],
      ...(literal ? {} : { severity: "warning" as const }),
      message: `the document has no \`Version\`, so it is of \`${OLD_VERSION}\`${literal ? WITHOUT_VARIABLES : ""}`,
      help: `add "Version": "${POLICY_VERSION}"`,
    };
  } else if (Version === OLD_VERSION) {
    yield {
      rule: "GR-01",
      at: ["Version"],
      ...(literal ? {} : { severity: "warning" as const }),
      message: `\`${OLD_VERSION}\` is the old version of the policy language${literal ? WITHOUT_VARIABLES : ""}`,
      help: `write "${POLICY_VERSION}"`,
    };
  } else {
    yield {
      rule: "GR-01",
      at: ["Version"],
      message: `\`Version\` must be \`${POLICY_VERSION}\`, got ${quoted(Version)}`,
      help: `write "${POLICY_VERSION}"`,
    };
  }
}

const OLD_VERSION = "2008-10-17";
const WITHOUT_VARIABLES = ", in which IAM takes `${...}` literally";

/** Whether a text below an element holds `${`. */
function holdsVariable(element: unknown): boolean {
  if (typeof element === "string") return element.includes("${");
  return (
    typeof element === "object" && element !== null && Object.values(element).some(holdsVariable)
  );
}

/** The elements of a document, and no `Id` in identity policies (rule GR-02). */
export function* documentElements(
  document: DocumentShape,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  const allowed = kind === "trust" ? ["Id", "Statement", "Version"] : ["Statement", "Version"];
  for (const element of Object.keys(document)) {
    if (allowed.includes(element)) continue;
    const finding = { rule: "GR-02", at: [element], atKey: true } as const;
    yield element === "Id"
      ? {
          ...finding,
          message: `\`Id\` is not allowed in ${KIND_NAMES[kind]}, allowed: ${listNames(allowed)}`,
          help: "remove `Id`",
        }
      : {
          ...finding,
          message: `unknown element ${named(element)} in a policy document, allowed: ${listNames(allowed)}`,
          ...didYouMean(element, allowed),
        };
  }
  if (document.Statement === undefined) {
    yield {
      rule: "GR-02",
      at: [],
      message: "the document has no `Statement`",
      help: 'add "Statement" with at least one statement',
    };
  }
}

/** At least one statement (rule GR-09). */
export function* someStatement(document: DocumentShape): Iterable<GrammarFinding> {
  if (document.Statement?.length !== 0) return;
  yield {
    rule: "GR-09",
    at: ["Statement"],
    message: "`Statement` is an empty list, allowed: at least one statement",
  };
}

/** Sids are letters and digits, each once in a document (rule GR-12). IAM accepts an empty one; it says nothing. */
export function* sids(document: DocumentShape): Iterable<GrammarFinding> {
  const first = new Map<string, number>();
  for (const [index, statement] of (document.Statement ?? []).entries()) {
    const sid = statement?.Sid;
    if (sid === undefined) continue;
    const at = ["Statement", index, "Sid"];
    if (sid === "") {
      yield {
        rule: "GR-12",
        at,
        severity: "warning",
        message: "`Sid` is empty",
        help: "remove it",
      };
      continue;
    }
    if (!/^[A-Za-z0-9]+$/.test(sid)) {
      const plain = sid.replace(/[^A-Za-z0-9]+/g, "");
      yield {
        rule: "GR-12",
        at,
        message: `\`Sid\` must be letters and digits, got ${quoted(sid)}`,
        help: plain === "" ? "remove it" : `write ${quoted(plain)}`,
      };
    }
    const earlier = first.get(sid);
    if (earlier === undefined) first.set(sid, index);
    else {
      yield {
        rule: "GR-12",
        at,
        message: `the \`Sid\` ${quoted(sid)} is in two statements, allowed: once in a document`,
        help: "rename or remove one of them",
        related: {
          path: ["Statement", earlier, "Sid"],
          message: "first used here",
          atKey: false,
        },
      };
    }
  }
}

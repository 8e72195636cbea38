import type { FindingId } from "../../diagnostics/findings/finding-id";
import { listNames } from "../../diagnostics/nearest";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { didYouMean, KIND_NAMES, named, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

const TRUST_ELEMENTS = ["Action", "Condition", "Effect", "Principal", "Sid"];
const IDENTITY_ELEMENTS = [
  "Action",
  "Condition",
  "Effect",
  "NotAction",
  "NotResource",
  "Resource",
  "Sid",
];
const RESOURCE_CONTROL_ELEMENTS = [
  "Action",
  "Condition",
  "Effect",
  "NotResource",
  "Principal",
  "Resource",
  "Sid",
];

/** `Effect` is `Allow` or `Deny`, in this case (rule GR-03). */
export function* effect(statement: StatementShape, at: PolicyPath): Iterable<GrammarFinding> {
  const { Effect } = statement;
  if (Effect === undefined) {
    yield {
      rule: "GR-03",
      at,
      message: "the statement has no `Effect`, allowed: `Allow`, `Deny`",
      help: 'add "Effect": "Allow" or "Effect": "Deny"',
    };
  } else if (Effect !== "Allow" && Effect !== "Deny") {
    const meant = ["Allow", "Deny"].find((each) => each.toLowerCase() === Effect.toLowerCase());
    yield {
      rule: "GR-03",
      at: [...at, "Effect"],
      message: `\`Effect\` must be \`Allow\` or \`Deny\`, got ${quoted(Effect)}`,
      ...(meant === undefined ? {} : { help: `write "${meant}"` }),
    };
  }
}

/**
 * The elements that a statement of this kind of document may and must have: actions in either form
 * (rule GR-03); in identity policies and boundaries resources in either form and no principals (rule
 * GR-04); in trust policies principals and no resources (rule GR-05), nor all actions but some (GR-11); in
 * resource control policies both, and neither principals nor actions by exception (rule PB-07).
 */
export function* statementElements(
  statement: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  const form = formOf(kind);
  const allowed = ELEMENTS[form];
  for (const element of Object.keys(statement)) {
    if (allowed.includes(element)) continue;
    const place = { at: [...at, element], atKey: true };
    const misplaced = MISPLACED[form][element];
    yield misplaced === undefined
      ? {
          rule: "GR-03",
          ...place,
          message: `unknown element ${named(element)} in a statement, allowed: ${listNames(allowed)}`,
          ...didYouMean(element, allowed),
        }
      : {
          rule: misplaced.rule,
          ...place,
          message: `\`${element}\` is not allowed in ${KIND_NAMES[kind]}${misplaced.why}`,
          help: misplaced.help,
        };
  }
  if (kind === "trust") yield* required(statement, at);
  else {
    // Exceptions from actions are reported above, where they may not stand.
    if (form !== "resource-control" || statement.NotAction === undefined) {
      yield* oneForm(statement, at, "Action", "NotAction", "GR-03");
    }
    yield* oneForm(statement, at, "Resource", "NotResource", "GR-04");
  }
}

type Form = Exclude<PolicyKind, "boundary">;

/** The kinds of documents whose statements have the same elements. */
function formOf(kind: PolicyKind): Form {
  return kind === "boundary" ? "identity" : kind;
}

const ELEMENTS: Readonly<Record<Form, readonly string[]>> = {
  trust: TRUST_ELEMENTS,
  identity: IDENTITY_ELEMENTS,
  "service-control": IDENTITY_ELEMENTS,
  "resource-control": RESOURCE_CONTROL_ELEMENTS,
};

interface Misplaced {
  readonly rule: FindingId;
  readonly why: string;
  readonly help: string;
}

const RESOURCE_IN_TRUST: Misplaced = {
  rule: "GR-05",
  why: ": the role itself is the resource",
  help: "remove it",
};
const PRINCIPAL_IN_IDENTITY: Misplaced = {
  rule: "GR-04",
  why: ": it is about the role that it is attached to",
  help: "remove it",
};

const PRINCIPAL_IN_SERVICE_CONTROL: Misplaced = {
  rule: "GR-04",
  why: ": it is about the users and roles of the accounts below",
  help: "remove it, or name the policy under `resource` if it is a resource control policy",
};

const MISPLACED: Readonly<Record<Form, Readonly<Record<string, Misplaced>>>> = {
  trust: {
    Resource: RESOURCE_IN_TRUST,
    NotResource: RESOURCE_IN_TRUST,
    NotPrincipal: {
      rule: "GR-05",
      why: ", allowed: `Principal`",
      help: "name who can assume the role under `Principal`",
    },
    NotAction: {
      rule: "GR-11",
      why: ", allowed: `Action`",
      help: "name the actions under `Action`",
    },
  },
  identity: { Principal: PRINCIPAL_IN_IDENTITY, NotPrincipal: PRINCIPAL_IN_IDENTITY },
  "service-control": {
    Principal: PRINCIPAL_IN_SERVICE_CONTROL,
    NotPrincipal: PRINCIPAL_IN_SERVICE_CONTROL,
  },
  "resource-control": {
    NotPrincipal: {
      rule: "PB-07",
      why: ", allowed: `Principal`",
      help: 'write "Principal": "*", and say in a condition who is meant',
    },
    NotAction: {
      rule: "PB-07",
      why: ", allowed: `Action`",
      help: "name the actions under `Action`",
    },
  },
};

function* required(statement: StatementShape, at: PolicyPath): Iterable<GrammarFinding> {
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
    yield {
      rule: "GR-05",
      at,
      message: "the statement has no `Principal`, which a trust policy must have",
      help: 'add "Principal" with `AWS`, `Federated` or `Service`',
    };
  }
  if (statement.Action === undefined && statement.NotAction === undefined) {
    yield {
      rule: "GR-03",
      at,
      message: "the statement has no `Action`",
      help: 'add "Action": "sts:AssumeRole"',
    };
  }
}

function* oneForm(
  statement: StatementShape,
  at: PolicyPath,
  form: "Action" | "Resource",
  negated: "NotAction" | "NotResource",
  rule: FindingId,
): Iterable<GrammarFinding> {
  const present = [form, negated].filter((element) => statement[element as "Action"] !== undefined);
  if (present.length === 1) return;
  const both = present.length === 2;
  yield {
    rule,
    at: both ? [...at, negated] : at,
    ...(both ? { atKey: true } : {}),
    message: `the statement has ${both ? "both" : "neither"} \`${form}\` ${both ? "and" : "nor"} \`${negated}\`, allowed: exactly one of them`,
    help: both ? "remove one of them" : `add "${form}"`,
  };
}

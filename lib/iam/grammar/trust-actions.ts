import { BUILT_IN_PROVIDERS } from "../federation/built-in-provider";
import { listNames } from "../../diagnostics/nearest";
import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { didYouMean, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter } from "./parameters";
import type { PolicyKind } from "./policy-kind";

/** What a trust policy may allow or deny (rule GR-11). */
const TRUST_ACTIONS = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:SetContext",
  "sts:SetSourceIdentity",
  "sts:TagSession",
];

/** How each kind of principal assumes a role (rule GR-10). The other actions fit all of them. */
const ASSUMED_BY = {
  "an AWS principal or a service": "sts:AssumeRole",
  "a SAML provider": "sts:AssumeRoleWithSAML",
  "an OIDC provider": "sts:AssumeRoleWithWebIdentity",
} as const;

type Assumer = keyof typeof ASSUMED_BY;

/** The actions of a trust policy are those of assuming roles (rule GR-11) and fit the principals (rule GR-10). */
export function* trustActions(
  statement: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  if (kind !== "trust") return;
  const assumers = assumersOf(statement);
  if (assumers.length > 1) {
    yield {
      rule: "GR-10",
      at: [...at, "Principal"],
      message: `a statement must not mix ${assumers.join(" with ")}: each assumes a role by its own action`,
      help: "write a statement for each",
    };
  }
  const [assumer] = assumers.length === 1 ? assumers : [];
  for (const [index, action] of valuesOf(statement.Action).entries()) {
    if (holdsParameter(action)) continue;
    const place = [...at, "Action", index];
    const known = TRUST_ACTIONS.find((each) => each.toLowerCase() === action.toLowerCase());
    if (known === undefined) {
      yield {
        rule: "GR-11",
        at: place,
        message: `an action of a trust policy must be one of ${listNames(TRUST_ACTIONS)}, got ${quoted(action)}`,
        ...didYouMean(action, TRUST_ACTIONS),
      };
      continue;
    }
    const fitting = assumer === undefined ? undefined : ASSUMED_BY[assumer];
    if (fitting === undefined || known === fitting || !known.startsWith("sts:AssumeRole")) continue;
    yield {
      rule: "GR-10",
      at: place,
      message: `${assumer ?? ""} never assumes a role with \`${known}\`, allowed: \`${fitting}\``,
      help: `write "${fitting}"`,
    };
  }
}

/** The kinds of principals in a statement that assume roles in different ways; a denied `*` is everyone. */
function assumersOf({ Principal, Effect }: StatementShape): readonly Assumer[] {
  if (typeof Principal !== "object") return [];
  const providers = valuesOf(Principal.Federated);
  const aws = valuesOf(Principal.AWS);
  const saml = providers.some((provider) => provider.includes(":saml-provider/"));
  const oidc = providers.some(
    (provider) =>
      provider.includes(":oidc-provider/") ||
      BUILT_IN_PROVIDERS.some(({ host }) => host === provider),
  );
  if (Effect === "Deny" && aws.includes("*")) return [];
  const direct = aws.length > 0 || valuesOf(Principal.Service).length > 0;
  return [
    ...(direct ? (["an AWS principal or a service"] as const) : []),
    ...(saml ? (["a SAML provider"] as const) : []),
    ...(oidc ? (["an OIDC provider"] as const) : []),
  ];
}

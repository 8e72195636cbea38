import type { PrincipalEntry } from "../../account-map/model/account-map";
import { identityOfKind } from "../../account-map/model/condition-fit";
import { listNames } from "../../diagnostics/nearest";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";

export const unboundSourceIdentity: Rule = {
  id: "unbound-source-identity",
  severity: "warning",
  summary: "people set a source identity that is bound to what AWS asserts about them",
  why: "AWS does not control the value: a caller that can choose from several can set another person's, and CloudTrail, revocation and access by person then show the wrong one. Who has none is shown as nobody.",
  source: "IAM User Guide, id_credentials_temp_control-access_monitor (CK-21)",
  *inMap(context) {
    for (const { wayIn } of context.entrances) yield* choosable(wayIn);
    for (const { waysIn } of context.entries) {
      if (!waysIn.some(({ conditions }) => conditions.sourceIdentity !== undefined)) continue;
      for (const wayIn of waysIn) yield* missing(wayIn);
    }
  },
};

/** Kinds whose callers are, or can be, several people who call STS themselves; a role or a vendor speaks for others. */
const PEOPLE: ReadonlySet<string> = new Set([
  "user",
  "permissionSet",
  "account",
  "organizationalUnit",
]);

function* choosable({ principal, conditions, at }: PrincipalEntry): Generator<RuleFinding> {
  const { sourceIdentity } = conditions;
  if (sourceIdentity === undefined || "bound" in sourceIdentity) return;
  const { values } = sourceIdentity;
  const isOne = values.length === 1 && !/[*?]/.test(values[0] ?? "");
  if (isOne || !PEOPLE.has(principal.kind)) return;
  yield {
    at: [...at, "sourceIdentity"],
    atKey: true,
    message: `any of these callers can set the source identity of another: ${listNames(values)}`,
    help:
      identityOfKind(principal.kind) === undefined
        ? "name users or permission sets, with `sourceIdentity: caller`, or write one name"
        : "write `sourceIdentity: caller`, or one name if the caller is a machine",
    acceptable: true,
  };
}

function* missing({ principal, conditions, at }: PrincipalEntry): Generator<RuleFinding> {
  const isPerson =
    principal.kind === "permissionSet" ||
    principal.kind === "saml" ||
    (principal.kind === "user" && conditions.mfa !== undefined);
  if (!isPerson || conditions.sourceIdentity !== undefined) return;
  yield {
    at,
    atKey: true,
    message:
      "these people assume the role without a source identity, and its other callers have one",
    help: "add `sourceIdentity: caller`",
    acceptable: true,
  };
}

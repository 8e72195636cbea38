import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import type { Rule } from "../rule";
import type { MapContext } from "../rule-context";

/** Documents of `policies/` are judged as they are read; this judges what the map itself puts into policies. */
export const acceptedCharacters: Rule = {
  id: "ID-22",
  severity: "error",
  summary: "a policy has at most 131,072 characters, none above U+00FF",
  why: "IAM rejects the policy: one typographic dash or quote, or a letter outside Latin-1, is enough.",
  source: "botocore, iam policyDocumentType",
  refused: true,
  *inMap(context) {
    for (const { at, value } of policyTexts(context)) {
      for (const text of textsIn(value)) {
        const character = FOREIGN.exec(text)?.[0];
        if (character === undefined) continue;
        const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
        yield {
          at,
          message: `the character U+${code} in ${JSON.stringify(text)} is not accepted by IAM in a policy, allowed: U+0020 to U+00FF`,
          help: "write it with plain letters, or a wildcard in its place",
        };
        break;
      }
    }
  },
};

const FOREIGN = /[^\t\n\r\u0020-\u00FF]/u;

interface PolicyText {
  readonly at: Path;
  readonly value: unknown;
}

/** What the map puts into policies, apart from names and ids, which have their own checks. */
function* policyTexts({ map, entries, entrances }: MapContext): Generator<PolicyText> {
  for (const { default: value } of map.parameters.values()) {
    if (value !== undefined) yield value;
  }
  for (const { parameters } of map.accounts.values()) yield* parameters.values();
  for (const { settings } of entries) {
    const { documents, statements, at } = settings.permissions;
    for (const { values } of documents) yield* values.values();
    for (const [index, statement] of statements.entries()) {
      yield { at: [...at, "statements", index], value: statement };
    }
  }
  for (const { wayIn } of entrances) yield* trustTexts(wayIn);
}

function* trustTexts({ principal, conditions, at }: PrincipalEntry): Generator<PolicyText> {
  const own: Record<string, unknown> = { ...principal };
  if (principal.kind === "foreignAccount") delete own.reason;
  if ("provider" in principal) {
    // The rest of a provider is no part of a policy.
    own.provider = principal.provider.kind === "oidc" ? principal.provider.audiences : [];
  }
  yield { at: [...at, principal.kind], value: own };
  for (const { key, values } of conditions.sessionTags) {
    yield { at: [...at, "sessionTags", key], value: [key, values] };
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Map) return [...value].flatMap(textsIn);
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(textsIn);
}

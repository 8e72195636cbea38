import { listNames } from "../../../diagnostics/nearest";
import { quoteText } from "../../../diagnostics/quote";
import { issuerOf } from "../../../iam/arn";
import { builtInProvider } from "../../../iam/federation/built-in-provider";
import type { Reporter } from "../../../source/reporter";
import type { Path } from "../../../source/source";
import { identityOfKind, misfitOf } from "../../model/condition-fit";
import type { Principal, PrincipalKind } from "../../model/principal";
import type { SourceIdentityCondition } from "../../model/source-identity";
import type { RawPrincipal, RawSourceIdentityCondition } from "../raw-account-map";
import { checkIdentifier } from "../reading";

/** The principal whose identity is read. */
export interface IdentityHolder {
  readonly kind: PrincipalKind;
  /** `undefined` where it could not be read. */
  readonly principal: Principal | undefined;
  /** Path of the entry. */
  readonly path: Path;
}

/** Reads what the callers of a principal set as source identity, and rejects what AWS does not assert of them (rule CK-21). */
export function readSourceIdentity(
  { sourceIdentity: raw, service }: RawPrincipal,
  holder: IdentityHolder,
  reporter: Reporter,
): SourceIdentityCondition | undefined {
  if (raw === undefined) return undefined;
  const { kind, path } = holder;
  // What does not fit the kind at all is reported there.
  const fits = misfitOf("sourceIdentity", kind, service?.name) === undefined;
  if (raw === "caller" || !fits) return fits ? readCaller(holder, reporter) : undefined;
  const at = [...path, "sourceIdentity"];
  const written = ["attribute", "values"].filter((key) => key in raw);
  if (written.length !== 1) {
    reporter.report(at, {
      rule: "CK-21",
      atKey: true,
      message:
        written.length === 0
          ? "`sourceIdentity` needs `values:` or `attribute:`"
          : "`sourceIdentity` has either `values:` or `attribute:`, got both",
      help: "write `sourceIdentity: caller` for the name that AWS asserts, or `values:` with the name of a machine",
    });
    return undefined;
  }
  if (raw.attribute !== undefined) return readAttribute(raw, raw.attribute, holder, reporter);
  const values = raw.values ?? [];
  for (const [index, value] of values.entries()) {
    checkIdentifier(
      reporter,
      [...at, "values", index],
      "sourceIdentity",
      "a source identity",
      value,
    );
  }
  return { values, required: raw.required ?? true };
}

function readCaller(
  { kind, principal, path }: IdentityHolder,
  reporter: Reporter,
): SourceIdentityCondition | undefined {
  const bound = identityOfKind(kind);
  const at = [...path, "sourceIdentity"];
  if (bound === undefined) {
    reporter.report(at, {
      rule: "CK-21",
      message: `\`sourceIdentity: caller\` does not fit a principal of kind \`${kind}\`: ${NOT_ASSERTED[kind] ?? UNNAMED}`,
      help: "write `sourceIdentity: { values: [NAME] }` with one name, which every caller of this principal gets",
    });
    return undefined;
  }
  const short =
    principal?.kind === "user" ? principal.names.filter(({ length }) => length < 2) : [];
  if (short.length > 0) {
    reporter.report(at, {
      rule: "ID-14",
      message: `a source identity has at least 2 characters, which the user ${listNames(short)} could not meet`,
      help: "rename the user, or write `sourceIdentity: { values: [NAME] }`",
    });
  }
  const issuer = principal?.kind === "oidc" ? issuerOf(principal.provider.url) : undefined;
  if (issuer !== undefined && isWithoutIdentity(issuer)) {
    reporter.report(at, {
      rule: "CK-21",
      message: `tokens of ${quoteText(issuer)} are not documented to contain a source identity, so nobody could assume the role`,
      help: "remove `sourceIdentity:`, and require a claim of the token under `claims:`",
    });
    return undefined;
  }
  return { bound };
}

const UNNAMED = "its callers are of several kinds, and AWS asserts no name that all of them have";
const NOT_ASSERTED: Partial<Record<PrincipalKind, string>> = {
  role: "whoever assumes a role chooses the name of its session, so AWS asserts nothing about the person behind it",
};

/** Issuers whose tokens have fixed claims, without the one that sets a source identity. */
function isWithoutIdentity(issuer: string): boolean {
  return builtInProvider(issuer) !== undefined || issuer === "token.actions.githubusercontent.com";
}

function readAttribute(
  raw: Exclude<RawSourceIdentityCondition, "caller">,
  attribute: string,
  { kind, path }: IdentityHolder,
  reporter: Reporter,
): SourceIdentityCondition | undefined {
  const at = [...path, "sourceIdentity"];
  if (raw.required !== undefined) {
    reporter.report([...at, "required"], {
      rule: "CK-21",
      atKey: true,
      message:
        "`required` belongs to `values`: an identity that must equal an attribute is required",
      help: "remove `required:`",
    });
  }
  if (kind !== "permissionSet") {
    reporter.report([...at, "attribute"], {
      rule: "CK-21",
      atKey: true,
      message: `\`attribute\` does not fit a principal of kind \`${kind}\`: only IAM Identity Center sets attributes that its users cannot choose`,
      help:
        identityOfKind(kind) === undefined ? "write `values:`" : "write `sourceIdentity: caller`",
    });
    return undefined;
  }
  checkIdentifier(reporter, [...at, "attribute"], "tagKey", "the key of an attribute", attribute);
  return { bound: { by: "attribute", key: attribute } };
}

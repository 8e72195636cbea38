import type { Account, AccountMap } from "../../account-map/model/account-map";
import type { Path } from "../../source/yaml/yaml-source";
import { customerPolicyArn, locationOf } from "../../iam/arn";
import type { PolicyDocument } from "../../iam/policy-document";
import type { AccountPlan, BoundaryText, RolePlan } from "../resolved-access";
import { fillIn } from "../parameters";
import type { ReportFinding } from "../parameters";
import type { RoleDraft } from "../draft/role-draft";

/** What the texts of boundaries are found with. */
export interface BoundaryTextInput {
  readonly map: AccountMap;
  /** Documents of `policies/` by name. */
  readonly documents: ReadonlyMap<string, PolicyDocument>;
  readonly report: ReportFinding;
}

/**
 * The boundaries of roles that are made elsewhere and whose text the map says, by ARN, sorted by account.
 * Two texts for one policy are reported.
 */
export function boundaryTexts(
  drafts: readonly Pick<RoleDraft, "settings" | "account">[],
  input: BoundaryTextInput,
): ReadonlyMap<string, BoundaryText> {
  const texts = new Map<string, { readonly text: BoundaryText; readonly at: Path }>();
  for (const { settings, account } of drafts) {
    const boundary = settings.permissionsBoundary;
    if (boundary?.kind !== "existing" || boundary.document === undefined) continue;
    const { path, name, document: source, at } = boundary;
    const arn = customerPolicyArn(locationOf(account), path, name);
    const earlier = texts.get(arn);
    if (earlier === undefined) {
      const document = textIn(account, source, at, input);
      if (document !== undefined) {
        texts.set(arn, { text: { arn, account, source, document }, at });
      }
    } else if (earlier.text.source !== source) {
      input.report([...at, "document"], {
        rule: "boundary-document",
        message: `${arn} has one text only, and the map names policies/${earlier.text.source}.json and policies/${source}.json`,
        help: "name the same document wherever the policy is a boundary",
        related: { path: [...earlier.at, "document"], message: "first one here" },
      });
    }
  }
  const placeOf = ({ account, arn }: BoundaryText): string => `${account.key} ${arn}`;
  const sorted = [...texts.values()]
    .map(({ text }) => text)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return new Map(sorted.map((text) => [text.arn, text]));
}

/** A document in an account; `undefined` where there is none, which was reported when the map was read. */
function textIn(
  account: Account,
  source: string,
  at: Path,
  { map, documents, report }: BoundaryTextInput,
): PolicyDocument | undefined {
  const document = documents.get(source);
  if (document === undefined) return undefined;
  return fillIn(document, { account, declared: map.parameters, values: new Map(), report, at });
}

/** What bounds a role, and the document of `policies/` that says so. */
export interface BoundingDocument {
  readonly source: string;
  readonly document: PolicyDocument;
}

/**
 * What bounds a role as the map says it, whether the boundary is made from the document or taken to have its
 * text; `undefined` for boundaries of AWS and those whose text the map does not say.
 *
 * @param account the plan of the role's account
 * @param texts those of the whole plan
 */
export function boundingDocument(
  { permissionsBoundary: boundary }: RolePlan,
  { boundaries }: Pick<AccountPlan, "boundaries">,
  texts: ReadonlyMap<string, BoundaryText> | undefined,
): BoundingDocument | undefined {
  if (boundary?.policyId === undefined) return boundary && texts?.get(boundary.arn);
  const made = boundaries.find(({ id }) => id === boundary.policyId);
  return made && { source: made.name, document: made.document };
}

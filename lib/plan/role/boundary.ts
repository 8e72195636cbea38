import type { Account, PermissionsBoundary } from "../../account-map/model/account-map";
import { addressPart } from "../../account-map/model/address-part";
import { awsManagedPolicyArn, customerPolicyArn, locationOf } from "../../iam/arn";
import type { PolicyDocument } from "../../iam/policy-document";
import type { Path } from "../../source/source";
import type { RoleDraft } from "../draft/role-draft";
import { fillFor } from "../plan-scope";
import type { PlanScope } from "../plan-scope";
import type {
  AccountPlan,
  BoundaryPlan,
  BoundaryText,
  CustomerPolicyPlan,
  RolePlan,
} from "../resolved-access";
import { byTextOf } from "../../values/order";

type Bounded = Pick<RoleDraft, "settings" | "account">;

/** The boundary of a role, or nothing where it has none. */
export function roleBoundary(
  { settings: { permissionsBoundary: boundary }, account }: Bounded,
  { map }: PlanScope,
): BoundaryPlan | undefined {
  switch (boundary?.kind) {
    case undefined:
      return undefined;
    case "managed":
      return { arn: awsManagedPolicyArn(account.partition, boundary.arnPath) };
    case "existing":
      return { arn: existingArn(boundary, account) };
    case "document": {
      const { id: policyId, arn } = madeFrom(boundary.document, account, map.policyPath);
      return { arn, policyId };
    }
  }
}

/** The boundaries that are made in an account for its roles, sorted by id. */
export function madeBoundaries(drafts: readonly Bounded[], scope: PlanScope): CustomerPolicyPlan[] {
  const policies = new Map<string, CustomerPolicyPlan>();
  for (const { settings, account } of drafts) {
    const boundary = settings.permissionsBoundary;
    if (boundary?.kind !== "document" || policies.has(boundary.document)) continue;
    const document = documentIn(account, boundary.document, boundary.at, scope);
    if (document === undefined) continue;
    const made = madeFrom(boundary.document, account, scope.map.policyPath);
    policies.set(boundary.document, { ...made, document });
  }
  return [...policies.values()].sort(byTextOf(({ id }) => id));
}

/**
 * The boundaries of roles that are made elsewhere and whose text the map says, by ARN, sorted by account.
 * Two texts for one policy are reported.
 */
export function boundaryTexts(
  drafts: readonly Bounded[],
  scope: PlanScope,
): ReadonlyMap<string, BoundaryText> {
  const texts = new Map<string, { readonly text: BoundaryText; readonly at: Path }>();
  for (const { settings, account } of drafts) {
    const boundary = settings.permissionsBoundary;
    if (boundary?.kind !== "existing" || boundary.document === undefined) continue;
    const { document: source, at } = boundary;
    const arn = existingArn(boundary, account);
    const earlier = texts.get(arn);
    if (earlier === undefined) {
      const document = documentIn(account, source, at, scope);
      if (document !== undefined) texts.set(arn, { text: { arn, account, source, document }, at });
    } else if (earlier.text.source !== source) {
      scope.report([...at, "document"], {
        rule: "boundary-document",
        message: `${arn} has one text only, and the map names policies/${earlier.text.source}.json and policies/${source}.json`,
        help: "name the same document wherever the policy is a boundary",
        related: { path: [...earlier.at, "document"], message: "first one here" },
      });
    }
  }
  const placeOf = ({ account, arn }: BoundaryText): string => `${account.key} ${arn}`;
  const sorted = [...texts.values()].map(({ text }) => text).sort(byTextOf(placeOf));
  return new Map(sorted.map((text) => [text.arn, text]));
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

function existingArn(
  { path, name }: Extract<PermissionsBoundary, { readonly kind: "existing" }>,
  account: Account,
): string {
  return customerPolicyArn(locationOf(account), path, name);
}

function madeFrom(
  document: string,
  account: Account,
  path: string,
): Omit<CustomerPolicyPlan, "document"> {
  const arn = customerPolicyArn(locationOf(account), path, document);
  return { id: `boundary-${addressPart(document)}`, name: document, path, arn };
}

/** A document in an account; `undefined` where there is none, which was reported when the map was read. */
function documentIn(
  account: Account,
  name: string,
  at: Path,
  scope: PlanScope,
): PolicyDocument | undefined {
  const document = scope.documents.get(name);
  return document && fillFor(document, account, at, scope);
}

import type { AccountMap, PermissionsBoundary } from "../account-map/model/account-map";
import { customerPolicyArn, locationOf, splitPath } from "../iam/arn";
import type { PolicyDocument } from "../iam/policy-document";
import type { ResolvedAccess, AccountPlan } from "../plan/resolved-access";
import { fillIn } from "../plan/parameters";
import { bindingBoundaries, existingBoundaries } from "./account-bootstrap";
import type { BootstrapStack } from "./bootstrap-stack";

/** A boundary without the account that it is in: the same for all accounts that a map treats alike. */
interface BoundaryName {
  /** `aws` for a policy of AWS, which no one has to create. */
  readonly owner: "aws" | "account";
  readonly path: string;
  readonly name: string;
}

/** The boundaries of an account: what binds its deployment role, and what has to be made before any role. */
export interface AccountBoundaries {
  /** ARNs; none where the deployment role is not bound. */
  readonly arns: readonly string[];
  readonly made: BootstrapStack["boundaries"];
  /** What cannot be made, or is made by Terraform itself. */
  readonly notes: readonly string[];
}

const POLICY_ARN = /^arn:[^:]+:iam::(?<owner>aws|\d{12}):policy(?<path>\/(?:.*\/)?)(?<name>[^/]+)$/;

/**
 * The boundaries of an account. An account without roles takes those of all others, where these agree, and
 * in a map without any role that of the defaults: its first role then needs no new bootstrap.
 *
 * @param documents documents of `policies/` by name: a boundary is made from the one that the map says it has
 *   the text of, else from the one of its name
 */
export function accountBoundaries(
  plan: AccountPlan,
  { map, plan: whole, documents }: BoundaryInput,
): AccountBoundaries {
  const hasRoles = plan.roles.length > 0;
  const own = hasRoles ? namesOf(bindingBoundaries(plan)) : usualBoundaries(whole, map);
  // A role cannot be created with a boundary that is not there, whether or not it binds whoever creates it.
  const needed = hasRoles ? namesOf(existingBoundaries(plan)) : own;
  const location = locationOf(plan.account);
  const notes: string[] = [];
  for (const { name, path } of plan.boundaries) {
    notes.push(
      `Terraform creates the boundary \`${name}\` itself, so it can change it and is not limited by it: write \`permissionsBoundary: { existing: ${path.slice(1)}${name}, document: ${name} }\` to create it here instead`,
    );
  }
  const made = needed.flatMap(({ owner, path, name }) => {
    if (owner === "aws") return [];
    const arn = customerPolicyArn(location, path, name);
    const source =
      sourceOf(whole, arn, `${path}${name}`) ?? sourceInDefaults(map, path, name) ?? name;
    const document = documents.get(source);
    if (document === undefined) {
      notes.push(
        `the boundary ${arn} must exist: there is no policies/${source}.json to create it from`,
      );
      return [];
    }
    const scope = {
      account: plan.account,
      declared: map.parameters,
      values: new Map(),
      at: plan.account.at,
      report: (_at: unknown, { message }: { readonly message: string }) => {
        notes.push(`policies/${source}.json: ${message}`);
      },
    };
    return [{ name, path, arn, document: fillIn(document, scope) }];
  });
  const arns = own.map(({ owner, path, name }) =>
    owner === "aws"
      ? `arn:${location.partition}:iam::aws:policy${path}${name}`
      : customerPolicyArn(location, path, name),
  );
  return { arns, made, notes };
}

/** What boundaries are found with. */
export interface BoundaryInput {
  readonly map: AccountMap;
  readonly plan: ResolvedAccess;
  readonly documents: ReadonlyMap<string, PolicyDocument>;
}

/** The document that the map says a boundary has the text of, here or in the accounts that have roles. */
function sourceOf(
  { boundaryTexts }: ResolvedAccess,
  arn: string,
  reference: string,
): string | undefined {
  const elsewhere = [...(boundaryTexts?.values() ?? [])].find((text) =>
    text.arn.endsWith(`:policy${reference}`),
  );
  return (boundaryTexts?.get(arn) ?? elsewhere)?.source;
}

/** The document that the defaults say a boundary has the text of. */
function sourceInDefaults(
  { defaultBoundary: usual }: AccountMap,
  path: string,
  name: string,
): string | undefined {
  return usual?.kind === "existing" && usual.path === path && usual.name === name
    ? usual.document
    : undefined;
}

function usualBoundaries(
  { accounts }: ResolvedAccess,
  { defaultBoundary }: AccountMap,
): readonly BoundaryName[] {
  const [first, ...others] = accounts
    .filter(({ roles }) => roles.length > 0)
    .map((account) => namesOf(bindingBoundaries(account)));
  if (first === undefined) return boundaryOf(defaultBoundary);
  const text = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === text) ? first : [];
}

function boundaryOf(boundary: PermissionsBoundary | undefined): readonly BoundaryName[] {
  switch (boundary?.kind) {
    case "existing":
      return [{ owner: "account", path: boundary.path, name: boundary.name }];
    case "managed": {
      const { path, name } = splitPath(boundary.arnPath);
      return [{ owner: "aws", path: `/${path}`, name }];
    }
    default:
      return [];
  }
}

function namesOf(arns: readonly string[]): BoundaryName[] {
  return arns.flatMap((arn) => {
    const { owner, path, name } = POLICY_ARN.exec(arn)?.groups ?? {};
    if (path === undefined || name === undefined) return [];
    return [{ owner: owner === "aws" ? "aws" : "account", path, name } as const];
  });
}

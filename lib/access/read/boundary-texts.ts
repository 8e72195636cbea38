import type { PolicyDocument } from "../../iam/policy-document";

/**
 * What boundaries that no Terraform makes are taken to say, by ARN; a plan's are `boundaryTexts`. Nothing of
 * it is read from an account.
 */
export type BoundaryTexts = ReadonlyMap<string, { readonly document: PolicyDocument }>;

/** No boundary of which more is known than the Terraform says. */
export const NO_BOUNDARY_TEXTS: BoundaryTexts = new Map();

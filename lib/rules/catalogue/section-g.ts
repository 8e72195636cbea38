import type { CatalogueEntry } from "../rule";

/** Section G: OIDC, SAML and EKS. */
export const SECTION_G: readonly CatalogueEntry[] = [];

/** The sections of a map whose entries are referred to by key. */
export type Section =
  "organizations" | "accounts" | "parameters" | "identityProviders" | "hubs" | "spokes" | "chains";

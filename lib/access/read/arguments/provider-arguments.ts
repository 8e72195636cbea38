/** How an argument of the provider `hashicorp/aws` bears on which account is changed. */
type ProviderUse =
  /** It says which account, or in which partition. */
  | "read"
  /** How the provider signs in and calls: `allowed_account_ids` still decides which account it may change. */
  | "idle"
  /** It leads calls elsewhere, or turns off what binds the provider to its account. */
  | "unread";

const READ = ["alias", "allowed_account_ids", "region"];

const UNREAD = [
  // With them, calls go to whoever answers there.
  "custom_ca_bundle",
  "endpoints",
  "insecure",
  // Provider instances of OpenTofu: one block for many accounts.
  "for_each",
  // Without the call that tells the account, nothing holds it against `allowed_account_ids`.
  "skip_requesting_account_id",
];

const IDLE = [
  "//",
  "access_key",
  "assume_role",
  "assume_role_with_web_identity",
  "default_tags",
  "ec2_metadata_service_endpoint",
  "ec2_metadata_service_endpoint_mode",
  "forbidden_account_ids",
  "http_proxy",
  "https_proxy",
  "ignore_tags",
  "max_retries",
  "no_proxy",
  "profile",
  "retry_mode",
  "s3_us_east_1_regional_endpoint",
  "s3_use_path_style",
  "secret_key",
  "shared_config_files",
  "shared_credentials_files",
  "skip_credentials_validation",
  "skip_metadata_api_check",
  "skip_region_validation",
  "sts_region",
  "tag_policy_compliance",
  "token",
  "token_bucket_rate_limiter_capacity",
  "use_dualstack_endpoint",
  "use_fips_endpoint",
  "version",
];

const USES: ReadonlyMap<string, ProviderUse> = new Map([
  ...READ.map((name) => [name, "read"] as const),
  ...IDLE.map((name) => [name, "idle"] as const),
  ...UNREAD.map((name) => [name, "unread"] as const),
]);

/**
 * How an argument of a provider's block bears on which account is changed; `undefined` where that is not
 * known.
 *
 * Source: schema of the provider `hashicorp/aws`, versions 5.100.0 and 6.25.0.
 */
export function providerUse(name: string): ProviderUse | undefined {
  return USES.get(name);
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { profileNameOf, readIni } from "../../lib/session/profiles/ini";
import { homeOf, said } from "../user-folders";
import type { Environment } from "../user-folders";

/** Settings of the AWS configuration that are no credentials and lead to none (AWS SDKs and tools reference guide). */
const KEPT: ReadonlySet<string> = new Set([
  "ca_bundle",
  "cli_auto_prompt",
  "cli_binary_format",
  "cli_history",
  "cli_pager",
  "cli_timestamp_format",
  "defaults_mode",
  "disable_host_prefix_injection",
  "ec2_metadata_service_endpoint_mode",
  "endpoint_discovery_enabled",
  "endpoint_url",
  "ignore_configured_endpoint_urls",
  "max_attempts",
  "metadata_service_num_attempts",
  "metadata_service_timeout",
  "output",
  "parameter_validation",
  "region",
  "request_checksum_calculation",
  "request_min_compression_size_bytes",
  "response_checksum_validation",
  "retry_mode",
  "s3",
  "s3_disable_express_session_auth",
  "s3_use_arn_region",
  "s3_us_east_1_regional_endpoint",
  "s3_disable_multiregion_access_points",
  "services",
  "sigv4a_signing_region_set",
  "sts_regional_endpoints",
  "tcp_keepalive",
  "use_dualstack_endpoint",
  "use_fips_endpoint",
]);

/**
 * The configuration of a command that runs with other credentials: what the user's own profile says that is no
 * credential, as the default profile, with the `services` sections.
 */
export function keptSettings(environment: Environment, profile: string | undefined): string {
  const file = said(environment, "AWS_CONFIG_FILE") ?? join(homeOf(environment), ".aws", "config");
  if (!existsSync(file)) return "";
  const name = profile ?? said(environment, "AWS_PROFILE", "AWS_DEFAULT_PROFILE") ?? "default";
  const sections = readIni(readFileSync(file, "utf8"));
  const own = sections.filter(({ title }) => profileNameOf(title) === name);
  const settings = own
    .flatMap((section) => section.settings)
    .filter(({ key }) => KEPT.has(key))
    .flatMap(({ lines }) => lines);
  const services = sections.filter(({ title }) => title.startsWith("services "));
  const parts = [
    ...(settings.length === 0 ? [] : ["[default]", ...settings]),
    ...services.flatMap((each) => [
      `[${each.title}]`,
      ...each.settings.flatMap(({ lines }) => lines),
    ]),
  ];
  return parts.map((line) => `${line}\n`).join("");
}

import type { Section } from "../rule";

/** What holds for all of them: nothing that is read or written here is a configuration file. */
const NO_PROFILES =
  "trustwheel reads and writes no configuration file, and the map names no profiles.";

export const CONFIGURATION_FILES: Section = {
  title: "AWS configuration files",
  entries: [
    {
      status: "out of reach",
      id: "CF-01",
      summary: "`config` has `[profile NAME]` and `[sso-session NAME]`, `credentials` has `[NAME]`",
      why: "A profile with the other header is not found.",
      source: "botocore, ProfileNotFound",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-02",
      summary: "names of profiles with spaces are quoted",
      why: "Otherwise the profile cannot be found.",
      source: "botocore, ProfileNotFound",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-03",
      summary:
        "`role_arn` has exactly one of `source_profile`, `credential_source` and `web_identity_token_file` next to it",
      why: "The SDKs reject a profile with none or with two.",
      source: "AWS SDKs and Tools Reference Guide, feature-assume-role-credentials",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-04",
      summary:
        "`credential_source` is `Environment`, `Ec2InstanceMetadata` or `EcsContainer`, in this case",
      why: "Another spelling is rejected.",
      source: "AWS SDKs and Tools Reference Guide, feature-assume-role-credentials",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-05",
      summary: "the first profile of a chain has `role_arn` next to its `credential_source`",
      why: "A source profile with only `credential_source` has no credentials, although AWS's own example shows one.",
      source: "tried with botocore",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-06",
      summary: "source profiles form no cycle",
      why: "The SDKs reject the profile: InfiniteLoopConfigError.",
      source: "botocore, InfiniteLoopConfigError",
      reason: `${NO_PROFILES} TR-22 checks that chains in the map form no cycle.`,
    },
    {
      status: "out of reach",
      id: "CF-07",
      summary: "`duration_seconds` is at most 3600 in every profile whose source is a role",
      why: "STS rejects a longer session to a role session.",
      source: "IAM User Guide, id_roles (role chaining)",
      reason: `${NO_PROFILES} No duration is requested (ID-16), and ID-17 and ID-18 check durations that roles allow in vain.`,
    },
    {
      status: "out of reach",
      id: "CF-08",
      summary:
        "`external_id`, `role_session_name` and `mfa_serial` are in the profile of their own hop, the last only if an IAM user makes it",
      why: "They are not inherited: STS denies a hop that lacks them.",
      source: "botocore, sts serialNumberType",
      reason: `${NO_PROFILES} ID-12 and CK-15 check in the map what each hop requires.`,
    },
    {
      status: "out of reach",
      id: "CF-09",
      summary: "a profile with `web_identity_token_file` has no `source_profile`",
      why: "The token file silently wins.",
      source: "tried with botocore",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-10",
      summary:
        "an Identity Center profile has `sso_session`, `sso_account_id` and `sso_role_name`, and the session exists",
      why: "The SDKs reject the profile.",
      source: "tried with botocore",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-11",
      summary:
        "keys in the environment win over `AWS_PROFILE`, an explicitly chosen profile over both",
      why: "A command can run as someone other than its profile says.",
      source: "tried with botocore",
      reason: "The environment is known only when the profile is used.",
    },
    {
      status: "out of reach",
      id: "CF-12",
      summary: "comments are on their own lines",
      why: "Not every SDK accepts a comment after a value; some read it as part of the value.",
      source: "common knowledge, not confirmed",
      reason: NO_PROFILES,
    },
    {
      status: "out of reach",
      id: "CF-13",
      summary: "some SDKs read no `credential_source`, `duration_seconds` or `mfa_serial`",
      why: "The same profile works in one program and not in another.",
      source: "AWS SDKs and Tools Reference Guide, feature-assume-role-credentials",
      reason: "The map does not show which SDK reads a profile.",
    },
    {
      status: "out of reach",
      id: "CF-14",
      summary: "a profile names its session if a trust policy tests the session name",
      why: "Without `role_session_name`, the SDKs generate a name that no condition matches.",
      source: "botocore, assume role provider",
      reason: `${NO_PROFILES} The map has no condition on the session name.`,
    },
  ],
};

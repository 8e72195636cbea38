import { readIni, profileNameOf } from "./ini";
import type { IniSection } from "./ini";

/** Something in an AWS configuration file that the AWS CLI or an SDK does not take, or takes otherwise than it looks. */
export interface ConfigurationFinding {
  /** Rule of the section "AWS configuration files". */
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** Beginning with 1. */
  readonly line: number;
  readonly message: string;
  readonly help: string;
}

const CREDENTIAL_SOURCES = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];
/** Titles of `config` that are no profiles. */
const OTHER_SECTION = /^(?:sso-session|services|plugins|preview|default)\b/;

/** Checks the profiles of an AWS `config` file (rules CF-01 to CF-10, CF-12, CF-14). */
export function checkConfiguration(text: string): readonly ConfigurationFinding[] {
  const sections = readIni(text);
  const profiles = new Map<string, IniSection>();
  const findings: ConfigurationFinding[] = [];
  const report = (
    rule: string,
    line: number,
    message: string,
    help: string,
    severity: ConfigurationFinding["severity"] = "error",
  ): void => {
    findings.push({ rule, severity, line, message, help });
  };
  for (const section of sections) {
    const { title, line } = section;
    const name = profileNameOf(title);
    if (name === undefined) {
      if (!OTHER_SECTION.test(title))
        report(
          "CF-01",
          line,
          `\`[${title}]\` is no profile in this file`,
          `write \`[profile ${title}]\``,
        );
      continue;
    }
    if (/\s/.test(name) && !/["']/.test(title))
      report(
        "CF-02",
        line,
        `the profile name ${name} has spaces and no quotes, so no tool finds it`,
        `write \`[profile "${name}"]\``,
      );
    if (profiles.has(name))
      report(
        "CF-01",
        line,
        `the profile ${name} is there twice; tools mix the two`,
        "remove one of them",
      );
    profiles.set(name, section);
  }
  for (const [name, section] of profiles)
    checkProfile(name, section, { profiles, sections, report });
  return findings.sort((a, b) => a.line - b.line);
}

interface Scope {
  readonly profiles: ReadonlyMap<string, IniSection>;
  readonly sections: readonly IniSection[];
  readonly report: (
    rule: string,
    line: number,
    message: string,
    help: string,
    severity?: "warning",
  ) => void;
}

function checkProfile(
  name: string,
  section: IniSection,
  { profiles, sections, report }: Scope,
): void {
  const { line } = section;
  const has = (key: string): boolean => section.settings.some((each) => each.key === key);
  const value = (key: string): string =>
    section.settings.find((each) => each.key === key)?.value ?? "";
  const sources = ["source_profile", "credential_source", "web_identity_token_file"].filter(has);
  if (has("source_profile") && has("credential_source")) {
    report(
      "CF-03",
      line,
      `the profile ${name} has both \`source_profile\` and \`credential_source\``,
      "remove one of them",
    );
  } else if (has("role_arn") && sources.length === 0) {
    report(
      "CF-03",
      line,
      `the profile ${name} has \`role_arn\` and nothing to assume it with`,
      "add `source_profile`, `credential_source` or `web_identity_token_file`",
    );
  } else if (has("source_profile") && has("web_identity_token_file")) {
    report(
      "CF-09",
      line,
      `the profile ${name} has \`web_identity_token_file\`, which silently wins over \`source_profile\``,
      "remove one of them",
    );
  }
  if (has("credential_source") && !CREDENTIAL_SOURCES.includes(value("credential_source"))) {
    report(
      "CF-04",
      line,
      `\`credential_source\` must be ${CREDENTIAL_SOURCES.join(", ")} in this spelling, got ${value("credential_source")}`,
      "correct it; case counts",
    );
  }
  const sourceName = value("source_profile");
  const source = profiles.get(sourceName);
  const sourceHas = (key: string): boolean =>
    source?.settings.some((each) => each.key === key) ?? false;
  if (has("source_profile") && sourceHas("credential_source") && !sourceHas("role_arn")) {
    report(
      "CF-05",
      line,
      `the source profile ${sourceName} of ${name} has \`credential_source\` and no \`role_arn\`, which the AWS CLI does not take`,
      `write \`credential_source\` into ${name} instead of \`source_profile\``,
    );
  }
  if (has("source_profile") && isCircle(name, profiles)) {
    report(
      "CF-06",
      line,
      `the source profiles of ${name} form a circle`,
      "let the first of them have credentials",
    );
  }
  const isChained =
    has("credential_source") ||
    ["role_arn", "sso_session", "sso_account_id", "credential_process"].some(sourceHas);
  const seconds = Number(value("duration_seconds"));
  const most = isChained ? 3600 : 43_200;
  if (
    has("duration_seconds") &&
    !(Number.isInteger(seconds) && seconds >= 900 && seconds <= most)
  ) {
    report(
      "CF-07",
      line,
      `\`duration_seconds\` of ${name} must be a whole number from 900 to ${most}, got ${value("duration_seconds")}`,
      isChained
        ? "its source is a role's session, so the session lasts at most an hour"
        : "correct it",
    );
  }
  if (has("mfa_serial")) {
    if (isChained)
      report(
        "CF-08",
        line,
        `\`mfa_serial\` of ${name} belongs to the hop that a user makes, and its source is a role's session`,
        "move it to the profile of the first role",
      );
    if (!/^[\w+=/:,.@-]{9,256}$/.test(value("mfa_serial")))
      report(
        "CF-08",
        line,
        `\`mfa_serial\` of ${name} must be a serial number or an ARN, got ${value("mfa_serial")}`,
        "copy it from the user's security credentials",
      );
  }
  const session = value("sso_session");
  if (
    has("sso_session") &&
    !sections.some(({ title }) => title.replace(/\s+/g, " ") === `sso-session ${session}`)
  ) {
    report(
      "CF-10",
      line,
      `there is no \`[sso-session ${session}]\` for the profile ${name}`,
      "add the section, or run `aws configure sso`",
    );
  }
  for (const setting of section.settings) {
    if (/\s[#;]/.test(setting.value))
      report(
        "CF-12",
        setting.line,
        `a comment behind a value is part of the value for some tools: ${setting.key}`,
        "give the comment a line of its own",
        "warning",
      );
  }
  if (has("role_arn") && !has("role_session_name")) {
    report(
      "CF-14",
      line,
      `the profile ${name} names no session, so audit logs show \`botocore-session-\` and a number`,
      "add `role_session_name`",
      "warning",
    );
  }
}

function isCircle(name: string, profiles: ReadonlyMap<string, IniSection>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined;) {
    if (seen.has(at)) return at === name || seen.has(name);
    seen.add(at);
    const settings: IniSection["settings"] = profiles.get(at)?.settings ?? [];
    const next: string | undefined = settings.find(({ key }) => key === "source_profile")?.value;
    // A profile that names itself starts with its own keys.
    if (next === at && settings.some(({ key }) => key === "aws_access_key_id")) return false;
    at = next;
  }
  return false;
}

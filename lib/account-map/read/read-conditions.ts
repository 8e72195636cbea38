import { CANNOT_GENERATE, CONDITION_KEYS, MISFITS, misfitOf } from "../model/condition-fit";
import type { PrincipalEntry } from "../model/account-map";
import { durationSeconds, formatDuration } from "../model/duration";
import type { PrincipalConditions, PrincipalKind } from "../model/principal";
import type { RawPrincipal } from "./raw-account-map";
import { checkIdentifier, listOf, sortedEntries } from "./reading";
import type { Reporter } from "../../source/reporter";
import { checkSourceIp } from "../model/source-ip";
import type { Path } from "../../source/source";

/** Reads the conditions of a principal and rejects those that its kind of principal can never meet. */
export function readConditions(
  raw: RawPrincipal,
  kind: PrincipalKind,
  path: Path,
  reporter: Reporter,
): PrincipalConditions {
  for (const key of CONDITION_KEYS) {
    const misfit = misfitOf(key, kind, raw.service?.name);
    if (raw[key] === undefined || misfit === undefined) continue;
    reporter.report([...path, key], {
      rule: misfit.rule,
      atKey: true,
      message: `\`${key}\` does not fit a principal of kind \`${kind}\`: ${misfit.why}`,
      help: `remove \`${key}:\``,
    });
  }
  const values = raw.sourceIdentity?.values ?? [];
  for (const [index, value] of values.entries()) {
    const at = [...path, "sourceIdentity", "values", index];
    checkIdentifier(reporter, at, "sourceIdentity", "a source identity", value);
  }
  for (const [index, address] of (raw.sourceIps ?? []).entries()) {
    checkSourceIp(address, [...path, "sourceIps", index], reporter);
  }
  for (const [key, tag] of Object.entries(raw.sessionTags ?? {})) {
    const at = [...path, "sessionTags", key];
    checkIdentifier(reporter, at, "tagKey", "a session tag's key", key, true);
    if (tag.values?.includes("") !== true) continue;
    reporter.report([...at, "values", tag.values.indexOf("")], {
      rule: "ID-31",
      message: "the value of a session tag must not be empty",
      help: "remove it, or write `*` if any value is meant",
    });
  }
  checkWindow(raw, path, reporter);
  return {
    ...(raw.mfa === undefined
      ? {}
      : { mfa: raw.mfa === true ? true : mfaAge(raw, path, reporter) }),
    sourceIps: raw.sourceIps ?? [],
    vpcEndpoints: raw.vpcEndpoints ?? [],
    ...(raw.notBefore === undefined ? {} : { notBefore: raw.notBefore }),
    ...(raw.notAfter === undefined ? {} : { notAfter: raw.notAfter }),
    ...(raw.sourceIdentity === undefined
      ? {}
      : { sourceIdentity: { values, required: raw.sourceIdentity.required ?? true } }),
    sessionTags: sortedEntries(raw.sessionTags).map(([key, tag]) => ({
      key,
      values: tag.values ?? [],
      transitive: tag.transitive ?? false,
    })),
    externalIds: listOf(raw.externalId),
  };
}

/** Who makes the caller's own half, by the map or by what is usual for the kind. */
export function readGrant(
  raw: RawPrincipal,
  kind: PrincipalKind,
  path: Path,
  reporter: Reporter,
): PrincipalEntry["grant"] {
  if (MISFITS[kind].grant !== undefined) return "none";
  const refusal = CANNOT_GENERATE[kind];
  if (raw.grant === "generate" && refusal !== undefined) {
    reporter.report([...path, "grant"], {
      rule: refusal.rule,
      message: `the permission of a principal of kind \`${kind}\` cannot be generated: ${refusal.why}`,
    });
  }
  return raw.grant ?? (refusal === undefined ? "generate" : "print");
}

/** Longest age of multi-factor authentication that GetSessionToken sessions can show, seconds. */
const MFA_AGE_MAX = 129_600;

function mfaAge(raw: RawPrincipal, path: Path, reporter: Reporter): number {
  const age = typeof raw.mfa === "object" ? durationSeconds(raw.mfa.maxAge) : MFA_AGE_MAX;
  if (age < 300 || age > MFA_AGE_MAX) {
    reporter.report([...path, "mfa", "maxAge"], {
      rule: "CK-16",
      message: `the age of multi-factor authentication must be between \`5m\` and \`36h\`, got \`${formatDuration(age)}\``,
    });
  }
  return age;
}

function checkWindow(raw: RawPrincipal, path: Path, reporter: Reporter): void {
  const { notBefore, notAfter } = raw;
  const before = readMoment("notBefore", notBefore, path, reporter);
  const after = readMoment("notAfter", notAfter, path, reporter);
  if (before === undefined || after === undefined || before < after) return;
  reporter.report([...path, "notAfter"], {
    rule: "TB-04",
    message: `\`notAfter\` must be later than \`notBefore\` (${notBefore ?? ""}), got ${notAfter ?? ""}`,
    help: "nobody could assume the role; swap the two, or remove one",
  });
}

/** The milliseconds of a moment; the schema has checked its form, but not that the day exists. */
function readMoment(
  key: "notBefore" | "notAfter",
  text: string | undefined,
  path: Path,
  reporter: Reporter,
): number | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  const milliseconds = moment.getTime();
  const exists = !Number.isNaN(milliseconds) && moment.toISOString() === text.replace("Z", ".000Z");
  if (exists) return milliseconds;
  reporter.report([...path, key], {
    rule: "TB-04",
    message: `\`${key}\` must be a moment that exists, got ${text}`,
    help: "check the month, the day and the hour",
  });
  return undefined;
}

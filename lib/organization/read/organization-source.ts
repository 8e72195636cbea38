import { readAccountFactory } from "./read-account-factory";
import { readAwsCliFiles } from "./read-aws-cli-files";
import { readLandingZone } from "./read-landing-zone";
import { readOrgFormation } from "./read-org-formation";
import type { OrganizationResult } from "./organization-result";
import type { FindIncluded } from "./template";

/** Kinds of files that an organization can be read from. */
export const FILE_SOURCES = ["aws-cli", "org-formation", "landing-zone", "aft"] as const;

/** One of {@link FILE_SOURCES}. */
export type FileSource = (typeof FILE_SOURCES)[number];

/** What a file is by its name and content, or `undefined` if that is not clear. */
export function sourceOf(file: string, text: string): FileSource | undefined {
  if (/\.tf(?:\.json)?$/.test(file)) return "aft";
  if (/\.ya?ml$/i.test(file)) {
    if (/^(?:mandatoryAccounts|workloadAccounts)\s*:/m.test(text)) return "landing-zone";
    if (/\bOC::ORG::/.test(text)) return "org-formation";
    return undefined;
  }
  if (/"(?:Items|module)"\s*:/.test(text)) return "aft";
  const outputs = /"(?:Accounts?|Organization|Roots|OrganizationalUnits|Tags)"\s*:/i;
  if (outputs.test(text) || /^\s*\[\s*\{[^{}]*"(?:Id|Key)"\s*:/i.test(text)) return "aws-cli";
  return undefined;
}

/**
 * Reads files of one source. Those of org-formation and Landing Zone Accelerator are one file, with the
 * files that it includes.
 */
export function readOrganizationFiles(
  source: FileSource,
  texts: ReadonlyMap<string, string>,
  find: FindIncluded,
): OrganizationResult {
  switch (source) {
    case "aws-cli":
      return readAwsCliFiles(texts);
    case "aft":
      return readAccountFactory(texts);
    case "org-formation":
      return readOnly(texts, readOrgFormation, find);
    case "landing-zone":
      return readOnly(texts, readLandingZone, find);
  }
}

function readOnly(
  texts: ReadonlyMap<string, string>,
  read: (file: string, text: string, find: FindIncluded) => OrganizationResult,
  find: FindIncluded,
): OrganizationResult {
  const [first, second] = texts;
  if (first === undefined) throw new Error("there is no file to read");
  if (second === undefined) return read(...first, find);
  return {
    diagnostics: [
      {
        severity: "error",
        rule: "organization-file",
        file: second[0],
        message: "a second file: one file has the whole organization",
        help: `pass only one of ${[...texts.keys()].join(", ")}`,
      },
    ],
  };
}

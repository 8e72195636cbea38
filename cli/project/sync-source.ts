import { dirname, join } from "node:path";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { hasErrors } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import type { RawAccountMap } from "../../lib/account-map/read/raw-account-map";
import type { Organization } from "../../lib/organization/organization";
import {
  FILE_SOURCES,
  readOrganizationFiles,
  sourceOf,
} from "../../lib/organization/read/organization-source";
import type { FileSource } from "../../lib/organization/read/organization-source";
import { usesTags } from "../../lib/organization/compare/managed-tags";
import { readTexts } from "./check-inputs";
import { withProgress } from "../system/progress";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

/** Where an organization can be read from. */
export const SOURCES = ["live", ...FILE_SOURCES] as const;

/** One of {@link SOURCES}. */
export type Source = (typeof SOURCES)[number];

/**
 * Reads the organization from AWS, or from files; problems are printed.
 *
 * @param from - `undefined` if the content of the files says it
 */
export async function readSource(
  files: readonly string[],
  from: Source | undefined,
  raw: RawAccountMap,
  terminal: Terminal,
): Promise<Organization | undefined> {
  if (files.length === 0) return readLive(raw, terminal);
  const read = readTexts(files);
  if (read.unreadable.length > 0) {
    printFindings(read.unreadable, terminal, read.texts);
    return undefined;
  }
  const { texts } = read;
  const source = from === undefined || from === "live" ? toldSource(texts) : from;
  if (typeof source !== "string") {
    printFindings([source], terminal, texts);
    return undefined;
  }
  const printed = new Map(texts);
  const { organization, diagnostics } = readOrganizationFiles(source, texts, (from, name) => {
    const file = join(dirname(from), name);
    const { texts: included, unreadable } = readTexts([file]);
    const text = included.get(file);
    if (text === undefined) {
      return { reason: unreadable[0]?.message ?? "cannot be read" };
    }
    printed.set(file, text);
    return { file, text };
  });
  printFindings(diagnostics, terminal, printed);
  return hasErrors(diagnostics) ? undefined : organization;
}

/** What files are by their content, or why that is not clear. */
function toldSource(texts: ReadonlyMap<string, string>): FileSource | Diagnostic {
  const refuse = (file: string, message: string): Diagnostic => ({
    severity: "error",
    rule: "organization-file",
    file,
    message,
    help: `name the source: \`--from ${FILE_SOURCES.join("`, `--from ")}\``,
  });
  let told: FileSource | undefined;
  for (const [file, text] of texts) {
    const source = sourceOf(file, text);
    if (source === undefined) {
      return refuse(file, "the source of this file is not clear from its content");
    }
    if (told !== undefined && source !== told) {
      return refuse(file, `this file is from ${source}, and the one before it from ${told}`);
    }
    told = source;
  }
  if (told === undefined) throw new Error("there is no file to read");
  return told;
}

async function readLive(raw: RawAccountMap, terminal: Terminal): Promise<Organization | undefined> {
  // Loaded here, so that files are read without the SDK.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { readLiveOrganization } =
    require("../aws/read-live-organization") as typeof import("../aws/read-live-organization");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const read = await withProgress(terminal, "reading the organization", (progress) =>
    readLiveOrganization({ tags: usesTags(raw), progress }),
  );
  if ("organization" in read) return read.organization;
  const { message, help } = read.problem;
  reportProblem({ problem: message, help }, terminal);
  return undefined;
}

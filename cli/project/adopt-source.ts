import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { ExistingAccess } from "../../lib/adopt/read/existing-access";
import { readAuthorizationDetails } from "../../lib/adopt/read/read-authorization-details";
import type { DetailsDocument } from "../../lib/adopt/read/read-authorization-details";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import { readJsonDocuments } from "../../lib/source/json/json-documents";
import { readTexts } from "./check-inputs";
import { withProgress } from "../system/progress";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

/** Where roles are read from. */
export interface AdoptionSource {
  /** Ask IAM. @default - read files */
  readonly live?: true;
  /** Role to read with in every account of the map. @default - only the account of the credentials */
  readonly role?: string;
  /** With `live`: also read users and identity providers. @default - only roles and policies */
  readonly everything?: true;
}

/** Reads existing roles, from files or from IAM; problems are printed. */
export async function readExistingAccess(
  files: readonly string[],
  source: AdoptionSource,
  map: AccountMap,
  terminal: Terminal,
): Promise<ExistingAccess | undefined> {
  const { texts, unreadable } = readTexts(files);
  const diagnostics: Diagnostic[] = [...unreadable];
  const documents: DetailsDocument[] = [];
  for (const [file, text] of texts) {
    const read = readJsonDocuments(file, text);
    diagnostics.push(...read.diagnostics);
    documents.push(...read.documents);
  }
  if (source.live === true) {
    const live = await readLive(source, map, terminal);
    if (live === undefined) return undefined;
    documents.push(...live);
  }
  if (diagnostics.length === 0) {
    const read = readAuthorizationDetails(documents);
    if (read.existing !== undefined) return read.existing;
    diagnostics.push(...read.diagnostics);
  }
  printFindings(diagnostics, terminal, texts);
  return undefined;
}

async function readLive(
  { role, everything }: AdoptionSource,
  map: AccountMap,
  terminal: Terminal,
): Promise<readonly DetailsDocument[] | undefined> {
  // Loaded here, so that files are read without the SDK.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { readLiveAccess } =
    require("../aws/read-live-access") as typeof import("../aws/read-live-access");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const accounts =
    role === undefined ? [] : [...map.accounts.values()].filter(({ leaving }) => !leaving);
  const read = await withProgress(terminal, "reading roles", (progress) =>
    readLiveAccess({
      accounts,
      ...(role === undefined ? {} : { role }),
      ...(everything === undefined ? {} : { everything }),
      progress,
    }),
  );
  if ("documents" in read) return read.documents;
  const { message, help } = read.problem;
  reportProblem({ problem: message, help }, terminal);
  return undefined;
}

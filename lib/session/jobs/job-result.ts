import type { Reason } from "../refusal";
import { reasonText } from "../refusal";

/** What became of the job in one account. */
export type JobResult = {
  /** Key of the account. */
  readonly account: string;
  readonly accountId: string;
  /** @default - it did not start */
  readonly seconds?: number;
} & JobOutcome;

/** How a job ended. `denied` and `error` are before the command: it never ran. */
export type JobOutcome =
  | { readonly status: "done" }
  | { readonly status: "failed"; readonly code: number }
  | { readonly status: "timed-out" }
  | {
      readonly status: "denied";
      readonly hop: string;
      readonly reasons: readonly Reason[];
      readonly help: string;
    }
  | { readonly status: "error"; readonly message: string; readonly help?: string }
  | { readonly status: "interrupted" }
  | { readonly status: "not-started" };

/** All jobs of one run. */
export interface JobSummary {
  readonly role: string;
  /** The command as it was given; none where the access alone was verified. */
  readonly command: readonly string[];
  /** Sorted by account. */
  readonly results: readonly JobResult[];
}

/** Every status, in the order in which it is counted. */
const STATUSES: readonly JobOutcome["status"][] = [
  "done",
  "failed",
  "timed-out",
  "denied",
  "error",
  "interrupted",
  "not-started",
];

/** The table at the end of a run: what did not succeed, with the reason, and how many of each. */
export function summaryText({ results }: JobSummary): string {
  const width = Math.max(7, ...results.map(({ account }) => account.length));
  const rows = results
    .filter(({ status }) => status !== "done")
    .map((result) =>
      `  ${result.account.padEnd(width)}  ${result.accountId}  ${result.status.padEnd(11)}  ${detailOf(result)}`.trimEnd(),
    );
  const counts = STATUSES.map(
    (status) => [status, results.filter((each) => each.status === status).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  return `${[...rows, counts.join(", ")].join("\n")}\n`;
}

function detailOf(result: JobResult): string {
  switch (result.status) {
    case "failed":
      return `exit code ${result.code}`;
    case "denied":
      return `${result.hop}: ${result.reasons.map(reasonText).join("; ")}`;
    case "error":
      return result.message.split("\n")[0] ?? "";
    case "timed-out":
      return result.seconds === undefined ? "" : `after ${Math.round(result.seconds)} s`;
    case "done":
    case "interrupted":
    case "not-started":
      return "";
  }
}

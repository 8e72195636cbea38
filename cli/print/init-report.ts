import type { StarterAnswers } from "../../lib/start/starter-map";
import type { MergedStart } from "../init/merge-start";
import { nextText } from "./next-steps";

/** What `trustwheel init` does, to print it. */
export interface InitReport {
  readonly dir: string;
  readonly answers: StarterAnswers;
  /** Where npm gets trustwheel from. */
  readonly source: string;
  readonly merged: MergedStart;
  /** Accounts that the map does not get, each with the reason. */
  readonly left: readonly string[];
}

/** What would be written, as a person reads it. */
export function plannedText(report: InitReport): string {
  return `would be written to ${report.dir}:\n${filesText(report)}${choicesText(report)}`;
}

/** What was written, and what to do next. */
export function writtenText(report: InitReport): string {
  const { dir, answers, source } = report;
  const steps = [
    {
      what: `install trustwheel (${source}), check and synthesize${sourceNote(source)}`,
      commands: [
        ...(dir === "." ? [] : [`cd ${dir}`]),
        "npm install",
        "npx trustwheel check && npx trustwheel synth",
      ],
    },
    {
      what: "create what the accounts need (see docs/bootstrap.md in the package)",
      commands: [
        `npx trustwheel bootstrap${answers.github === undefined ? " --caller ARN_OF_YOUR_ROLE" : ""}`,
        "npx trustwheel doctor",
      ],
    },
  ];
  const next = nextText(steps, (text) => text);
  return `written to ${dir}:\n${filesText(report)}${choicesText(report)}${next}`;
}

/** A version is found only in a registry that has it. */
function sourceNote(source: string): string {
  return /^\d/.test(source)
    ? "; if your registry does not have it, first `npm install` its tarball or Git address"
    : "";
}

function filesText({ merged: { added, changed, kept } }: InitReport): string {
  return [
    ...[...added.keys()].map((path) => `  ${path}\n`),
    ...[...changed.keys()].map((path) => `  ${path} (adds what is missing)\n`),
    ...kept.map((path) => `  ${path} stays as it is\n`),
  ].join("");
}

/** What was chosen for the user. */
function choicesText({ answers, merged, left }: InitReport): string {
  const { account, github } = answers;
  const home = `${account.key} (${account.id})`;
  return [
    `\npeople start from the hub \`people\` in ${home}\n`,
    ...(github === undefined ? [] : [`the pipeline of ${github} starts from ${home}\n`]),
    "to change that: `--account KEY`\n",
    ...(left.length === 0 ? [] : [`left out:\n${left.map((each) => `  ${each}\n`).join("")}`]),
    ...(merged.kept.includes("cdktf.json")
      ? ["for `npx cdktf`, cdktf.json must have the app `npx trustwheel synth`\n"]
      : []),
  ].join("");
}

import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Artifact } from "../forge/forge-model";
import type { JobSession } from "../runner/job-session";
import { failed, SUCCEEDED } from "./stand-in";
import type { StandIn } from "./stand-in";

/** Characters that no name of an artifact has. */
const REFUSED = /["\\/:<>|*?\r\n]/;
const MOST_DAYS = 90;

/** actions/upload-artifact: packs a file, or what is in a folder but hidden files. */
export const uploadArtifact: StandIn = async (inputs, job) => {
  const name = inputs.required("name");
  const path = inputs.required("path");
  const days = Number(inputs.optional("retention-days") ?? MOST_DAYS);
  const overwrites = inputs.boolean("overwrite", false);
  const takesHidden = inputs.boolean("include-hidden-files", false);
  const missing = inputs.optional("if-no-files-found") ?? "warn";
  if (REFUSED.test(name)) return failed(job, `The artifact name is not valid: ${name}`);
  if (/[*?[\]\n!]/.test(path)) throw new Error(`upload-artifact: path ${path} is not played`);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    return failed(job, `Invalid retention-days: ${days}`);
  }
  if (!["warn", "error", "ignore"].includes(missing)) {
    return failed(job, `Unrecognized if-no-files-found input: ${missing}`);
  }
  const full = resolve(job.workspace, path);
  const isThere = existsSync(full);
  const isFolder = isThere && statSync(full).isDirectory();
  const { forge } = job.settings.server;
  const id = forge.id();
  const file = join(forge.folder, "artifacts", `${id}.zip`);
  const script = isFolder
    ? `cd "$1" && find . -type f ${takesHidden ? "" : '-not -path "*/.*"'} | sed "s|^\\./||" | sort > "$3" && [ -s "$3" ] && zip -q "$2" -@ < "$3"`
    : 'cd "$1" && zip -q "$2" "$4"';
  const list = join(job.temporary, `files-${id}`);
  const folder = isFolder ? full : dirname(full);
  if (isThere) await job.program("bash", ["-c", script, "zip", folder, file, list, basename(full)]);
  if (!existsSync(file)) {
    const message = `No files were found with the provided path: ${path}`;
    if (missing === "error") return failed(job, message);
    job.say(message);
    return SUCCEEDED;
  }
  const before = ofRun(job).find((artifact) => artifact.name === name);
  if (before !== undefined) {
    if (!overwrites) return failed(job, `an artifact with this name already exists: ${name}`);
    forge.artifacts.splice(forge.artifacts.indexOf(before), 1);
    rmSync(before.file);
  }
  const run = job.settings.run.id;
  forge.artifacts.push({ id, run, name, file, size: statSync(file).size, expired: false });
  return { isSuccess: true, outputs: { "artifact-id": String(id) } };
};

/** actions/download-artifact: unpacks one artifact of the run, or all whose names match. */
export const downloadArtifact: StandIn = async (inputs, job) => {
  const name = inputs.optional("name");
  const pattern = inputs.optional("pattern");
  const path = resolve(job.workspace, inputs.optional("path") ?? ".");
  const merges = inputs.boolean("merge-multiple", false);
  if (name !== undefined) {
    const artifact = ofRun(job).find((each) => each.name === name && !each.expired);
    if (artifact === undefined) return failed(job, `Artifact not found for name: ${name}`);
    await unpack(job, artifact, path);
    return SUCCEEDED;
  }
  if (pattern === undefined || !/^[^*?[\]{}!]*\*$/.test(pattern) || !merges) {
    throw new Error(`download-artifact: pattern ${String(pattern)} is not played`);
  }
  const start = pattern.slice(0, -1);
  const found = ofRun(job).filter((each) => each.name.startsWith(start) && !each.expired);
  for (const artifact of found) await unpack(job, artifact, path);
  job.say(`Total of ${found.length} artifact(s) downloaded`);
  return SUCCEEDED;
};

function ofRun({ settings: { server, run } }: JobSession): Artifact[] {
  return server.forge.artifacts.filter((artifact) => artifact.run === run.id);
}

async function unpack(job: JobSession, { file }: Artifact, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { code, output } = await job.program("unzip", ["-o", "-q", file, "-d", folder]);
  if (code !== 0) throw new Error(output);
}

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Folder of our own in a project: trees of other revisions, locks. It keeps itself out of git. */
export function workFolder(root: string, ...below: readonly string[]): string {
  const top = join(root, ".trustwheel");
  const folder = join(top, ...below);
  mkdirSync(folder, { recursive: true });
  const ignore = join(top, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return folder;
}

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileText } from "./file-text";

/** Writes a file whose text differs, complete or not at all, and returns whether it did. */
export function writeIfDifferent(file: string, text: string): boolean {
  if (fileText(file) === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  return true;
}

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Which of the files are there already. */
export function existingFiles(folder: string, paths: Iterable<string>): string[] {
  return [...paths].filter((path) => existsSync(join(folder, path)));
}

/** Writes files that are not there yet, all or none: where one cannot be written, those before it are taken away. */
export function writeNewFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: "wx" });
      written.push(file);
    }
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    throw error;
  }
}

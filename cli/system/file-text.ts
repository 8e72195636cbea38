import { readFileSync } from "node:fs";

/** The text of a file as it is; `undefined` where it cannot be read, which for the caller is as if it were not there. */
export function fileText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./project";

/**
 * The text of a file of `__tests__/fixtures` that an output must be equal to. With `UPDATE_FIXTURES=1` the file is
 * written first: whoever does so reads what changed before it is committed.
 */
export function golden(name: string, output: string): string {
  const file = join(ROOT, "__tests__", "fixtures", name);
  if (process.env.UPDATE_FIXTURES === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, output);
  }
  return readFileSync(file, "utf8");
}

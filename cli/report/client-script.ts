import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../system/package-root";

/** The script of the review's report, `client.js`, as text: a package has it where a checkout does. */
export function clientScript(): string {
  return readFileSync(join(packageRoot(), "cli", "report", "client.js"), "utf8");
}

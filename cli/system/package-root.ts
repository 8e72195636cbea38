import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";

/** The script that starts the command line. */
export const SCRIPT = join("cli", "trustwheel.js");

/** Folder of the trustwheel that runs: a package, or a checkout. */
export function packageRoot(): string {
  const found = ["../..", "../../.."]
    .map((up) => resolve(__dirname, up))
    .find((folder) => existsSync(join(folder, SCRIPT)));
  return realpathSync(found ?? resolve(__dirname, "../.."));
}

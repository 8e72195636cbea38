import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { version } from "../../package.json";

/**
 * What a package.json asks for to get the trustwheel that runs: its version where it was installed from a package,
 * and the folder of a checkout, which no registry needs to have.
 */
export function packageSource(folder: string): string {
  const checkout = join(__dirname, "..", "..");
  const isInstalled = __dirname.includes("node_modules") || !existsSync(join(checkout, "main.ts"));
  return isInstalled ? version : `file:${relative(resolve(folder), checkout)}`;
}

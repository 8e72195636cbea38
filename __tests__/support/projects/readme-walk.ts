import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../project";

const TEXT = readFileSync(join(ROOT, "README.md"), "utf8");

/** The map that README's quickstart begins with. */
export function walkMap(): string {
  const [, map] = /```yaml\n( {3}# yaml-language-server[^`]*)```/.exec(TEXT) ?? [];
  if (map === undefined) throw new Error("README.md has no map to walk with");
  return map.replace(/^ {3}/gm, "");
}

/** Commands of README's quickstart, in their order. */
export function walkCommands(): string[] {
  const [, walk = ""] = /\n## Quickstart[^\n]*\n([\s\S]*?)\n## /.exec(TEXT) ?? [];
  const blocks = [...walk.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  return blocks.flatMap((block) =>
    block
      .trim()
      .split("\n")
      .map((line) => line.trim()),
  );
}

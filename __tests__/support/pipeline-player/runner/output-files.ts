import { existsSync, readFileSync } from "node:fs";

/**
 * The values of a file that a step writes for the runner, as lines `name=value` or `name<<END` with lines up
 * to `END`. What is neither fails the step, as it does on GitHub.
 */
export function readOutputFile(file: string): Record<string, string> {
  const values: Record<string, string> = {};
  if (!existsSync(file)) return values;
  const lines = readFileSync(file, "utf8").split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const several = /^([^=]+?)<<(.+)$/.exec(line);
    const [, name, value] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (several !== null && (name === undefined || line.indexOf("<<") < line.indexOf("="))) {
      const [, key = "", end = ""] = several;
      const last = lines.indexOf(end, index + 1);
      if (last < 0) throw new Error(`Invalid value. Matching delimiter not found '${end}'`);
      values[key] = lines.slice(index + 1, last).join("\n");
      index = last;
    } else if (name !== undefined && value !== undefined) {
      values[name] = value;
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}

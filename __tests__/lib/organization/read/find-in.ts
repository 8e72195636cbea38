import type { FindIncluded } from "../../../../lib/organization/read/template";

/** Finds included files among given ones. */
export function findIn(files: Readonly<Record<string, string>>): FindIncluded {
  return (_, name) => {
    const file = name.replace(/^\.\//, "");
    const text = files[file];
    return text === undefined ? { reason: "cannot be read: no such file" } : { file, text };
  };
}

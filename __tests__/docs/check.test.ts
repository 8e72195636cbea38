import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project";

const text = readFileSync(join(ROOT, "docs", "check.md"), "utf8");
const typesOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");

describe("docs/check.md", () => {
  test("shows JSON that can be read, with the keys that it explains", () => {
    const [, example = ""] = /```json\n([^`]*(?:`[^`\n]+`[^`]*)*)```/.exec(text) ?? [];
    const output = JSON.parse(example) as Record<string, unknown>;
    expect(Object.keys(output)).toEqual([
      "version",
      "checked",
      "notChecked",
      "headroom",
      "diagnostics",
    ]);
  });

  test.each([
    ["lib/diagnostics/diagnostic.ts", "Diagnostic"],
    ["lib/plan/quota-use.ts", "Headroom"],
    ["cli/print/check-output.ts", "CheckedFile"],
  ])("names every key of what is written: %s", (file, name) => {
    const [, body = ""] =
      new RegExp(`export interface ${name} \\{\\n([^]*?)\\n\\}`).exec(typesOf(file)) ?? [];
    const keys = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, key = ""]) => key);
    expect(keys.length).toBeGreaterThan(1);
    expect(
      keys.filter((key) => !text.includes(`\`${key}\``) && !text.includes(`"${key}"`)),
    ).toEqual([]);
  });

  test("lists the exit codes that the commands return", () => {
    const codes = [...typesOf("cli/system/exit-code.ts").matchAll(/: (\d),/g)].map(
      ([, code = ""]) => code,
    );
    expect(codes).toEqual(["0", "1", "2", "3"]);
    for (const code of codes) expect(text).toContain(`\n| ${code}    | `);
  });
});

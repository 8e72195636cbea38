import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

// In a process of its own: the formatter of the generator cannot be loaded by the test runner.
test("the types of an account map are those of its schema: npm run types:map", () => {
  const made = execFileSync(
    process.execPath,
    [
      "-r",
      "./cli/typescript.js",
      "-e",
      'require("./scripts/map-types").mapTypes().then((types) => process.stdout.write(types))',
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  expect(readFileSync(join(ROOT, "lib/account-map/read/raw-account-map.ts"), "utf8")).toBe(made);
});

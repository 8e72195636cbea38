import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const SCRIPTS = join(__dirname, "../../scripts");
const GENERATORS = readdirSync(SCRIPTS).filter((name) => name.startsWith("generate-"));

test.each(GENERATORS)("%s writes a file of the repository", (name) => {
  const text = readFileSync(join(SCRIPTS, name), "utf8");
  const written = [...text.matchAll(/join\(__dirname, "([^"]+)"\)/g)].map(([, path = ""]) => path);
  expect(written).toHaveLength(1);
  expect(written.filter((path) => !existsSync(join(SCRIPTS, path)))).toEqual([]);
});

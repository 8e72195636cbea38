import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { policyProblems } from "./support/policies/policy-schemas";
import { ROOT, synthesizeFolder } from "./support/project";

const SEEDS = join(ROOT, "__tests__", "fixtures", "seeds");

/** Every project that is synthesized in tests: the example and the fixtures of the seeds. */
const PROJECTS = [
  ROOT,
  ...(existsSync(SEEDS) ? readdirSync(SEEDS, { recursive: true, encoding: "utf8" }) : [])
    .filter((file) => file.endsWith("accounts.yaml"))
    .map((file) => join(SEEDS, dirname(file))),
];

describe.each(PROJECTS.map((folder) => [relative(ROOT, folder) || "the example", folder]))(
  "the documents of %s",
  (_name, folder) => {
    test("fit the schemas of trust and identity policies", () => {
      const documents = synthesizeFolder(folder).documents();
      expect(documents.length).toBeGreaterThan(0);
      const problems = documents.flatMap(({ at, kind, document }) =>
        policyProblems(kind, document).map((problem) => `${at}: ${problem}`),
      );
      expect(problems).toEqual([]);
    });
  },
);

describe("the documents in policies/", () => {
  const files = readdirSync(join(ROOT, "policies"));

  test.each(files)("%s fits the schema of its kind", (file) => {
    const kind = file.includes("boundary") ? "boundary" : "identity";
    const document: unknown = JSON.parse(readFileSync(join(ROOT, "policies", file), "utf8"));
    expect(policyProblems(kind, document)).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkMap, findingsOf, ROOT } from "./support/project";

const ERR = join(ROOT, "__tests__", "fixtures", "err");
const OK = join(ROOT, "__tests__", "fixtures", "ok");

describe("bad input", () => {
  const cases = namesOf(ERR, ".yaml");

  test.each(cases)("%s: a person sees what is wrong, where, and what to type", (name) => {
    expect(findingsOf(...inputOf(ERR, name))).toBe(textOf(ERR, `${name}.out`));
  });

  test.each(cases)("%s: nothing can be synthesized", (name) => {
    const { map, plan } = checkMap(...inputOf(ERR, name));
    expect({ map, plan }).toEqual({ map: undefined, plan: undefined });
  });

  test("every output and every folder of documents belongs to a case", () => {
    expect(namesOf(ERR, ".out")).toEqual(cases);
    expect(cases).toEqual(expect.arrayContaining(namesOf(ERR, ".policies")));
  });

  test("every rule that the reading of a map can report has a case", () => {
    // A file that is too large stands in the tests of hostile input, where it is built.
    const elsewhere = ["file-size"];
    const shown = new Set([
      ...elsewhere,
      ...cases.flatMap((name) => rulesIn(textOf(ERR, `${name}.out`))),
    ]);
    const folder = join(ROOT, "lib", "account-map");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const reported = files
      .filter((file) => file.endsWith(".ts") && !file.startsWith("edit"))
      .flatMap((file) =>
        [...textOf(folder, file).matchAll(/\brule: "([^"]+)"/g)].map(([, rule = ""]) => rule),
      );
    expect(reported.length).toBeGreaterThan(40);
    expect(reported.filter((rule) => !shown.has(rule))).toEqual([]);
  });
});

describe("input that looks odd and is right", () => {
  test.each(namesOf(OK, ".yaml"))("%s: nothing is reported", (name) => {
    expect(findingsOf(...inputOf(OK, name))).toBe("");
  });
});

/** The map of a case and its documents, as texts. */
function inputOf(folder: string, name: string): [string, Record<string, string>] {
  const policies = join(folder, `${name}.policies`);
  const documents = existsSync(policies) ? namesOf(policies, ".json") : [];
  return [
    textOf(folder, `${name}.yaml`),
    Object.fromEntries(documents.map((each) => [each, textOf(policies, `${each}.json`)])),
  ];
}

/** Files of an ending, in folders too, as paths without the ending. */
function namesOf(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

function rulesIn(output: string): string[] {
  return [...output.matchAll(/ \[([A-Za-z0-9-]+)\]$/gm)].map(([, rule = ""]) => rule);
}

function textOf(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

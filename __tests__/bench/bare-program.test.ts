import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constructBareApp } from "../../bench/bare-program";
import { generateProject } from "../../bench/organization";
import { plainStacks } from "../../bench/plain-resources";
import { countSameResources } from "../../bench/same-resources";
import { writeOutput } from "../../cli/project/output-folder";
import { synthesize } from "../../constructs/synthesize";
import { checkMap } from "../support/project";

describe("the bare CDKTF program of the bench", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-bench-test-"));
  const [ours, bare] = [join(folder, "ours"), join(folder, "bare")];
  const ACCOUNTS = 12;

  beforeAll(() => {
    const { map, policies } = generateProject(ACCOUNTS);
    const { plan, diagnostics } = checkMap(map, policies);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    if (plan === undefined) return;
    writeOutput(ours, synthesize(plan), undefined);
    constructBareApp(bare, plainStacks(plan)).synth();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("makes the same resources as the map does", () => {
    // A boundary, three roles with two exclusive sets each, two inline and two managed policies; and in
    // each of the three accounts with a hub a role, its two sets and its permission.
    expect(countSameResources(ours, bare)).toBe(ACCOUNTS * 14 + 3 * 4);
  });

  test("is told apart by a single policy of one account", () => {
    const { map, policies } = generateProject(ACCOUNTS, 1);
    const { plan } = checkMap(map, policies);
    if (plan === undefined) throw new Error("the generated project has errors");
    const other = join(folder, "other");
    writeOutput(other, synthesize(plan), undefined);
    expect(() => countSameResources(other, bare)).toThrow("data-00003-dev");
  });
});

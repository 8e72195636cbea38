import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectCommands } from "../../../cli/project/project-commands";
import { ROOT } from "../../support/project";

describe("the commands of a project", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-commands-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("are the scripts of a clone", () => {
    const { synth, diff, deploy } = projectCommands(ROOT, "cdktf.out");
    expect(synth).toBe("npm run synth");
    expect(diff("shop")).toEqual(["npm run cdktf -- diff shop"]);
    expect(deploy(["shop", "tools"])).toEqual(["npm run cdktf -- deploy shop tools"]);
    expect(deploy()).toEqual(["npm run cdktf -- deploy '*' --parallelism 4"]);
  });

  test("are CDKTF's own where it is a dependency, and no script is named after it", () => {
    writeFileSync(join(folder, "cdktf.json"), "{}");
    const text = JSON.stringify({ devDependencies: { "cdktf-cli": "0.21.0" }, scripts: {} });
    writeFileSync(join(folder, "package.json"), text);
    const { synth, diff, deploy } = projectCommands(folder, "cdktf.out");
    expect(synth).toBe("npx trustwheel synth");
    expect(diff("shop")).toEqual(["npx cdktf diff shop"]);
    expect(deploy(["a", "b", "c", "d", "e", "f", "g", "h", "i"])).toEqual([
      "npx cdktf deploy '*' --parallelism 4",
    ]);
  });

  test.each([
    ["no package.json", undefined],
    ["one without CDKTF", "{}"],
    ["one that is no JSON", "{"],
    ["one that is no object", "null"],
    ["one with a list of scripts", '{"scripts":null,"devDependencies":"none"}'],
  ])("are Terraform's with %s", (_, text) => {
    if (text === undefined) rmSync(join(folder, "package.json"), { force: true });
    else writeFileSync(join(folder, "package.json"), text);
    const { synth, diff, deploy } = projectCommands(folder, "out");
    expect(synth).toBe("npx trustwheel synth");
    expect(diff("shop")).toEqual([
      "terraform -chdir=out/stacks/shop init && terraform -chdir=out/stacks/shop plan",
    ]);
    expect(deploy(["shop"])).toEqual([
      "terraform -chdir=out/stacks/shop init && terraform -chdir=out/stacks/shop apply",
    ]);
    expect(deploy()).toEqual([
      'for stack in out/stacks/*/; do terraform -chdir="$stack" init && terraform -chdir="$stack" apply || break; done',
    ]);
  });
});

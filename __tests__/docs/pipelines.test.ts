import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { pipelineFiles } from "../../lib/pipelines/pipeline-files";
import { pipelineMap } from "../lib/plan/support/pipeline-map";
import { settingsOf } from "../support/gate/pipeline-files";
import { findingsOf, ROOT } from "../support/project";

const text = readFileSync(join(ROOT, "docs", "pipelines.md"), "utf8");
const shown = parse(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "") as Readonly<
  Record<string, unknown>
>;
const map = pipelineMap(shown);

test("the part of a map that is shown is one that works", () => {
  expect(Object.keys(shown)).toEqual(["state", "pipeline"]);
  expect(findingsOf(map)).toBe("");
});

test("the names that are told are those that are generated", () => {
  const { planRoleArn, applyRoleArn, accountPlanRole, runner } = settingsOf(map);
  const [plan, apply] = [planRoleArn, applyRoleArn].map((arn) => arn.split("/").at(-1) ?? "");
  expect([plan, apply, accountPlanRole].filter((name) => !text.includes(`\`${name}\``))).toEqual(
    [],
  );
  expect(runner).toMatchObject({ branch: "main", environment: "production" });
  const names = pipelineFiles(settingsOf(map)).flatMap((file) =>
    [...file.text.matchAll(/^name: (.*)$/gm)].map(([, name = ""]) => name),
  );
  const told = [...text.matchAll(/_(trustwheel [a-z ]+)_/g)].map(([, name = ""]) => name);
  expect(told.filter((name) => !names.includes(name))).toEqual([]);
});

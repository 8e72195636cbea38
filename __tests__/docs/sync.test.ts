import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project";

const DOCUMENT = readFileSync(join(ROOT, "docs", "sync.md"), "utf8");
const READER = readFileSync(join(ROOT, "cli", "aws", "read-live-organization.ts"), "utf8");

describe("docs/sync.md", () => {
  test("has the policy for exactly the operations that are asked for", () => {
    const [, policy = ""] = /```json\n(.*?)```/s.exec(DOCUMENT) ?? [];
    const { Statement } = JSON.parse(policy) as { Statement: { Action: string[] }[] };
    const asked = [...READER.matchAll(/new (\w+)Command\(/g)].map(
      ([, operation = ""]) => `organizations:${operation}`,
    );
    expect(Statement.map(({ Action }) => Action)).toEqual([asked.sort()]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../support/project";

test("PB-08, PB-09: nothing but IAM is ever made, so no service or resource control policy is", () => {
  const folder = join(ROOT, "constructs");
  const resources = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), "utf8").matchAll(
        /@cdktf\/provider-aws\/lib\/([a-z0-9-]+)/g,
      ),
    ])
    .map(([, resource = ""]) => resource);
  expect(resources.length).toBeGreaterThan(5);
  expect(resources.filter((name) => !name.startsWith("iam-") && name !== "provider")).toEqual([]);
});

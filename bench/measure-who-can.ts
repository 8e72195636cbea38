import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNamedFile, readProject } from "../cli/project/project-files";
import { accountDirectory } from "../lib/access/account-directory";
import { NO_CONTROL_POLICIES } from "../lib/access/decide/control-policies";
import { whoReaches } from "../lib/access/hops/who-reaches";
import { readAccessGraph } from "../lib/access/read/read-access-graph";
import { checkProject } from "../lib/check/check-project";
import { Stopwatch, tell } from "./measurement";

// Who can assume the last role of a synthesized folder; what `who-can` does once it has map and Terraform:
// measure-who-can.ts ROOT SYNTHESIZED
const [root = ".", synthesized = ""] = process.argv.slice(2);
const watch = new Stopwatch();
const accounts = watch.unmeasured(() => {
  const { files } = readProject(root);
  const map =
    files && checkProject({ ...files, readFile: (name) => readNamedFile(root, name) }).map;
  if (map === undefined) throw new Error("the generated project has errors");
  return accountDirectory(map.accounts.values());
});
const stacks = watch.unmeasured(() =>
  readdirSync(join(synthesized, "stacks")).map((stack) => ({
    stack,
    text: readFileSync(join(synthesized, "stacks", stack, "cdk.tf.json"), "utf8"),
  })),
);
const { graph } = watch.phase("read", () => readAccessGraph(stacks));
const asked = [...graph.roles.keys()].at(-1) ?? "";
const callers = watch.phase("answer", () =>
  whoReaches({ graph, accounts, controls: NO_CONTROL_POLICIES }, asked, "2026-01-01T00:00:00Z"),
);
if (callers.length !== 1)
  throw new Error(`${callers.length} can assume ${asked}: its hub alone should`);
tell(watch.stop());

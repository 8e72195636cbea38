import { readFileSync, writeFileSync } from "node:fs";
import { editMap } from "../lib/account-map/edit/edit-map";
import { Stopwatch, tell } from "./measurement";

// One edit of a map, an account that is added: measure-edit.ts MAP EDITED
const [file = "", edited = ""] = process.argv.slice(2);
const watch = new Stopwatch();
const text = watch.unmeasured(() => readFileSync(file, "utf8"));
const result = watch.phase("edit", () =>
  editMap(text, [{ kind: "add-account", key: "one-more", id: "272727272727", unit: "/Workloads" }]),
);
if ("problems" in result) throw new Error("the account cannot be added");
watch.unmeasured(() => {
  writeFileSync(edited, result.text);
});
tell(watch.stop());

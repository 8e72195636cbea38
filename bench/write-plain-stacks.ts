import { writeFileSync } from "node:fs";
import { readNamedFile, readProject } from "../cli/project/project-files";
import { checkProject } from "../lib/check/check-project";
import { plainStacks } from "./plain-resources";

// Writes the input of the bare program: write-plain-stacks.ts ROOT FILE
const [root = ".", file = ""] = process.argv.slice(2);
const { files } = readProject(root);
if (files === undefined) throw new Error(`${root} cannot be read`);
const { plan } = checkProject({ ...files, readFile: (name) => readNamedFile(root, name) });
if (plan === undefined) throw new Error("the generated project has errors");
writeFileSync(file, JSON.stringify(plainStacks(plan)));

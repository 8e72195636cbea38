import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountMapReference } from "./account-map-reference";

/** Writes the generated part of docs/account-map.md, below its marker: `npm run docs:account-map`. */
const FILE = join(__dirname, "../docs/account-map.md");
const MARKER = "<!-- Generated from schema/accounts.schema.json: npm run docs:account-map -->\n";

const [head = ""] = readFileSync(FILE, "utf8").split(MARKER);
writeFileSync(FILE, `${head}${MARKER}\n${accountMapReference()}`);

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { RULES_HEAD, rulesReference } from "./rules-reference";

/** Writes docs/rules.md: `npm run docs:rules`. */
writeFileSync(join(__dirname, "../docs/rules.md"), `${RULES_HEAD}\n${rulesReference()}`);

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { mapTypes } from "./map-types";

/** Writes the types of an account map as its file has it: `npm run types:map`. */
const FILE = join(__dirname, "../lib/account-map/read/raw-account-map.ts");

void mapTypes().then((types) => {
  writeFileSync(FILE, types);
});
